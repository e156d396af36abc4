"""Which needs say nearly the same: shown before another one is proposed.

Compared by what the words mean across German, Danish and English (`matching.nearness`), so that a
need in one language is found from another.
"""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.glossary.bridging import kept_bridge
from govmatch.kit.actor import Actor
from govmatch.kit.aside import Away, ask
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.matching.profile import Profile, Text
from govmatch.needs.models import RANKED, Need, State
from govmatch.needs.queries import visible_to
from govmatch.needs.wording import Words, words_of

NEAR = 0.28
"""How alike of 1 two needs must be to be shown; chosen on the needs of the demonstration."""
MOST = 5
_MORE = 200
"""Needs that say something else, as if there were so many more; see `matching.nearness`."""
_WEIGHTS = {"title": 2.0, "suffering": 1.0, "extent": 0.5, "change": 0.5}
_COMPARED = frozenset(RANKED | {State.TAKEN_UP, State.SOLVED, State.DECLINED})
"""Also what is taken up, solved or declined: whoever proposes it again reads what became of it."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A need that is alike, and how much of 1."""

    need: Need
    alike: float


def similar_needs(
    session: ReadSession,
    words: Sequence[tuple[str, Words]],
    *,
    programme_id: int,
    content: Path,
    actor: Actor,
    but: int = 0,
) -> list[Similar]:
    """Return at most five needs of a programme that say nearly the same, the nearest first.

    `words` are (language, words) of what is being proposed; `but` is the id of a need that is left
    out, such as itself. What the actor may not see is not shown.
    """
    states = sorted(state.value for state in _COMPARED)
    found = (
        select(Need)
        .options(joinedload(Need.authority), selectinload(Need.texts))
        .where(Need.programme_id == programme_id, Need.state.in_(states), visible_to(actor))
        .where(Need.id != but)
        .order_by(Need.id)
    )
    needs = list(session.scalars(found))
    others = [_profile([(text.lang, words_of(text)) for text in need.texts]) for need in needs]
    try:
        worth: list[float] = ask(
            "matching.nearness:nearest",
            kept_bridge(session, content),
            _profile(words),
            others,
            _MORE,
        )
    except Away:  # it would only have been shown
        return []
    alike = [Similar(need, much) for need, much in zip(needs, worth, strict=True)]
    near = [one for one in alike if one.alike >= NEAR]
    return sorted(near, key=lambda one: (-one.alike, one.need.id))[:MOST]


def _profile(words: Sequence[tuple[str, Words]]) -> Profile:
    texts = [
        Text(getattr(one, name), lang, name, weight / len(words))
        for lang, one in words
        for name, weight in _WEIGHTS.items()
        if getattr(one, name)
    ]
    return Profile("need", "", texts=tuple(texts))
