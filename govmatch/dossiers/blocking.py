"""Texts for the public: what is left out of them stands as a block that says why. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

from govmatch.applications.secrecy import stands_in
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.kit.records import dataclass
from govmatch.questionnaires.identifying import Why as Found
from govmatch.questionnaires.identifying import find, visible
from govmatch.questionnaires.texts import normal

_MARK = "▒▒▒"
_LONG_ENOUGH = 6  # letters from which a passage is sought however it is broken up


class Why(StrEnum):
    """Why something does not go to the public."""

    MARKED = "secret"
    """A trade secret, as the firm has said."""
    PERSON = "person"
    FIRM = "firm"
    KEPT = "kept"
    """The authority left it out, with a reason of its own."""
    UNREADABLE = "unreadable"


BLOCKS: Mapping[Why, Message] = {
    Why.MARKED: msg("trade secret"),
    Why.PERSON: msg("names or reaches a person or a firm"),
    Why.FIRM: msg("names or reaches a person or a firm"),
    Why.KEPT: msg("left out by the authority"),
    Why.UNREADABLE: msg("cannot be read here"),
}
REASONS: Mapping[Why, Message] = {
    Why.MARKED: msg("It is a trade secret, as the firm has said with its reasons."),
    Why.PERSON: msg("It names persons or says how they are reached; that is not public."),
    Why.FIRM: msg("It would tell which firm applied; who was not selected is not named."),
    Why.KEPT: msg("The authority left it out. Why, it says to whoever asks."),
    Why.UNREADABLE: msg("Nobody could read here what stands in it, so nobody could let it out."),
}


@dataclass(frozen=True)
class Piece:
    """A run of a text; with a reason it is left out, and only people of the case see the words."""

    text: str
    why: Why | None = None


@dataclass(frozen=True)
class Hidden:
    """What is left out of texts, wherever it stands."""

    names: Collection[str] = ()
    secrets: Sequence[str] = ()
    kept: Sequence[str] = ()


def pieces_of(text: str, hidden: Hidden) -> list[Piece]:
    """Return a text in pieces, each of which goes out or is left out for one reason."""
    seen = normal(visible(text))
    found, at = [], 0
    for one in find(seen, hidden.names, [*hidden.secrets, *hidden.kept]):
        if one.start > at:
            found.append(Piece(seen[at : one.start]))
        words = seen[one.start : one.end]
        found.append(Piece(words, _why(words, one.why, hidden)))
        at = one.end
    if at < len(seen):
        found.append(Piece(seen[at:]))
    return found


def _why(words: str, why: Found, hidden: Hidden) -> Why:
    if why is not Found.HAND:
        return Why.PERSON
    is_secret = any(stands_in(one, words) for one in hidden.secrets)
    return Why.MARKED if is_secret else Why.KEPT


def given(pieces: Iterable[Piece], lang: Lang) -> str:
    """Return the text as the public reads it."""
    return "".join(
        one.text if one.why is None else f"[{_MARK} {say(BLOCKS[one.why], lang)}]" for one in pieces
    )


def still_says(pieces: Iterable[Piece], hidden: Hidden) -> Why | None:
    """Return why a text cannot go out although its passages are left out.

    A secret may stand in it broken up: with a hyphen at a line's end, or in Markdown.
    """
    left = _squashed(" ".join(one.text for one in pieces if one.why is None))
    for passages, why in ((hidden.secrets, Why.MARKED), (hidden.kept, Why.KEPT)):
        for passage in passages:
            wanted = _squashed(passage)
            if len(wanted) >= _LONG_ENOUGH and wanted in left:
                return why
    return None


def _squashed(text: str) -> str:
    return "".join(char for char in normal(visible(text)).casefold() if char.isalnum())
