"""The part of the journal's chain that is about one case, with the proof of its place in it.

Each row carries the hash of the row before it, so that its own hash can be computed again from what
stands here alone. The rows in between are about other cases and stay where they are: that this
row is the n-th of the whole journal, a tree of hashes over all of it shows (`dossiers.merkle`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from govmatch.dossiers.merkle import Tree, leaf, root_from
from govmatch.kit.db import ReadSession
from govmatch.kit.journal import JournalRow, hash_of
from govmatch.kit.records import dataclass

_BATCH = 10_000


def part_of_chain(session: ReadSession, rows: Sequence[JournalRow]) -> dict[str, Any]:
    """Return rows, oldest first, with the length and root of the whole journal and their proof."""
    tree = Tree(_leaves(session))
    return {
        "length": tree.size,
        "root": tree.root,
        "last_hash": _last_hash(session, tree.size),
        "rows": [_as_data(row) for row in rows],
        "proof": tree.proof(row.id - 1 for row in rows),
    }


def without_contents(chain: Mapping[str, Any], said: Mapping[int, str]) -> dict[str, Any]:
    """Return the same part with each row's words instead of what it holds; its place still shows.

    `said` gives the words by the row's id. Who acted is left out.
    """
    rows = [
        {
            "id": row["id"],
            "at": row["at"],
            "event": row["event"],
            "said": said.get(row["id"], ""),
            "hash": row["hash"],
        }
        for row in chain["rows"]
    ]
    return {**chain, "rows": rows}


def _leaves(session: ReadSession) -> Iterator[bytes]:
    """Yield every row's leaf; a row that is missing leaves its place to zeros."""
    expected, last = 1, 0
    while rows := session.execute(
        select(JournalRow.id, JournalRow.hash)
        .where(JournalRow.id > last)
        .order_by(JournalRow.id)
        .limit(_BATCH)
    ).all():
        for number, row_hash in rows:
            while expected < number:
                yield leaf(expected, "")
                expected += 1
            yield leaf(number, row_hash)
            expected = number + 1
        last = rows[-1][0]


def _last_hash(session: ReadSession, number: int) -> str:
    found = select(JournalRow.hash).where(JournalRow.id == number)
    return session.scalars(found).first() or ""


def root_at(session: ReadSession, length: int) -> str:
    """Return the root over the first `length` rows, to compare with what an archive says."""
    leaves = (one for number, one in enumerate(_leaves(session), 1) if number <= length)
    return Tree(leaves).root


def _as_data(row: JournalRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.at.isoformat(timespec="microseconds"),
        "actor_id": row.actor_id,
        "event": row.event,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "data": row.data,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }


@dataclass(frozen=True)
class Broken:
    """A row of an archive that is not what it was, and why in words; row 0 is the whole."""

    row: int
    why: str


def check(chain: Mapping[str, Any]) -> list[Broken]:
    """Return every row and link that does not hold. Raises on what is no part of a chain at all."""
    size, root, proof = int(chain["length"]), str(chain["root"]), dict(chain["proof"])
    rows = list(chain["rows"])
    broken = list(_check_order(rows))
    hashes = {row["id"]: row["hash"] for row in rows}
    for row in rows:
        broken += _check_row(row, hashes)
        if root_from(leaf(row["id"], row["hash"]), row["id"] - 1, size, proof) != root:
            broken.append(Broken(row["id"], "its place in the whole journal is not shown"))
    if hashes.get(size, chain["last_hash"]) != chain["last_hash"]:
        broken.append(Broken(size, "it is the last of the journal, whose last hash is another"))
    return broken


def _check_order(rows: Iterable[Mapping[str, Any]]) -> Iterator[Broken]:
    last = 0
    for row in rows:
        datetime.fromisoformat(row["at"])
        if row["id"] <= last:
            yield Broken(row["id"], "it does not come after the row before it")
        last = row["id"]


def _check_row(row: Mapping[str, Any], hashes: Mapping[int, str]) -> Iterator[Broken]:
    """Yield what is wrong with a row that stands here whole; in a public copy there is less."""
    if "previous_hash" not in row:
        return
    content = [row[name] for name in ("id", "at", "actor_id", "event", "subject_kind")]
    if hash_of(row["previous_hash"], [*content, row["subject_id"], row["data"]]) != row["hash"]:
        yield Broken(row["id"], "it was changed: its hash is that of other words")
    before = hashes.get(row["id"] - 1)
    if before is not None and before != row["previous_hash"]:
        yield Broken(row["id"], f"it does not follow row {row['id'] - 1}")
