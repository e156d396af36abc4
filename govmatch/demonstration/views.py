"""/demo: everybody with one button to sign in, the mails as pages, the clock."""

from datetime import datetime, timedelta

from govmatch.accounts.actions.sessions import open_session
from govmatch.accounts.models import Person
from govmatch.accounts.second_factor import code_at, present_secret
from govmatch.demonstration import actions, queries
from govmatch.demonstration.personas import PERSONAS, Persona, persona
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import OWN_NAMES, msg
from govmatch.kit.records import dataclass
from govmatch.notifications import queries as mails
from govmatch.notifications.models import Mail
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, post
from govmatch.web.visit import Visit, WritingVisit

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(days=7)}


@dataclass(frozen=True)
class Shown:
    persona: Persona
    language: str
    code: str
    """The present second-factor code, for those who set one up by hand; else empty."""


@dataclass(frozen=True)
class DemoPage:
    people: list[Shown]
    mails: list[Mail]
    now: datetime
    seeded_at: datetime | None
    age_days: int


@dataclass(frozen=True)
class MailPage:
    mail: Mail
    lines: list[list[tuple[str, str]]]
    """Each line as (text, address): the address is empty where the text is no link."""


def demo(visit: Visit) -> Answer:
    """Who is who, what was sent, what time it is."""
    seeded = queries.people_by_email(visit.db, [one.email for one in PERSONAS])
    made = queries.seeded_at(visit.db)
    people = [
        Shown(one, OWN_NAMES[one.lang], _code(visit, seeded[one.email]))
        for one in PERSONAS
        if one.email in seeded
    ]
    age = (visit.real_now - made).days if made else 0
    values = DemoPage(people, mails.latest(visit.db, most=30), visit.now, made, age)
    return page(visit, "demonstration/demo.html", values)


def _code(visit: Visit, person: Person) -> str:
    secret = present_secret(person, site_key=visit.settings.secret_key)
    return code_at(secret, visit.real_now) if secret else ""


def sign_in(visit: WritingVisit) -> Answer:
    """Sign in as a persona; the button counts as both factors."""
    chosen = persona(visit.form.one("persona"))
    if chosen is None:
        raise NotFound
    person = queries.people_by_email(visit.db, [chosen.email]).get(chosen.email)
    if person is None:
        raise NotFound
    opened = open_session(
        visit.session,
        person,
        way="demonstration",
        user_agent=visit.user_agent,
        session_days=visit.settings.session_days,
        with_factor=True,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    return redirect(chosen.start, session=opened.token)


def mail(visit: Visit) -> Answer:
    """One mail as a page, its links to this site live."""
    found = mails.by_public_id(visit.db, visit.params["mail"])
    if found is None:
        raise NotFound
    base = visit.settings.base_url.rstrip("/")
    lines = [
        [(word, word.removeprefix(base) if word.startswith(base + "/") else "") for word in row]
        for row in (line.split(" ") for line in found.body.splitlines())
    ]
    return page(visit, "demonstration/mail.html", MailPage(found, lines))


def move_clock(visit: WritingVisit) -> Answer:
    """Move the site's clock on by an hour, a day or a week."""
    step = STEPS.get(visit.form.one("by"))
    if step is None:
        raise NotFound
    actions.move_clock(visit.session, by=step)
    visit.flash("success", msg("The site's clock was moved on."))
    return redirect("/demo")


routes = [
    get("/demo", demo, anyone),
    post("/demo/sign-in", sign_in, anyone),
    get("/demo/mails/{mail}", mail, anyone),
    post("/demo/clock", move_clock, anyone),
]
