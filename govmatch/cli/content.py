"""`content`: checking, loading and writing back the files below content/."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from govmatch.challenges.content import check as check_files
from govmatch.challenges.content import export as write_back
from govmatch.challenges.content import sync as load_files
from govmatch.challenges.queries import all_challenges, find_by_slug
from govmatch.cli.base import app, fail, open_database, out, read_settings
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.content import Report
from govmatch.kit.i18n import say
from govmatch.kit.journal import clock_offset

content = typer.Typer(no_args_is_help=True, help="Check, load and write back content/.")
app.add_typer(content, name="content")


@content.command()
def check() -> None:
    """Read every file below content/ and name each fault; nothing is changed."""
    report = check_files(read_settings().content_dir)
    print_report(report)


@content.command()
def sync() -> None:
    """Load what is new or changed; a wrong file is named and stops no other."""
    settings = read_settings()
    database = open_database(settings)
    with database.reading() as session:
        now = site_now(clock_offset(session) if settings.is_demo else 0)
    report = load_files(
        database, settings.content_dir, settings=settings, now=now, real_now=real_now()
    )
    print_report(report)


def print_report(report: Report) -> None:
    """Print what became of the files; faults end the command with status 1."""
    for problem in report.problems:
        place = f"{problem.path}:{problem.line}" + (f" {problem.field}" if problem.field else "")
        out.print(
            f"{place}: {say(problem.message, 'en')} {say(problem.remedy, 'en')}", markup=False
        )
    counted = Counter((one.kind, one.done.value) for one in report.outcomes)
    for (kind, done), count in sorted(counted.items()):
        out.print(f"  {kind}: {count} {done}", markup=False)
    for one in report.outcomes:
        if one.note is not None:
            out.print(f"  {one.kind} {one.slug}: {say(one.note, 'en')}", markup=False)
    if report.problems:
        raise fail(f"{len(report.problems)} faults in {report.files} files; the rest is right")
    out.print(f"govmatch: {report.files} files are right")


@content.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")],
    slug: Annotated[str, typer.Option(help="One challenge; all of them otherwise.")] = "",
) -> None:
    """Write challenges as files; reading them again changes nothing."""
    settings = read_settings()
    with open_database(settings).reading() as session:
        found = [find_by_slug(session, slug)] if slug else all_challenges(session)
        for challenge in found:
            if challenge is None:
                raise fail(f"there is no challenge {slug}")
            for path in write_back(session, challenge, folder, files_dir=settings.files_dir):
                out.print(str(path), markup=False)
