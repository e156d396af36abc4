"""Many published challenges at once, through the models in bulk."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from govmatch.challenges.models import Challenge, ChallengeTerm, ChallengeText, State
from govmatch.kit.db import Session
from govmatch.kit.ids import ALPHABET
from govmatch.organisations.models import Authority
from govmatch.programmes.actions import current_version
from govmatch.programmes.models import Programme
from govmatch.programmes.queries import default_weights
from govmatch.taxonomy.models import Term
from tests.bench.texts import Texts, Written

LATER = (State.IN_SELECTION, State.DECIDED, State.PILOTING, State.COMPLETED)
OPEN_FOR = timedelta(days=42)
BATCH = 1000


@dataclass(frozen=True)
class Frame:
    """What challenges refer to: rows that the content files made."""

    authorities: Sequence[Authority]
    programme: Programme
    version_id: int
    themes: Sequence[str]
    technologies: Sequence[str]


def frame(session: Session, *, now: datetime) -> Frame:
    """Return what the default programme's challenges may name."""
    programme = session.scalars(select(Programme).where(Programme.slug == "govtech")).one()
    terms = session.execute(select(Term.kind, Term.slug).where(Term.parent.is_not(None))).all()
    technologies = session.scalars(select(Term.slug).where(Term.kind == "technology")).all()
    return Frame(
        session.scalars(select(Authority).order_by(Authority.id)).all(),
        programme,
        current_version(session, programme, now=now).id,
        [slug for kind, slug in terms if kind == "theme"],
        technologies,
    )


def add_challenges(
    session: Session, count: int, about: Frame, texts: Texts, *, now: datetime
) -> list[int]:
    """Add `count` published challenges, a fourth of them open; return the ids of the open ones."""
    open_ids: list[int] = []
    for first in range(1, count + 1, BATCH):
        ids = range(first, min(first + BATCH, count + 1))
        rows = [_challenge(number, about, texts.dice, now) for number in ids]
        session.execute(insert(Challenge), rows)
        words = [_words(row["id"], one) for row in rows for one in _written(texts)]
        session.execute(insert(ChallengeText), words)
        session.execute(insert(ChallengeTerm), [t for n in ids for t in _terms(n, about, texts)])
        open_ids += [row["id"] for row in rows if row["opens"] <= now < row["closes"]]
    return open_ids


def _challenge(number: int, about: Frame, dice: random.Random, now: datetime) -> dict[str, Any]:
    authority = dice.choice(about.authorities)
    closes, state = _deadline(dice, now)
    most = dice.choice((20_000, 40_000, 75_000, 150_000, 600_000))
    opens = closes - OPEN_FOR
    return {
        "id": number,
        "public_id": "".join(dice.choices(ALPHABET, k=12)),
        "slug": f"challenge-{number}",
        "authority_id": authority.id,
        "programme_id": about.programme.id,
        "version_id": about.version_id,
        "state": state.value,
        "zone": authority.zone,
        "published_at": min(opens, now) - timedelta(days=dice.randint(1, 20)),
        "opens": opens,
        "questions_until": closes - timedelta(days=14),
        "closes": closes,
        "budget_min": most // 2,
        "budget_max": most,
        "currency": "DKK" if authority.country == "DK" else "EUR",
        "eligibility": {
            "countries": ["EU", "EEA"],
            "size": ["micro", "small", "medium"],
            "languages": list(authority.languages),
            "requires": ["company-registration"],
        },
        "criteria": default_weights(about.programme),
        "cpv": ["72212328"],
        "contact": {"name": "GovTech", "email": "govtech@office.example"},
        "main_lang": "en",
        "created_at": opens - timedelta(days=40),
        "updated_at": opens - timedelta(days=21),
    }


def _deadline(dice: random.Random, now: datetime) -> tuple[datetime, State]:
    """Return a deadline at noon: a fourth open, a tenth to come, the others over."""
    kind = dice.random()
    noon = now.replace(hour=11, minute=0, second=0, microsecond=0)
    if kind < 0.25:
        return noon + timedelta(days=dice.randint(1, 41)), State.PUBLISHED
    if kind < 0.35:
        return noon + timedelta(days=dice.randint(44, 120)), State.PUBLISHED
    return noon - timedelta(days=dice.randint(1, 1500)), dice.choice((State.PUBLISHED, *LATER))


def _written(texts: Texts) -> list[Written]:
    """Return the words of one challenge: in English, and every third also in German."""
    langs = ["en"] if texts.dice.random() < 2 / 3 else ["en", "de"]
    return [texts.write(lang) for lang in langs]


def _words(challenge_id: int, one: Written) -> dict[str, Any]:
    return {
        "challenge_id": challenge_id,
        "lang": one.lang,
        "title": one.title,
        "summary": one.summary,
        "body": one.body,
        "html": one.html,
    }


def _terms(challenge_id: int, about: Frame, texts: Texts) -> list[dict[str, Any]]:
    themes = texts.dice.sample(about.themes, k=texts.dice.randint(1, 3))
    technologies = texts.dice.sample(about.technologies, k=texts.dice.randint(0, 4))
    chosen = [("theme", slug) for slug in themes] + [("technology", s) for s in technologies]
    return [
        {"challenge_id": challenge_id, "kind": kind, "slug": slug, "position": position}
        for position, (kind, slug) in enumerate(chosen)
    ]
