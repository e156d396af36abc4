"""The numbers of a challenge with what everything in them is called for this reader."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries as applications
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.reviews import rules
from govmatch.reviews.showing import Criterion, criteria_of
from govmatch.reviews.telling_numbers import plain
from govmatch.web.visit import Visit

if TYPE_CHECKING:
    from govmatch.reviews.numbers.told import Numbers


@dataclass(frozen=True)
class Told:
    """The numbers with what everything in them is called for this reader."""

    visit: Visit
    numbers: "Numbers"
    names: list[str]
    urls: list[str]
    people: list[str]
    top: int
    criteria: Mapping[str, Criterion]
    reads_all: bool
    """Whether the names and habits of the whole jury are shown, and not one's own alone."""

    def listed(self, places: Sequence[int]) -> str:
        return ", ".join(self.names[place] for place in places) or "–"

    def label(self, criterion: str) -> str:
        found = self.criteria.get(criterion)
        return found.label if found else criterion

    def number(self, value: float | None) -> str:
        return plain(value, self.visit.lang)


def told_of(
    visit: Visit,
    challenge: Challenge,
    among: Sequence[Application],
    numbers: "Numbers",
    top: int,
    *,
    oversees: bool,
) -> Told:
    known = {one.id: one for one in among}
    shown = [known[number] for number in numbers.sheets.applications]
    ways = applications.ways_of(visit.db, visit.actor, shown)
    reads_all = oversees or rules.chairs(visit.actor, challenge)
    desk = f"/desk/challenges/{challenge.slug}/reviewing"
    return Told(
        visit,
        numbers,
        names=[name_for(one, ways.get(one.id, How.BLIND), visit.lang) for one in shown],
        urls=[visit.url(f"{desk}/{one.public_id}") if oversees else "" for one in shown],
        people=_people(visit, numbers, reads_all=reads_all),
        top=top,
        criteria={one.id: one for one in criteria_of(challenge, visit.lang)},
        reads_all=reads_all,
    )


def _people(visit: Visit, numbers: "Numbers", *, reads_all: bool) -> list[str]:
    """Return the reviewers' names; somebody of the jury who is not its chair reads none."""
    ids = numbers.sheets.reviewers
    if not reads_all:
        return [visit.say(_whom(is_self=one == visit.actor.person_id)) for one in ids]
    names = names_by_id(visit.db, ids)
    return [names.get(one) or visit.say(msg("Somebody of the jury")) for one in ids]


def _whom(*, is_self: bool) -> Message:
    return msg("You") if is_self else msg("Somebody of the jury")
