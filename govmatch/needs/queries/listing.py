"""The list of needs: one light row each, from which facets, order and search are worked out."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select

from govmatch.kit.actor import Actor
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.needs.models import LISTED, Need, NeedText, State
from govmatch.needs.queries.visible import visible_to
from govmatch.organisations.models import Authority
from govmatch.organisations.names import fold
from govmatch.programmes.models import Programme

FACETS = ("theme", "state", "authority", "country")
NO_AUTHORITY = "none"
"""The value of the facet for needs of which nobody knows yet whose work they are about."""


@dataclass(frozen=True, slots=True)
class Light:
    """What the list has to know of a need before it shows it."""

    id: int
    created_at: datetime
    values: tuple[str, str, str, str]
    """Its values of the facets, in their order."""

    def has(self, wanted: Mapping[str, Collection[str]], *, but: str = "") -> bool:
        """True where it has one of the wanted values of each facet (leaving out `but`)."""
        return all(
            value in wanted[name]
            for name, value in zip(FACETS, self.values, strict=True)
            if name in wanted and name != but
        )


def lights(session: ReadSession, programme_id: int, *, actor: Actor, text: str = "") -> list[Light]:
    """Return what the actor sees of a programme's needs, the newest first; two statements at most.

    With `text`, those in which every word of it stands, in whatever language.
    """
    states = sorted(state.value for state in LISTED)
    found = (
        select(Need.id, Need.created_at, Need.theme, Need.state, Authority.slug, Need.country)
        .outerjoin(Authority, Authority.id == Need.authority_id)
        .where(Need.programme_id == programme_id, Need.state.in_(states), visible_to(actor))
        .order_by(Need.id.desc())
    )
    rows = [
        Light(number, at, (theme, state, authority or NO_AUTHORITY, country))
        for number, at, theme, state, authority, country in session.execute(found)
    ]
    words = fold(text).split()
    if not words:
        return rows
    fitting = _having(session, programme_id, words)
    return [row for row in rows if row.id in fitting]


def _having(session: ReadSession, programme_id: int, words: Collection[str]) -> set[int]:
    """Return the needs of a programme whose texts have all the words, folded."""
    found = (
        select(
            NeedText.need_id, NeedText.title, NeedText.suffering, NeedText.extent, NeedText.change
        )
        .join(Need, Need.id == NeedText.need_id)
        .where(Need.programme_id == programme_id)
    )
    said: dict[int, list[str]] = {}
    for number, *texts in session.execute(found):
        said.setdefault(number, []).append(fold(" ".join(texts)))
    whole = {number: " ".join(texts) for number, texts in said.items()}
    return {number for number, text in whole.items() if all(word in text for word in words)}


def counts(rows: Iterable[Light], wanted: Mapping[str, Collection[str]]) -> dict[str, Counter[str]]:
    """Return for each facet how many needs each value would leave, beside the other facets."""
    found: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for row in rows:
        for name, value in zip(FACETS, row.values, strict=True):
            if row.has(wanted, but=name):
                found[name][value] += 1
    return found


def programmes_with_needs(session: ReadSession) -> list[tuple[Programme, int]]:
    """Return every programme with how many needs it shows, most first."""
    shown = (
        select(Need.programme_id, func.count().label("n"))
        .where(Need.hidden_at.is_(None), Need.state.in_(sorted(one.value for one in LISTED)))
        .group_by(Need.programme_id)
    )
    number = dict(session.execute(shown).all())
    every = session.scalars(select(Programme).order_by(Programme.slug)).all()
    return sorted(((one, number.get(one.id, 0)) for one in every), key=lambda pair: -pair[1])


def listed_needs(session: ReadSession, *, most: int) -> list[str]:
    """Return the public ids of what everybody finds in lists, the newest first."""
    found = select(Need.public_id).where(
        Need.hidden_at.is_(None), Need.state.in_(sorted(one.value for one in LISTED))
    )
    return list(session.scalars(found.order_by(Need.id.desc()).limit(most)))


def of_person(session: ReadSession, person_id: int) -> list[Need]:
    """Return what a person has proposed, the newest first."""
    found = select(Need).where(Need.by == person_id).order_by(Need.id.desc())
    return list(session.scalars(found))


def for_managers(session: ReadSession, programme_ids: Collection[int]) -> list[tuple[int, State]]:
    """Return every need of some programmes, hidden ones too: (id, state), the newest first."""
    found = (
        select(Need.id, Need.state)
        .where(Need.programme_id.in_(programme_ids))
        .order_by(Need.id.desc())
    )
    return [(number, State(state)) for number, state in session.execute(found)]
