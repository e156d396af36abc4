"""People who are signed in already, and applications that they submitted before a journey begins.

All of it is done by the site's own actions, in the database of a site that a browser then opens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.actions.sessions import open_session
from govmatch.accounts.models import Person
from govmatch.accounts.queries import roles_of
from govmatch.applications.actions import Sent, save_section, start, submit
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import form_of
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang
from govmatch.kit.ids import token
from govmatch.organisations.models import Firm
from govmatch.questionnaires import Question
from govmatch.questionnaires.definition import Kind
from govmatch.settings import Settings
from tests.browser.mails import address_of

SESSION_DAYS = 60
"""Longer than any journey moves its clock."""


@dataclass(frozen=True)
class Entered:
    """A person and the token of the session in which their second factor was given."""

    person: Person
    token: str


def name_of(name: str) -> str:
    return f"{name.title()} Journey"


def enter(session: Session, name: str, lang: Lang, now: datetime) -> Entered:
    """Make a person and open a session in which the second factor was given."""
    person = create_person(
        session,
        address=address_of(name),
        name=name_of(name),
        lang=lang,
        zone="Europe/Copenhagen",
        actor=VISITOR,
        now=now,
        real_now=now,
    )
    opened = open_session(
        session,
        person,
        way="link",
        user_agent="the browser of the journey",
        session_days=SESSION_DAYS,
        with_factor=True,
        actor=VISITOR,
        now=now,
        real_now=now,
    )
    return Entered(person, opened.token)


def find(session: Session, name: str) -> Person:
    return session.scalars(select(Person).where(Person.email == address_of(name))).one()


@dataclass(frozen=True)
class Answers:
    """What a firm writes: a text for every open question, and the address of its office."""

    told: str
    office: str
    lang: Lang


def hand_in(
    session: Session,
    name: str,
    challenge: Challenge,
    firm: Firm,
    answers: Answers,
    *,
    settings: Settings,
    now: datetime,
    real: datetime,
) -> Application:
    """Write and submit the application of a firm, as somebody who leads it."""
    person = find(session, name)
    roles = frozenset(roles_of(session, person, now=real))
    actor = Actor(person_id=person.id, name=person.name, roles=roles)
    lang = answers.lang
    application = start(session, challenge, firm, lang=lang, held=roles, actor=actor, now=now)
    for section in form_of(challenge).sections:
        fields = dict(_fields(section.questions, answers))
        if fields:
            sent = Sent(fields=fields, lang="en", page=token())
            saved = save_section(
                session, application, section, sent,
                settings=settings, held=roles, actor=actor, now=now, real_now=real,
            )  # fmt: skip
            assert not saved.errors, saved.errors
    submit(session, application, lang=lang, held=roles, actor=actor, now=now, real_now=real)
    return application


def _fields(questions: tuple[Question, ...], answers: Answers) -> Iterator[tuple[str, list[str]]]:
    """Yield each field of a section with an answer of its kind, files left out."""
    for question in questions:
        match question.kind:
            case Kind.FILE:
                continue
            case Kind.DECLARATION:
                value = "yes"
            case Kind.NUMBER | Kind.MONEY:
                value = "400000" if question.id == "total-price" else "12"
            case Kind.CHOICE | Kind.SEVERAL:
                value = question.options[0].value
            case Kind.EMAIL:
                value = answers.office
            case Kind.DATE:
                value = "2030-01-01"
            case _:
                value = answers.told
        yield question.field, [value]
        yield question.asked_field, ["1"]
