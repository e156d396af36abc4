"""A process that writes the index while it is asked: changes, deletes, optimises, makes it anew.

    python -m tests.fuzz.writing FOLDER SEED THINGS

It ends with its input and says then how much it did.
"""

import json
import os
import random
import select
import sys
from collections import Counter
from pathlib import Path

from govmatch.search.entry import Change, Entry
from govmatch.search.rebuilding import Rebuild
from govmatch.search.writer import Writer
from tests.fuzz.world import thing_of

PAUSE = 0.3  # seconds between two batches, as of the worker


class Writing:
    """Knows what each thing says now, and has the index say it."""

    def __init__(self, folder: Path, seed: int, size: int) -> None:
        self._folder = folder
        self._seed = seed
        self._dice = random.Random(seed)
        self._texts = {n: thing_of(seed, n, self._dice).entries for n in range(size)}
        self._cursor = 1
        self.done: Counter[str] = Counter()

    def entries(self) -> list[Entry]:
        return [entry for entries in self._texts.values() for entry in entries]

    def fill(self) -> None:
        """Have an index with everything."""
        with Writer(self._folder) as writer:
            writer.rebuild(self.entries(), total=len(self._texts), cursor=self._cursor)

    def turn(self, writer: Writer) -> None:
        """Do one thing that a worker does."""
        self._cursor += 1
        chance = self._dice.random()
        if chance < 0.93:
            self._change(writer)
        elif chance < 0.96:
            self.done["optimised"] += writer.optimize()
        elif chance < 0.98:
            writer.rebuild(self.entries(), total=len(self._texts), cursor=self._cursor)
            self.done["made anew"] += 1
        else:
            self._make_beside(writer)

    def _change(self, writer: Writer) -> None:
        changes = []
        for number in self._dice.sample(sorted(self._texts), k=self._dice.randint(1, 20)):
            found = thing_of(self._seed, number, self._dice)
            gone = self._dice.random() < 0.2
            self._texts[number] = () if gone else found.entries
            changes.append(Change(found.kind, found.id, self._texts[number]))
        writer.apply(changes, cursor=self._cursor)
        self.done["changed"] += len(changes)

    def _make_beside(self, writer: Writer) -> None:
        """Make a new index in two parts, and change the present one meanwhile."""
        everything = self.entries()
        half = len(everything) // 2
        with Rebuild(self._folder) as new:
            new.begin(cursor=self._cursor, total=2)
            new.add(new.make_here(everything[:half]), at=("part", 1), done=1)
            before = dict(self._texts)
            self._change(writer)
            new.add(new.make_here(everything[half:]), at=("part", 2), done=2)
            new.finish()
            since = [n for n, entries in self._texts.items() if entries is not before[n]]
            changes = [
                Change(found.kind, found.id, self._texts[n])
                for n in since
                for found in [thing_of(self._seed, n, random.Random(0))]
            ]
            self._cursor += 1
            writer.adopt(new, changes, cursor=self._cursor)
        self.done["made beside"] += 1


def main(folder: Path, seed: int, size: int) -> None:
    """Fill the index, say so, and write until the input ends."""
    os.nice(5)
    writing = Writing(folder, seed, size)
    writing.fill()
    print("filled", flush=True)
    with Writer(folder) as writer:
        while not select.select([sys.stdin], [], [], PAUSE)[0]:
            writing.turn(writer)
    print(json.dumps(writing.done))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
