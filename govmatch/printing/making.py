"""Making a print, in the background."""

from collections.abc import Callable

from govmatch.kit.background import Background
from govmatch.kit.db import Database, Session
from govmatch.kit.jobs import Claimed
from govmatch.kit.journal import JournalRow
from govmatch.printing import actions, queries, shelf
from govmatch.printing.models import Print
from govmatch.printing.rendering import render


def prepared(database: Database, given: Background, job: Claimed) -> Callable[[Session], None]:
    """Make the print that a job asks for, and return what then is to be noted.

    Nobody who wants to write waits for the making of it. One that cannot be made has failed: the
    same page would fail again.
    """
    with database.reading() as session:
        wanted = queries.waiting(session, session.get_one(JournalRow, job.journal_id).subject_id)
        if wanted is None:
            return lambda _session: None
        number, public_id = wanted.id, wanted.public_id
    data_dir = given.settings.data_dir
    page = shelf.page_of(data_dir, public_id)
    made = render(page, given.settings.static_dir, given.settings.base_url)
    if made is not None:
        shelf.put(shelf.print_of(data_dir, public_id), made)

    def note(session: Session) -> None:
        one = session.get(Print, number)
        if one is not None:
            actions.note_outcome(one, is_made=made is not None, real_now=given.real_now)

    return note
