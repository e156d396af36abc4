"""The applications of the demonstration, made by the very actions of the site."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.models import Person, Role
from govmatch.accounts.queries.people import by_email
from govmatch.applications.actions.drafting import Sent, save_section, start
from govmatch.applications.actions.submitting import submit
from govmatch.challenges.actions.approval import submit_for_approval
from govmatch.challenges.actions.writing import create
from govmatch.challenges.queries import find_by_slug, form_of
from govmatch.challenges.statement import Words, statement_of
from govmatch.demonstration.personas import persona
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.content import Folder, read_yaml
from govmatch.kit.db import Session
from govmatch.kit.i18n import as_lang
from govmatch.kit.ids import digest, token
from govmatch.organisations.models import Firm
from govmatch.questionnaires import Question
from govmatch.settings import Settings

FILE = "demonstration/applications.yaml"
DRAFT = "demonstration/draft.yaml"


def applications(settings: Settings) -> list[dict[str, Any]]:
    """Return what the file says of each application."""
    path = settings.content_dir / FILE
    if not path.is_file():
        return []
    tree = read_yaml(Folder(settings.content_dir).read(FILE))
    found: list[dict[str, Any]] = tree.data["applications"]
    return found


def make(session: Session, data: Mapping[str, Any], *, settings: Settings, now: datetime) -> None:
    """Make one application: a draft, or one submitted some days ago."""
    firm = session.scalars(select(Firm).where(Firm.slug == data["firm"])).one()
    challenge = find_by_slug(session, data["challenge"])
    assert challenge is not None, f"the demonstration wants the challenge {data['challenge']}"
    at = office_hours(now + timedelta(days=int(data.get("at", -1))))
    actor = _applicant(session, firm, str(data["by"]), lang=data["lang"], now=now)
    lang = as_lang(data["lang"])
    held = actor.roles
    application = start(
        session, challenge, firm, lang=lang, held=held, actor=actor, now=at - timedelta(hours=3)
    )
    for section in form_of(challenge).sections:
        fields = _fields(section.questions, data["answers"])
        if not fields:
            continue
        sent = Sent(fields=fields, lang="en", page=token())
        save_section(
            session, application, section, sent,
            settings=settings, held=held, actor=actor, now=at - timedelta(hours=1), real_now=now,
        )  # fmt: skip
    if "at" in data:
        submit(session, application, lang=lang, held=held, actor=actor, now=at, real_now=now)


def office_hours(at: datetime, *, hour: int = 9) -> datetime:
    """Return that day at a full hour of the authorities' clocks."""
    local = at.astimezone(ZoneInfo("Europe/Copenhagen"))
    return local.replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(UTC)


def _applicant(session: Session, firm: Firm, by: str, *, lang: str, now: datetime) -> Actor:
    """Return who acts for the firm: a persona, or a person of its own made here."""
    known = persona(by)
    address = known.email if known else f"{digest(by)[:8]}@{firm.slug}.example"
    person = by_email(session, address) or _new(session, address, by, lang, now)
    if known is None:
        give_role(session, person, Role.LEAD, "firm", firm.id, actor=VISITOR, now=now, real_now=now)
    roles = frozenset({Held(Role.LEAD, "firm", firm.id)})
    return Actor(person_id=person.id, name=person.name, roles=roles)


def _new(session: Session, address: str, name: str, lang: str, now: datetime) -> Person:
    return create_person(
        session,
        address=address,
        name=name,
        lang=as_lang(lang),
        actor=VISITOR,
        now=now,
        real_now=now,
    )


def _fields(questions: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the answers as the fields of a form that showed these questions."""
    fields: dict[str, list[str]] = {}
    for question in questions:
        if question.id in answers:
            answer = answers[question.id]
            values = answer if isinstance(answer, list) else ["yes" if answer is True else answer]
            fields[question.field] = [str(value) for value in values]
            fields[question.asked_field] = ["1"]
    return fields


def make_draft(session: Session, *, settings: Settings, now: datetime) -> None:
    """Make the challenge that waits for approval, written by its persona."""
    if not (settings.content_dir / DRAFT).is_file():
        return
    data = read_yaml(Folder(settings.content_dir).read(DRAFT)).data
    like, author = find_by_slug(session, data["like"]), persona(data["by"])
    assert like is not None
    assert author is not None
    person = by_email(session, author.email)
    assert person is not None
    actor = Actor(
        person_id=person.id,
        name=person.name,
        roles=frozenset({Held(Role.STAFF, "authority", like.authority_id)}),
    )
    statement = replace(
        statement_of(like),
        words={lang: Words(**words) for lang, words in data["words"].items()},
        opens=office_hours(now + timedelta(days=10)),
        questions_until=office_hours(now + timedelta(days=38), hour=12),
        closes=office_hours(now + timedelta(days=52), hour=12),
        questions=(),
        main_lang=author.lang,
    )
    at = office_hours(now - timedelta(days=2))
    challenge = create(session, statement, actor=actor, now=at)
    submit_for_approval(
        session,
        challenge,
        actor=actor,
        now=at + timedelta(hours=5),
        content_dir=settings.content_dir,
    )
