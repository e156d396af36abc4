"""A small world to apply in: one authority, two programmes, a few firms and their people."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.challenges.models import Challenge, ChallengeTerm, ChallengeText, State
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.ids import public_id
from govmatch.organisations.models import Authority, Firm
from govmatch.programmes.models import Programme

# One section alone: shown, filled and sent in on one page.
SHORT: dict[str, Any] = {
    "sections": [
        {
            "id": "all",
            "title": {"en": "Your proposal", "de": "Ihr Vorschlag", "da": "Dit forslag"},
            "questions": [
                {"id": "title", "type": "text", "label": {"en": "Title"}, "required": True},
                {"id": "price", "type": "money", "currency": "DKK", "label": {"en": "Price"}},
                {
                    "id": "contact",
                    "type": "email",
                    "label": {"en": "Contact address"},
                    "receipt_copy": True,
                },
                {
                    "id": "sketch",
                    "type": "file",
                    "label": {"en": "Sketch"},
                    "accept": ["pdf", "txt"],
                },
            ],
        }
    ]
}

LONG: dict[str, Any] = {
    "sections": [
        {
            "id": "idea",
            "title": {"en": "Your idea", "de": "Ihre Idee", "da": "Din idé"},
            "questions": [
                {
                    "id": "solution",
                    "type": "long_text",
                    "label": {"en": "How would you solve it?"},
                    "required": True,
                    "max_words": 20,
                },
                {"id": "days", "type": "number", "label": {"en": "Days needed"}},
            ],
        },
        {
            "id": "team",
            "title": {"en": "Your team", "de": "Ihr Team", "da": "Dit team"},
            "questions": [
                {"id": "skills", "type": "text", "label": {"en": "Skills"}, "required": True},
                {
                    "id": "papers",
                    "type": "file",
                    "label": {"en": "Papers"},
                    "accept": ["pdf", "txt", "png"],
                    "maximum": 3,
                },
            ],
        },
        {
            "id": "consent",
            "title": {"en": "Declarations", "de": "Erklärungen", "da": "Erklæringer"},
            "questions": [
                {
                    "id": "honest",
                    "type": "declaration",
                    "label": {"en": "This is true."},
                    "required": True,
                },
            ],
        },
    ]
}
COMPLETE = {
    "idea": {"q-solution": "Scan the label and look it up"},
    "team": {"q-skills": "Optics"},
    "consent": {"q-honest": "yes", "asked-honest": "1"},
}
"""What completes the long form, by section."""


@dataclass
class World:
    """Names of rows that tests speak of; each is loaded, and may be used after its session."""

    people: dict[str, Person] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    authority: Authority | None = None

    def __getattr__(self, name: str) -> Person:
        """Return a person by name: `world.bo`."""
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def make_world(database: Database) -> World:
    """Make the world and commit it.

    Bo and Carla are in Nordlys, Dieter in Weser; Gro has no firm; Astrid works for the authority,
    Eva runs the programme, Ida works for another authority, Jens audits and Kim administers the
    site; Finn sits on the jury of both challenges and is in the firm Fjord.
    """
    with database.writing() as session:
        session.expire_on_commit = False
        world = fill(session)
        commit(session)
    return world


def fill(session: Session) -> World:
    now = real_now()
    world = World()
    world.authority = authority(session, "safety", now)
    other = authority(session, "elsewhere", now)
    world.programmes["long"] = programme(session, "long", LONG, now)
    world.programmes["short"] = programme(
        session, "short", SHORT, now, one_application_per_firm=False
    )
    for slug in ("long", "short"):
        world.challenges[slug] = challenge(session, world, slug, now)
    for name, country in (("nordlys", "DK"), ("weser", "DE"), ("fjord", "NO")):
        world.firms[name] = firm(session, name, country, now)
    jury = [("challenge", one.id) for one in world.challenges.values()]
    members = (("bo", "nordlys"), ("carla", "nordlys"), ("dieter", "weser"), ("finn", "fjord"))
    for name in ("bo", "carla", "dieter", "finn", "gro", "astrid", "eva", "ida", "jens", "kim"):
        world.people[name] = person(session, name, now)
    for name, of in members:
        give(session, world.people[name], Role.MEMBER, "firm", world.firms[of].id, now)
    give(session, world.astrid, Role.STAFF, "authority", world.authority.id, now)
    give(session, world.ida, Role.STAFF, "authority", other.id, now)
    for one in world.programmes.values():
        give(session, world.eva, Role.MANAGER, "programme", one.id, now)
    give(session, world.jens, Role.AUDITOR, "site", 0, now)
    give(session, world.kim, Role.ADMINISTRATOR, "site", 0, now)
    for kind, number in jury:
        give(session, world.finn, Role.REVIEWER, kind, number, now)
    session.flush()
    return world


def authority(session: Session, slug: str, now: datetime) -> Authority:
    made = Authority(
        slug=slug,
        names={"en": f"Authority of {slug}"},
        country="DK",
        zone="Europe/Copenhagen",
        languages=["da", "en"],
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def programme(
    session: Session, slug: str, form: dict[str, Any], now: datetime, **rules: bool
) -> Programme:
    made = Programme(
        slug=slug,
        names={"en": f"Programme {slug}"},
        phases=[],
        criteria=[],
        rules={name: {"value": value} for name, value in rules.items()},
        limits={},
        form=form,
        facts={"form_minutes": 90},
        created_at=now,
    )
    session.add(made)
    session.flush()
    return made


def challenge(session: Session, world: World, slug: str, now: datetime) -> Challenge:
    """Make a challenge that opened yesterday and closes in ten days."""
    assert world.authority is not None
    made = Challenge(
        public_id=public_id(),
        slug=slug,
        authority=world.authority,
        programme=world.programmes[slug],
        state=State.PUBLISHED.value,
        zone="Europe/Copenhagen",
        published_at=now - timedelta(days=2),
        opens=now - timedelta(days=1),
        questions_until=now + timedelta(days=5),
        closes=now + timedelta(days=10),
        currency="DKK",
        eligibility={
            "countries": ["EEA"],
            "size": ["micro", "small"],
            "languages": ["da", "en"],
            "requires": ["iso-27001"],
        },
        created_at=now,
        updated_at=now,
    )
    for lang, title in (("en", f"Challenge {slug}"), ("de", f"Herausforderung {slug}")):
        made.texts.append(ChallengeText(lang=lang, title=title))
    made.terms.append(ChallengeTerm(kind="theme", slug="safety"))
    session.add(made)
    session.flush()
    return made


def firm(session: Session, name: str, country: str, now: datetime, **more: Any) -> Firm:
    made = Firm(
        public_id=public_id(),
        slug=name,
        name=name.title(),
        name_key=name,
        country=country,
        size=more.pop("size", "micro"),
        created_at=now,
        updated_at=now,
        **more,
    )
    session.add(made)
    session.flush()
    return made


def person(session: Session, name: str, now: datetime) -> Person:
    made = Person(
        public_id=public_id(),
        email=f"{name}@example.org",
        name=name.title(),
        lang="en",
        salt=public_id(),
        created_at=now,
        verified_at=now,
    )
    session.add(made)
    session.flush()
    return made


def give(session: Session, who: Person, role: Role, kind: str, number: int, now: datetime) -> None:
    row = RoleRow(
        person_id=who.id,
        role=role.value,
        object_kind=kind,
        object_id=number,
        since=now - timedelta(hours=1),
    )
    session.add(row)
