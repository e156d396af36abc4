"""A challenge in selection: four reviewed applications, one ineligible, and all who decide."""

from datetime import datetime, timedelta
from typing import Any

from govmatch.accounts.models import Person, Role
from govmatch.applications.models import Application, Version
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.ids import public_id
from govmatch.reviews.models import Review, Score
from govmatch.reviews.models import State as Reviewed
from tests.web.applications.world import World as Applying
from tests.web.applications.world import authority, challenge, firm, give, person, programme

FORM: dict[str, Any] = {"sections": []}
CRITERIA = [
    {
        "id": "fit",
        "enabled": True,
        "weight": 60,
        "minimum": 2,
        "label": {"en": "Fit", "de": "Eignung", "da": "Relevans"},
        "help": {"en": "Does it solve the problem?"},
        "anchors": [],
    },
    {
        "id": "team",
        "enabled": True,
        "weight": 40,
        "minimum": None,
        "label": {"en": "Team", "de": "Team", "da": "Team"},
        "help": {"en": "Can these people do it?"},
        "anchors": [],
    },
]
WEIGHTS = [
    {"id": "fit", "weight": 60, "minimum": 2},
    {"id": "team", "weight": 40, "minimum": None},
]
FIRMS = ("nordlys", "weser", "fjord", "klar", "outside")
"""In the order of their means, from 5 down; the last one is ineligible."""
POINTS = {"nordlys": (5, 5), "weser": (4, 4), "fjord": (3, 4), "klar": (3, 2)}
LANGS = {"weser": "de", "fjord": "da"}
CANARY = "Zweckmaessigkeitskanarie"


PEOPLE = (
    *("bo", "carla", "dieter", "lea", "mia", "ove", "eva", "egon", "hanne"),
    *("holm", "astrid", "finn", "rosa", "ida", "jens", "kim", "paul"),
)


class World(Applying):
    """The world of applications, with one application of each firm."""

    def of(self, name: str) -> Application:
        return self.applications[name]

    @property
    def applications(self) -> dict[str, Application]:
        found: dict[str, Application] = self.__dict__.setdefault("_applications", {})
        return found

    @property
    def case(self) -> Challenge:
        return self.challenges["labels"]


def make_world(database: Database, **changes: Any) -> World:
    """Make the world and commit it."""
    with database.writing() as session:
        session.expire_on_commit = False
        world = fill(session, **changes)
        commit(session)
    return world


def fill(session: Session, *, pilots: int = 2, **rules: bool) -> World:
    """Make it: Eva and Egon manage, Hanne and Holm approve, Astrid is staff, Finn and Rosa review.

    Bo and Carla are in Nordlys, Dieter in Weser, Lea in Fjord, Mia in Klar, Ove in Outside; Ida
    works elsewhere, Jens audits, Paul approves for the programme, Kim administers the site.
    """
    now = real_now()
    world = World()
    world.authority = authority(session, "safety", now)
    other = authority(session, "elsewhere", now)
    run = programme(session, "labels", FORM, now, **rules)
    run.criteria = CRITERIA
    world.programmes["labels"] = run
    case = challenge(session, world, "labels", now)
    case.state, case.opened_at = Stage.IN_SELECTION.value, now - timedelta(days=1)
    case.published_at, case.opens = now - timedelta(days=60), now - timedelta(days=59)
    case.closes = now - timedelta(days=2)
    case.criteria, case.pilots_max = WEIGHTS, pilots
    case.contact = {"name": "Office of labels", "email": "labels@example.org", "phone": ""}
    world.challenges["labels"] = case
    for name in [
        "bo",
        "carla",
        "dieter",
        "lea",
        "mia",
        "ove",
        "eva",
        "egon",
        "hanne",
        "holm",
        "astrid",
        "finn",
        "rosa",
        "ida",
        "jens",
        "kim",
        "paul",
    ]:
        world.people[name] = person(session, name, now)
    for name in FIRMS:
        world.firms[name] = firm(session, name, "DK", now)
    _roles(session, world, other.id, now)
    session.flush()
    for number, name in enumerate(FIRMS):
        world.applications[name] = entry(session, world, name, 17 + 31 * number, now)
    session.flush()
    for name, points in POINTS.items():
        for reviewer in ("finn", "rosa"):
            reviewed(session, world.of(name), world.people[reviewer], points, now)
    session.flush()
    return world


def _roles(session: Session, world: World, elsewhere: int, now: datetime) -> None:
    assert world.authority is not None
    run, own = world.programmes["labels"].id, world.authority.id
    members = {"bo": "nordlys", "carla": "nordlys", "dieter": "weser", "lea": "fjord"}
    members |= {"mia": "klar", "ove": "outside"}
    for name, of in members.items():
        give(session, world.people[name], Role.MEMBER, "firm", world.firms[of].id, now)
    for name in ("eva", "egon"):
        give(session, world.people[name], Role.MANAGER, "programme", run, now)
    for name in ("hanne", "holm"):
        give(session, world.people[name], Role.APPROVER, "authority", own, now)
    give(session, world.paul, Role.APPROVER, "programme", run, now)
    give(session, world.astrid, Role.STAFF, "authority", own, now)
    give(session, world.ida, Role.STAFF, "authority", elsewhere, now)
    give(session, world.jens, Role.AUDITOR, "site", 0, now)
    give(session, world.kim, Role.ADMINISTRATOR, "site", 0, now)
    for name in ("finn", "rosa"):
        give(session, world.people[name], Role.REVIEWER, "challenge", world.case.id, now)


def entry(session: Session, world: World, name: str, alias: int, now: datetime) -> Application:
    state = Applied.INELIGIBLE if name == "outside" else Applied.IN_REVIEW
    creator = world.bo
    made = Application(
        public_id=public_id(),
        reference=f"A-{name}",
        challenge=world.case,
        firm=world.firms[name],
        state=state.value,
        answers={},
        lang=LANGS.get(name, "en"),
        alias=alias,
        created_by=creator.id,
        created_at=now,
        updated_at=now,
        submitted_at=now - timedelta(days=3),
        current_version=1,
    )
    session.add(made)
    session.flush()
    session.add(
        Version(
            public_id=public_id(),
            application_id=made.id,
            number=1,
            answers={},
            form=FORM,
            form_digest="d",
            salt="s",
            content_hash="h",
            lang=made.lang,
            at=now - timedelta(days=3),
            by=creator.id,
        )
    )
    return made


def reviewed(
    session: Session, application: Application, who: Person, points: tuple[int, int], now: datetime
) -> Review:
    review = Review(
        public_id=public_id(),
        application_id=application.id,
        person_id=who.id,
        state=Reviewed.SUBMITTED.value,
        is_blind=False,
        assigned_at=now - timedelta(days=1),
        due_at=now + timedelta(days=7),
        salt=public_id(),
        comment=f"All in all, {who.name} says",
        private_note=CANARY,
        submitted_at=now,
        mean=(points[0] * 60 + points[1] * 40) / 100,
    )
    session.add(review)
    session.flush()
    for name, given in zip(("fit", "team"), points, strict=True):
        session.add(
            Score(
                review_id=review.id,
                criterion=name,
                points=given,
                comment=f"{name} of {application.firm.name} by {who.name}",
            )
        )
    return review
