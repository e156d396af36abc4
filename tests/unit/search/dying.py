"""A process that dies at its n-th call that reaches the disk, and what a disk holds after it."""

import os
from collections.abc import Callable
from pathlib import Path

DIED = 77
CALLS = ("fsync", "rename", "replace", "unlink", "remove", "rmdir", "mkdir", "open")
ORIGINALS = {name: getattr(os, name) for name in CALLS}


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


def run_and_die(work: Callable[[], None], step: int, disk: Disk | None = None) -> bool:
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
