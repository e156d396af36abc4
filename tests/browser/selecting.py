"""Who takes part in the journey from the deadline to the result, and five submitted applications.

The people and the applications are made by the site's own actions in the database of a site that
does not run yet; each person gets a session, whose token a browser then carries as its cookie.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.content import Folder
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.i18n import LANGUAGES, Lang
from govmatch.organisations.actions.loading import load_firm
from govmatch.organisations.firm_files import read_firms
from govmatch.organisations.models import Firm
from govmatch.settings import Settings, load
from tests.browser.entering import Answers, enter, find, hand_in
from tests.browser.running import RunningSite

LIKE, SLUG = "invoicing", "paperless"
TITLES: dict[Lang, str] = {
    "de": "Wie kommt die Post ohne Papier in jede Werkstatt?",
    "da": "Hvordan når posten ud til alle værksteder uden papir?",
    "en": "How does the post reach every workshop without paper?",
}
DAYS_TO_DEADLINE = 9
DATES = f"demo: {{publish: -20, opens: -18, questions_until: 3, closes: {DAYS_TO_DEADLINE}}}"
"""In days from the one on which the content is loaded."""


@dataclass(frozen=True)
class Entry:
    """A firm of the demonstration's files, who acts for it, and a word only its answers hold.

    `lang` is the language it applies in, `points` what reviewers give it for every criterion.
    """

    firm: str
    people: tuple[str, ...]
    lang: Lang
    mark: str
    points: int


FIRST = Entry("nordlys-vision", ("bo", "carla"), "da", "Amberlight", 4)
DECLINES = Entry("fakturabro", ("fritz",), "de", "Birchwood", 4)
RESERVE = Entry("klarsprak-lab", ("lea",), "en", "Cedarpath", 3)
LEFT_OUT = Entry("weserbeleg", ("dieter",), "de", "Dunegrass", 3)
TOO_LOW = Entry("nachweis-nord", ("nele",), "en", "Elmshade", 2)
ENTRIES = (FIRST, DECLINES, RESERVE, LEFT_OUT, TOO_LOW)

OFFICE = {
    "astrid": (Role.STAFF, "authority"),
    "hanne": (Role.APPROVER, "authority"),
    "eva": (Role.MANAGER, "programme"),
    "finn": (Role.REVIEWER, "challenge"),
    "greta": (Role.REVIEWER, "challenge"),
}
PEOPLE = (*OFFICE, *(name for entry in ENTRIES for name in entry.people))


@dataclass
class Case:
    """What the journey knows of its case: ids by the slug of the firm, tokens by person."""

    site: RunningSite
    lang: Lang
    settings: Settings
    tokens: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    applications: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return TITLES[self.lang]

    @property
    def desk(self) -> str:
        return f"/desk/challenges/{SLUG}"

    def name(self, entry: Entry) -> str:
        return self.names[entry.firm]

    def application(self, entry: Entry) -> str:
        return self.applications[entry.firm]

    def triage(self, entry: Entry) -> str:
        return f"/triage/{self.application(entry)}"


def write_challenge(site: RunningSite) -> None:
    """Load a challenge like a shipped one, open for as long as this journey wants."""
    for lang in LANGUAGES:
        text = (site.content / "challenges" / f"{LIKE}.{lang}.md").read_text("utf-8")
        text = re.sub(r"(?m)^slug: .*$", f"slug: {SLUG}", text, count=1)
        text = re.sub(r"(?m)^title: .*$", f'title: "{TITLES[lang]}"', text, count=1)
        text = re.sub(r"(?m)^demo: .*$", DATES, text, count=1)
        (site.content / "challenges" / f"{SLUG}.{lang}.md").write_text(text, "utf-8")
    site.command("content", "sync")


def make_case(site: RunningSite, lang: Lang) -> Case:
    """Fill the database of a site with everybody and five submitted applications."""
    write_challenge(site)
    settings = load(site.environ)
    case = Case(site, lang, settings)
    database, now = Database(settings.database), real_now()
    try:
        _load_firms(database, settings, now)
        with database.writing() as session:
            challenge = find_by_slug(session, SLUG)
            assert challenge is not None
            for name in PEOPLE:
                case.tokens[name] = enter(session, name, lang, now).token
            for name, (role, kind) in OFFICE.items():
                _give(session, name, role, kind, _object_id(challenge, kind), now)
            for number, entry in enumerate(ENTRIES):
                _apply(session, case, challenge, entry, now - timedelta(minutes=9 - number))
            commit(session)
    finally:
        database.close()
    return case


def _load_firms(database: Database, settings: Settings, now: datetime) -> None:
    wanted = {entry.firm for entry in ENTRIES}
    for data in read_firms(Folder(settings.content_dir), [], today=now.date()):
        if data.slug in wanted:
            with database.writing() as session:
                load_firm(session, data, actor=VISITOR, now=now - timedelta(days=60))
                commit(session)


def _object_id(challenge: Challenge, kind: str) -> int:
    ids = {
        "authority": challenge.authority_id,
        "programme": challenge.programme_id,
        "challenge": challenge.id,
    }
    return ids[kind]


def _give(session: Session, name: str, role: Role, kind: str, number: int, now: datetime) -> None:
    person = find(session, name)
    give_role(session, person, role, kind, number, actor=VISITOR, now=now, real_now=now)


def _apply(session: Session, case: Case, challenge: Challenge, entry: Entry, now: datetime) -> None:
    """Write and submit the application of a firm; it names itself where it can."""
    firm = session.scalars(select(Firm).where(Firm.slug == entry.firm)).one()
    for name in entry.people:
        _give(session, name, Role.LEAD, "firm", firm.id, now)
    session.flush()
    told = f"{entry.mark}: {firm.name} would do this step by step."
    answers = Answers(told, f"office@{entry.firm}.example", entry.lang)
    application = hand_in(
        session, entry.people[0], challenge, firm, answers,
        settings=case.settings, now=now, real=now,
    )  # fmt: skip
    case.names[entry.firm] = firm.name
    case.applications[entry.firm] = application.public_id
