"""Who is told that a decision waits for them, that a letter is there, that an answer came.

A mail says only that something is there, and where. Results, names and reasons stand on the site.
"""

from collections.abc import Iterable, Sequence

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.decisions import queries
from govmatch.decisions.models import Decision, State
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, as_lang, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice

REQUESTS, TASKS = "requests", "tasks"


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
    firms = {one.application.firm_id for one in letters}
    members = queries.members_by_firm(session, firms, real_now=background.real_now)
    return [
        _notice(
            background,
            decision.challenge,
            person,
            "letter",
            key=queries.letter_key(letter),
            topic=REQUESTS,
            path=f"/letters/{letter.public_id}",
        )
        for letter in letters
        for person in members.get(letter.application.firm_id, [])
    ]


def reminded(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind the firm while it has not answered."""
    application = session.get(Application, row.subject_id)
    if application is None or application.state != Applied.SELECTED:
        return []
    return _to_firm(background, session, row, application, "answer_due")


def answered(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell those who work on the case."""
    application = session.get(Application, row.subject_id)
    if application is None:
        return []
    challenge = application.challenge
    people = queries.case_workers(session, challenge, real_now=background.real_now)
    return [
        _notice(
            background,
            challenge,
            person,
            "answered",
            key=f"decisions:{row.id}:answered:{person.id}",
            topic=TASKS,
            path=f"/desk/challenges/{challenge.slug}/decision",
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
        *_to_firm(background, session, row, application, "over"),
        *answered(background, session, row),
    ]


def _to_firm(
    background: Background,
    session: ReadSession,
    row: JournalRow,
    application: Application,
    mail: str,
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
            path=f"/applications/{application.public_id}/answer",
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
) -> Notice:
    lang: Lang = as_lang(person.lang or background.settings.default_lang)
    values: dict[str, object] = {"title": text_for(challenge, lang).title}
    if mail == "letter":
        values["authority"] = pick(challenge.authority.names, lang)[0]
        key = f"{key}:{person.id}"
    if mail == "answer_due" and application is not None and application.confirm_by is not None:
        values["date"] = date_text(application.confirm_by, lang, challenge.zone)
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
}
