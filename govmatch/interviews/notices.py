"""Who is told of interviews: the firm, the jury that listens, and those who run the selection.

A mail says only that something is there and where: no time, no room, no name, no question.
"""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from govmatch.accounts.models import Person, Role
from govmatch.accounts.queries import holders
from govmatch.applications.models import Access, Application, How
from govmatch.applications.models import State as Applied
from govmatch.applications.queries import people_with
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.interviews import queries
from govmatch.interviews.models import LIVE, Interview, State
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.records import dataclass
from govmatch.organisations.queries import members_of
from govmatch.reviews.queries import jury

FIRM_ROLES = frozenset({Role.LEAD, Role.MEMBER})


@dataclass(frozen=True)
class _Telling:
    challenge: Challenge
    mail: str
    topic: str
    path: str


def invited(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the firm that it is invited, and until when it books."""
    interview = _interview(session, row)
    if interview is None or interview.state not in LIVE:
        return []
    return _to_firm(background, session, row, interview, "invited")


def booked(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the firm's people, the managers and the jury that a slot was taken or given up."""
    interview = _interview(session, row)
    if interview is None:
        return []
    return [
        *_to_firm(background, session, row, interview, "booked"),
        *_to_managers(background, session, row, interview),
        *_to_jury(background, session, row, interview),
    ]


def changed(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the firm and the jury that time or place are others now."""
    interview = _interview(session, row)
    if interview is None or interview.state != State.BOOKED:
        return []
    return [
        *_to_firm(background, session, row, interview, "changed"),
        *_to_jury(background, session, row, interview),
    ]


def called_off(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the firm, unless it withdrew or has its letter by now."""
    interview = _interview(session, row)
    if interview is None or interview.state != State.CALLED_OFF:
        return []
    application = interview.application
    is_over = application.state == Applied.WITHDRAWN
    if is_over or application.decision_released_at is not None:
        return []
    return _to_firm(background, session, row, interview, "called_off")


def questions(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    interview = _interview(session, row)
    if interview is None or interview.state not in LIVE:
        return []
    return _to_firm(background, session, row, interview, "questions")


def reminded(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind the firm; before the slot the jury too. Nobody of what is done or over meanwhile."""
    interview = _interview(session, row)
    wanted = State.BOOKED if row.data["what"] == "soon" else State.INVITED
    if interview is None or interview.state != wanted:
        return []
    found = _to_firm(background, session, row, interview, "reminder")
    if wanted == State.BOOKED:
        found += _to_jury(background, session, row, interview)
    return found


def revealed(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Ask those of the jury to declare anew who read one of these without names."""
    challenge = session.get(Challenge, row.subject_id)
    ids = row.data["application_ids"]
    if challenge is None or not isinstance(ids, list):
        return []
    found = select(Access.person_id).where(Access.application_id.in_(ids), Access.how == How.BLIND)
    concerned = set(session.scalars(found))
    people = [
        one.person
        for one in jury(session, challenge, now=background.real_now)
        if one.person.id in concerned
    ]
    what = _Telling(challenge, "names", "reviews", f"/reviews/challenges/{challenge.slug}/names")
    return [_notice(background, row, one, what) for one in people]


def _interview(session: ReadSession, row: JournalRow) -> Interview | None:
    return queries.by_id(session, int(str(row.data["interview_id"])))


def _to_firm(
    background: Background, session: ReadSession, row: JournalRow, interview: Interview, mail: str
) -> list[Notice]:
    application = interview.application
    challenge = application.challenge
    members = members_of(session, application.firm, real_now=background.real_now)
    people = [
        one.person
        for one in members
        if one.person.disabled_at is None and FIRM_ROLES & {held.role for held in one.rows}
    ]
    what = _Telling(challenge, mail, "requests", f"/applications/{application.public_id}/interview")
    until = interview.until
    return [
        _notice(
            background, row, one, what,
            {"until": datetime_text(until, _lang(background, one), challenge.zone)}
            if mail == "invited" else {},
        )
        for one in people
    ]  # fmt: skip


def _to_managers(
    background: Background, session: ReadSession, row: JournalRow, interview: Interview
) -> list[Notice]:
    """Tell who runs the selection, but nobody to whom the application is closed."""
    application = interview.application
    challenge = application.challenge
    closed = _closed(session, application)
    holding = holders(
        session, "programme", challenge.programme_id, now=background.real_now, roles=[Role.MANAGER]
    )
    people = {one.person_id: one.person for one in holding if one.person_id not in closed}
    what = _Telling(challenge, "at_work", "tasks", f"/desk/challenges/{challenge.slug}/interviews")
    open_ones = [one for one in people.values() if one.disabled_at is None]
    return [_notice(background, row, one, what) for one in open_ones]


def _to_jury(
    background: Background, session: ReadSession, row: JournalRow, interview: Interview
) -> list[Notice]:
    """Tell those of the jury who may read the application."""
    application = interview.application
    challenge = application.challenge
    able = set(queries.readers_among_jury(session, application.id))
    people = [
        one.person
        for one in jury(session, challenge, now=background.real_now)
        if one.person.id in able
    ]
    path = f"/desk/challenges/{challenge.slug}/interviews/{interview.public_id}"
    what = _Telling(challenge, "jury", "reviews", path)
    return [_notice(background, row, one, what) for one in people]


def _closed(session: ReadSession, application: Application) -> Collection[int]:
    return {n for n, how in people_with(session, application.id).items() if how is How.CLOSED}


def _lang(background: Background, person: Person) -> Lang:
    return as_lang(person.lang or background.settings.default_lang)


def _notice(
    background: Background,
    row: JournalRow,
    person: Person,
    what: _Telling,
    more: Mapping[str, object] | None = None,
) -> Notice:
    challenge = what.challenge
    lang = _lang(background, person)
    return Notice(
        key=f"interviews:{row.id}:{what.mail}:{person.id}",
        mail=f"interviews/{what.mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values={"challenge": text_for(challenge, lang).title or challenge.slug, **(more or {})},
        links={"link": what.path},
        topic=what.topic,
        path=what.path,
    )


NOTICES = {
    "InterviewInvited": invited,
    "InterviewBooked": booked,
    "InterviewMoved": booked,
    "InterviewGivenUp": booked,
    "InterviewChanged": changed,
    "InterviewCalledOff": called_off,
    "InterviewQuestionsReleased": questions,
    "InterviewReminded": reminded,
    "NamesRevealed": revealed,
}
