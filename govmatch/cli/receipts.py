"""`receipt`: is a receipt ours, and unaltered? Asked without the database."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from govmatch.applications.receipts import LONGEST, Facts, Finding, verify
from govmatch.cli.base import app, fail, out, read_settings
from govmatch.kit.signing import Signer

receipt = typer.Typer(no_args_is_help=True, help="Check a receipt.")
app.add_typer(receipt, name="receipt")

SAID: Mapping[Finding, str] = {
    Finding.ALTERED: "altered: something in it was changed after it was given",
    Finding.FOREIGN: "foreign: it is whole, but the seal is not the one of this site's secret key",
    Finding.UNREADABLE: "unreadable: this is no receipt, or not a whole one",
}


@receipt.command(name="verify")
def verify_file(
    file: Annotated[Path, typer.Argument(help="A receipt as a text file.")],
    attachments: Annotated[
        list[Path] | None, typer.Argument(help="Files that were sent with it, to be compared.")
    ] = None,
) -> None:
    """Say whether a receipt is one of this site, as it was given, and what it says.

    Ends with 1 for a receipt that is not, or an attachment that was not sent with it, and with 2
    for a file that is not there.
    """
    given = [_there(path) for path in attachments or ()]
    text = _there(file).read_bytes()[: 4 * LONGEST].decode("utf-8", "replace")
    verdict = verify(text, Signer(read_settings().secret_key))
    if verdict.finding is not Finding.GENUINE or verdict.facts is None:
        raise fail(f"the receipt is {SAID.get(verdict.finding, verdict.finding.value)}")
    out.print("govmatch: the receipt is genuine")
    _tell(verdict.facts, verdict.files)
    strange = [path for path in given if _sha256(path) not in verdict.files.values()]
    for path in given:
        word = "was not sent with it" if path in strange else "was sent with it, as it is"
        typer.echo(f"{path.name}: {word}")
    if strange:
        raise fail("a file was not sent with this receipt, or was changed since")


def _there(path: Path) -> Path:
    if not path.is_file():
        raise fail(f"there is no file {path}", 2)
    return path


def _tell(facts: Facts, files: Mapping[str, str]) -> None:
    rows = {
        "received": facts.at,
        "reference number": facts.application,
        "version": facts.version,
        "challenge": facts.challenge,
        "content hash": facts.sha256,
        "files": str(len(files)),
    }
    for name, value in rows.items():
        typer.echo(f"{name}: {value}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@receipt.callback()
def commands() -> None:
    """Keep the name of the command in the line."""
