"""The history of a challenge as its desk shows it: newest first, repeated saves as one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges.history import happened
from govmatch.challenges.models import Challenge
from govmatch.kit import journal
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.journal import JournalRow
from govmatch.web.visit import Visit

SHOWN = 100


@dataclass(frozen=True)
class Entry:
    """What happened, when, and who did it."""

    at: datetime
    what: Message
    who: Message | str


def timeline(visit: Visit, challenge: Challenge) -> list[Entry]:
    """Return the last entries of the journal about a challenge, newest first."""
    rows = journal.rows_about(visit.db, "challenge", challenge.id)
    groups = _together(rows)[-SHOWN:]
    names = names_by_id(visit.db, {group[-1].actor_id for group in groups})
    return [_entry(visit, challenge, group, names) for group in reversed(groups)]


def _together(rows: Sequence[JournalRow]) -> list[list[JournalRow]]:
    """Return rows in groups: saves by one person, one after the other, are one group."""
    groups: list[list[JournalRow]] = []
    for row in rows:
        last = groups[-1][-1] if groups else None
        if last and last.event == row.event == "ChallengeSaved" and last.actor_id == row.actor_id:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _entry(
    visit: Visit, challenge: Challenge, group: list[JournalRow], names: dict[int, str]
) -> Entry:
    row = group[-1]
    if len(group) > 1:
        what = msgn("Saved {n} time", "Saved {n} times", n=len(group))
    else:
        what = happened(row, lang=visit.lang, zone=challenge.zone) or msg("Something happened")
    if row.actor_id is None:
        return Entry(row.at, what, msg("The content files"))
    return Entry(row.at, what, names.get(row.actor_id) or msg("A person who is no longer here"))
