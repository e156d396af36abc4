"""Somebody who applies: signed in, with a firm and complete drafts, none of them submitted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.actions import create_person, give_role, open_session
from govmatch.accounts.models import Person, Role
from govmatch.applications.models import Application
from govmatch.applications.naming import new_reference, title_of
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import form_of
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.organisations.actions import add_firm
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import NewFirm
from govmatch.questionnaires import Answers, Kind, Question, Questionnaire, parse_draft
from tests.bench.texts import Texts


@dataclass(frozen=True)
class Applicant:
    """A person's session token, and the public ids of the drafts of their firm."""

    token: str
    drafts: list[str]


def add_applicant(
    session: Session, challenge_ids: Iterable[int], texts: Texts, *, now: datetime, number: int = 0
) -> Applicant:
    """Add a person with a firm that has a complete draft for each of the challenges."""
    name = f"Bench {number} ApS" if number else "Bench ApS"
    firm = add_firm(session, NewFirm(name=name, country="DK"), actor=VISITOR, now=now)
    firm.size = "small"
    person = create_person(
        session,
        address=f"bench{number or ''}@office.example",
        name="Bea Bench",
        lang="en",
        actor=VISITOR,
        now=now,
        real_now=now,
    )
    give_role(session, person, Role.LEAD, "firm", firm.id, actor=VISITOR, now=now, real_now=now)
    opened = open_session(
        session,
        person,
        way="bench",
        user_agent="bench",
        session_days=14,
        actor=VISITOR,
        now=now,
        real_now=now,
    )
    return Applicant(opened.token, add_drafts(session, challenge_ids, firm, person, texts, now=now))


def add_drafts(
    session: Session,
    challenge_ids: Iterable[int],
    firm: Firm,
    person: Person,
    texts: Texts,
    *,
    now: datetime,
) -> list[str]:
    """Add a complete draft of the firm for each challenge; return their public ids."""
    found = select(Challenge).where(Challenge.id.in_(list(challenge_ids))).order_by(Challenge.id)
    drafts = [_draft(one, firm, person, texts, now=now) for one in session.scalars(found)]
    session.add_all(drafts)
    session.flush()
    return [draft.public_id for draft in drafts]


def _draft(
    challenge: Challenge, firm: Firm, person: Person, texts: Texts, *, now: datetime
) -> Application:
    form = form_of(challenge)
    answers = answers_to(form, texts)
    return Application(
        public_id=public_id(),
        reference=new_reference(),
        challenge=challenge,
        firm=firm,
        single_key=f"{challenge.id}:{firm.id}",
        answers=answers,
        saved={
            section.id: {"at": now.isoformat(), "by": person.id, "revision": 1, "page": "-"}
            for section in form.sections
        },
        title=title_of(form, answers),
        revision=1,
        lang="en",
        created_by=person.id,
        created_at=now,
        updated_at=now,
        current_version=0,
    )


def answers_to(form: Questionnaire, texts: Texts) -> Answers:
    """Return an answer to every question that needs one, read as a form would be."""
    fields = {
        question.field: [typed(question, texts)]
        for question in form.questions
        if question.kind is not Kind.FILE
    }
    draft = parse_draft(form, fields, lang="en")
    if draft.errors:
        raise ValueError(f"the draft is wrong: {sorted(draft.errors)}")
    return draft.answers


def typed(question: Question, texts: Texts) -> str:
    """Return something that fits a question, as somebody would type it."""
    match question.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return texts.words("en", 90 if question.kind is Kind.TEXT else 400)
        case Kind.NUMBER | Kind.MONEY:
            return "20000"
        case Kind.DATE:
            return "2027-03-01"
        case Kind.CHOICE | Kind.SEVERAL:
            return question.options[0].value
        case Kind.EMAIL:
            return "bench@office.example"
    return "on"
