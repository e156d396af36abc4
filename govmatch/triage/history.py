"""What happened in triage, in plain words: journal rows as lines of a case's timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.journal import JournalRow
from govmatch.triage.likeness_models import Verdict

Words = Callable[[Mapping[str, Any], str], Message]


def happened(row: JournalRow, *, name: str, lang: Lang, zone: str) -> Message | None:
    """Return what a row says of the application that `name` is the reference of, instants in
    `zone`; None for an event of another package.
    """
    if row.event == "RequestSent":
        due = datetime.fromisoformat(str(row.data["due_at"]))
        until = datetime_text(due, lang, zone)
        return msg(
            "Application {reference}: request to the firm, until {when}", reference=name, when=until
        )
    words = _WORDS.get(row.event)
    return words(row.data, name) if words else None


def _opened(data: Mapping[str, Any], _name: str) -> Message:
    n = len(data["entries"])
    return msgn("Applications opened: {n} entry", "Applications opened: {n} entries", n=n)


def _handler(data: Mapping[str, Any], name: str) -> Message:
    if data["to_id"] is None:
        return msg("Application {reference}: nobody looks after it any more", reference=name)
    return msg("Application {reference}: somebody looks after it", reference=name)


def _gate(data: Mapping[str, Any], name: str) -> Message:
    if data["is_met"]:
        return msg("Application {reference}: requirement found to be met", reference=name)
    return msg("Application {reference}: requirement found not to be met", reference=name)


def _settled(data: Mapping[str, Any], name: str) -> Message:
    if data["is_mended"]:
        return msg("Application {reference}: what was missing has come", reference=name)
    return msg("Application {reference}: what was missing has not come", reference=name)


def _answered(data: Mapping[str, Any], name: str) -> Message:
    if data["is_first"]:
        return msg("Application {reference}: the firm answered the request", reference=name)
    return msg("Application {reference}: the firm changed its answer", reference=name)


def _marked(data: Mapping[str, Any], name: str) -> Message:
    return Message(_VERDICTS[Verdict(str(data["verdict"]))].text, {"reference": name})


_VERDICTS: Mapping[Verdict, Message] = {
    Verdict.SAME: msg("Application {reference}: found to be the same as another one"),
    Verdict.DIFFERENT: msg("Application {reference}: found to be different from a similar one"),
    Verdict.CONTINUED: msg("Application {reference}: found to belong to one that it continues"),
}

_WORDS: Mapping[str, Words] = {
    "OpeningBegun": lambda _, __: msg("Opening of the applications begun"),
    "OpeningTakenBack": lambda _, __: msg("Opening of the applications taken back"),
    "ApplicationsOpened": _opened,
    "ApplicationOpened": lambda data, name: msg(
        "Application {reference} opened, version {n}", reference=name, n=data["number"]
    ),
    "HandlerAssigned": _handler,
    "TriageViewShared": lambda _, __: msg("A view of triage shared with the programme"),
    "TriageViewDeleted": lambda _, __: msg("A shared view of triage deleted"),
    "TagsChanged": lambda _, name: msg(
        "Application {reference}: internal tags changed", reference=name
    ),
    "NoteWritten": lambda _, name: msg(
        "Application {reference}: internal note written", reference=name
    ),
    "NoteDeleted": lambda _, name: msg(
        "Application {reference}: internal note deleted", reference=name
    ),
    "GateRuled": _gate,
    "LikenessMarked": _marked,
    "RequestDueSoon": lambda _, name: msg(
        "Application {reference}: the firm is reminded of the request", reference=name
    ),
    "RequestAnswered": _answered,
    "RequestSettled": _settled,
}
