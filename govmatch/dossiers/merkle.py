"""A tree of hashes over the whole journal, by which one row shows its place among all others.

As RFC 6962, section 2.1, has it (Certificate Transparency): a leaf is the SHA-256 of a zero byte
and its text, a node that of a one byte and both its children; the last of an odd number goes up as
it is. Whoever knows the root can check a row with as many hashes as the journal's length has binary
digits, and learns nothing of the other rows.
"""

import hashlib
from collections.abc import Iterable, Mapping

SIZE = 32
"""Bytes of a hash."""


def leaf(row_id: int, row_hash: str) -> bytes:
    return hashlib.sha256(b"\x00" + f"{row_id}:{row_hash}".encode()).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The tree over leaves in their order; 64 bytes for each are held."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [bytearray().join(leaves)]
        while len(self._levels[-1]) > SIZE:
            self._levels.append(_above(self._levels[-1]))

    @property
    def size(self) -> int:
        return len(self._levels[0]) // SIZE

    @property
    def root(self) -> str:
        """Return the hash over everything, in hexadecimal; of nothing it is that of no bytes."""
        return bytes(self._levels[-1]).hex() if self.size else hashlib.sha256(b"").hexdigest()

    def proof(self, places: Iterable[int]) -> dict[str, str]:
        """Return the hashes beside the way from each leaf to the root, by "level.place".

        Places count from 0. Leaves that stand close together share most of them.
        """
        found: dict[str, str] = {}
        for place in places:
            at = place
            for height, level in enumerate(self._levels[:-1]):
                beside = at ^ 1
                if (beside + 1) * SIZE <= len(level):
                    part = level[beside * SIZE : (beside + 1) * SIZE]
                    found[f"{height}.{beside}"] = bytes(part).hex()
                at >>= 1
        return found


def _above(level: bytearray) -> bytearray:
    found = bytearray()
    for begin in range(0, len(level), 2 * SIZE):
        left, right = level[begin : begin + SIZE], level[begin + SIZE : begin + 2 * SIZE]
        found += _node(bytes(left), bytes(right)) if right else left
    return found


def root_from(start: bytes, place: int, size: int, proof: Mapping[str, str]) -> str | None:
    """Return the root that follows from a leaf at a place of `size`; None where a hash is missing.

    Places count from 0. Raises `ValueError` for a hash that is none.
    """
    if not 0 <= place < size:
        return None
    node, at, left = start, place, size
    height = 0
    while left > 1:
        beside = at ^ 1
        if beside < left:
            given = proof.get(f"{height}.{beside}")
            if given is None:
                return None
            other = bytes.fromhex(given)
            node = _node(other, node) if at & 1 else _node(node, other)
        at, left, height = at >> 1, (left + 1) >> 1, height + 1
    return node.hex()
