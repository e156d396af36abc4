"""What goes between two processes of ours: data whole, and nothing that does something."""

import os
import pickle
import socket
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from govmatch.kit import wire
from govmatch.search.query import Clause, Ignored, Query, Term, Why
from govmatch.search.results import Results

Both = tuple[socket.socket, socket.socket]


@pytest.fixture
def both() -> Iterator[Both]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_data_arrives_as_it_was_sent(both: Both) -> None:
    said = {
        "query": Query((Clause((Term(("Wasser",), prefix=True),)),), (Ignored("(", Why.BRACKETS),)),
        "results": Results(total=3, facets={"theme": {"water": 2}}),
        "when": datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=3),
        "tokens": frozenset({"public", "person:3"}),
        "nothing": None,
    }
    one, other = both
    wire.send(one, said)
    assert wire.receive(other) == said


class Act:
    """Runs a command when it is unpickled: what an evil pickle does."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.path}",)


@pytest.mark.parametrize(
    "named", [os.system, eval, Path, socket.socket, wire.loads, wire.TooLong, datetime.now]
)
def test_what_is_no_data_is_refused(named: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        wire.loads(pickle.dumps(named))


def test_nothing_is_done_by_a_message(tmp_path: Path) -> None:
    with pytest.raises(wire.Refused):
        wire.loads(pickle.dumps(Act(tmp_path / "done")))
    assert list(tmp_path.iterdir()) == []


def test_a_message_over_the_limit_is_neither_sent_nor_read(both: Both) -> None:
    one, other = both
    with pytest.raises(wire.TooLong):
        wire.send(one, b"x" * (wire.LARGEST + 1))
    other.setblocking(False)
    with pytest.raises(BlockingIOError):
        other.recv(1)
    one.sendall(struct.pack(">I", wire.LARGEST + 1))
    with pytest.raises(wire.Refused):
        wire.receive(other)


def test_the_end_of_the_other_side_is_told(both: Both) -> None:
    one, other = both
    one.sendall(struct.pack(">I", 100) + b"half")
    one.close()
    with pytest.raises(EOFError):
        wire.receive(other)
