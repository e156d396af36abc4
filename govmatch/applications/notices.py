"""Who is told by mail that an application was received: its sender, and addresses in the answers.

A mail says what was received when, and nothing of what is in it or what becomes of it. The copy
goes to an address that anybody may have typed, so it names no person and no firm.
"""

from collections.abc import Iterable

from govmatch.accounts.models import Person
from govmatch.applications import queries
from govmatch.applications.actions.submitting import copies_of
from govmatch.applications.models import Application, Version
from govmatch.applications.showing import title_in
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.questionnaires.loading import load_kept


def submitted(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Mail the receipt to whom the event names; within the limits that were counted then."""
    application = queries.with_texts(session, row.subject_id)
    if application is None:
        return []
    version = queries.find_version(session, application, int(str(row.data["number"])))
    if version is None:
        return []
    return [
        *_to_person(background, session, row, application, version),
        *_copies(background, row, application, version),
    ]


def _to_person(
    background: Background,
    session: ReadSession,
    row: JournalRow,
    application: Application,
    version: Version,
) -> Iterable[Notice]:
    person = session.get(Person, version.by)
    if not row.data["to_person"] or person is None or person.disabled_at is not None:
        return
    lang = as_lang(person.lang or background.settings.default_lang)
    yield Notice(
        key=f"receipt:{row.id}",
        mail="applications/receipt",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values=_values(application, version, lang, zone=person.zone),
        links={"link": f"/applications/{application.public_id}/receipts/{version.number}"},
    )


def _copies(
    background: Background, row: JournalRow, application: Application, version: Version
) -> Iterable[Notice]:
    wanted = row.data["copies"]
    lang = as_lang(version.lang, as_lang(background.settings.default_lang))
    addresses = copies_of(load_kept(version.form), version.answers)
    for question_id in wanted if isinstance(wanted, list) else ():
        if question_id in addresses:
            yield Notice(
                key=f"receipt:{row.id}:{question_id}",
                mail="applications/receipt_copy",
                address=addresses[question_id],
                lang=lang,
                values=_values(application, version, lang, zone=None),
            )


def _values(
    application: Application, version: Version, lang: Lang, *, zone: str | None
) -> dict[str, object]:
    challenge = application.challenge
    return {
        "challenge": title_in(challenge, lang).text,
        "at": datetime_text(version.at, lang, zone or challenge.zone),
        "reference": application.reference,
        "number": version.number,
        "receipt": version.public_id,
        "hash": version.content_hash,
    }


NOTICES = {"ApplicationSubmitted": submitted}
