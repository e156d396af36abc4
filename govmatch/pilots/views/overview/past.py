"""What happened to a pilot, and who agreed to its plan as it is now."""

from collections.abc import Iterable
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.i18n import Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.pilots import queries
from govmatch.pilots.history import QUIET, WRITING, happened
from govmatch.pilots.models import Pilot
from govmatch.web.visit import Visit

Told = tuple[datetime, Message, str]
"""When, what, and who did it."""


@dataclass(frozen=True)
class Agreement:
    """By which side, when and by whom; `at` is None while that side has not agreed."""

    label: Message
    at: datetime | None
    by: str


@dataclass(frozen=True)
class Past:
    agreements: list[Agreement]
    """To the plan as it is now, one of each side."""
    events: list[Told]
    """Newest first, without the writing of the plan."""
    writing: list[Told]
    """How the plan came to be what it is, newest first."""


def past_of(visit: Visit, pilot: Pilot, *, is_full: bool) -> Past:
    """Return it; for whoever does not see the pilot in full only when both sides agreed."""
    rows: list[JournalRow] = []
    names: dict[int, str] = {}
    if is_full:
        rows = [row for row in queries.timeline(visit.db, pilot) if row.event not in QUIET]
        people = (pilot.authority_agreed_by, pilot.firm_agreed_by)
        names = names_by_id(visit.db, (*people, *(row.actor_id for row in rows)))
    return Past(
        agreements=[
            Agreement(
                msg("Agreed by the authority"),
                pilot.authority_agreed_at,
                names.get(pilot.authority_agreed_by or 0, ""),
            ),
            Agreement(
                msg("Agreed by the firm"),
                pilot.firm_agreed_at,
                names.get(pilot.firm_agreed_by or 0, ""),
            ),
        ],
        events=_told(visit, pilot, (row for row in rows if row.event not in WRITING), names),
        writing=_told(visit, pilot, (row for row in rows if row.event in WRITING), names),
    )


def _told(
    visit: Visit, pilot: Pilot, rows: Iterable[JournalRow], names: dict[int, str]
) -> list[Told]:
    found: list[Told] = []
    for row in rows:
        words = happened(row, lang=visit.lang, zone=pilot.challenge.zone)
        if words is not None:
            found.append((row.at, words, names.get(row.actor_id or 0, "")))
    return found[::-1]
