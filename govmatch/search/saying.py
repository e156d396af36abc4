"""What was not looked for, in words: the reason, and the query as typed with the place marked."""

from collections.abc import Iterable, Iterator

from govmatch.kit.i18n import Message, msg
from govmatch.search.query import Ignored, Why
from govmatch.search.results import Marked

WHY: dict[Why, Message] = {
    Why.BRACKETS: msg("brackets mean nothing here"),
    Why.EMPTY_RANGE: msg("it begins after it ends"),
    Why.NO_AGE: msg("this is no length of time, such as <30d or >6m"),
    Why.NO_AMOUNT: msg("this is no amount, such as >=50000 or 20k..80k"),
    Why.NO_DATE: msg("this is no date, such as 2027-01-31, 2027-01 or <30d"),
    Why.NO_RANGE: msg("this field has names for values, not a range"),
    Why.NO_VALUE: msg("this field has no such value"),
    Why.NO_WORD: msg("there is no word in it"),
    Why.NOTHING_TO_JOIN: msg("OR needs a word on both sides"),
    Why.PREFIX_TOO_BROAD: msg("too many words begin like this"),
    Why.PREFIX_TOO_SHORT: msg("a star needs at least three letters before it"),
    Why.STAR_INSIDE: msg("a star may only stand at the end of a word"),
    Why.STOP_WORD: msg("this word stands everywhere"),
    Why.TOO_MANY_WORDS: msg("only the first words are looked for"),
    Why.UNCLOSED_QUOTE: msg("a quotation mark is missing"),
    Why.UNKNOWN_FIELD: msg("there is no such field"),
    Why.WEIGHT: msg("weights mean nothing here"),
}


def typed_again(text: str, ignored: Iterable[Ignored]) -> Marked:
    """Return the whole text in pieces; what two reasons name is marked once."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(_places(text, ignored)):
        if end <= at:
            continue
        pieces += [(text[at : max(start, at)], False), (text[max(start, at) : end], True)]
        at = end
    pieces.append((text[at:], False))
    return tuple(piece for piece in pieces if piece[0])


def _places(text: str, ignored: Iterable[Ignored]) -> Iterator[tuple[int, int]]:
    """Yield from where to where each piece stands; one that stands nowhere is left out."""
    for one in ignored:
        start = one.at if one.at >= 0 else text.casefold().find(one.text.casefold())
        if start >= 0:
            yield start, start + len(one.text)
