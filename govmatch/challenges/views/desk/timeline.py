"""The history of a challenge as its desk shows it: newest first, repeated saves as one.

What other packages noted about it stands in the case of the auditor, and on their own pages.
"""

from collections.abc import Sequence
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges.history import happened
from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.web.visit import Visit

SHOWN = 100
Told = tuple[JournalRow, Message]


@dataclass(frozen=True)
class Entry:
    """What happened, when, and who did it."""

    at: datetime
    what: Message
    who: Message | str


def timeline(visit: Visit, challenge: Challenge, rows: Sequence[JournalRow]) -> list[Entry]:
    """Return the last of what the journal has about a challenge, newest first."""
    told = [(row, happened(row, lang=visit.lang, zone=challenge.zone)) for row in rows]
    groups = _together([(row, words) for row, words in told if words is not None])[-SHOWN:]
    names = names_by_id(visit.db, {group[-1][0].actor_id for group in groups})
    return [_entry(group, names) for group in reversed(groups)]


def _together(rows: Sequence[Told]) -> list[list[Told]]:
    """Return rows in groups: saves by one person, one after the other, are one group."""
    groups: list[list[Told]] = []
    for row, words in rows:
        last = groups[-1][-1][0] if groups else None
        if last and last.event == row.event == "ChallengeSaved" and last.actor_id == row.actor_id:
            groups[-1].append((row, words))
        else:
            groups.append([(row, words)])
    return groups


def _entry(group: list[Told], names: dict[int, str]) -> Entry:
    row, what = group[-1]
    if len(group) > 1:
        what = msgn("Saved {n} time", "Saved {n} times", n=len(group))
    if row.actor_id is None:
        return Entry(row.at, what, msg("The content files"))
    return Entry(row.at, what, names.get(row.actor_id) or msg("A person who is no longer here"))
