"""Readers see what is current, in every thread, and say so when there is nothing to read."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from govmatch.search.entry import Change
from govmatch.search.folder import POINTER, read_pointer, write_pointer
from govmatch.search.index import Index
from govmatch.search.writer import NeedsRebuild, Writer
from tests.unit.search.entries import NOW, build, de, entry, opened, search


def test_a_reader_sees_a_change_at_its_next_search(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"))
    with opened(tmp_path) as index, Writer(tmp_path) as writer:
        assert search(index, "data").total == 1
        writer.apply([Change("challenge", "2", (entry("2", "data"),))], cursor=2)
        assert search(index, "data").total == 2
        writer.apply([Change("challenge", "1")], cursor=3)
        assert [hit.id for hit in search(index, "data").hits] == ["2"]


def test_a_reader_sees_a_rebuilt_index_and_lets_the_old_one_go(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"))
    with Writer(tmp_path) as writer, opened(tmp_path) as index:
        assert search(index, "data").total == 1
        writer.rebuild([entry("2", "data"), entry("3", "data")], total=2, cursor=2)
        folders = [path for path in tmp_path.iterdir() if path.is_dir()]
        assert len(folders) == 2  # the reader still holds the old one
        assert {hit.id for hit in search(index, "data").hits} == {"2", "3"}
        writer.verify()
        assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1
        assert search(index, "data").total == 2


@pytest.mark.parametrize("asked_meanwhile", [True, False])
def test_an_index_deleted_and_made_again_is_not_mistaken_for_the_old_one(
    tmp_path: Path, asked_meanwhile: bool
) -> None:
    index_dir = tmp_path / "index"
    build(index_dir, entry("1", "data"))
    with opened(index_dir) as index:
        assert [hit.id for hit in search(index, "data").hits] == ["1"]
        _remove(index_dir)
        if asked_meanwhile:
            assert search(index, "data").unavailable
        build(index_dir, entry("2", "data"))
        assert [hit.id for hit in search(index, "data").hits] == ["2"]


def _remove(path: Path) -> None:
    for each in sorted(path.rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    path.rmdir()


def test_the_writer_notices_that_its_folder_was_deleted_and_makes_it_again(tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    build(index_dir, entry("1", "data"))
    with Writer(index_dir) as writer, opened(index_dir) as index:
        _remove(index_dir)
        with pytest.raises(NeedsRebuild, match="no index yet"):
            writer.apply([Change("challenge", "1")], cursor=2)
        writer.rebuild([entry("1", "data")], total=1, cursor=2)
        assert search(index, "data").total == 1
        writer.apply([Change("challenge", "2", (entry("2", "data"),))], cursor=3)
        assert search(index, "data").total == 2


def test_without_an_index_a_search_is_answered_and_says_so(tmp_path: Path) -> None:
    with opened(tmp_path / "none") as index:
        results = search(index, "data (ethics")
        assert results.unavailable
        assert (results.hits, results.total) == ((), 0)
        assert [ignored.text for ignored in results.ignored] == ["("]
        build(tmp_path / "none", entry("1", "data"))
        assert not search(index, "data").unavailable


def _files(path: Path) -> list[str]:
    (folder,) = (each for each in path.iterdir() if each.is_dir())
    return sorted(each.name.split(".", 1)[-1] for each in folder.iterdir() if each.stat().st_size)


def test_every_kind_of_file_is_damaged_below(tmp_path: Path) -> None:
    assert _files(build(tmp_path, *ENTRIES)) == sorted([*KINDS, "toc"])


ENTRIES = [
    de(str(number), f"Titel {number}", f"Die E-Rechnung {number} " * 40) for number in range(9)
]
KINDS = [
    "_stored.col",
    "dates.col",
    "facts.col",
    "knowledge",
    "pst",
    "sequence.col",
    "text.col",
    "trm",
    "vocabulary",
]


@pytest.mark.parametrize("how", ["cut", "emptied", "deleted", "grown"])
@pytest.mark.parametrize("kind", [*KINDS, "toc", POINTER])
def test_damage_to_any_file_is_an_answer_for_visitors_and_mended_by_the_writer(
    tmp_path: Path, kind: str, how: str
) -> None:
    build(tmp_path, *ENTRIES, cursor=4)
    (path,) = (each for each in tmp_path.rglob("*") if each.name.endswith(kind))
    content = path.read_bytes()
    if how == "deleted":
        path.unlink()
    else:
        path.write_bytes({"cut": content[:-3], "emptied": b"", "grown": content + b"x"}[how])
    _is_unavailable_until_rebuilt(tmp_path)


def test_an_altered_vocabulary_is_an_answer_for_visitors_too(tmp_path: Path) -> None:
    build(tmp_path, *ENTRIES, cursor=4)
    (path,) = tmp_path.rglob("*.vocabulary")
    path.write_bytes(b"\xff" * 8 + path.read_bytes()[8:])
    _is_unavailable_until_rebuilt(tmp_path)


def _is_unavailable_until_rebuilt(path: Path) -> None:
    with opened(path) as index:
        assert search(index, "rechnung").unavailable
        assert search(index, "rechnung").unavailable
        assert index.suggest("titel", audience=frozenset({"public"}), now=NOW) == []
        with Writer(path) as writer:
            with pytest.raises(NeedsRebuild):
                _ = writer.cursor
            writer.rebuild(ENTRIES, total=len(ENTRIES), cursor=5)
        assert search(index, "rechnung").total == len(ENTRIES)


@pytest.mark.parametrize("kind", [*KINDS, "toc", POINTER])
def test_altered_bytes_are_noticed_by_the_writer_when_it_opens(tmp_path: Path, kind: str) -> None:
    build(tmp_path, *ENTRIES)
    (path,) = (each for each in tmp_path.rglob("*") if each.name.endswith(kind))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle] ^= 0x55
    path.write_bytes(content)
    with Writer(tmp_path) as writer, pytest.raises(NeedsRebuild):
        _ = writer.cursor


def test_a_pointer_that_was_altered_is_not_believed(tmp_path: Path) -> None:
    build(tmp_path, *ENTRIES, cursor=4)
    pointer = tmp_path / POINTER
    altered = pointer.read_bytes().replace(b'"cursor": 4', b'"cursor": 9')
    assert altered != pointer.read_bytes()
    pointer.write_bytes(altered)
    with Writer(tmp_path) as writer, pytest.raises(NeedsRebuild, match="pointer is broken"):
        _ = writer.cursor


@pytest.mark.parametrize("kind", ["_stored.col", "facts.col", "pst", "text.col", "trm"])
def test_altered_bytes_never_reach_a_visitor_as_an_error(tmp_path: Path, kind: str) -> None:
    build(tmp_path, *ENTRIES)
    (path,) = (each for each in tmp_path.rglob("*") if each.name.endswith(kind))
    good = path.read_bytes()
    for start in range(0, len(good), max(1, len(good) // 25)):
        content = bytearray(good)
        content[start : start + 8] = bytes(byte ^ 0xFF for byte in content[start : start + 8])
        path.write_bytes(content)
        with opened(tmp_path) as index:
            for query in ("rechnung", '"die e-rechnung"', "tit*", ""):
                search(index, query)
            index.suggest("titel", audience=frozenset({"public"}), now=NOW)


def test_an_index_of_another_form_is_made_again(tmp_path: Path) -> None:
    """As after an upgrade with other rules for words."""
    build(tmp_path, *ENTRIES)
    write_pointer(tmp_path, replace(read_pointer(tmp_path), form="0.0"))
    _is_unavailable_until_rebuilt(tmp_path)


def test_threads_get_the_same_right_answers_while_the_index_changes(tmp_path: Path) -> None:
    build(tmp_path, *(entry(str(number), f"data word{number}") for number in range(30)))
    stop = threading.Event()
    index = Index(tmp_path)

    def read() -> int:
        answers = 0
        while not stop.is_set() or not answers:
            results = search(index, "data", size=100)
            assert not results.unavailable
            assert results.total == len(results.hits) == len({hit.id for hit in results.hits}) == 30
            assert [hit.id for hit in search(index, "word7").hits] == ["7"]
            answers += 1
        index.close()
        return answers

    with ThreadPoolExecutor(4) as pool, Writer(tmp_path) as writer:
        readers = [pool.submit(read) for _ in range(4)]
        try:
            for step in range(12):
                number = step * 2
                changed = entry(str(number), f"data word{number}", "changed")
                writer.apply([Change("challenge", str(number), (changed,))], cursor=2 + step)
            writer.optimize()
            whole = [entry(str(number), f"data word{number}") for number in range(30)]
            writer.rebuild(whole, total=30, cursor=99)
        finally:
            stop.set()
        assert all(reader.result() for reader in readers)
    index.close()
