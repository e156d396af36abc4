"""`settings`: every setting with its meaning, default and present value."""

from dataclasses import fields

from rich.table import Table

from govmatch.cli.base import app, out, read_settings
from govmatch.settings import Settings


@app.command(name="settings")
def tell_settings() -> None:
    """Print every setting: name, what it means, its default and its present value."""
    present = read_settings()
    table = Table("setting", "environment", "meaning", "default", "present")
    for setting in fields(Settings):
        value = getattr(present, setting.name)
        shown = "(set)" if setting.metadata["secret"] and value else str(value)
        table.add_row(
            setting.name,
            f"GOVMATCH_{setting.name.upper()}",
            setting.metadata["help"],
            str(setting.default),
            shown,
        )
    out.print(table)
