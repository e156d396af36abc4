"""`govmatch content sync`: what the files say becomes what the site shows.

Each challenge is loaded in a transaction of its own, so that a wrong one stops no other. A file
that is gone deletes nothing.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from govmatch.challenges.content.base import Base, read_base
from govmatch.challenges.content.loading import Loaded, Loading
from govmatch.challenges.content.loading_base import load_base
from govmatch.challenges.content.reading import file_names, read_challenges
from govmatch.challenges.content.whole import FromFiles
from govmatch.challenges.models import State
from govmatch.challenges.queries import in_files, known
from govmatch.challenges.queries.finding import InFiles
from govmatch.challenges.rules import Fault
from govmatch.files.refused import Refused
from govmatch.kit.content import Done, Folder, Report
from govmatch.kit.db import Database, commit
from govmatch.kit.errors import TooMany
from govmatch.kit.i18n import Message, msg
from govmatch.settings import Settings


def sync(
    database: Database,
    content_dir: Path,
    *,
    settings: Settings,
    now: datetime,
    real_now: datetime,
) -> Report:
    """Load all files of a content folder, and return what became of each.

    `now` is the site's time, `real_now` the machine's. A second run without a change does nothing.
    """
    folder = Folder(content_dir)
    report = Report()
    base = read_base(folder, report.problems)
    _load_base(database, base, report, now=now)
    with database.reading() as session:
        there = known(session, content_dir, unread=base.unread)
        there = replace(there, tables=base.tables, places=base.places)
        before = in_files(session)
    loading = Loading(settings, now, real_now)
    seen = set()
    for slug, found in read_challenges(folder, there, report.problems):
        seen.add(slug)
        if found is None:
            report.note("challenge", slug, Done.REFUSED)
        elif _is_settled(found, before.get(slug)):
            report.note("challenge", slug, Done.UNCHANGED)
        else:
            loaded = _load(database, loading, found)
            report.problems += loaded.problems
            report.note("challenge", slug, loaded.done, loaded.note)
    for slug in sorted(before.keys() - seen):
        report.note("challenge", slug, Done.FILE_GONE, msg("Its files are gone; it stays."))
    report.files = base.files + len(file_names(folder))
    return report


def _load_base(database: Database, base: Base, report: Report, *, now: datetime) -> None:
    """Load what challenges stand on; once more where another run did the same at this moment."""
    for is_last in (False, True):
        try:
            with database.writing() as session:
                found = Report()
                load_base(session, base, found, now=now)
                commit(session)
        except IntegrityError:
            if is_last:
                raise
        else:
            report.problems += found.problems
            report.outcomes += found.outcomes
            return


def _is_settled(found: FromFiles, there: InFiles | None) -> bool:
    """True where the same files were loaded before, and nothing waits for their approval."""
    return there is not None and there.digest == found.digest and there.state != State.DRAFT


def _load(database: Database, loading: Loading, found: FromFiles) -> Loaded:
    """Load one challenge for good, or not at all."""
    try:
        with database.writing() as session:
            loaded = loading.load(session, found)
            if loaded.done is not Done.REFUSED:
                commit(session)
    except IntegrityError:
        return _refused(found, msg("Somebody else changed the same at this moment."), _AGAIN)
    except TooMany:
        return _refused(found, msg("Too many papers at once."), _AGAIN)
    except Refused as refused:
        return _refused(found, refused.reason, msg("Replace the file, or do not name it."))
    return loaded


_AGAIN = msg("Run the command again later.")


def _refused(found: FromFiles, message: Message, remedy: Message) -> Loaded:
    return Loaded(Done.REFUSED, [found.problem(Fault(("slug",), message, remedy))])
