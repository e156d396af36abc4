"""A new index is made beside the one in use, and gone on with after whatever ended the making."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from govmatch.search import folder as folders
from govmatch.search.entry import Change, Entry
from govmatch.search.folder import WriterBusy
from govmatch.search.index import Index
from govmatch.search.knowledge import shipped_knowledge, write_knowledge
from govmatch.search.parts import Makers, PartFailed
from govmatch.search.rebuilding import Rebuild, read_state
from govmatch.search.writer import NeedsRebuild, Writer
from tests.unit.search.dying import Disk, run_and_die
from tests.unit.search.entries import build, de, entry, found, opened, search

BEFORE = [de(str(number), f"alt{number}", "Die E-Rechnung der Stadt") for number in range(4)]
THINGS = [de(str(number), f"neu{number}", "Die E-Rechnung der Stadt") for number in range(6)]
PARTS = [THINGS[0:2], THINGS[2:4], THINGS[4:6]]
CHANGE = Change("challenge", "3", (de("3", "zuletzt3", "E-Rechnung"),))
AFTER = {one.key: one.digest() for one in [*THINGS[:3], *CHANGE.entries, *THINGS[4:]]}
OLD = {one.key: one.digest() for one in BEFORE}


def make(path: Path) -> None:
    """Go on with what there is, or begin, and have it in use; as a worker does."""
    with Writer(path) as writer, Rebuild(path) as new:
        if new.state is None:
            new.begin(cursor=5, total=len(THINGS), source="here")
        assert new.state
        for number, part in enumerate(PARTS):
            if new.state.done <= 2 * number:
                last = ("challenge", int(part[-1].id))
                new.add(new.make_here(part), at=last, done=2 * number + 2)
        new.finish()
        writer.adopt(new, [CHANGE], cursor=7)


def digests(path: Path) -> dict[str, str]:
    index = Index(path)
    try:
        return index.digests()
    finally:
        index.close()


def folders_in(path: Path) -> list[Path]:
    return [each for each in path.iterdir() if each.is_dir()]


def every_step(path: Path, good: Path, disk: Path | None = None) -> Iterator[tuple[int, bool]]:
    """Yield, for each call that reaches the disk, what a death before it leaves behind."""
    for step in range(2_000):
        for each in (path, disk) if disk else (path,):
            shutil.rmtree(each, ignore_errors=True)
            shutil.copytree(good, each)
        died = run_and_die(partial(make, path), step, Disk(path, disk) if disk else None)
        yield step, died
        if not died:
            return


def is_right(path: Path) -> dict[str, str]:
    """Return what is in use after a death, having made sure that it is whole and gone on with."""
    seen = digests(path)
    assert seen in (OLD, AFTER)
    before = read_state(path)
    make(path)
    assert digests(path) == AFTER
    assert found(path, "zuletzt3", lang="de") == {"3"}
    assert read_state(path) is None
    assert len(folders_in(path)) == 1
    if before and before.done:
        assert before.pointer.documents == before.done
    return seen


def test_a_making_that_dies_at_any_step_is_gone_on_with(tmp_path: Path) -> None:
    good = build(tmp_path / "good", *BEFORE)
    path = tmp_path / "index"
    kept: list[int] = []
    seen = []
    for _step, _died in every_step(path, good):
        state = read_state(path)
        kept.append(state.done if state else 0)
        seen.append(is_right(path))
    assert {0, 2, 4, 6} <= set(kept)
    assert seen[0] == OLD and seen[-1] == AFTER
    assert seen == sorted(seen, key=lambda one: one == AFTER)


def test_a_power_cut_at_any_step_of_a_making_is_gone_on_from(tmp_path: Path) -> None:
    good = build(tmp_path / "good", *BEFORE)
    path, disk = tmp_path / "live", tmp_path / "disk"
    seen = [is_right(disk) for _ in every_step(path, good, disk)]
    assert seen[0] == OLD and seen[-1] == AFTER


def begun(path: Path, *parts: list[Entry]) -> Rebuild:
    new = Rebuild(path)
    new.begin(cursor=5, total=len(THINGS), source="here")
    for number, part in enumerate(parts, 1):
        new.add(new.make_here(part), at=("challenge", 2 * number - 1), done=2 * number)
    return new


def test_the_index_in_use_is_followed_while_another_is_made(tmp_path: Path) -> None:
    build(tmp_path, *BEFORE, cursor=5)
    with begun(tmp_path, PARTS[0]) as new, Writer(tmp_path) as writer:
        writer.apply([CHANGE], cursor=6)
        writer.verify()
        writer.optimize()
        assert found(tmp_path, "zuletzt3", lang="de") == {"3"}
        assert new.folder.is_dir()
        assert found(tmp_path, "neu0", lang="de") == set()


def test_one_process_makes_an_index_at_a_time(tmp_path: Path) -> None:
    with begun(tmp_path), pytest.raises(WriterBusy):
        Rebuild(tmp_path)
    Rebuild(tmp_path).close()


def test_readers_go_over_at_once_and_lose_nothing(tmp_path: Path) -> None:
    build(tmp_path, *BEFORE, cursor=5)
    with opened(tmp_path) as index:
        assert search(index, "alt1", lang="de").total == 1
        with Writer(tmp_path) as writer, begun(tmp_path, *PARTS) as new:
            new.finish()
            assert search(index, "alt1", lang="de").total == 1
            writer.adopt(new, [CHANGE], cursor=7)
            assert writer.cursor == 7
            assert search(index, "alt1", lang="de").total == 0
            assert search(index, "neu1", lang="de").total == 1
            assert search(index, "zuletzt3", lang="de").total == 1
            assert search(index, "neu3", lang="de").total == 0


def alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def in_making(path: Path, ending: str) -> Path:
    state = read_state(path)
    assert state
    name = next(name for name in state.pointer.files if name.endswith(ending))
    return path / state.pointer.folder / name


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: alter(path / "making"),
        lambda path: (path / "making").write_bytes(b""),
        lambda path: alter(in_making(path, ".pst")),
        lambda path: in_making(path, ".trm").unlink(),
        lambda path: in_making(path, ".toc").unlink(),
        lambda path: shutil.rmtree(path / folders.making(path)),
    ],
    ids=["state altered", "state empty", "postings altered", "terms gone", "toc gone", "all gone"],
)
def test_what_was_harmed_is_not_gone_on_with(tmp_path: Path, harm: Callable[[Path], None]) -> None:
    build(tmp_path, *BEFORE)
    begun(tmp_path, PARTS[0]).close()
    harm(tmp_path)
    with Rebuild(tmp_path) as new:
        assert new.state is None
    make(tmp_path)
    assert digests(tmp_path) == AFTER
    assert len(folders_in(tmp_path)) == 1


def test_a_finished_index_that_was_harmed_is_not_taken(tmp_path: Path) -> None:
    build(tmp_path, *BEFORE, cursor=5)
    with Writer(tmp_path) as writer, begun(tmp_path, *PARTS) as new:
        new.finish()
        in_making(tmp_path, ".toc").unlink()
        with pytest.raises(NeedsRebuild):
            writer.adopt(new, [CHANGE], cursor=7)
        new.discard()
        writer.apply([], cursor=6)
    assert digests(tmp_path) == OLD


def test_what_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    build(tmp_path, *BEFORE)
    with begun(tmp_path, PARTS[0]) as new:
        new.discard()
    assert read_state(tmp_path) is None
    assert len(folders_in(tmp_path)) == 1
    assert digests(tmp_path) == OLD


def test_another_process_makes_the_same_part(tmp_path: Path) -> None:
    with begun(tmp_path) as new:
        here = new.make_here(THINGS)
        makers, told = Makers(1), list[int]()
        try:
            many = [entry(str(number), "data") for number in range(250)]
            there = makers.submit(new.new_part_folder(), THINGS, told.append).result()
            makers.submit(new.new_part_folder(), many, told.append).result()
        finally:
            makers.stop()
        assert told == [100, 200]
        assert sum(size for size, _ in there.files.values()) == sum(
            size for size, _ in here.files.values()
        )


def test_a_part_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    makers = Makers(1)
    try:
        with pytest.raises(PartFailed, match="No such file or directory"):
            makers.submit(tmp_path / "no" / "part", THINGS, lambda _: None).result()
        (tmp_path / "yes").mkdir()
        write_knowledge(tmp_path / "yes", shipped_knowledge())
        assert makers.submit(tmp_path / "yes" / "part", THINGS, lambda _: None).result().files
    finally:
        makers.stop()
