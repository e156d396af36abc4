"""A small world for tests of challenges: the shipped programmes and authorities, and its people."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from govmatch.accounts.actions import create_person, give_role
from govmatch.accounts.models import Role
from govmatch.challenges import actions
from govmatch.challenges.actions import Written
from govmatch.challenges.content.base import Base, read_base
from govmatch.challenges.content.loading_base import load_base
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug
from govmatch.challenges.sections import Section
from govmatch.challenges.statement import Statement, Weight, Words, statement_of
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.content import Folder, Report
from govmatch.kit.db import Database, ReadSession, Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme
from govmatch.programmes.switches import Rule
from govmatch.settings import Mode, Settings, shipped

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
CONTENT = shipped("content")
BASE_FOLDERS = ("taxonomy", "authorities", "programmes", "rounds", "thresholds")
LANGS = ("de", "da", "en")
REASON = {"en": "The data will be delivered a week later."}


@cache
def shipped_base() -> Base:
    problems: list[Any] = []
    base = read_base(Folder(CONTENT), problems)
    assert problems == []
    return base


@dataclass(frozen=True)
class World:
    """Who there is. Astrid writes for the authority that Hanne approves for; Eva publishes.

    Ida writes for another authority, Pia approves for the programme, Jens audits, Kim administers,
    Bo is of a firm.
    """

    astrid: Actor
    hanne: Actor
    eva: Actor
    ida: Actor
    pia: Actor
    jens: Actor
    kim: Actor
    bo: Actor
    authority: Authority
    programme: Programme

    @property
    def everybody(self) -> dict[str, Actor]:
        people = {name: getattr(self, name) for name in PEOPLE}
        return {**people, "visitor": VISITOR}


PEOPLE: Mapping[str, tuple[Role, str, str]] = {
    "astrid": (Role.STAFF, "authority", "sikkerhedsstyrelsen"),
    "hanne": (Role.APPROVER, "authority", "sikkerhedsstyrelsen"),
    "eva": (Role.MANAGER, "programme", "govtech"),
    "ida": (Role.STAFF, "authority", "bremen-wirtschaft"),
    "pia": (Role.APPROVER, "programme", "govtech"),
    "jens": (Role.AUDITOR, "site", ""),
    "kim": (Role.ADMINISTRATOR, "site", ""),
    "bo": (Role.MEMBER, "firm", ""),
}


def make_world(session: Session) -> World:
    """Load what is shipped besides challenges, and make the people."""
    load_base(session, shipped_base(), Report(), now=NOW)
    ask_less(session)
    people = {name: _person(session, name, *duty) for name, duty in PEOPLE.items()}
    authority = session.scalars(
        select(Authority).where(Authority.slug == "sikkerhedsstyrelsen")
    ).one()
    programme = session.scalars(select(Programme).where(Programme.slug == "govtech")).one()
    return World(**people, authority=authority, programme=programme)


def ask_less(session: Session) -> None:
    """Let programmes take challenges of few words, without a procurement route."""
    for programme in session.scalars(select(Programme)):
        asked = {Rule.USERS_AND_DATA, Rule.ROUTE_FIRST}
        programme.rules = {name: one for name, one in programme.rules.items() if name not in asked}


def _person(session: Session, name: str, role: Role, kind: str, slug: str) -> Actor:
    return new_person(session, name, role, kind, _object_id(session, kind, slug))


def _object_id(session: Session, kind: str, slug: str) -> int:
    if kind in {"site", "firm"}:
        return 0 if kind == "site" else 1
    table = Authority if kind == "authority" else Programme
    return session.scalars(select(table.id).where(table.slug == slug)).one()


def new_person(session: Session, name: str, role: Role, kind: str, object_id: int) -> Actor:
    """Return somebody new who holds one role."""
    times: dict[str, Any] = {"now": NOW, "real_now": NOW}
    who = create_person(
        session, address=f"{name}@example.org", name=name, lang="en", actor=VISITOR, **times
    )
    give_role(session, who, role, kind, object_id, actor=VISITOR, **times)
    return Actor(person_id=who.id, name=name, roles=frozenset({Held(role, kind, object_id)}))


QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "id": "labels",
        "type": "long_text",
        "label": {"en": "How are labels read?", "de": "Wie?", "da": "Hvordan?"},
        "required": True,
        "max_words": 200,
        "criterion": "fit",
    },
)


def statement(**changes: Any) -> Statement:
    """Return a whole statement that opens ten days from now; `changes` replace its parts."""
    whole = Statement(
        authority="sikkerhedsstyrelsen",
        programme="govtech",
        round="govtech-1",
        zone="Europe/Copenhagen",
        words={
            "en": Words(title="Read the label", summary="Who reads it?", body="## Why\n\nSafety."),
            "da": Words(title="Læs mærket", summary="Hvem læser det?", body="## Hvorfor\n\nFor."),
        },
        themes=("inspections",),
        technologies=("computer-vision",),
        cpv=("72212328",),
        opens=NOW + timedelta(days=10),
        questions_until=NOW + timedelta(days=38),
        closes=NOW + timedelta(days=52),
        budget_min=200_000,
        budget_max=600_000,
        currency="DKK",
        pilots_max=3,
        countries=("EU", "GB"),
        sizes=("micro", "small"),
        languages=("da", "en"),
        requires=("company-registration",),
        criteria=(Weight(id="fit", weight=60, minimum=3), Weight(id="team", weight=40)),
        questions=QUESTIONS,
        contact={"name": "GovTech", "email": "govtech@sik.example"},
        main_lang="en",
    )
    return replace(whole, **changes)


def drafted(session: Session, world: World, **changes: Any) -> Challenge:
    return actions.create(session, statement(**changes), actor=world.astrid, now=NOW)


def submitted(session: Session, world: World, **changes: Any) -> Challenge:
    challenge = drafted(session, world, **changes)
    actions.submit_for_approval(
        session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
    )
    return challenge


def approved(session: Session, world: World, **changes: Any) -> Challenge:
    challenge = submitted(session, world, **changes)
    actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    return challenge


def published(session: Session, world: World, **changes: Any) -> Challenge:
    challenge = approved(session, world, **changes)
    actions.publish(session, challenge, actor=world.eva, now=NOW, content_dir=CONTENT)
    return challenge


def remark(text: str, section: Section | None = None) -> Written:
    """Return a remark as a form brings it: on a section, or on the whole."""
    return Written(field=f"new-{section or 'whole'}", section=section, text=text)


def amended(
    session: Session, challenge: Challenge, actor: Actor, now: datetime, **changes: Any
) -> None:
    """Amend a challenge so that only `changes` differ."""
    wanted = replace(statement_of(challenge), **changes)
    actions.amend(
        session, challenge, wanted, reasons=REASON, actor=actor, now=now, content_dir=CONTENT
    )


def happened(session: Session) -> list[str]:
    """Seal what was recorded, and return what happened to challenges, oldest first."""
    commit(session)
    rows = session.scalars(
        select(JournalRow).where(JournalRow.subject_kind == "challenge").order_by(JournalRow.id)
    )
    return [row.event for row in rows]


def settings(mode: Mode = Mode.PRODUCTION, **changes: Any) -> Settings:
    """Return settings with the shipped content; files lie nowhere unless a test says so."""
    given: dict[str, Any] = {"mode": mode, "content_dir": CONTENT, "data_dir": Path("unused")}
    return Settings(**{**given, **changes})


def content_with(folder: Path, *slugs: str) -> Path:
    """Return a content folder with the shipped base and some of the shipped challenges."""
    for name in BASE_FOLDERS:
        shutil.copytree(CONTENT / name, folder / name)
    (folder / "challenges").mkdir()
    for slug in slugs:
        for lang in LANGS:
            name = f"{slug}.{lang}.md"
            shutil.copy(CONTENT / "challenges" / name, folder / "challenges" / name)
    return folder


def change_files(folder: Path, slug: str, old: str, new: str, *langs: str) -> None:
    """Replace a text in the files of a challenge; it must be there."""
    for lang in langs or LANGS:
        path = folder / "challenges" / f"{slug}.{lang}.md"
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), "utf-8")


def one(database: Database, slug: str) -> Challenge:
    """Return a challenge as it is kept, with everything read."""
    with database.reading() as session:
        return loaded(session, slug)


def loaded(session: ReadSession, slug: str) -> Challenge:
    found = find_by_slug(session, slug)
    assert found is not None
    assert [*found.texts, *found.terms, found.authority, found.programme, found.round]
    return found
