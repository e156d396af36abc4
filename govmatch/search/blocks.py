"""How the documents of a term lie on disk: small numbers in few bytes, read as arrays at once.

Whoosh pickles numbers one by one and compresses each block; packed bytes are about as small, are
written many times faster and read as arrays. Most terms stand in one document alone, so these take
a short way around numpy.
"""

import struct

import numpy as np
from numpy.typing import NDArray

from govmatch.kit.records import dataclass
from govmatch.search.arrays import Docs, Floats

Numbers = NDArray[np.integer]
Places = NDArray[np.uint16]

FINEST = 16
"""Weights are told apart by sixteenths; finer ones take four bytes each."""
_KINDS = ((1 << 8, ord("B")), (1 << 16, ord("H")), (1 << 32, ord("I")))
_PARTS = (1, 2, FINEST)
_AS_THEY_ARE = 0
_HEAD = struct.Struct("=IIII")
_ALL_ALIKE = struct.Struct("=Bf")
_ONE = 255
"""Stands for parts: one weight is the weight of all."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """The documents that hold a term, ascending, with its weight and perhaps places in each.

    `sizes` says how many of the `places` are of each document; both are None where a field has
    no places.
    """

    docs: Docs
    weights: Floats
    sizes: Numbers | None = None
    places: Places | None = None

    def kept(self, numbers: Docs) -> "Held":
        """Return the same under new numbers of documents, without those whose number is -1."""
        docs = numbers[self.docs]
        is_kept = docs >= 0
        if is_kept.all():
            return Held(docs, self.weights, self.sizes, self.places)
        if self.sizes is None or self.places is None:
            return Held(docs[is_kept], self.weights[is_kept])
        places = self.places[np.repeat(is_kept, self.sizes)]
        return Held(docs[is_kept], self.weights[is_kept], self.sizes[is_kept], places)


def together(rows: list[Held]) -> Held:
    """Return what several have as one; the documents of each come after those of the one before."""
    if len(rows) == 1:
        return rows[0]
    docs = np.concatenate([row.docs for row in rows])
    weights = np.concatenate([row.weights for row in rows])
    sizes = [row.sizes for row in rows if row.sizes is not None]
    places = [row.places for row in rows if row.places is not None]
    if not places:
        return Held(docs, weights)
    return Held(docs, weights, np.concatenate(sizes), np.concatenate(places))


def pack(numbers: Numbers) -> bytes:
    """Return whole numbers from 0 on in as few bytes each as the largest needs."""
    return _packed(numbers, int(numbers.max()))


def _packed(numbers: Numbers, largest: int) -> bytes:
    kind = next(kind for limit, kind in _KINDS if largest < limit)
    return bytes((kind,)) + numbers.astype(chr(kind)).tobytes()


def _pack_one(number: int) -> bytes:
    if number < 256:
        return bytes((ord("B"), number))
    kind = next(kind for limit, kind in _KINDS if number < limit)
    return bytes((kind,)) + struct.pack("=" + chr(kind), number)


def unpack(packed: bytes) -> Numbers:
    """Return the numbers that were packed."""
    numbers: Numbers = np.frombuffer(packed, chr(packed[0]), offset=1)
    return numbers


def pack_docs(docs: Docs) -> bytes:
    """Return ascending numbers of documents by the steps between them."""
    if len(docs) == 1:
        return _pack_one(int(docs[0]))
    return pack(np.diff(docs, prepend=np.int32(0)))


def unpack_docs(packed: bytes) -> Docs:
    """Return the documents that were packed."""
    return np.cumsum(unpack(packed), dtype=np.int32)


def pack_weights(weights: Floats) -> bytes:
    """Return weights; whole ones, halves and sixteenths take a byte or two each."""
    first = weights[0]
    if len(weights) == 1 or (weights == first).all():
        return _ALL_ALIKE.pack(_ONE, first)
    for parts in _PARTS:
        scaled = weights * np.float32(parts)
        whole = scaled.astype(np.int32)
        if (whole == scaled).all() and whole.min() >= 0:
            return bytes((parts,)) + _packed(whole, int(whole.max()))
    return bytes((_AS_THEY_ARE,)) + weights.astype(np.float32).tobytes()


def unpack_weights(packed: bytes, documents: int) -> Floats:
    """Return the weight of each of so many documents."""
    parts = packed[0]
    if parts == _ONE:
        return np.full(documents, _ALL_ALIKE.unpack(packed)[1], np.float32)
    if parts == _AS_THEY_ARE:
        return np.frombuffer(packed, np.float32, offset=1)
    numbers = unpack(packed[1:]).astype(np.float32)
    return numbers if parts == 1 else numbers / np.float32(parts)


def dump(held: Held) -> bytes:
    """Return everything about a term; at least one document holds it."""
    docs, weights = pack_docs(held.docs), pack_weights(held.weights)
    if held.sizes is None or held.places is None:
        return _HEAD.pack(len(docs), len(weights), 0, 0) + docs + weights
    sizes = _pack_one(int(held.sizes[0])) if len(held.sizes) == 1 else pack(held.sizes)
    places = held.places.tobytes()
    head = _HEAD.pack(len(docs), len(weights), len(sizes), len(places))
    return head + docs + weights + sizes + places


def load(packed: bytes) -> Held:
    """Return what was dumped; any error when it was not."""
    docs_, weights_, sizes_, places_ = _HEAD.unpack_from(packed)
    at = _HEAD.size
    docs = unpack_docs(packed[at : at + docs_])
    weights = unpack_weights(packed[at + docs_ : at + docs_ + weights_], len(docs))
    if len(weights) != len(docs):
        raise ValueError("as many weights as documents were written")
    if not sizes_:
        return Held(docs, weights)
    at += docs_ + weights_
    sizes = unpack(packed[at : at + sizes_])
    places = np.frombuffer(packed, np.uint16, places_ // 2, at + sizes_)
    return Held(docs, weights, sizes, places)
