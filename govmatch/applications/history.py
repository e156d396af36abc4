"""What happened to an application, as its firm is told: its own acts, and what was sent to it.

Whatever stands here by name the firm reads; all other journal rows about an application are the
work of staff and reviewers, and never reach it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.journal import JournalRow

BY_FIRM: Mapping[str, Message] = {
    "DraftStarted": msg("Draft started"),
    "ApplicationSubmitted": msg("Version {n} submitted", n=0),
    "ApplicationWithdrawn": msg("Withdrawn"),
    "ChangesConfirmed": msg("Version {n} confirmed after a change of the challenge", n=0),
    "PartnerInvited": msg("A firm was asked to take part"),
    "PartnerAccepted": msg("A firm agreed to take part"),
    "PartnerDeclined": msg("A firm declined to take part"),
    "PartnerLeft": msg("A partner left"),
    "PartnerRemoved": msg("A partner was taken out"),
    "SharesChanged": msg("Shares and parts changed"),
    "RequestAnswered": msg("What was missing was sent in"),
    "InterviewBooked": msg("Interview booked"),
    "InterviewMoved": msg("Interview moved"),
    "InterviewGivenUp": msg("Time of the interview given up"),
    "SelectionConfirmed": msg("You confirmed that you take part"),
    "SelectionDeclined": msg("You declined to take part"),
    "QuestionBackAsked": msg("You asked a question about the letter"),
    "SecretsStated": msg("You said what is a trade secret"),
    "SecrecyAnswered": msg("You answered a question about your trade secrets"),
}
"""What the firm's own people did; they are named."""

TO_FIRM: Mapping[str, Message] = {
    "ApplicationOpened": msg("Opened together with all others"),
    "RequestSent": msg("The authority asks for something that is missing"),
    "InterviewInvited": msg("Invited to an interview"),
    "InterviewChanged": msg("Time or place of the interview changed"),
    "InterviewCalledOff": msg("Interview called off"),
    "InterviewQuestionsReleased": msg("Questions for the interview are there"),
    "LetterReleased": msg("A letter from the authority is there"),
    "QuestionBackAnswered": msg("Your question about the letter was answered"),
    "AnswerMissed": msg("The time to confirm passed without an answer"),
    "SecrecyAsked": msg("The authority asks about your trade secrets"),
    "SecrecyDecided": msg("The authority decided about your trade secrets"),
}
"""What others did that the firm is told; they are not named."""

TOLD = BY_FIRM.keys() | TO_FIRM.keys()


def happened(row: JournalRow) -> Message:
    """Return what a journal row says to the firm; to be asked for the events in `TOLD` alone."""
    if row.event == "ApplicationSubmitted":
        return msg("Version {n} submitted", n=row.data.get("number", 0))
    if row.event == "ChangesConfirmed":
        number = row.data.get("number", 0)
        return msg("Version {n} confirmed after a change of the challenge", n=number)
    if row.event == "ApplicationWithdrawn" and row.data.get("is_final"):
        return msg("Withdrawn for good")
    if row.event == "PartnerRemoved" and not row.data.get("had_agreed"):
        return msg("An invitation to take part was taken back")
    return BY_FIRM.get(row.event) or TO_FIRM[row.event]


def missing_step(rows: Sequence[JournalRow], now: datetime, lang: Lang, zone: str) -> Message:
    """Return what a firm does next that is asked for something missing; `rows`, oldest first.

    The request belongs to a higher package; until when it can be answered, the journal says.
    """
    sent = [place for place, row in enumerate(rows) if row.event == "RequestSent"]
    if not sent:
        return msg("The authority asks you for something that is missing.")
    due_at = datetime.fromisoformat(str(rows[sent[-1]].data["due_at"]))
    if now >= due_at:
        return msg("The time to send what was missing is over. You will hear from the authority.")
    when = datetime_text(due_at, lang, zone)
    if any(row.event == "RequestAnswered" for row in rows[sent[-1] :]):
        return msg("You have sent what was missing. You can change it until {when}.", when=when)
    return msg("Next: send what is missing until {when}.", when=when)


def in_words(row: JournalRow, *, reference: str) -> Message | None:
    """Return what a row says in the case file, None for rows that are not told here.

    `reference` is that of the application. For those who read the whole case, and about
    applications for nobody before the opening.
    """
    if row.event == "ApplicationMoved":
        return msg(
            "Application {reference} moved from {before} to {after}",
            reference=reference,
            before=_state(row, "from_state"),
            after=_state(row, "to_state"),
        )
    text = _IN_CASE.get(row.event)
    return Message(text.text, {"reference": reference}) if text is not None else None


def _state(row: JournalRow, name: str) -> Message | str:
    """Return a state in words; one that this version does not know stands by its name."""
    state = str(row.data[name])
    return STAFF_STATES[state][0] if state in STAFF_STATES else state


_IN_CASE: Mapping[str, Message] = {
    "AccessGranted": msg("Application {reference} shown to a person"),
    "AccessEnded": msg("Application {reference} no longer shown to a person"),
    "AccessClosed": msg("Application {reference} closed to a person"),
    "AccessReopened": msg("Application {reference} no longer closed to a person"),
    "PlaceGivenUp": msg("Application {reference}: the firm gave up its place"),
    "ChangesConfirmed": msg("Application {reference} confirmed after a change of the challenge"),
    "PartnerInvited": msg("Application {reference}: a firm was asked to take part"),
    "PartnerAccepted": msg("Application {reference}: a firm agreed to take part"),
    "PartnerDeclined": msg("Application {reference}: a firm declined to take part"),
    "PartnerLeft": msg("Application {reference}: a partner left"),
    "PartnerRemoved": msg("Application {reference}: a partner or an invitation was taken out"),
    "SharesChanged": msg("Application {reference}: shares and parts changed"),
    "CopyCorrected": msg("Copy of application {reference} without names corrected"),
    "CopyApproved": msg("Copy of application {reference} without names found right"),
    "SecretsStated": msg("Application {reference}: the firm said what is a trade secret"),
    "SecrecyAsked": msg("Application {reference}: the firm was asked about its trade secrets"),
    "SecrecyReminded": msg("Application {reference}: reminder of the question about trade secrets"),
    "SecrecyAnswered": msg("Application {reference}: answer about its trade secrets"),
    "SecrecyDecided": msg("Application {reference}: decided which trade secrets hold"),
    "ApplicationRead": msg("Application {reference} read"),
    "FileTaken": msg("File of application {reference} saved"),
    "FirmWrote": msg("Message from the firm about application {reference}"),
    "AuthorityWrote": msg("Message from the authority about application {reference}"),
    "LateCodeIssued": msg("Late code issued"),
    "LateCodeUsed": msg("Late code used"),
    "LateCodeEnded": msg("Late code ended"),
}
