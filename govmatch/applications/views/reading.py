"""What the views read from a request before they act."""

from collections.abc import Sequence
from datetime import datetime

from govmatch.applications import queries, reading
from govmatch.applications.actions import Sent
from govmatch.applications.models import LateCode
from govmatch.challenges.models import Challenge
from govmatch.files.models import StoredFile
from govmatch.kit import journal
from govmatch.kit.clock import site_now
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import as_lang
from govmatch.questionnaires import Attached
from govmatch.web.visit import Visit, WritingVisit

_LONGEST_NUMBER = 6  # digits


def site_time(visit: WritingVisit) -> datetime:
    """Return the site's time at this very moment: asked after a lock, it is what counts."""
    return site_now(journal.clock_offset(visit.session))


def late_code(visit: Visit, challenge: Challenge) -> LateCode | None:
    """Return the code that lets the reader in after the deadline, if they have entered one."""
    return queries.late_code_of(visit.db, challenge, visit.actor, now=visit.now)


def deadline(challenge: Challenge, late: LateCode | None) -> datetime | None:
    """Return until when this reader can submit: the deadline, or the end of their late code."""
    return late.expires_at if late is not None else challenge.closes


def sent(visit: WritingVisit) -> Sent:
    """Return what a page sent for a section."""
    return Sent(
        fields=visit.form.fields,
        uploads=visit.form.files,
        # Figures stand as they were typed, in the language that the page had then.
        lang=as_lang(visit.form.one("typed_in"), visit.lang),
        page=visit.form.one("page"),
        revision=number(visit.form.one("revision")),
        by_itself=visit.fragment,
    )


def number(text: str) -> int:
    """Return a whole number of at most six digits, and 0 for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else 0


def number_in_address(visit: Visit, name: str) -> int:
    """Return a number from the address; raises `NotFound` for anything else."""
    found = number(visit.params[name])
    if not found:
        raise NotFound
    return found


def attached(visit: Visit, application_id: str, files: Sequence[StoredFile]) -> dict[str, Attached]:
    """Return the files as pages show them, by public id."""
    return reading.attached(application_id, files, visit.lang, visit.url)
