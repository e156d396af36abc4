"""What happened to a pilot, in plain words: its journal rows as lines of a timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.journal import JournalRow
from govmatch.pilots.showing import OUTCOMES, SIDES

Data = Mapping[str, Any]


def happened(row: JournalRow, *, lang: Lang, zone: str) -> Message | None:
    """Return what a row says, instants in `zone`; None for an event of another package."""
    words = _WORDS.get(row.event)
    return words(row.data, lang, zone) if words else None


def _delivery(message: Message) -> Callable[[Data, Lang, str], Message]:
    return lambda data, _lang, _zone: msg("{what} (delivery {n})", what=message, n=data["number"])


def _due(data: Data, _lang: Lang, _zone: str) -> Message:
    if data["days"] < 0:
        return msg("Reminder: a milestone is overdue")
    return msg("Reminder: a milestone is due soon")


def _decision_due(data: Data, _lang: Lang, _zone: str) -> Message:
    if data["days"] < 0:
        return msg("Reminder: a decision on a delivery is overdue")
    return msg("Reminder: a decision on a delivery is due soon")


def _presentation(data: Data, lang: Lang, zone: str) -> Message:
    when = datetime_text(datetime.fromisoformat(str(data["at"])), lang, zone)
    return msg("Final presentation planned: {when}", when=when)


def _always(message: Message) -> Callable[[Data, Lang, str], Message]:
    return lambda _data, _lang, _zone: message


_SENT = {
    "firm": msg("Message of the firm"),
    "authority": msg("Message of the authority"),
}

_WORDS: Mapping[str, Callable[[Data, Lang, str], Message]] = {
    "PilotPlanned": _always(msg("Pilot made from a confirmed application")),
    "PlanChanged": lambda data, _lang, _zone: msg(
        "Plan changed (revision {n})", n=data["revision"]
    ),
    "PlanOffered": lambda data, _lang, _zone: msg(
        "Plan offered to the firm (revision {n})", n=data["revision"]
    ),
    "PlanReturned": _always(msg("Plan returned with remarks")),
    "PilotMessageSent": lambda data, _lang, _zone: _SENT[data["side"]],
    "PilotAgreed": lambda data, _lang, _zone: msg(
        "Both sides agreed (revision {n}): the pilot runs", n=data["revision"]
    ),
    "MilestoneDelivered": _delivery(msg("Milestone delivered")),
    "MilestoneAccepted": _delivery(msg("Milestone accepted")),
    "MilestoneReturned": _delivery(msg("Milestone returned")),
    "MilestoneDue": _due,
    "AcceptanceDue": _decision_due,
    "KpiMeasured": _always(msg("Value of a key figure reported")),
    "ChangeProposed": lambda data, _lang, _zone: msg(
        "Change proposed: {side}", side=SIDES[data["side"]]
    ),
    "ChangeAgreed": lambda data, _lang, _zone: msg(
        "Change agreed (revision {n})", n=data["revision"]
    ),
    "ChangeDeclined": _always(msg("Change declined")),
    "ChangeWithdrawn": _always(msg("Change taken back")),
    "LogNoted": _always(msg("Entry in the log")),
    "DocumentAdded": _always(msg("Document added")),
    "DocumentRemoved": _always(msg("Document removed")),
    "PresentationPlanned": _presentation,
    "PresentationHeld": _always(msg("Final presentation held")),
    "PilotStopped": lambda data, _lang, _zone: msg(
        "Pilot stopped: {side}", side=SIDES[data["side"]]
    ),
    "OutcomeStated": lambda data, _lang, _zone: msg(
        "Outcome stated: {outcome}", outcome=OUTCOMES[data["outcome"]][0]
    ),
}

QUIET = frozenset({"MilestoneDue", "AcceptanceDue", "LogNoted", "KpiMeasured"})
"""What a pilot's own page leaves out, since it shows it elsewhere; an auditor reads it."""

WRITING = frozenset({"PlanChanged", "PlanOffered", "PlanReturned"})
"""How a plan came about: its page shows the plan as it is, and these where somebody asks."""
