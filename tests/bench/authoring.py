"""Somebody who writes a challenge of 2,000 words in each of three languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from govmatch.accounts.actions import create_person, give_role
from govmatch.accounts.models import Role
from govmatch.challenges import actions
from govmatch.challenges.beginnings import first_statement
from govmatch.challenges.parts import HEADINGS, with_texts
from govmatch.challenges.statement import Words
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Session
from govmatch.kit.i18n import LANGUAGES
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from tests.bench.cases import sign_in
from tests.bench.texts import Texts

WORDS = 2_000
"""In each language."""


@dataclass(frozen=True)
class Author:
    """Somebody who writes a draft in three languages; `bodies` are its descriptions."""

    token: str
    slug: str
    bodies: dict[str, str]


def add_author(
    session: Session,
    authorities: Sequence[Authority],
    programme: Programme,
    written: Texts,
    *,
    now: datetime,
) -> Author:
    """Add a person of an authority, and their draft whose parts are all written."""
    authority = authorities[0]
    person = create_person(
        session,
        address="author@office.example",
        name="Ada Author",
        lang="en",
        actor=VISITOR,
        now=now,
        real_now=now,
    )
    place = ("authority", authority.id)
    give_role(session, person, Role.STAFF, *place, actor=VISITOR, now=now, real_now=now)
    actor = Actor(
        person_id=person.id, name=person.name, roles=frozenset({Held(Role.STAFF, *place)})
    )
    words: dict[str, Words] = {
        lang: Words(title=f"A draft in {lang}", summary="S", body=_body(written, lang))
        for lang in LANGUAGES
    }
    statement = first_statement(authority, programme, words=words, main_lang="en")
    made = actions.create(session, statement, actor=actor, now=now)
    bodies = {lang: one.body for lang, one in words.items()}
    return Author(sign_in(session, person.id, now=now), made.slug, bodies)


def _body(written: Texts, lang: str) -> str:
    """Return a description of as many words as are measured, equally long in each part."""
    body, known = "", written.paragraphs.get(lang) or written.paragraphs["en"]
    for part in HEADINGS:
        paragraphs: list[str] = []
        while sum(len(one.split()) for one in paragraphs) < WORDS // len(HEADINGS):
            paragraphs.append(written.dice.choice(known))
        body = with_texts(body, lang, {part: "\n\n".join(paragraphs)})
    return body
