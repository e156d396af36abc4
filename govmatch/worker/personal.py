"""One person's data, from all packages: the copy that they asked for, and their erasure.

Here, since only the composition roots may open the packages' rooms of personal data.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from govmatch.accounts.models import Person
from govmatch.accounts.queries import by_id
from govmatch.files import storage
from govmatch.kit.archives import Size
from govmatch.kit.background import Background
from govmatch.kit.db import Database, ReadSession, Session
from govmatch.kit.i18n import as_lang
from govmatch.kit.jobs import Claimed
from govmatch.kit.journal import JournalRow
from govmatch.notifications import actions as notifications
from govmatch.privacy import actions, archive, queries, readable
from govmatch.privacy.actions.erasing import stay
from govmatch.privacy.models import Export, Why
from govmatch.privacy.queries.own_files import own_files
from govmatch.privacy.telling import goodbye
from govmatch.worker.registry import personal_rooms

EXPORT = "export"
"""The handler of jobs that make a copy."""


def kept_about(session: ReadSession, person_id: int) -> dict[str, dict[str, object]]:
    """Return everything that is kept about a person, as JSON values by package."""
    return {name: room.export(session, person_id) for name, room in personal_rooms().items()}


def erase(session: Session, person_id: int, *, now: datetime) -> None:
    """Erase a person from every package; `now` is the machine's time.

    Accounts comes last: it forgets the address by which other packages know the person.
    """
    for room in reversed(personal_rooms().values()):
        room.erase(session, person_id, now=now)
    session.flush()


def make_copy(session: ReadSession, person: Person, given: Background, *, place: Path) -> Size:
    """Write the copy of a person's data to `place`; nobody waits for the database meanwhile."""
    settings = given.settings
    data = kept_about(session, person.id)
    page = readable.page(
        data,
        site_name=settings.site_name,
        made_at=given.real_now,
        zone=person.zone or settings.zone,
        lang=as_lang(person.lang or settings.default_lang),
        names=(archive.DATA, archive.FILES),
    )
    files = [
        (one.name, storage.path_of(settings.files_dir, one.sha256))
        for one in own_files(session, person, real_now=given.real_now)
    ]
    return archive.write(place, page, data, files)


def prepared_copy(database: Database, given: Background, job: Claimed) -> Callable[[Session], None]:
    """Make the copy that a job asks for, and return what then is to be noted.

    Nobody who wants to write waits for the making of it.
    """
    with database.reading() as session:
        export = _asked(session, job)
        if export is None:
            return lambda _session: None
        place = archive.path_of(given.settings.data_dir, export.public_id)
        made = make_copy(session, by_id(session, export.person_id), given, place=place)
        number = export.id

    def note(session: Session) -> None:
        actions.note_made(
            session,
            session.get_one(Export, number),
            size=made.size,
            sha256=made.sha256,
            settings=given.settings,
            now=given.now,
            real_now=given.real_now,
        )

    return note


def _asked(session: ReadSession, job: Claimed) -> Export | None:
    """Return the copy that is still to be made."""
    row = session.get_one(JournalRow, job.journal_id)
    export = queries.export_by_id(session, row.subject_id)
    return export if export and export.made_at is None and export.gone_at is None else None


def erase_due(given: Background, session: Session) -> None:
    """Erase everybody whose day has come; whoever has come back to an unused account stays."""
    for erasure in queries.due_erasures(session, real_now=given.real_now):
        came_back = erasure.why == Why.IDLE and queries.signed_in_since(
            session, erasure.person_id, erasure.asked_at
        )
        if came_back:
            stay(session, erasure, now=given.now, real_now=given.real_now)
            continue
        erase_person(session, erasure.person_id, given)


def erase_person(session: Session, person_id: int, given: Background) -> None:
    """Erase a person now, and tell them by a last mail what is kept until when.

    That mail is made before the address is gone, and belongs to nobody: it is deleted with the
    mails that were sent, when their time is over.
    """
    erasure = queries.open_erasure(session, person_id)
    if erasure is None:
        raise LookupError("nobody asked for this erasure")
    kept = queries.kept_of(session, person_id)
    last = goodbye(given, by_id(session, person_id), erasure, kept)
    actions.finish_erasure(session, erasure, kept, now=given.now, real_now=given.real_now)
    erase(session, person_id, now=given.real_now)
    notifications.deliver(session, last, settings=given.settings, now=given.real_now)
