"""Who is told of a copy that is ready, and of an erasure that is to come or was taken back."""

from collections.abc import Iterable

from govmatch.accounts.queries import by_id
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.privacy.models import Erasure, Export, Why
from govmatch.privacy.telling import ERASURE_PATH, EXPORT_PATH, lang_of

TOPIC = "requests"
"""Dates of the law hang on these, so that they cannot be switched off."""


def copy_made(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell that the copy can be taken, until when, and where; it never travels by mail itself."""
    export = session.get(Export, row.subject_id)
    if export is None or export.expires_at is None or export.gone_at is not None:
        return []
    person = by_id(session, export.person_id)
    lang, zone = lang_of(background, person), person.zone or background.settings.zone
    return [
        Notice(
            key=f"privacy:{row.id}",
            mail="privacy/copy_made",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"until": date_text(export.expires_at, lang, zone)},
            links={"link": EXPORT_PATH},
            topic=TOPIC,
            path=EXPORT_PATH,
        )
    ]


def erasure_asked(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell when it will be done and how to stop it: somebody else may have asked."""
    erasure = session.get(Erasure, row.subject_id)
    if erasure is None or erasure.done_at is not None or erasure.taken_back_at is not None:
        return []
    return [_about(background, session, row, erasure, _MAILS[Why(erasure.why)])]


def taken_back(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell that nothing is erased."""
    erasure = session.get(Erasure, row.subject_id)
    if erasure is None or erasure.done_at is not None:
        return []
    return [_about(background, session, row, erasure, "privacy/erasure_taken_back")]


_MAILS = {
    Why.ASKED: "privacy/erasure_asked",
    Why.OFFICE: "privacy/erasure_asked",
    Why.IDLE: "privacy/account_unused",
}


def _about(
    background: Background, session: ReadSession, row: JournalRow, erasure: Erasure, mail: str
) -> Notice:
    person = by_id(session, erasure.person_id)
    lang, zone = lang_of(background, person), person.zone or background.settings.zone
    return Notice(
        key=f"privacy:{row.id}",
        mail=mail,
        address=person.email,
        lang=lang,
        person_id=person.id,
        values={"day": date_text(erasure.due_at, lang, zone)},
        links={"link": ERASURE_PATH},
        topic=TOPIC,
        path=ERASURE_PATH,
    )


NOTICES = {
    "ExportMade": copy_made,
    "ErasureAsked": erasure_asked,
    "ErasureTakenBack": taken_back,
}
