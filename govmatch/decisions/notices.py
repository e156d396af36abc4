"""Who is told that a decision waits for them, that a letter is there, that an answer came.

A mail says only that something is there, and where. Results, names and reasons stand on the site.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.applications.rules import firms_in
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.decisions import queries
from govmatch.decisions.models import Decision, Letter, Outcome, State
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, as_lang, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.programmes.remedies import remedies

REQUESTS, TASKS = "requests", "tasks"
LETTERS = frozenset({"letter", "letter_to_answer"})
WITH_DATE = frozenset({"answer_due", "letter_to_answer"})


def proposed(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who may confirm it, while it waits for that."""
    decision = _in_state(session, row, State.PROPOSED)
    if decision is None:
        return []
    reviewers = queries.reviewers_of(session, decision.challenge)
    people = queries.confirmers(
        session, decision, reviewers=reviewers, real_now=background.real_now
    )
    free = [one for one in people if not _is_conflicted(session, one, decision.challenge)]
    return _tasks(background, row, decision, free, "to_confirm")


def returned(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the managers, who change it."""
    decision = _in_state(session, row, State.RETURNED)
    return [] if decision is None else _to_managers(background, session, row, decision, "returned")


def confirmed(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the managers, who read the letters and release them."""
    decision = _in_state(session, row, State.CONFIRMED)
    if decision is None:
        return []
    return _to_managers(background, session, row, decision, "to_release")


def released(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell every member of every firm that got a letter, all in one go."""
    decision = _of(session, row)
    if decision is None or decision.state != State.RELEASED:
        return []
    letters = queries.letters_of(session, decision)
    firms = {firm for one in letters for firm in firms_in(one.application)}
    members = queries.members_by_firm(session, firms, real_now=background.real_now)
    return [
        _notice(
            background,
            decision.challenge,
            person,
            "letter_to_answer" if leads and _asks_for_answer(letter) else "letter",
            key=f"{queries.letter_key(letter)}:{person.id}",
            topic=REQUESTS,
            path=f"/letters/{letter.public_id}",
            application=letter.application,
        )
        for letter in letters
        for person, leads in _readers(members, letter.application)
    ]


def _readers(
    members: Mapping[int, list[Person]], application: Application
) -> Iterable[tuple[Person, bool]]:
    """Yield who reads a letter, each once, and whether for the firm that leads."""
    known = set()
    for number in (application.firm_id, *application.partner_firms):
        for person in members.get(number, []):
            if person.id not in known:
                known.add(person.id)
                yield person, number == application.firm_id


def _asks_for_answer(letter: Letter) -> bool:
    """True while its firm has to say until a date whether it takes its place.

    Whoever has to act reads so in the subject: a letter among others was overlooked too often.
    """
    application = letter.application
    is_selected = letter.determination.outcome == Outcome.SELECTED
    return is_selected and application.state == Applied.SELECTED and bool(application.confirm_by)


def reminded(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind the firm while it has not answered."""
    application = session.get(Application, row.subject_id)
    if application is None or application.state != Applied.SELECTED:
        return []
    return _to_firm(background, session, row, application, mail="answer_due")


def answered(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell those who work on the case."""
    application = session.get(Application, row.subject_id)
    if application is None:
        return []
    challenge = application.challenge
    path = f"/desk/challenges/{challenge.slug}/decision"
    return _to_workers(background, session, row, challenge, mail="answered", path=path)


def asked_back(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell those who work on the case that a firm has a question about its letter."""
    letter = session.get(Letter, int(str(row.data["letter"])))
    if letter is None:
        return []
    path = f"/letters/{letter.public_id}"
    challenge, due = letter.application.challenge, letter.question_due_at
    mail = "question_back"
    return _to_workers(background, session, row, challenge, mail=mail, path=path, due=due)


def question_due(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind those who work on the case of a question that is still not answered."""
    letter = session.get(Letter, int(str(row.data["letter"])))
    if letter is None or queries.said_about(session, letter).is_answered:
        return []
    mail = "question_due" if row.data["days"] else "question_overdue"
    challenge, path = letter.application.challenge, f"/letters/{letter.public_id}"
    due = letter.question_due_at
    return _to_workers(background, session, row, challenge, mail=mail, path=path, due=due)


def answered_back(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the firm's members that their question is answered.

    Where the programme says what can be done against a decision, also where that stands.
    """
    letter = session.get(Letter, int(str(row.data["letter"])))
    if letter is None:
        return []
    path = f"/letters/{letter.public_id}"
    application, mail = letter.application, "question_answered"
    if remedies(application.challenge.programme.facts):
        mail = "question_answered_further"
    return _to_firm(background, session, row, application, mail=mail, path=path)


def _to_workers(
    background: Background,
    session: ReadSession,
    row: JournalRow,
    challenge: Challenge,
    *,
    mail: str,
    path: str,
    due: datetime | None = None,
) -> list[Notice]:
    people = queries.case_workers(session, challenge, real_now=background.real_now)
    return [
        _notice(
            background,
            challenge,
            person,
            mail,
            key=f"decisions:{row.id}:{mail}:{person.id}",
            topic=TASKS,
            path=path,
            due=due,
        )
        for person in people
        if not _is_conflicted(session, person, challenge)
    ]


def missed(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the firm that its date has passed, and those who work on the case."""
    application = session.get(Application, row.subject_id)
    if application is None:
        return []
    return [
        *_to_firm(background, session, row, application, mail="over"),
        *answered(background, session, row),
    ]


def _to_firm(
    background: Background,
    session: ReadSession,
    row: JournalRow,
    application: Application,
    *,
    mail: str,
    path: str = "",
) -> list[Notice]:
    members = queries.members_by_firm(session, [application.firm_id], real_now=background.real_now)
    return [
        _notice(
            background,
            application.challenge,
            person,
            mail,
            key=f"decisions:{row.id}:{mail}:{person.id}",
            topic=REQUESTS,
            path=path or f"/applications/{application.public_id}/answer",
            application=application,
        )
        for person in members.get(application.firm_id, [])
    ]


def _of(session: ReadSession, row: JournalRow) -> Decision | None:
    challenge = session.get(Challenge, row.subject_id)
    if challenge is None:
        return None
    return queries.decision_of(session, challenge, int(str(row.data["decision"])))


def _in_state(session: ReadSession, row: JournalRow, state: State) -> Decision | None:
    """Return the decision unless it has moved on since."""
    decision = _of(session, row)
    return decision if decision is not None and decision.state == state else None


def _to_managers(
    background: Background, session: ReadSession, row: JournalRow, decision: Decision, mail: str
) -> list[Notice]:
    people = queries.managers(session, decision.challenge, real_now=background.real_now)
    free = [one for one in people if not _is_conflicted(session, one, decision.challenge)]
    return _tasks(background, row, decision, free, mail)


def _is_conflicted(session: ReadSession, person: Person, challenge: Challenge) -> bool:
    return queries.has_conflict(session, person.id, challenge)


def _tasks(
    background: Background,
    row: JournalRow,
    decision: Decision,
    people: Sequence[Person],
    mail: str,
) -> list[Notice]:
    return [
        _notice(
            background,
            decision.challenge,
            person,
            mail,
            key=f"decisions:{row.id}:{mail}:{person.id}",
            topic=TASKS,
            path=f"/decisions/{decision.public_id}",
        )
        for person in people
        if person.id != row.actor_id
    ]


def _notice(
    background: Background,
    challenge: Challenge,
    person: Person,
    mail: str,
    *,
    key: str,
    topic: str,
    path: str,
    application: Application | None = None,
    due: datetime | None = None,
) -> Notice:
    lang: Lang = as_lang(person.lang or background.settings.default_lang)
    values: dict[str, object] = {"title": text_for(challenge, lang).title}
    if mail in LETTERS:
        values["authority"] = pick(challenge.authority.names, lang)[0]
    if mail in WITH_DATE and application is not None and application.confirm_by is not None:
        values["date"] = date_text(application.confirm_by, lang, challenge.zone)
    if due is not None:
        values["date"] = date_text(due, lang, challenge.zone)
    return Notice(
        key=key,
        mail=f"decisions/{mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values=values,
        links={"link": path},
        topic=topic,
        path=path,
    )


NOTICES = {
    "DecisionProposed": proposed,
    "DecisionReturned": returned,
    "DecisionConfirmed": confirmed,
    "DecisionReleased": released,
    "AnswerReminded": reminded,
    "SelectionConfirmed": answered,
    "SelectionDeclined": answered,
    "AnswerMissed": missed,
    "QuestionBackAsked": asked_back,
    "QuestionBackReminded": question_due,
    "QuestionBackAnswered": answered_back,
}
