"""Who is mailed: that an application was received its sender, and addresses in the answers; that
its challenge changed or ended early the firm's members; and a late code the one address that may
use it.

A mail says what was received when, and nothing of what is in it or what becomes of it. The copy
goes to an address that anybody may have typed, so it names no person and no firm.
"""

from collections.abc import Iterable
from datetime import datetime

from govmatch.accounts.models import Person
from govmatch.accounts.queries import by_email
from govmatch.applications import queries
from govmatch.applications.actions.submitting import copies_of
from govmatch.applications.late import code_of
from govmatch.applications.models import Application, LateCode, State, Version
from govmatch.applications.partner_notices import PARTNER_NOTICES, people_of
from govmatch.applications.reading import files_of_version
from govmatch.applications.rules import COUNTING, is_live
from govmatch.applications.secrecy_notices import SECRECY_NOTICES
from govmatch.applications.showing import title_in
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.challenges.rules import is_past_deadline
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
    files = files_of_version(session, version)
    yield Notice(
        key=f"receipt:{row.id}",
        mail="applications/receipt",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values={**_values(application, version, lang, zone=person.zone), "files": len(files)},
        lines=[file.sha256 for file in files],
        links={
            "link": f"/applications/{application.public_id}/receipts/{version.number}",
            "verify": "/receipts/verify",
        },
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


def late_code_issued(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Mail a late code to the address that may use it, unless it is over by now."""
    code = session.get(LateCode, row.subject_id)
    if code is None or not is_live(code, background.now):
        return
    challenge = session.get_one(Challenge, code.challenge_id)
    person = by_email(session, code.address)
    lang = as_lang(person.lang if person and person.lang else code.lang)
    yield Notice(
        key=f"late-code:{row.id}",
        mail="applications/late_code",
        address=code.address,
        lang=lang,
        person_id=person.id if person else None,
        values={
            "challenge": title_in(challenge, lang).text,
            "code": code_of(background.signer, code.public_id),
            "until": datetime_text(code.expires_at, lang, challenge.zone),
        },
        links={"link": f"/challenges/{challenge.slug}/apply"},
        secret=True,
    )


def authority_wrote(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the firm's members that a message is there; nothing of what it says."""
    application = queries.with_texts(session, row.subject_id)
    if application is None:
        return
    path = f"/applications/{application.public_id}/messages"
    for person in people_of(background, session, application):
        lang = as_lang(person.lang or background.settings.default_lang)
        yield Notice(
            key=f"message:{row.id}:{person.id}",
            mail="applications/message",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"challenge": title_in(application.challenge, lang).text},
            links={"link": path},
            topic="messages",
            path=path,
        )


def challenge_amended(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the members of every firm that has applied, or is about to, that the challenge changed.

    What it asks of them stands with their application.
    """
    for application in queries.of_challenge(session, row.subject_id):
        if _is_concerned(application, background.now):
            yield from _to_members(
                background, session, row, application, what="changed", topic="amendments"
            )


def challenge_cancelled(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell the members of every firm that has applied, or was about to, that it was cancelled."""
    for application in queries.of_challenge(session, row.subject_id):
        if _is_concerned(application, row.at):
            yield from _to_members(
                background, session, row, application, what="ended", topic="requests"
            )


def challenge_moved_on(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell who was about to apply that the challenge does not proceed; who had, gets a letter."""
    if row.data["to_state"] != Stage.DID_NOT_PROCEED:
        return
    for application in queries.of_challenge(session, row.subject_id):
        if application.state == State.DRAFT and _is_concerned(application, row.at):
            yield from _to_members(
                background, session, row, application, what="ended", topic="requests"
            )


def _is_concerned(application: Application, now: datetime) -> bool:
    if application.state == State.DRAFT:
        return not is_past_deadline(application.challenge, now)
    return application.state in COUNTING and application.decision_released_at is None


def _to_members(
    background: Background,
    session: ReadSession,
    row: JournalRow,
    application: Application,
    *,
    what: str,
    topic: str,
) -> Iterable[Notice]:
    path = f"/applications/{application.public_id}"
    for person in people_of(background, session, application):
        lang = as_lang(person.lang or background.settings.default_lang)
        yield Notice(
            key=f"{what}:{row.id}:{application.id}:{person.id}",
            mail=f"applications/challenge_{what}",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"challenge": title_in(application.challenge, lang).text},
            links={"link": path},
            topic=topic,
            path=path,
        )


NOTICES = {
    "ChallengeAmended": challenge_amended,
    "ChallengeCancelled": challenge_cancelled,
    "ChallengeMovedOn": challenge_moved_on,
    "ApplicationSubmitted": submitted,
    "LateCodeIssued": late_code_issued,
    "AuthorityWrote": authority_wrote,
    **PARTNER_NOTICES,
    **SECRECY_NOTICES,
}
