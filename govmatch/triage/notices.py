"""Who is told that an opening waits for them, that something is asked of a firm, or came.

A mail says only that something is there and where. Applicants are told nothing of internal states,
and nobody of what they did themselves.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from govmatch.accounts.models import Person, Role
from govmatch.accounts.queries import holders
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.kit.records import dataclass
from govmatch.organisations.queries import members_of
from govmatch.triage import queries
from govmatch.triage.models import Deficiency, Handling

FIRM_ROLES = frozenset({Role.LEAD, Role.MEMBER})


def opening_begun(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell everybody else who can complete the opening, while it waits for that."""
    challenge = session.get(Challenge, row.subject_id)
    opening = queries.opening_of(session, challenge) if challenge is not None else None
    if challenge is None or opening is None or opening.completed_at is not None:
        return []
    people = queries.can_complete(
        session, challenge, besides=opening.begun_by, real_now=background.real_now
    )
    what = _Telling("opening", "tasks", f"/desk/challenges/{challenge.slug}/opening")
    return [_notice(background, row, challenge, one, what) for one in people]


def sent(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the firm's members that something is asked of them, and until when."""
    return _to_firm(background, session, row, "request")


def due_soon(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind the firm's members, unless somebody has answered meanwhile."""
    asked = _open(session, row)
    if asked is None or asked.answered_at is not None:
        return []
    return _to_firm(background, session, row, "reminder")


def answered(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who asked and who looks after the application, once for each request."""
    asked = _open(session, row)
    if asked is None or not row.data["is_first"]:
        return []
    application = asked.application
    people = _staff(background, session, asked)
    what = _Telling("answered", "tasks", f"/triage/{application.public_id}")
    return [_notice(background, row, application.challenge, one, what) for one in people]


def _to_firm(
    background: Background, session: ReadSession, row: JournalRow, mail: str
) -> list[Notice]:
    asked = _open(session, row)
    if asked is None or asked.due_at <= background.now:
        return []
    application = asked.application
    people = _members(background, session, application)
    path = f"/applications/{application.public_id}/requests/{asked.public_id}"
    what = _Telling(mail, "requests", path, asked.due_at)
    return [_notice(background, row, application.challenge, one, what) for one in people]


def _members(
    background: Background, session: ReadSession, application: Application
) -> list[Person]:
    """Return who acts for the firm now."""
    members = members_of(session, application.firm, real_now=background.real_now)
    return [
        one.person
        for one in members
        if one.person.disabled_at is None and FIRM_ROLES & {row.role for row in one.rows}
    ]


def _open(session: ReadSession, row: JournalRow) -> Deficiency | None:
    """Return the request unless it is gone or settled since."""
    asked = queries.by_id(session, int(str(row.data["deficiency_id"])))
    return asked if asked is not None and asked.settled_at is None else None


def _staff(background: Background, session: ReadSession, asked: Deficiency) -> list[Person]:
    """Return who asked and who looks after it, where they still may; else the managers."""
    application, now = asked.application, background.real_now
    handling = queries.handling_of(session, [application.id]).get(application.id)
    wanted = {asked.asked_by, _handler(handling)} - {0}
    return _those_at_work(session, application, wanted, now=now)


def _those_at_work(
    session: ReadSession, application: Application, wanted: Collection[int], *, now: datetime
) -> list[Person]:
    """Return those of the people who may still handle it; the managers who may, if none is left."""
    able = {
        person_id
        for person_id in wanted
        if queries.can_handle(session, person_id, [application], real_now=now)
    }
    if not able:
        kind, number = "programme", application.challenge.programme_id
        managers = holders(session, kind, number, now=now, roles=[Role.MANAGER])
        ids = {row.person_id for row in managers if row.person.disabled_at is None}
        able = {one for one in ids if queries.can_handle(session, one, [application], real_now=now)}
    return [person for one in sorted(able) if (person := session.get(Person, one)) is not None]


def _handler(handling: Handling | None) -> int:
    return (handling.handler_id or 0) if handling is not None else 0


@dataclass(frozen=True)
class _Telling:
    """What is told: which mail, under which setting, and where it is read."""

    mail: str
    topic: str
    path: str
    due_at: datetime | None = None


def _notice(
    background: Background, row: JournalRow, challenge: Challenge, person: Person, what: _Telling
) -> Notice:
    lang = as_lang(person.lang or background.settings.default_lang)
    values: dict[str, object] = {"challenge": text_for(challenge, lang).title}
    if what.due_at is not None:
        values["due"] = datetime_text(what.due_at, lang, person.zone or challenge.zone)
    return Notice(
        key=f"triage:{row.id}:{what.mail}:{person.id}",
        mail=f"triage/{what.mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values=values,
        links={"link": what.path},
        topic=what.topic,
        path=what.path,
    )


def firm_wrote(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell who looks after the application that its firm wrote; the managers where nobody does."""
    application = session.get(Application, row.subject_id)
    if application is None:
        return []
    handling = queries.handling_of(session, [application.id]).get(application.id)
    wanted = {_handler(handling)} - {0}
    people = _those_at_work(session, application, wanted, now=background.real_now)
    what = _Telling("message", "messages", f"/triage/{application.public_id}/messages")
    return [_notice(background, row, application.challenge, one, what) for one in people]


NOTICES = {
    "OpeningBegun": opening_begun,
    "RequestSent": sent,
    "RequestDueSoon": due_soon,
    "RequestAnswered": answered,
    "FirmWrote": firm_wrote,
}
