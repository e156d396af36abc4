"""The part of a letter's page that holds the firm's one question and its answer."""

from datetime import datetime

from govmatch.correspondence.queries import Line
from govmatch.correspondence.rules import Side
from govmatch.decisions import queries, rules
from govmatch.decisions.models import Letter
from govmatch.kit.i18n import pick
from govmatch.kit.records import dataclass
from govmatch.programmes.remedies import days_to_answer, remedies
from govmatch.web.fields import Form
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class QuestionBack:
    """`is_own` is true for the firm; `action` is where the form goes, for whoever has one."""

    lines: list[Line]
    own: Side
    names: dict[Side, str]
    is_own: bool
    may_write: bool
    is_answered: bool
    until: datetime | None
    """Until when the firm may ask, where it still may."""
    due_at: datetime | None
    """Until when the authority answers, as it promised when it was asked."""
    is_late: bool
    days: int
    """In how many days a question that is asked now is answered."""
    remedies: str
    remedies_lang: str
    """What else the firm can do, in the words of the programme; empty before the answer."""
    action: str
    form: Form


def question_back(
    visit: Visit, letter: Letter, form: Form, *, is_own: bool, is_closed: bool
) -> QuestionBack | None:
    """Return the panel; None where nothing was asked and this reader has nothing to ask."""
    said = queries.said_about(visit.db, letter)
    ruling = (
        rules.may_ask(visit.actor, letter, is_asked=said.is_asked, now=visit.now)
        if is_own
        else rules.may_reply(
            visit.actor, letter,
            is_asked=said.is_asked, is_answered=said.is_answered, is_closed=is_closed,
        )
    )  # fmt: skip
    may_write = bool(ruling)
    if not said.lines and not may_write:
        return None
    application = letter.application
    end = "question" if is_own else "question/answer"
    facts = application.challenge.programme.facts
    text, lang = pick(found, visit.lang) if (found := remedies(facts)) else ("", visit.lang)
    return QuestionBack(
        lines=said.lines,
        own=Side.FIRM if is_own else Side.AUTHORITY,
        names={
            Side.FIRM: application.firm.name,
            Side.AUTHORITY: pick(application.challenge.authority.names, visit.lang)[0],
        },
        is_own=is_own,
        may_write=may_write,
        is_answered=said.is_answered,
        until=rules.asked_until(letter) if is_own and may_write else None,
        due_at=letter.question_due_at,
        is_late=_is_late(letter, now=visit.now, is_answered=said.is_answered),
        days=days_to_answer(facts),
        remedies=text if is_own and said.is_answered else "",
        remedies_lang=lang,
        action=visit.url(f"/letters/{letter.public_id}/{end}"),
        form=form,
    )


def _is_late(letter: Letter, *, now: datetime, is_answered: bool) -> bool:
    due = letter.question_due_at
    return due is not None and not is_answered and now >= due
