"""How applications are put into words on pages: states, next steps, conditions. Texts, no HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from govmatch.applications.eligibility import Gate, Met
from govmatch.applications.models import Application, State
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import is_open
from govmatch.challenges.showing import country_names, language_names, text_of
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.questionnaires import Progress, Text

BEING_ASSESSED = (msg("Being assessed"), "info")

STATES: Mapping[str, tuple[Message, str]] = {
    State.DRAFT: (msg("Not submitted"), "warning"),
    State.SUBMITTED: (msg("Submitted"), "success"),
    State.WITHDRAWN: (msg("Withdrawn"), "neutral"),
}
"""What each state is called, and its badge. Every later one is «being assessed» for the firm, which
learns of decisions by its letter and not by a word in a list."""

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
}
_WAIT = msg("Nothing to do now: you will hear from the authority.")

_HAPPENED: Mapping[str, Message] = {
    "DraftStarted": msg("Draft started"),
    "ApplicationSubmitted": msg("Version {n} submitted", n=0),
    "ApplicationWithdrawn": msg("Withdrawn"),
}


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


def state_of(application: Application) -> tuple[Message, str]:
    return STATES.get(application.state, BEING_ASSESSED)


def next_step(application: Application, now: datetime) -> Message:
    """Return the one thing that comes next, or that there is nothing to do."""
    steps = _WHILE_OPEN if is_open(application.challenge, now) else _AFTERWARDS
    return steps.get(application.state, _WAIT)


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


def happened(row: JournalRow) -> Message:
    """Return what a journal row about an application says to its firm."""
    if row.event == "ApplicationSubmitted":
        return msg("Version {n} submitted", n=row.data.get("number", 0))
    if row.event == "ApplicationWithdrawn" and row.data.get("is_final"):
        return msg("Withdrawn for good")
    return _HAPPENED.get(row.event, msg("Changed"))
