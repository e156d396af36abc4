"""A new index in the making beside the present one, kept on disk so that it can be gone on with.

It is made of parts (see `parts`), in the order of the things that are indexed. `making` in the
index folder says which folder it grows in, what is in it so far and at which thing it stands;
whatever ends the process, the next one goes on from there. One process at a time makes it, the
writer of the present index meanwhile follows the journal; when the new one is finished, the writer
adds what happened since it was begun and takes it into use (`Writer.adopt`).
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_hex
from shutil import rmtree
from types import TracebackType
from typing import Any, Self

from govmatch.kit.durable import sync, write_whole
from govmatch.kit.records import dataclass
from govmatch.search import folder as folders
from govmatch.search.committing import following, none_of_them
from govmatch.search.engine import BESIDE, Batch, Damaged, create
from govmatch.search.entry import Entry
from govmatch.search.folder import FORM, MAKING, Pointer, WriterLock
from govmatch.search.knowledge import Knowledge, shipped_knowledge, write_knowledge
from govmatch.search.parts import Part, make_part, take

Thing = tuple[str, int]
"""The kind of an entry and the number of what it is about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """How far a new index has come.

    `pointer` names what is on disk and the journal id from before anything was read; `at` is the
    last thing that is in, `done` of `total` things are. `source` tells whether a later process
    would read the same: when it differs, the making begins anew.
    """

    pointer: Pointer
    source: str
    at: Thing | None
    done: int
    total: int
    is_finished: bool = False


def read_state(index: Path) -> State | None:
    """Return how far a new index has come; None when none is made, or none that can be used."""
    try:
        values = folders.unpack((index / MAKING).read_bytes())
        state = _state_of(values)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return state if state.pointer.form == FORM else None


def _state_of(values: dict[str, Any]) -> State:
    at = values["at"]
    pointer = folders.pointer_of(values["pointer"])
    return State(**{**values, "pointer": pointer, "at": (at[0], at[1]) if at else None})


class Rebuild:
    """The right to make a new index, and what there is of it; `WriterBusy` when another has it."""

    def __init__(self, index: Path, *, is_kept: bool = True) -> None:
        """Take up what is there: nothing, unless every byte is as it was written.

        One that is not kept is the writer's own, begins with nothing and ends with the process.
        """
        index.mkdir(parents=True, exist_ok=True)
        self._index = index
        self.state: State | None = None
        self._lock = WriterLock(index, "making.lock") if is_kept else None
        if self._lock:
            self.state = read_state(index)
            if self.state and not self._is_whole(self.state):
                self.discard()

    def __enter__(self) -> Self:
        """Return the rebuild itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of it; what is on disk stays."""
        self.close()

    def close(self) -> None:
        """Let another process make it; what is on disk stays."""
        if self._lock:
            self._lock.release()

    @property
    def folder(self) -> Path:
        """Return the folder that it grows in."""
        return self._index / self._begun().pointer.folder

    def _begun(self) -> State:
        assert self.state, "nothing was begun"
        return self.state

    def _is_whole(self, state: State) -> bool:
        """Return whether it is as its state says, after sweeping up what was not finished."""
        with suppress(Damaged):
            if state.pointer.folder == folders.read_pointer(self._index).folder:
                return False  # it is in use already, and nobody came to say so
        try:
            folders.verify(self._index, state.pointer, content=True)
        except Damaged:
            return False
        if not state.pointer.files:
            return False  # it was named, and never begun
        folders.sweep_inside(self._index / state.pointer.folder, state.pointer)
        return True

    def begin(
        self, *, cursor: int, total: int, source: str = "", knowledge: Knowledge | None = None
    ) -> None:
        """Begin a new one, forgetting what there was; `cursor` is a journal id of before now.

        `knowledge` is what its documents are read with: what is shipped, unless it is given.
        """
        self.discard()
        name = folders.new_name(self._index)
        pointer = Pointer(folder=name, generation=0, cursor=cursor, documents=0, files={})
        # Named before it is there: the writer sweeps up folders that nobody names.
        self._keep(State(pointer=pointer, source=source, at=None, done=0, total=total))
        folder = self._index / name
        folders.make(folder)
        write_knowledge(folder, knowledge or shipped_knowledge())
        names = [*create(folder), BESIDE]
        sync(self._index)
        pointer = replace(pointer, files=folders.describe(folder, names, {}))
        self._keep(replace(self._begun(), pointer=pointer))

    def _keep(self, state: State) -> None:
        if self._lock:
            write_whole(self._index / MAKING, folders.pack(asdict(state)))
        self.state = state

    def new_part_folder(self) -> Path:
        """Return where the next part is to be made."""
        return self.folder / f"part-{token_hex(4)}"

    def make_here(self, entries: Iterable[Entry]) -> Part:
        """Return a part of these entries, made by this very process."""
        return make_part(self.new_part_folder(), entries)

    def add(self, part: Part, *, at: Thing | None, done: int) -> None:
        """Have the part in the index, on disk; it holds everything up to and with thing `at`."""
        state = self._begun()
        batch = Batch(self.folder, state.pointer.generation)
        try:
            take(batch, self.folder, part)
            names = batch.commit(none_of_them)
        except BaseException:
            batch.cancel()
            raise
        known = replace(state.pointer, files={**state.pointer.files, **part.files})
        pointer = following(self._index, known, names, cursor=state.pointer.cursor)
        self._keep(replace(state, pointer=pointer, at=at, done=done))
        rmtree(part.folder, ignore_errors=True)

    def finish(self) -> None:
        """Have it known as finished: all things are in, and a writer may take it into use."""
        state = self._begun()
        self._keep(replace(state, is_finished=True, done=state.total))

    @property
    def documents(self) -> int:
        """Return how many documents are in, 0 when nothing was begun."""
        return self.state.pointer.documents if self.state else 0

    def finished(self) -> Pointer:
        """Return what is to be pointed to."""
        state = self._begun()
        assert state.is_finished, "there are things still to come"
        return state.pointer

    def forget(self) -> None:
        """Leave it to the writer, who points to it now."""
        if self._lock:
            (self._index / MAKING).unlink(missing_ok=True)
            sync(self._index)
        self.state = None

    def discard(self) -> None:
        """Have nothing of it left, unless it is in use."""
        name = self.state.pointer.folder if self.state else ""
        if self._lock:
            name = folders.making(self._index)
            for draft in self._index.glob(f"{MAKING}.*.new"):
                draft.unlink(missing_ok=True)
        self.forget()
        if name and not _is_pointed_to(self._index, name):
            rmtree(self._index / name, ignore_errors=True)


def _is_pointed_to(index: Path, name: str) -> bool:
    """Return whether a folder may be in use; a pointer that cannot be read is to nothing."""
    try:
        return folders.read_pointer(index).folder == name
    except Damaged:
        return False
