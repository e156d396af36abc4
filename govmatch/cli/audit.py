"""`audit`: the journal's chain."""

from typing import Annotated

import typer

from govmatch.cli.base import app, fail, open_database, out, read_settings
from govmatch.dossiers.chain import root_at
from govmatch.kit import journal

audit = typer.Typer(no_args_is_help=True, help="Check the journal's chain.")
app.add_typer(audit, name="audit")


@audit.command()
def verify() -> None:
    """Check the journal's chain from its first row to its head; name the first bad row."""
    settings = read_settings()
    with open_database(settings).reading() as session:
        verdict = journal.verify(session)
    if verdict.bad_id is not None:
        raise fail(f"journal row {verdict.bad_id} is not as it was written: {verdict.reason}")
    out.print(f"govmatch: the journal is whole: {verdict.rows} rows")


@audit.command()
def root(
    length: Annotated[int, typer.Argument(min=1, help="Of how many rows, from the first on.")],
) -> None:
    """Print the root over the journal's first rows, as the file of a case names it.

    An archive that was checked without the database is thereby compared with it.
    """
    settings = read_settings()
    with open_database(settings).reading() as session:
        if length > journal.last_id(session):
            raise fail(f"the journal has only {journal.last_id(session)} rows")
        out.print(root_at(session, length), soft_wrap=True)
