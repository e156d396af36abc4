"""`dossier`: is the file of a case what it was? Asked without the database and the site."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from govmatch.cli.base import app, fail, out, read_settings
from govmatch.dossiers.checking import Verdict, verify
from govmatch.kit.signing import Signer

dossier = typer.Typer(no_args_is_help=True, help="Check the file of a case.")
app.add_typer(dossier, name="dossier")


@dossier.command(name="verify")
def verify_file(
    file: Annotated[Path, typer.Argument(help="The archive.")],
    *,
    seal: Annotated[
        bool, typer.Option("--seal", help="Check this site's seal too; asks for its secret key.")
    ] = False,
) -> None:
    """Say whether an archive is what it was when it was made, and name what is not.

    Every file is compared with the list, every row of the journal with its hash and its place, and
    every submission with its receipt. Neither database nor settings are needed. Ends with 1 where
    something is not as it was, and with 2 where there is no such file.
    """
    if not file.is_file():
        raise fail(f"there is no file {file}", 2)
    verdict = verify(file, Signer(read_settings().secret_key) if seal else None)
    for fault in verdict.faults:
        typer.echo(f"{fault.kind.value}: {fault.name}: {fault.said}")
    if verdict.faults:
        raise fail(f"the archive is not as it was made: {len(verdict.faults)} findings")
    _tell(file, verdict)


def _tell(file: Path, verdict: Verdict) -> None:
    facts = verdict.facts
    out.print("govmatch: the archive is whole")
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    for name, value in (
        ("case", facts.get("case")),
        ("kind", facts.get("kind")),
        ("made", facts.get("made_at")),
        ("site", facts.get("site")),
        ("files", verdict.files),
        ("submissions", verdict.versions),
        ("journal rows", f"{verdict.rows} of {facts['journal']['length']}"),
        ("journal root", facts["journal"]["root"]),
        ("SHA-256", sha256),
    ):
        typer.echo(f"{name}: {value}")


@dossier.callback()
def commands() -> None:
    """Keep the name of the command in the line."""
