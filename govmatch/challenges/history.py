"""What happened to a challenge, in plain words: its journal rows as lines of a timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from govmatch.challenges.labels import FIELDS
from govmatch.challenges.showing import PHASES
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg, msgn, say
from govmatch.kit.journal import JournalRow
from govmatch.organisations.places import language_in_words

Data = Mapping[str, Any]


def happened(row: JournalRow, *, lang: Lang, zone: str) -> Message | None:
    """Return what a row says, instants in `zone`; None for an event of another package."""
    words = _WORDS.get(row.event)
    return words(row.data, lang, zone) if words else None


def _drafted(data: Data, _lang: Lang, _zone: str) -> Message:
    return msg("Draft loaded from its files") if data["from_file"] else msg("Draft begun")


def _saved(data: Data, _lang: Lang, _zone: str) -> Message:
    return msg("Saved (save number {n})", n=data["revision"])


def _approved(data: Data, _lang: Lang, _zone: str) -> Message:
    return msg("Approved with its files") if data["from_file"] else msg("Approved")


def _published(data: Data, lang: Lang, zone: str) -> Message:
    instant = datetime.fromisoformat(str(data["published_at"]))
    return msg("Published: public from {when}", when=datetime_text(instant, lang, zone))


def _moved(data: Data, lang: Lang, zone: str) -> Message:
    instant = datetime.fromisoformat(str(data["published_at"]))
    return msg("Publication moved: public from {when}", when=datetime_text(instant, lang, zone))


def _returned(data: Data, _lang: Lang, _zone: str) -> Message:
    """Return how many remarks it came back with; rows from before they were counted say none."""
    if "remarks" not in data:
        return msg("Returned with remarks")
    return msgn("Returned with {n} remark", "Returned with {n} remarks", n=data["remarks"])


def _answered(data: Data, _lang: Lang, _zone: str) -> Message:
    ids = data["remark_ids"]
    count = len(ids) if isinstance(ids, list) else 0
    return msgn("{n} remark answered", "{n} remarks answered", n=count)


def _near(data: Data, _lang: Lang, _zone: str) -> Message:
    days = data["days"]
    return msgn(
        "The deadline is in {n} day; followers are told",
        "The deadline is in {n} days; followers are told",
        n=days if isinstance(days, int) else 0,
    )


def _amended(data: Data, lang: Lang, _zone: str) -> Message:
    fields = ", ".join(dict.fromkeys(_field(name, lang) for name in data["fields"]))
    return msg("Changed after publication: {fields}", fields=fields)


def _field(name: str, lang: Lang) -> str:
    """Return what a changed field is called; `body.de` is the description in German."""
    word, _, code = name.partition(".")
    label = say(FIELDS[word], lang) if word in FIELDS else word
    return f"{label} ({language_in_words(code, lang)})" if code else label


def _moved_on(data: Data, _lang: Lang, _zone: str) -> Message:
    return msg("New state: {state}", state=PHASES[data["to_state"]][0])


def _always(message: Message) -> Callable[[Data, Lang, str], Message]:
    return lambda _data, _lang, _zone: message


_WORDS: Mapping[str, Callable[[Data, Lang, str], Message]] = {
    "ChallengeDrafted": _drafted,
    "DraftedFromNeed": _always(msg("Taken up from a need")),
    "FirmsFoundShown": _always(msg("Firms that could answer were looked at")),
    "FirmsCounted": _always(msg("Looked at how many firms could answer")),
    "ChallengeSaved": _saved,
    "DraftDeleted": _always(msg("Draft deleted")),
    "ProcurementRouteChosen": _always(msg("Procurement route chosen")),
    "ChallengeSubmitted": _always(msg("Submitted for approval")),
    "ChallengeReturned": _returned,
    "RemarksAnswered": _answered,
    "PreviewLinkMade": _always(msg("Preview link made")),
    "PreviewLinkRevoked": _always(msg("Preview link revoked")),
    "PreviewLinkOpened": _always(msg("Preview opened by its link")),
    "ChallengeTakenBack": _always(msg("A draft again, since its files changed")),
    "ChallengeApproved": _approved,
    "ChallengePublished": _published,
    "PublicationMoved": _moved,
    "PublicationWithdrawn": _always(msg("Publication withdrawn")),
    "ChallengeCameOut": _always(msg("Public from now on; followers are told")),
    "ApplicationsWelcome": _always(msg("Open for applications; followers are told")),
    "DeadlineNear": _near,
    "ChallengeAmended": _amended,
    "JuryExceptionMade": _always(msg("Exception: invited to one jury more than is allowed")),
    "ChallengeCancelled": _always(msg("Cancelled")),
    "ChallengeMovedOn": _moved_on,
}
