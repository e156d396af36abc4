"""`receipt`: is a receipt ours, and unaltered? Asked without the database."""

from pathlib import Path
from typing import Annotated

import typer

from govmatch.applications.receipts import Finding, verify
from govmatch.cli.base import app, fail, out, read_settings
from govmatch.kit.signing import Signer

receipt = typer.Typer(no_args_is_help=True, help="Check a receipt.")
app.add_typer(receipt, name="receipt")


@receipt.command(name="verify")
def verify_file(file: Annotated[Path, typer.Argument(help="A receipt as a text file.")]) -> None:
    """Say whether a receipt is one of this site, as it was given."""
    if not file.is_file():
        raise fail(f"there is no file {file}", 2)
    settings = read_settings()
    verdict = verify(file.read_text("utf-8", "replace"), Signer(settings.secret_key))
    if verdict.finding is not Finding.GENUINE:
        raise fail(f"the receipt is {verdict.finding.value}")
    out.print("govmatch: the receipt is genuine")


@receipt.callback()
def commands() -> None:
    """Keep the name of the command in the line."""
