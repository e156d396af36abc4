"""Many listed firms at once, through the models in bulk."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from govmatch.kit.db import Session
from govmatch.kit.ids import ALPHABET
from govmatch.organisations.models import Firm, FirmTerm, Size
from govmatch.organisations.names import name_key
from tests.bench.challenges import Frame
from tests.bench.texts import Texts

COUNTRIES = ("DE", "DK", "SE", "NL", "FI", "NO", "AT", "FR", "EE", "GB")
FORMS = {"DE": "GmbH", "DK": "ApS", "SE": "AB", "NL": "B.V.", "FI": "Oy", "NO": "AS"}
BATCH = 1000


def add_firms(session: Session, count: int, about: Frame, texts: Texts, *, now: datetime) -> None:
    """Add `count` firms that the directory lists, with what they offer."""
    for first in range(1, count + 1, BATCH):
        ids = range(first, min(first + BATCH, count + 1))
        session.execute(insert(Firm), [_firm(number, texts, now) for number in ids])
        session.execute(insert(FirmTerm), [term for n in ids for term in _terms(n, about, texts)])


def _firm(number: int, texts: Texts, now: datetime) -> dict[str, Any]:
    dice = texts.dice
    country = dice.choice(COUNTRIES)
    name = f"{_made_up(dice)} {_made_up(dice)} {FORMS.get(country, 'Ltd')}"
    since = now - timedelta(days=dice.randint(1, 1500))
    return {
        "id": number,
        "public_id": "".join(dice.choices(ALPHABET, k=12)),
        "slug": f"firm-{number}",
        "name": name,
        "name_key": name_key(name),
        "country": country,
        "size": dice.choice(tuple(Size)).value,
        "founded": dice.randint(1970, 2026),
        "summary": texts.words("en", 280),
        "products": texts.words("en", 800),
        "references": texts.words("en", 400),
        "languages": dice.sample(("en", "de", "da"), k=dice.randint(1, 3)),
        "is_public": True,
        "created_at": since,
        "updated_at": since,
    }


def _made_up(dice: random.Random) -> str:
    parts = dice.choices(("ra", "lo", "mi", "ten", "vas", "ko", "ne", "sul", "bri", "da"), k=3)
    return "".join(parts).capitalize()


def _terms(firm_id: int, about: Frame, texts: Texts) -> list[dict[str, Any]]:
    kinds: Sequence[tuple[str, Sequence[str]]] = (
        ("theme", about.themes),
        ("technology", about.technologies),
    )
    return [
        {"firm_id": firm_id, "kind": kind, "slug": slug}
        for kind, slugs in kinds
        for slug in texts.dice.sample(slugs, k=texts.dice.randint(1, 4))
    ]
