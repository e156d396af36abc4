"""A selection under way: two submitted applications, a jury of three, and what could leak."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from govmatch.accounts.models import Role
from govmatch.applications.models import Application
from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from tests.unit.applications.acting import begun, save, sent, submit
from tests.web.applications.world import World, fill, firm, give, person

CRITERIA = [
    {
        "id": "fit",
        "weight": 60,
        "label": {"en": "Fit", "de": "Passung", "da": "Relevans"},
        "anchors": [
            {"points": n, "en": f"fit {n}", "de": f"passt {n}", "da": f"relevant {n}"}
            for n in range(6)
        ],
    },
    {"id": "team", "weight": 40, "label": {"en": "Team", "de": "Team", "da": "Team"}},
]
WEIGHTS = [{"id": "fit", "weight": 60, "minimum": 3}, {"id": "team", "weight": 40, "minimum": None}]

SECRETS = ("Nordlys", "Weser", "Bo Quokka", "Dieter Wombat", "nordlys.example", "bo@example.org")
"""What tells a blind reviewer who applied."""


@dataclass
class Selection:
    """The world, its challenge and its applications by firm."""

    world: World
    challenge: Challenge
    applications: dict[str, Application] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/desk/challenges/{self.challenge.slug}/reviewing"

    @property
    def declaration(self) -> str:
        return f"/reviews/challenges/{self.challenge.slug}/declaration"


def make_selection(database: Database, *, hides_names: bool = True) -> Selection:
    with database.writing() as session:
        session.expire_on_commit = False
        made = selection(session, hides_names=hides_names)
        commit(session)
    return made


def selection(session: Session, *, hides_names: bool = True) -> Selection:
    """Make the world of applications, submit two, pass the deadline and open them.

    On the jury: Finn, who belongs to the firm Fjord; Greta; and Lea. Hanne approves for the
    authority, Astrid is its staff, Eva the manager, Jens the auditor.
    """
    now = real_now()
    world = fill(session)
    challenge = world.challenges["long"]
    world.programmes["long"].criteria = CRITERIA
    world.programmes["long"].rules = {"names_hidden": {"value": hides_names}}
    challenge.criteria = WEIGHTS
    for name in ("greta", "lea", "hanne"):
        world.people[name] = person(session, name, now)
    assert world.authority is not None
    give(session, world.hanne, Role.APPROVER, "authority", world.authority.id, now)
    for name in ("greta", "lea"):
        give(session, world.people[name], Role.REVIEWER, "challenge", challenge.id, now)
    world.bo.name, world.dieter.name = "Bo Quokka", "Dieter Wombat"
    for name in world.firms:
        world.firms[name].is_public = True
        world.firms[name].city = f"{name.title()}borg"
    world.firms["hidden"] = firm(session, "hidden", "DK", now)
    world.firms["nordlys"].website = "https://nordlys.example"
    session.flush()
    made = Selection(world, challenge)
    for name, who in (("nordlys", "bo"), ("weser", "dieter")):
        made.applications[name] = apply(session, made, name, who)
    open_it(session, made, now)
    return made


def apply(session: Session, made: Selection, name: str, who: str) -> Application:
    """Submit an application that names its firm and its people wherever it can."""
    application = begun(session, made.world, who, name)
    people = made.world.people[who]
    words = f"{name.title()} would scan labels; write to {people.email} or {name}.example"
    for section, fields in {
        "idea": {"q-solution": words},
        "team": {"q-skills": f"Optics, led by {people.name}"},
        "consent": {"q-honest": "yes", "asked-honest": "1"},
    }.items():
        save(session, application, section, sent(fields), who=people)
    submit(session, application, people)
    return application


def open_it(session: Session, made: Selection, now: datetime) -> None:
    made.challenge.closes = now - timedelta(hours=2)
    made.challenge.opened_at = now - timedelta(hours=1)
    made.challenge.state = ChallengeState.IN_SELECTION.value
    for alias, application in zip((17, 42), made.applications.values(), strict=True):
        application.alias = alias
        application.state = ApplicationState.IN_REVIEW.value
    session.flush()
