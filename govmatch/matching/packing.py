"""Terms of a profile as few bytes, so that they can be kept beside it and need not be read again.

The first byte is the form. After it come two parts, each with its length and compressed by itself:
what ranks (terms and codes with their weights), and the written words, which only an explanation
needs.
"""

import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from govmatch.kit.records import dataclass

FORM = 1
"""Raise it with every change of the form; what has another one is refused."""

_HEAD = struct.Struct("<BI")
_COUNTS = struct.Struct("<II")
_BETWEEN = "\0"
_LARGEST = 16_000_000
"""Bytes that a part may have when it is unpacked."""

Words = Mapping[str, Sequence[tuple[str, str]]]
"""For each term the words that say so, each with the field that they stand in."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What is packed: terms of the text and codes with weights, and the written words."""

    text: Mapping[str, float]
    codes: Mapping[str, float]
    words: Words


def pack(what: Packed) -> bytes:
    """Return the bytes of it; refused are names with a zero character, which stands between."""
    names = [*what.text, *what.codes]
    weights = [*what.text.values(), *what.codes.values()]
    counts = _COUNTS.pack(len(what.text), len(what.codes))
    ranks = counts + struct.pack(f"<{len(weights)}f", *weights) + _joined(names)
    ranking = zlib.compress(ranks)
    return _HEAD.pack(FORM, len(ranking)) + ranking + zlib.compress(_packed_words(what))


def unpack(kept: bytes, *, words: bool) -> Packed:
    """Return what was packed, without the written words when they are not wanted.

    Raises `ValueError` for bytes of another form and for bytes that are no longer whole.
    """
    try:
        form, length = _HEAD.unpack_from(kept)
        if form != FORM:
            raise ValueError(f"terms of form {form}, not {FORM}")
        text, codes = _weights(_inflated(kept[_HEAD.size : _HEAD.size + length]))
        rest = _inflated(kept[_HEAD.size + length :]) if words else b""
        return Packed(text, codes, _words(rest, list(text)) if words else {})
    except (struct.error, zlib.error, IndexError) as error:
        raise ValueError(f"terms that are not whole: {error}") from error


def _weights(ranks: bytes) -> tuple[dict[str, float], dict[str, float]]:
    texts, codes = _COUNTS.unpack_from(ranks)
    size = texts + codes
    weights = struct.unpack_from(f"<{size}f", ranks, _COUNTS.size)
    names = _parted(ranks[_COUNTS.size + 4 * size :])
    if len(names) != size:
        raise ValueError(f"terms that are not whole: {len(names)} names of {size}")
    pairs = zip(names, weights, strict=True)
    return dict(islice(pairs, texts)), dict(pairs)


def _packed_words(what: Packed) -> bytes:
    """Return how many words each term has, their fields by number, the fields and the words."""
    every = [what.words.get(term, ()) for term in what.text]
    pairs = [pair for one in every for pair in one]
    fields = {field: number for number, field in enumerate(dict.fromkeys(f for _, f in pairs))}
    counts = struct.pack(f"<{len(every)}B", *map(len, every))
    numbers = struct.pack(f"<{len(pairs)}H", *(fields[field] for _, field in pairs))
    names = _joined([*fields, *(words for words, _ in pairs)])
    return _COUNTS.pack(len(fields), len(pairs)) + counts + numbers + names


def _words(rest: bytes, terms: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    kinds, size = _COUNTS.unpack_from(rest)
    counts = struct.unpack_from(f"<{len(terms)}B", rest, _COUNTS.size)
    numbers = struct.unpack_from(f"<{size}H", rest, _COUNTS.size + len(terms))
    names = _parted(rest[_COUNTS.size + len(terms) + 2 * size :])
    if len(names) != kinds + size or sum(counts) != size:
        raise ValueError(f"terms that are not whole: {len(names)} words of {kinds + size}")
    pairs = zip(names[kinds:], (names[number] for number in numbers), strict=True)
    found = {term: list(islice(pairs, count)) for term, count in zip(terms, counts, strict=True)}
    return {term: written for term, written in found.items() if written}


def _joined(names: Iterable[str]) -> bytes:
    """Return names one after another; each ends with a zero character, so none is lost."""
    ended = [name + _BETWEEN for name in names]
    if any(_BETWEEN in name[:-1] for name in ended):
        raise ValueError("a name with a zero character")
    return "".join(ended).encode()


def _parted(joined: bytes) -> list[str]:
    return joined.decode().split(_BETWEEN)[:-1]


def _inflated(packed: bytes) -> bytes:
    inflating = zlib.decompressobj()
    found = inflating.decompress(packed, _LARGEST)
    if not inflating.eof:
        raise ValueError("terms that are not whole, or larger than they may be")
    return found
