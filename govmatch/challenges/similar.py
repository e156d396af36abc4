"""Which challenges are like another: as near-duplicates, or of the same topic; read when asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only, selectinload

from govmatch.challenges.match_profile import match_profile
from govmatch.challenges.models import Challenge, ChallengeText
from govmatch.challenges.queries import text_for, visible_to
from govmatch.glossary.bridging import kept_bridge
from govmatch.kit.actor import Actor
from govmatch.kit.aside import Kept, ask
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, as_lang
from govmatch.kit.markdown import words_of
from govmatch.kit.records import dataclass
from govmatch.matching.likeness import Beside, Likeness, Similar
from govmatch.matching.profile import Profile, Text

MOST_OF_TOPIC = 4
"""Challenges that are shown for their topic alone."""
_NEWEST = 1_000
"""Visible ones that are looked at by their codes and themes, newest first."""
_ROUGHLY = 80
"""Those of them that are looked at by title and summary."""
_WHOLLY = 12
"""Those of them that are read."""
_LETTERS = 20_000
"""Of one text, about ten pages; what comes after is not compared."""
_BLOCKS = re.compile(r"<h[1-6][^>]{0,200}>[^<]{0,500}</h[1-6]>|</(?:p|li|td|th|pre|blockquote)>")
"""Ends of paragraphs and items, and headings, which are the same in most challenges."""


@dataclass(frozen=True)
class SimilarChallenge:
    """A challenge and how it is like the one that was asked about."""

    challenge: Challenge
    likeness: Likeness


@dataclass(frozen=True)
class _Reading:
    """Reads challenges in a language, or in another where they lack it."""

    bridge: Kept
    lang: str

    def roughly(self, challenge: Challenge) -> Text:
        """Return title and summary."""
        text = text_for(challenge, as_lang(self.lang))
        return Text(f"{text.title}\n{text.summary}"[:_LETTERS], text.lang)

    def whole(self, challenge: Challenge) -> Profile:
        """Return all of it, without headings."""
        text = text_for(challenge, as_lang(self.lang))
        parts = (text.title, text.summary, *map(words_of, _BLOCKS.split(text.html)))
        words = "\n\n".join(part for part in parts if part)[:_LETTERS]
        return replace(match_profile(challenge), texts=(Text(words, text.lang),))


def similar_to(
    session: ReadSession,
    challenge: Challenge,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
    content_dir: Path,
) -> list[SimilarChallenge]:
    """Return the challenges that are most like one, of those that the actor may see.

    Near-duplicates first, then the same topic, the most alike first; never itself. They are read in
    the reader's language `lang` where the challenge has it, else in one that it has. Looked through
    are the newest thousand by codes, themes and technologies, the nearest of these by title and
    summary, and the nearest of these word by word. Raises `Away`.
    """
    reading = _Reading(kept_bridge(session, content_dir), text_for(challenge, lang).lang)
    known = _likely(session, challenge, reading, actor=actor, now=now)
    found: list[Similar] = ask(
        "matching.nearness:similar_texts",
        reading.bridge,
        reading.whole(challenge),
        [reading.whole(one) for one in known.values()],
    )
    shown = [SimilarChallenge(known[one.id], one.likeness) for one in found]
    same = [one for one in shown if one.likeness.is_near_duplicate]
    return [*same, *[one for one in shown if one not in same][:MOST_OF_TOPIC]]


def compared_with(
    session: ReadSession,
    challenge: Challenge,
    other: Challenge,
    *,
    lang: Lang,
    actor: Actor,
    now: datetime,
    content_dir: Path,
) -> Beside:
    """Return two challenges that the actor may see, side by side; raises `Away`.

    The others are read too, so that the verdict is that of `similar_to`.
    """
    reading = _Reading(kept_bridge(session, content_dir), text_for(challenge, lang).lang)
    known = _likely(session, challenge, reading, actor=actor, now=now)
    others = [reading.whole(each) for each in known.values() if each.id != other.id]
    sides = reading.whole(challenge), reading.whole(other)
    found: Beside = ask("matching.nearness:beside", reading.bridge, *sides, others)
    return found


def _likely(
    session: ReadSession, challenge: Challenge, reading: "_Reading", *, actor: Actor, now: datetime
) -> dict[str, Challenge]:
    """Return those that speak of the same in title and summary, by id, with all their texts."""
    texts = selectinload(Challenge.texts).load_only(
        ChallengeText.challenge_id, ChallengeText.lang, ChallengeText.title, ChallengeText.summary
    )
    found = session.scalars(
        select(Challenge)
        .options(load_only(Challenge.id, Challenge.cpv), texts, selectinload(Challenge.terms))
        .where(visible_to(actor, now), Challenge.id != challenge.id)
        .order_by(Challenge.id.desc())
        .limit(_NEWEST)
    ).all()
    own = _codes(challenge)
    near = sorted(found, key=lambda one: -len(own & _codes(one)))[:_ROUGHLY]
    asked, others = reading.roughly(challenge), [reading.roughly(one) for one in near]
    alike: list[float] = ask("matching.nearness:like_each", reading.bridge, asked, others)
    worth = {one.id: much for one, much in zip(near, alike, strict=True)}
    best = sorted(worth, key=lambda id_: -worth[id_])[:_WHOLLY]
    return {str(one.id): one for one in _whole(session, best)}


def _codes(challenge: Challenge) -> set[str]:
    """Return its themes and technologies, and the groups of its CPV codes (three digits)."""
    groups = {f"cpv:{code[:3]}" for code in challenge.cpv}
    return groups | {f"{term.kind}:{term.slug}" for term in challenge.terms}


def _whole(session: ReadSession, ids: Sequence[int]) -> Iterable[Challenge]:
    return session.scalars(
        select(Challenge)
        .options(
            joinedload(Challenge.authority),
            joinedload(Challenge.programme),
            joinedload(Challenge.version),
            selectinload(Challenge.texts),
            selectinload(Challenge.terms),
        )
        .where(Challenge.id.in_(ids))
        .execution_options(populate_existing=True)
    )
