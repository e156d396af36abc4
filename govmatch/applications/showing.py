"""How applications are put into words on pages: states, next steps, conditions. Texts, no HTML."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.applications.eligibility import Gate, Met
from govmatch.applications.models import ASSESSING, Application, LateCode, State
from govmatch.applications.rules import EDITABLE
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import ended_early, is_open
from govmatch.challenges.showing import country_names, language_names, text_of
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Progress, Text

BEING_ASSESSED = (msg("Being assessed"), "info")
ENDED = (msg("Challenge ended early"), "neutral")

STATES: Mapping[str, tuple[Message, str]] = {
    State.DRAFT: (msg("Not submitted"), "warning"),
    State.SUBMITTED: (msg("Submitted"), "success"),
    State.WITHDRAWN: (msg("Withdrawn"), "neutral"),
    State.INCOMPLETE: (msg("Something is missing"), "warning"),
}
"""What the firm is told before its decision is released, with the badge. Every other state reads
"being assessed": the firm learns of decisions by its letter and not by a word in a list."""

RELEASED: Mapping[str, tuple[Message, str]] = {
    State.SELECTED: (msg("Selected"), "success"),
    State.RESERVE: (msg("On the reserve list"), "info"),
    State.NOT_SELECTED: (msg("Not selected"), "neutral"),
    State.INELIGIBLE: (msg("Not admitted"), "neutral"),
    State.CONFIRMED: (msg("Confirmed by the firm"), "success"),
    State.DECLINED: (msg("Declined by the firm"), "neutral"),
    State.WITHDRAWN: STATES[State.WITHDRAWN],
}
"""What the firm is told from the release of its decision on."""

STAFF_STATES: Mapping[str, tuple[Message, str]] = {
    State.SUBMITTED: (msg("Submitted"), "info"),
    State.WITHDRAWN: (msg("Withdrawn"), "neutral"),
    State.INCOMPLETE: (msg("Incomplete"), "warning"),
    State.INELIGIBLE: (msg("Ineligible"), "danger"),
    State.IN_REVIEW: (msg("Being reviewed"), "info"),
    State.SHORTLISTED: (msg("Shortlisted"), "success"),
    State.SELECTED: (msg("Selected"), "success"),
    State.RESERVE: (msg("On the reserve list"), "info"),
    State.NOT_SELECTED: (msg("Not selected"), "neutral"),
    State.CONFIRMED: (msg("Confirmed by the firm"), "success"),
    State.DECLINED: (msg("Declined by the firm"), "neutral"),
}
"""What each state is called where staff work; never for the firm's own pages."""

PROGRESS: Mapping[Progress, tuple[Message, str]] = {
    Progress.NOT_STARTED: (msg("Not started"), "neutral"),
    Progress.IN_PROGRESS: (msg("In progress"), "info"),
    Progress.DONE: (msg("Done"), "success"),
}

SIZES: Mapping[str, Message] = {
    "micro": msg("Fewer than 10 people"),
    "small": msg("Fewer than 50 people"),
    "medium": msg("Fewer than 250 people"),
    "large": msg("Any size"),
}

EVIDENCE: Mapping[str, Message] = {
    "company-registration": msg("Entry in a business register"),
    "gdpr-processing-agreement": msg("Agreement on processing personal data (GDPR, article 28)"),
    "liability-insurance": msg("Liability insurance"),
    "iso-27001": msg("ISO/IEC 27001 certificate"),
    "hosting-in-eea": msg("Data are kept in the European Economic Area"),
}

_MET: Mapping[Met, tuple[Message, str]] = {
    Met.YES: (msg("Met"), "success"),
    Met.NO: (msg("Not met"), "danger"),
    Met.UNKNOWN: (msg("Not in your profile"), "neutral"),
}

_WHILE_OPEN: Mapping[str, Message] = {
    State.DRAFT: msg("Next: complete it and submit it before the deadline."),
    State.SUBMITTED: msg("Received. You can change and submit it again until the deadline."),
    State.WITHDRAWN: msg("It takes no part. You can submit it again until the deadline."),
}
_AFTERWARDS: Mapping[str, Message] = {
    State.DRAFT: msg("The deadline passed before it was submitted. It takes no part."),
    State.SUBMITTED: msg("Received. Nothing to do now: you will hear from the authority."),
    State.WITHDRAWN: msg("It takes no part."),
    State.INCOMPLETE: msg("The authority asks you for something that is missing."),
}
_RELEASED: Mapping[str, Message] = {
    State.RESERVE: msg("If a place becomes free, you will hear from the authority."),
    State.NOT_SELECTED: msg("The reasons stand in your letter."),
    State.INELIGIBLE: msg("The reasons stand in your letter."),
    State.CONFIRMED: msg("You take part. The authority plans the pilot with you."),
    State.DECLINED: msg("It takes no part."),
    State.WITHDRAWN: msg("It takes no part."),
}
_CONFIRM = msg(
    "Next: the challenge has changed. Confirm your application, or change it and submit it again."
)
_WAIT = msg("Nothing to do now: you will hear from the authority.")
_ENDED = msg("The challenge ended early. There is nothing left for you to do.")


@dataclass(frozen=True)
class Condition:
    """One requirement on a page: what is wanted, how the firm meets it, and its badge."""

    label: Message
    wanted: str | Message
    state: Message
    kind: str


def title_in(challenge: Challenge, lang: Lang) -> Text:
    text = text_of(challenge, lang)
    return Text(text.title, text.lang)


def state_for_firm(application: Application) -> tuple[Message, str]:
    """Return what the firm reads as its state, with the badge; no internal move shows in it.

    From the opening on, "submitted" too reads "being assessed", so that nobody can tell from it
    when somebody took the application up.
    """
    if application.decision_released_at is not None:
        return RELEASED.get(application.state, BEING_ASSESSED)
    if ends_unanswered(application):
        return ENDED
    is_taken_up = application.challenge.opened_at is not None
    if application.state == State.SUBMITTED and is_taken_up:
        return BEING_ASSESSED
    return STATES.get(application.state, BEING_ASSESSED)


def ends_unanswered(application: Application) -> bool:
    """True where its challenge was cancelled or did not proceed, and no letter will follow."""
    is_told = application.decision_released_at is not None
    return ended_early(application.challenge) and not (
        is_told or application.state == State.WITHDRAWN
    )


def state_for_staff(application: Application) -> tuple[Message, str]:
    """Return what staff call its state, with the badge."""
    return STAFF_STATES[application.state]


def next_step(
    application: Application,
    now: datetime,
    lang: Lang,
    *,
    late: LateCode | None = None,
    has_unread_letter: bool = False,
    is_to_confirm: bool = False,
    is_partner: bool = False,
) -> Message:
    """Return the one thing that comes next, or that there is nothing to do.

    `late` is the reader's own late code for this challenge. Where the reader has not opened a
    letter, that comes before everything it may ask for. `is_to_confirm` says that the challenge
    has changed and asks to confirm what was submitted. `is_partner` says that the reader's firm
    takes part and does not lead: then what only the lead can do is said of the lead.
    """
    if ends_unanswered(application):
        return _ENDED
    zone = application.challenge.zone
    if late is not None and application.state in EDITABLE:
        until = datetime_text(late.expires_at, lang, zone)
        return msg("Your late code lets you submit it until {when}.", when=until)
    is_now_open = is_open(application.challenge, now)
    step = _interview_step(application, now, lang, is_partner=is_partner)
    if step is None and is_partner:
        step = _for_partner(application, is_open=is_now_open, asks=is_to_confirm)
    if step is not None:
        return step
    if application.decision_released_at is not None:
        return _after_release(application, lang, has_unread_letter=has_unread_letter)
    if is_to_confirm and is_now_open:
        return _CONFIRM
    steps = _WHILE_OPEN if is_now_open else _AFTERWARDS
    return steps.get(application.state, _WAIT)


def _interview_step(
    application: Application, now: datetime, lang: Lang, *, is_partner: bool
) -> Message | None:
    """Return what a firm that is invited to an interview does next, None where it does nothing."""
    zone, at, until = application.challenge.zone, application.interview_at, None
    if application.decision_released_at is not None or application.state not in ASSESSING:
        return None
    if at is not None and now < at:
        return msg("Next: your interview on {when}.", when=datetime_text(at, lang, zone))
    if at is None and application.interview_until is not None and now < application.interview_until:
        until = datetime_text(application.interview_until, lang, zone)
    if until is None:
        return None
    if is_partner:
        lead = application.firm.name
        return msg("{lead} leads, and books the interview until {when}.", lead=lead, when=until)
    return msg("Next: book your interview until {when}.", when=until)


def _for_partner(application: Application, *, is_open: bool, asks: bool) -> Message | None:
    """Return what the firm that leads does next, None where that does not differ."""
    lead = application.firm.name
    if application.decision_released_at is not None:
        is_asked = application.state == State.SELECTED and application.confirm_by is not None
        text = msg("{lead} leads, and says whether you take part.", lead=lead)
        return text if is_asked else None
    if is_open and asks:
        return msg("{lead} leads, and confirms or submits after the change.", lead=lead)
    if is_open and application.state == State.DRAFT:
        return msg(
            "Next: complete it with {lead}, which submits it before the deadline.", lead=lead
        )
    return None


def _after_release(application: Application, lang: Lang, *, has_unread_letter: bool) -> Message:
    if application.state == State.CONFIRMED and application.is_pilot_agreed:
        return msg("You take part. The pilot is agreed.")
    if application.state == State.SELECTED and application.confirm_by is not None:
        until = datetime_text(application.confirm_by, lang, application.challenge.zone)
        if has_unread_letter:
            return msg(
                "Next: read your letter. Then say until {when} whether you take part.", when=until
            )
        return msg("Next: say until {when} whether you take part.", when=until)
    if has_unread_letter:
        return msg("Next: read your letter.")
    return _RELEASED.get(application.state, _WAIT)


def conditions(found: Sequence[Gate], lang: Lang) -> list[Condition]:
    """Return the requirements in the reader's words."""
    return [Condition(_label(gate), _wanted(gate, lang), *_met(gate)) for gate in found]


def _label(gate: Gate) -> Message:
    match gate.kind:
        case "country":
            return msg("Country of the firm")
        case "size":
            return msg("Size of the firm")
        case "language":
            return msg("Language of the application")
    return msg("Evidence")


def _wanted(gate: Gate, lang: Lang) -> str | Message:
    match gate.kind:
        case "country":
            return country_names(gate.wanted, lang)
        case "size":
            largest = [
                size for size in ("large", "medium", "small", "micro") if size in gate.wanted
            ]
            return SIZES[largest[0]] if largest else ""
        case "language":
            return language_names(gate.wanted, lang)
    return EVIDENCE.get(gate.kind, msg("Other evidence"))


def _met(gate: Gate) -> tuple[Message, str]:
    if gate.met is Met.NO and not gate.is_hard:
        # Nothing follows from it by itself: people look at it in the formal check.
        return msg("Not in your profile"), "warning"
    return _MET[gate.met]
