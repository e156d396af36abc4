"""A process that dies, and a machine that loses power, leave the index whole at every step.

A child process applies a change and dies at its n-th call that reaches the disk, for every n. In
the second test the disk then holds only what was synced before: each file is copied aside when it
is synced, as `fsync` promises and no more.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from govmatch.search.entry import Change
from govmatch.search.writer import Writer
from tests.unit.search.dying import ORIGINALS, Disk, run_and_die
from tests.unit.search.entries import build, de, found, opened, search

BEFORE = [de(str(number), f"alt{number}", "Die E-Rechnung der Stadt") for number in range(6)]
CHANGES = [
    Change("challenge", "1", (de("1", "neu1", "E-Rechnung"),)),
    Change("challenge", "2"),
    Change("challenge", "9", (de("9", "neu9", "E-Rechnung"),)),
]
AFTER = [BEFORE[0], *BEFORE[3:], CHANGES[0].entries[0], CHANGES[2].entries[0]]
OLD = {str(number) for number in range(6)}
NEW = {"0", "1", "3", "4", "5", "9"}


def _apply(path: Path) -> None:
    with Writer(path) as writer:
        writer.apply(CHANGES, cursor=2)


def _rebuild(path: Path) -> None:
    with Writer(path) as writer:
        writer.rebuild(AFTER, total=len(AFTER), cursor=2)


def _is_whole(path: Path) -> set[str]:
    """Return what is found, after making sure that readers and writer agree that all is well."""
    seen = found(path, "rechnung", lang="de")
    with opened(path) as index:
        assert search(index, "alt2", lang="de").total == ("2" in seen)
        assert search(index, "neu9", lang="de").total == ("9" in seen)
    return seen


@pytest.mark.parametrize("work", [_apply, _rebuild])
def test_a_process_that_dies_at_any_step_leaves_the_old_or_the_new_index(
    tmp_path: Path, work: Callable[[Path], None]
) -> None:
    good = build(tmp_path / "good", *BEFORE)
    outcomes = []
    for step in range(1_000):
        path = tmp_path / "index"
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(good, path)
        died = run_and_die(partial(work, path), step)
        outcomes.append(_is_whole(path))
        assert outcomes[-1] in (OLD, NEW)
        with Writer(path) as writer:
            assert writer.cursor == (2 if outcomes[-1] == NEW else 1)
            writer.apply(CHANGES, cursor=2)
            left = sorted(each.name for each in path.iterdir() if each.is_dir())
            assert len(left) == 1
        assert _is_whole(path) == NEW
        if not died:
            break
    assert len(outcomes) > 10
    assert outcomes[0] == OLD
    assert outcomes[-1] == NEW
    assert outcomes == sorted(outcomes, key=lambda outcome: outcome == NEW)


@pytest.mark.parametrize("work", [_apply, _rebuild])
def test_a_power_cut_at_any_step_loses_nothing_that_the_cursor_counts(
    tmp_path: Path, work: Callable[[Path], None]
) -> None:
    good = build(tmp_path / "good", *BEFORE)
    outcomes = []
    for step in range(1_000):
        path, disk = tmp_path / "live", tmp_path / "disk"
        for each in (path, disk):
            shutil.rmtree(each, ignore_errors=True)
            shutil.copytree(good, each)
        died = run_and_die(partial(work, path), step, Disk(path, disk))
        with Writer(disk) as writer:
            cursor = writer.cursor
            outcomes.append(_is_whole(disk))
            assert outcomes[-1] == (NEW if cursor == 2 else OLD)
            writer.apply(CHANGES, cursor=2)
        assert _is_whole(disk) == NEW
        if not died:
            break
    assert outcomes[0] == OLD
    assert outcomes[-1] == NEW


@pytest.mark.parametrize("work", [_apply, _rebuild])
def test_a_disk_that_fails_at_any_step_leaves_a_writer_that_can_go_on(
    tmp_path: Path, work: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Syncing reports an error once; the same writer then does it again."""
    good = build(tmp_path / "good", *BEFORE)
    for step in range(1_000):
        path = tmp_path / "index"
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(good, path)
        failing = _FailsOnce(step)
        with Writer(path) as writer:
            monkeypatch.setattr(os, "fsync", failing)
            for _ in range(2):
                with suppress(OSError):
                    if work is _apply:
                        writer.apply(CHANGES, cursor=2)
                    else:
                        writer.rebuild(AFTER, total=len(AFTER), cursor=2)
            monkeypatch.undo()
            assert writer.cursor == 2
        assert _is_whole(path) == NEW
        if not failing.has_failed:
            break
    assert step > 5


class _FailsOnce:
    def __init__(self, step: int) -> None:
        self._left = step
        self.has_failed = False

    def __call__(self, handle: int) -> None:
        self._left -= 1
        if self._left == -1:
            self.has_failed = True
            raise OSError(5, "Input/output error")
        ORIGINALS["fsync"](handle)
