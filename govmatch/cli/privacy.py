"""`retention`: what has been kept for its time; `personal`: one person's data, for the operator.

For whoever asks by letter, or cannot sign in: what the site does at /account, from the shell.
"""

from pathlib import Path
from typing import Annotated

import typer

from govmatch.accounts.models import Person
from govmatch.accounts.queries.people import by_email
from govmatch.accounts.rules import canonical_email
from govmatch.cli.base import app, fail, open_database, out, read_settings
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import ReadSession, commit
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import say
from govmatch.privacy import actions, queries
from govmatch.privacy.periods import PERIODS, Kind, days
from govmatch.privacy.telling import NAMES, REASONS, until_text
from govmatch.worker.personal import erase_person, make_copy
from govmatch.worker.reading import background

retention = typer.Typer(help="What has been kept for its time.")
personal = typer.Typer(no_args_is_help=True, help="Everything about one person.")
app.add_typer(retention, name="retention")
app.add_typer(personal, name="personal")


@retention.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Say how long what is kept and what would be deleted now; nothing is deleted (a dry run)."""
    if context.invoked_subcommand is None:
        dry_run()


@retention.command(name="show")
def dry_run() -> None:
    """Say how long what is kept and what would be deleted now; nothing is deleted (a dry run)."""
    settings = read_settings()
    with open_database(settings).reading() as session:
        given = background(settings, session)
        for kind, period in PERIODS.items():
            kept = days(kind, settings)
            length = "as its programme says" if kept is None else f"{kept} days (0: for ever)"
            found = queries.due(
                session, kind, settings=settings, now=given.now, real_now=given.real_now
            )
            what = say(period.what, "en")
            out.print(f"{kind.value:12} {len(found):6} due   {what}: {length}", soft_wrap=True)
        for case in queries.over(session, now=given.now):
            out.print(
                f"  case {case.slug}: kept until {case.until} ({case.source})", soft_wrap=True
            )


@retention.command(name="run")
def delete(
    kinds: Annotated[list[Kind] | None, typer.Argument(help="Which; all without any.")] = None,
) -> None:
    """Delete what is due."""
    settings = read_settings()
    database = open_database(settings)
    for kind in kinds or list(Kind):
        total = 0
        while True:
            with database.writing() as session:
                given = background(settings, session)
                number = actions.run(
                    session,
                    kind,
                    settings=settings,
                    actor=VISITOR,
                    now=given.now,
                    real_now=given.real_now,
                )
                commit(session)
            total += number
            if not number:
                break
        out.print(f"govmatch: {kind.value}: {total}")


@personal.command(name="export")
def export(
    email: str, file: Annotated[Path, typer.Argument(help="Where to write the archive.")]
) -> None:
    """Write everything that is kept about a person into one archive."""
    settings = read_settings()
    if file.exists():
        raise fail(f"{file} exists already", 2)
    with open_database(settings).reading() as session:
        given = background(settings, session)
        made = make_copy(session, _known(session, email), given, place=file.absolute())
    out.print(f"govmatch: {file} ({made.size} bytes, SHA-256 {made.sha256})", soft_wrap=True)


@personal.command(name="erase")
def erase(
    email: str,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without, only say what stays.")
    ] = False,
) -> None:
    """Erase a person at once, or say what would have to be kept of them."""
    settings = read_settings()
    with open_database(settings).writing() as session:
        given = background(settings, session)
        person = _known(session, email)
        for one in queries.kept_of(session, person.id):
            until = until_text(one, "en", settings.zone)
            line = f"  kept: {say(NAMES[one.what], 'en')} ({until}). {say(REASONS[one.what], 'en')}"
            out.print(line, soft_wrap=True)
        if not yes:
            out.print("govmatch: nothing was erased; add --yes to do it")
            return
        try:
            actions.order_erasure(session, person, now=given.now, real_now=given.real_now)
        except NotAllowed as error:
            raise fail(say(error.reason, "en")) from error
        erase_person(session, person.id, given)
        commit(session)
    out.print("govmatch: the person is erased, and has been told by a last mail")


def _known(session: ReadSession, email: str) -> Person:
    address = canonical_email(email)
    person = by_email(session, address) if address else None
    if person is None:
        raise fail(f"{email} has no account")
    return person
