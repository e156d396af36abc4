"""What happened to a challenge, in plain words: its journal rows as lines of a timeline."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from govmatch.challenges.labels import FIELDS
from govmatch.challenges.showing import PHASES
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg, say
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
    "ChallengeSaved": _saved,
    "DraftDeleted": _always(msg("Draft deleted")),
    "ChallengeSubmitted": _always(msg("Submitted for approval")),
    "ChallengeReturned": _always(msg("Returned with remarks")),
    "ChallengeTakenBack": _always(msg("A draft again, since its files changed")),
    "ChallengeApproved": _approved,
    "ChallengePublished": _published,
    "ChallengeAmended": _amended,
    "ChallengeCancelled": _always(msg("Cancelled")),
    "ChallengeMovedOn": _moved_on,
}
