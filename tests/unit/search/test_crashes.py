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
DIED = 77
CALLS = ("fsync", "rename", "replace", "unlink", "remove", "rmdir", "mkdir", "open")
ORIGINALS = {name: getattr(os, name) for name in CALLS}


def _apply(path: Path) -> None:
    with Writer(path) as writer:
        writer.apply(CHANGES, cursor=2)


def _rebuild(path: Path) -> None:
    with Writer(path) as writer:
        writer.rebuild(AFTER, total=len(AFTER), cursor=2)


class Disk:
    """What a disk holds of a folder when only synced content lasts; names move at once."""

    def __init__(self, live: Path, kept: Path) -> None:
        self._live = live
        self.kept = kept

    def took(self, call: str, args: tuple[object, ...]) -> None:
        if call == "fsync":
            path = Path(f"/proc/self/fd/{args[0]}").readlink()
            if path.is_file() and path.is_relative_to(self._live):
                self._copy(path, self._in_kept(path))
        elif call in {"rename", "replace"}:
            source, target = (self._in_kept(Path(str(path))) for path in args)
            if source.exists():
                self._copy(source, target)
                ORIGINALS["unlink"](source)

    def _in_kept(self, path: Path) -> Path:
        return self.kept / path.relative_to(self._live)

    def _copy(self, source: Path, target: Path) -> None:
        for parent in reversed([parent for parent in target.parents if not parent.exists()]):
            ORIGINALS["mkdir"](parent)
        target.write_bytes(source.read_bytes())


def _run_and_die(work: Callable[[], None], step: int, disk: Disk | None = None) -> bool:
    """Run in a child that dies before its call number `step`; return whether it got so far."""
    child = os.fork()
    if child == 0:
        try:
            _die_at(step, disk)
            work()
        except BaseException:  # noqa: BLE001 - a child of a test ends here, whatever happens
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in {0, DIED}
    return code == DIED


def _die_at(step: int, disk: Disk | None) -> None:
    left = step

    def counted(name: str) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            nonlocal left
            if not left:
                os._exit(DIED)
            left -= 1
            result: object = ORIGINALS[name](*args, **more)
            if disk:
                disk.took(name, args)
            return result

        return call

    for name in CALLS:
        setattr(os, name, counted(name))


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
        died = _run_and_die(partial(work, path), step)
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
        died = _run_and_die(partial(work, path), step, Disk(path, disk))
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
