"""Who is mailed about trade secrets: the firm that is asked and told, and whoever asked it.

A mail says only that something is there, and until when; what is secret stands on the site alone.
"""

from collections.abc import Iterable

from govmatch.accounts.models import Person
from govmatch.applications import queries
from govmatch.applications.models import Application
from govmatch.applications.partner_notices import writers_of
from govmatch.applications.secrecy_models import SecrecyInquiry
from govmatch.applications.showing import title_in
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice

REQUESTS, TASKS = "requests", "tasks"


def asked(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Ask the people who write for the firm that leads."""
    return _to_firm(background, session, row, "secrecy_asked")


def reminded(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Remind them, unless it was answered since."""
    inquiry = _of(session, row)
    if inquiry is None or inquiry.answered_at is not None or inquiry.decided_at is not None:
        return []
    return _to_firm(background, session, row, "secrecy_due")


def decided(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the firm what became of its marks, so that it can object before anything goes out."""
    return _to_firm(background, session, row, "secrecy_decided")


def answered(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell whoever asked."""
    inquiry, application = _of(session, row), queries.with_texts(session, row.subject_id)
    if inquiry is None or application is None:
        return []
    person = session.get(Person, inquiry.asked_by)
    if person is None or person.disabled_at is not None:
        return []
    slug = application.challenge.slug
    path = f"/desk/challenges/{slug}/dossier/public/{application.public_id}"
    mail = "secrecy_answered"
    return [
        _notice(
            background, row, application, inquiry, person=person, mail=mail, path=path, topic=TASKS
        )
    ]


def _to_firm(
    background: Background, session: ReadSession, row: JournalRow, mail: str
) -> Iterable[Notice]:
    inquiry, application = _of(session, row), queries.with_texts(session, row.subject_id)
    if inquiry is None or application is None:
        return
    path = f"/applications/{application.public_id}/secrets"
    for person in writers_of(background, session, application.firm):
        yield _notice(
            background, row, application, inquiry,
            person=person, mail=mail, path=path, topic=REQUESTS,
        )  # fmt: skip


def _of(session: ReadSession, row: JournalRow) -> SecrecyInquiry | None:
    return queries.inquiry_by_id(session, int(str(row.data["inquiry"])))


def _notice(
    background: Background,
    row: JournalRow,
    application: Application,
    inquiry: SecrecyInquiry,
    *,
    person: Person,
    mail: str,
    path: str,
    topic: str,
) -> Notice:
    lang = as_lang(person.lang or background.settings.default_lang)
    values: dict[str, object] = {"title": title_in(application.challenge, lang).text}
    if mail in {"secrecy_asked", "secrecy_due"}:
        values["date"] = date_text(inquiry.due_at, lang, application.challenge.zone)
    return Notice(
        key=f"secrecy:{row.id}:{person.id}",
        mail=f"applications/{mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values=values,
        links={"link": path},
        topic=topic,
        path=path,
    )


SECRECY_NOTICES = {
    "SecrecyAsked": asked,
    "SecrecyReminded": reminded,
    "SecrecyAnswered": answered,
    "SecrecyDecided": decided,
}
