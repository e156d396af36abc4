"""What of a person has to be kept when they are erased, why, and until when."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, func, or_, select, union

from govmatch.applications.models import Application, Confirmation, Version
from govmatch.challenges.models import Challenge
from govmatch.correspondence.models import Message
from govmatch.decisions.models import Decision
from govmatch.kit.db import ReadSession
from govmatch.kit.records import dataclass
from govmatch.needs.models import Need
from govmatch.pilots.models import Delivery, LogEntry, Milestone, Pilot
from govmatch.privacy.queries.cases import cases
from govmatch.questions.models import Asking
from govmatch.reviews.models import Review
from govmatch.triage.models import Deficiency, GateRuling, Note


class What(StrEnum):
    """What stays of a person after erasure."""

    APPLICATIONS = "applications"
    """What they submitted for a firm."""
    ASSESSMENT = "assessment"
    """Their reviews, findings, decisions and approvals."""
    MESSAGES = "messages"
    PILOTS = "pilots"
    NEEDS = "needs"
    QUESTIONS = "questions"
    JOURNAL = "journal"


@dataclass(frozen=True)
class Kept:
    """`until` is the last day on which all of it is gone, None where no award has set it yet, or
    where it stays; `count` is how many things, or cases.
    """

    what: What
    count: int
    until: date | None
    is_open: bool = False
    """Some of the cases are not decided: their time has not begun."""


def kept_of(session: ReadSession, person_id: int) -> list[Kept]:
    """Return what has to be kept of a person, and nothing that there is none of."""
    asked = Asking.person_id == person_id
    found = [
        _of_cases(session, What.APPLICATIONS, _applied(person_id)),
        _of_cases(session, What.ASSESSMENT, _assessed(person_id)),
        _of_cases(session, What.PILOTS, _piloted(person_id)),
        Kept(What.MESSAGES, _count(session, Message.id, Message.by == person_id), None),
        Kept(What.NEEDS, _count(session, Need.id, Need.by == person_id), None),
        Kept(What.QUESTIONS, _count(session, Asking.question_id, asked), None),
    ]
    return [*(one for one in found if one.count), Kept(What.JOURNAL, 1, None)]


def _count(session: ReadSession, column: object, condition: object) -> int:
    found = select(func.count(column)).where(condition)  # type: ignore[arg-type]
    return int(session.execute(found).scalar_one())


def _of_cases(session: ReadSession, what: What, parts: Iterable[Select[int]]) -> Kept:
    """Return how many cases there are, and when the last of their files is deleted."""
    ids = set(session.scalars(union(*parts)))
    kept = cases(session, ids) if ids else []
    days = [case.until for case in kept if case.until is not None]
    return Kept(
        what, len(kept), max(days, default=None), is_open=any(c.until is None for c in kept)
    )


def _applied(person_id: int) -> list[Select[int]]:
    submitted = select(Application.challenge_id).join(
        Version, Version.application_id == Application.id
    )
    return [
        submitted.where(Version.by == person_id),
        submitted.join(Confirmation, Confirmation.version_id == Version.id).where(
            Confirmation.by == person_id
        ),
    ]


def _assessed(person_id: int) -> list[Select[int]]:
    of_application = [
        select(Application.challenge_id)
        .join(model, model.application_id == Application.id)
        .where(condition)
        for model, condition in (
            (Review, Review.person_id == person_id),
            (Note, Note.by == person_id),
            (GateRuling, GateRuling.by == person_id),
            (Deficiency, Deficiency.asked_by == person_id),
        )
    ]
    decided = select(Decision.challenge_id).where(
        or_(
            Decision.created_by == person_id,
            Decision.proposed_by == person_id,
            Decision.confirmed_by == person_id,
            Decision.released_by == person_id,
        )
    )
    wrote = select(Challenge.id).where(
        or_(
            Challenge.author_id == person_id,
            Challenge.submitted_by == person_id,
            Challenge.approved_by == person_id,
        )
    )
    return [*of_application, decided, wrote]


def _piloted(person_id: int) -> list[Select[int]]:
    from_pilot = select(Pilot.challenge_id)
    return [
        from_pilot.where(
            or_(Pilot.firm_agreed_by == person_id, Pilot.authority_agreed_by == person_id)
        ),
        from_pilot.join(LogEntry, LogEntry.pilot_id == Pilot.id).where(LogEntry.by == person_id),
        from_pilot.join(Milestone, Milestone.pilot_id == Pilot.id)
        .join(Delivery, Delivery.milestone_id == Milestone.id)
        .where(Delivery.by == person_id),
    ]
