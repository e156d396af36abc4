"""The page on which one application is read before it goes to the public."""

from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries as applications
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.applications.secrecy import Mark, marks_in
from govmatch.applications.secrecy_models import SecrecyInquiry
from govmatch.applications.secrecy_rules import (
    TIME_TO_OBJECT,
    USUAL_TIME,
    may_ask,
    may_decide,
    works_on,
)
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.dossiers import queries, rules
from govmatch.dossiers.blocking import BLOCKS, REASONS, Why
from govmatch.dossiers.proposed import Proposal, Standing, Way
from govmatch.dossiers.proposing import proposal
from govmatch.kit.actor import No
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.visit import Visit

STANDINGS: dict[Standing, tuple[Message, str]] = {
    Standing.UNDECIDED: (msg("Not decided yet"), "neutral"),
    Standing.UNHEARD: (msg("Firm not asked yet"), "warning"),
    Standing.ASKED: (msg("Firm is being asked"), "info"),
    Standing.UNREAD: (msg("To be read"), "warning"),
    Standing.CHANGED: (msg("Changed since it was read"), "warning"),
    Standing.RELEASED: (msg("Read, goes out"), "success"),
}
WAYS: dict[Way, Message] = {
    Way.WORDS: msg("Its words, with blocks"),
    Way.WHOLE: msg("The file itself: I have read all of it"),
    Way.OUT: msg("Leave it out"),
}


@dataclass(frozen=True)
class Hearing:
    """What the firm was asked, and what came of it; `marks` are (key, name) of doubted ones."""

    id: str
    text: str
    asked_at: datetime
    by: str
    due_at: datetime
    is_late: bool
    answer: str
    answered_at: datetime | None
    marks: list[tuple[str, str]]
    decided_at: datetime | None
    reason: str
    lifted: list[str]
    lifted_from: datetime | None
    action: str
    """Where it is decided; empty where it is not."""


@dataclass(frozen=True)
class ReadingPage:
    name: str
    title: str
    title_lang: str | None
    back: str
    list_url: str
    action: str
    zone: str
    written_in: str
    standing: tuple[Message, str]
    released_at: datetime | None
    released_by: str
    found: Proposal
    blocks: dict[Why, Message]
    reasons: dict[Why, Message]
    ways: dict[Way, Message]
    may_change: bool
    why_not: Message | None
    """Why it cannot be let out yet."""
    can_take_back: bool
    revision: int
    marks: list[tuple[str, str, str]]
    """(key, what it is about, the firm's reason) of each mark that holds."""
    hearings: list[Hearing]
    can_ask: bool
    form: Form


def the_case(visit: Visit) -> Challenge:
    return queries.get_case(
        visit.db, visit.actor, visit.params["slug"], now=visit.now, real_now=visit.real_now
    )


def path_of(challenge: Challenge, application: Application) -> str:
    return f"/desk/challenges/{challenge.slug}/dossier/public/{application.public_id}"


def the_application(visit: Visit) -> Application:
    """Return the application of the address; raises `NotFound` unless it is one of this case."""
    challenge = the_case(visit)
    application = applications.get_visible(visit.db, visit.actor, visit.params["id"])
    is_full = applications.how_of(visit.db, visit.actor, application) is How.FULL
    if application.challenge_id != challenge.id or not is_full:
        raise NotFound
    return application


def path_list(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/dossier/public"


def _form(found: Proposal, *, usual: datetime) -> Form:
    row = found.row
    values: dict[str, str | list[str]] = {f"file-{one.key}": one.way.value for one in found.sheets}
    values["due"] = usual.date().isoformat()
    if row is not None:
        for question, why in row.answers.items():
            values |= {f"out-{question}": "yes", f"why-{question}": why}
        values |= {
            "passages": "\n".join(row.passages),
            "reason": row.reason,
            "file_reason": row.file_reason,
        }
    return filled(values)


def reading_page(
    visit: Visit, application: Application, form: Form | None = None, *, status: int = 200
) -> Answer:
    """Show the page; `form` holds what was typed where that is shown again."""
    challenge = application.challenge
    found = proposal(visit.db, application, lang=visit.lang, now=visit.now)
    if found is None:
        raise NotFound
    text = text_for(challenge, visit.lang)
    row = found.row
    is_out = found.standing is Standing.RELEASED and row is not None
    by = row.released_by if row is not None and is_out else None
    ruling = rules.may_release(visit.actor, challenge, found.standing)
    waits = found.is_asked
    names = _names(found)
    values = ReadingPage(
        name=name_for(application, How.FULL, visit.lang),
        title=text.title or challenge.slug,
        title_lang=text.lang if text.lang != visit.lang else None,
        back=visit.url(f"/desk/challenges/{challenge.slug}/dossier"),
        list_url=visit.url(path_list(challenge)),
        action=visit.url(path_of(challenge, application)),
        zone=challenge.zone,
        written_in=application.lang,
        standing=STANDINGS[found.standing],
        released_at=row.released_at if row is not None and is_out else None,
        released_by=names_by_id(visit.db, [by]).get(by, "") if by else "",
        found=found,
        blocks=dict(BLOCKS),
        reasons=dict(REASONS),
        ways=WAYS,
        may_change=works_on(visit.actor, challenge),
        why_not=ruling.reason if isinstance(ruling, No) else None,
        can_take_back=bool(ruling) and row is not None and bool(row.released_digest),
        revision=row.revision if row is not None else 0,
        marks=[(one.key, names.get(one.key, ""), one.reason) for one in found.secrecy.holding],
        hearings=_hearings(visit, application, found),
        can_ask=bool(may_ask(visit.actor, application, is_waiting=waits)),
        form=form if form is not None else _form(found, usual=visit.now + USUAL_TIME),
    )
    return page(
        visit, "dossiers/public_one.html", values, status=status, main_form=values.may_change
    )


def _names(found: Proposal) -> dict[str, str]:
    """Return what each mark is about, by its key."""
    known = {one.mark.key: one.label for one in found.answers if one.mark is not None}
    return known | {one.mark.key: one.name for one in found.sheets if one.mark is not None}


def _hearings(visit: Visit, application: Application, found: Proposal) -> list[Hearing]:
    labels = {one.question: one.label for one in found.answers}
    labels |= {one.key: one.name for one in found.sheets}
    known: dict[str, str] = {}
    for statement in applications.statements(visit.db, application):
        for one in marks_in(statement.answers, statement.files):
            known.setdefault(one.key, _about(one, labels))
    asked = found.secrecy.inquiries
    people = names_by_id(visit.db, [one.asked_by for one in asked])
    return [_hearing(visit, application, one, known, people) for one in asked]


def _about(one: Mark, labels: dict[str, str]) -> str:
    return labels.get(one.question or one.file, "")


def _hearing(
    visit: Visit,
    application: Application,
    one: SecrecyInquiry,
    known: dict[str, str],
    people: dict[int, str],
) -> Hearing:
    decided = one.decided_at
    can_decide = may_decide(visit.actor, application, one, visit.now)
    here = path_of(application.challenge, application)
    return Hearing(
        id=one.public_id,
        text=one.text,
        asked_at=one.asked_at,
        by=people.get(one.asked_by, ""),
        due_at=one.due_at,
        is_late=one.answered_at is None and visit.now >= one.due_at,
        answer=one.answer,
        answered_at=one.answered_at,
        marks=[(key, known.get(key) or key) for key in one.doubted],
        decided_at=decided,
        reason=one.reason,
        lifted=[known.get(key) or key for key in one.lifted],
        lifted_from=decided + TIME_TO_OBJECT if decided is not None and one.lifted else None,
        action=visit.url(f"{here}/decide/{one.public_id}") if can_decide else "",
    )
