"""What the views read from a request before they act."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from govmatch.accounts.queries import uses_shared_device
from govmatch.applications import merging, queries, reading
from govmatch.applications.actions import Sent
from govmatch.applications.models import Application, LateCode
from govmatch.challenges.models import Challenge
from govmatch.files.queries import of_owner
from govmatch.files.showing import states
from govmatch.kit import journal
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.errors import NotAllowed, NotFound
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import as_lang, msg
from govmatch.kit.ids import digest
from govmatch.questionnaires import Attached
from govmatch.web.visit import Visit, WritingVisit

_LONGEST_NUMBER = 6  # digits
_PASSED_ON = 12  # digits of what tells accounts apart in a browser


def site_time(visit: WritingVisit) -> datetime:
    """Return the site's time at which the whole request was here: it is what counts.

    The site's clock is asked after a lock, so that a clock that was moved meanwhile is seen. Who
    waited for that lock, or for a file to be checked, is not late for it.
    """
    waited = real_now() - (visit.arrived or visit.real_now)
    return site_now(journal.clock_offset(visit.session)) - waited


def late_code(visit: Visit, challenge: Challenge) -> LateCode | None:
    """Return the code that lets the reader in after the deadline, if they have entered one."""
    return queries.late_code_of(visit.db, challenge, visit.actor, now=visit.now)


def deadline(challenge: Challenge, late: LateCode | None) -> datetime | None:
    """Return until when this reader can submit: the deadline, or the end of their late code."""
    return late.expires_at if late is not None else challenge.closes


def require_in_time(visit: WritingVisit, challenge: Challenge, now: datetime) -> None:
    """Go on with what was here before the deadline; raises `NotAllowed` that says both times.

    Whoever has entered a late code is judged by it elsewhere.
    """
    closes = challenge.closes
    if closes is None or now < closes or late_code(visit, challenge) is not None:
        return
    raise NotAllowed(
        msg(
            "The deadline has passed. It was {closes}; what you sent was here at {arrived}.",
            closes=datetime_text(closes, visit.lang, challenge.zone),
            arrived=f"{now.astimezone(ZoneInfo(challenge.zone)):%H:%M:%S}",
        )
    )


def sent(visit: WritingVisit) -> Sent:
    """Return what a page sent for a section."""
    return Sent(
        fields=visit.form.fields,
        uploads=visit.form.files,
        # Figures stand as they were typed, in the language that the page had then.
        lang=as_lang(visit.form.one("typed_in"), visit.lang),
        page=visit.form.one("page"),
        revision=number(visit.form.one("revision")),
        base=merging.read(visit.form.one("base")),
        sequence=number(visit.form.one("sequence")),
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


def files_of(visit: Visit, application: Application) -> dict[str, Attached]:
    """Return the files of an application as its own firm is shown them, by public id.

    That is told what could not be cleaned, in time to send another file.
    """
    files = of_owner(visit.db, "application", application.id)
    known = {
        name: replace(state, note=state.note or state.names_left)
        for name, state in states(visit.db, files).items()
    }
    return reading.attached(application.public_id, files, visit.lang, visit.url, states=known)


def account_key(visit: Visit) -> str:
    """Return what this reader's texts are kept under in their browser; empty on a shared device."""
    if uses_shared_device(visit.db, visit.actor):
        return ""
    secret = visit.settings.secret_key
    return digest(f"kept in the browser:{secret}:{visit.actor.person_id}")[:_PASSED_ON]
