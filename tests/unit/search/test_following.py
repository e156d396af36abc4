"""The writer follows the journal: what changed is found, what went is gone, the cursor is kept."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govmatch.search.check import check
from govmatch.search.entry import Change, Entry
from govmatch.search.folder import WriterBusy
from govmatch.search.results import Results
from govmatch.search.writer import NeedsRebuild, Writer
from tests.unit.search.entries import ask, build, da, de, entry, found, opened, search


def change(*entries: Entry) -> Change:
    return Change(entries[0].kind, entries[0].id, entries)


def test_a_change_replaces_everything_the_thing_had(tmp_path: Path) -> None:
    build(tmp_path, de("1", "alt"), da("1", "gammel"), entry("2", "stays"))
    with Writer(tmp_path) as writer:
        writer.apply([change(de("1", "neu"))], cursor=2)
        assert writer.cursor == 2
    assert found(tmp_path, "neu OR alt OR gammel") == {"1"}
    assert found(tmp_path, "alt OR gammel") == set()
    assert found(tmp_path, "stays") == {"2"}


def test_a_change_without_entries_takes_the_thing_out(tmp_path: Path) -> None:
    build(tmp_path, de("1", "Daten"), entry("1", "data"), entry("2", "data"))
    with Writer(tmp_path) as writer:
        writer.apply([Change("challenge", "1")], cursor=2)
    assert found(tmp_path, "") == {"2"}


def test_things_of_another_kind_with_the_same_id_stay(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"), entry("1", "data", kind="firm"))
    with Writer(tmp_path) as writer:
        writer.apply([Change("challenge", "1")], cursor=2)
    assert [hit.kind for hit in ask(tmp_path, "data").hits] == ["firm"]


def test_of_several_changes_of_a_thing_the_last_counts(tmp_path: Path) -> None:
    build(tmp_path)
    with Writer(tmp_path) as writer:
        changes = [
            change(entry("1", "first")),
            Change("challenge", "1"),
            change(entry("1", "last")),
        ]
        writer.apply(changes, cursor=4)
    assert found(tmp_path, "first") == set()
    assert found(tmp_path, "last") == {"1"}


def test_applying_the_same_again_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "old"))
    with Writer(tmp_path) as writer:
        for _ in range(3):
            writer.apply([change(entry("1", "new")), change(entry("2", "new"))], cursor=5)
    assert found(tmp_path, "new") == {"1", "2"}
    with opened(tmp_path) as index:
        assert index.stats()["documents"] == 2


def test_the_cursor_moves_without_changes_and_is_kept(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"), cursor=7)
    with Writer(tmp_path) as writer:
        assert writer.cursor == 7
        writer.apply([], cursor=9)
    with Writer(tmp_path) as writer:
        assert writer.cursor == 9
    assert found(tmp_path, "data") == {"1"}


def test_an_index_that_knows_more_than_the_journal_is_to_be_made_anew(tmp_path: Path) -> None:
    """As after a backup was restored: it holds things that the database has forgotten."""
    build(tmp_path, entry("ghost", "data"), cursor=9)
    with Writer(tmp_path) as writer:
        with pytest.raises(NeedsRebuild, match="the journal ends at 8, the index at 9"):
            writer.apply([], cursor=8)
        assert writer.cursor == 9


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    build(tmp_path)
    with Writer(tmp_path), pytest.raises(WriterBusy):
        Writer(tmp_path)
    Writer(tmp_path).close()


def test_an_empty_folder_asks_for_an_index(tmp_path: Path) -> None:
    with Writer(tmp_path / "deep" / "index") as writer:
        with pytest.raises(NeedsRebuild, match="no index yet"):
            _ = writer.cursor
        with pytest.raises(NeedsRebuild):
            writer.apply([], cursor=1)
        writer.rebuild([entry("1", "data")], total=1, cursor=3)
        assert writer.cursor == 3
        writer.apply([change(entry("2", "data"))], cursor=4)
    assert found(tmp_path / "deep" / "index", "data") == {"1", "2"}


def test_a_rebuild_forgets_what_was_there_and_leaves_one_folder(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"), cursor=5)
    with Writer(tmp_path) as writer:
        writer.rebuild(iter([entry("2", "data")]), total=1, cursor=6)
        assert writer.cursor == 6
    assert found(tmp_path, "") == {"2"}
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_tells_its_progress_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with Writer(tmp_path) as writer:
        entries = (entry(str(number), "data") for number in range(120))
        writer.rebuild(entries, total=100, cursor=1, progress=lambda *step: told.append(step))
    assert told == [(0, 100), (50, 100), (100, 100), (120, 120)]


def test_a_rebuild_that_stops_half_way_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    def failing() -> object:
        yield entry("2", "data")
        raise KeyboardInterrupt

    build(tmp_path, entry("1", "data"), cursor=5)
    with Writer(tmp_path) as writer:
        with pytest.raises(KeyboardInterrupt):
            writer.rebuild(failing(), total=9, cursor=6)  # type: ignore[arg-type]
        assert writer.cursor == 5
        writer.apply([change(entry("3", "data"))], cursor=6)
    assert found(tmp_path, "data") == {"1", "3"}
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1


def test_a_rebuild_refuses_two_entries_of_one_key(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"))
    with Writer(tmp_path) as writer, pytest.raises(ValueError, match="challenge:2:en"):
        writer.rebuild([entry("2"), entry("2")], total=2, cursor=2)
    assert found(tmp_path, "data") == {"1"}


def test_many_small_changes_leave_few_segments(tmp_path: Path) -> None:
    build(tmp_path)
    with Writer(tmp_path) as writer, opened(tmp_path) as index:
        most = 0
        for number in range(40):
            writer.apply([change(entry(str(number), f"data word{number}"))], cursor=2 + number)
            segments = index.stats()["segments"]
            assert isinstance(segments, int)
            most = max(most, segments)
        assert most <= 8
        assert search(index, "data").total == 40
        assert [hit.id for hit in search(index, "word17").hits] == ["17"]


def test_optimizing_leaves_one_segment_nothing_deleted_and_the_same_answers(
    tmp_path: Path,
) -> None:
    build(tmp_path, *(de(str(n), f"Wort{n}", "E-Rechnung Straße " * n) for n in range(20)))
    with Writer(tmp_path) as writer, opened(tmp_path) as index:
        for number in range(8):
            writer.apply([change(de(str(number), "neu", "eRechnung"))], cursor=2 + number)
        writer.apply([Change("challenge", "9")], cursor=30)
        before = search(index, "erechnung OR strasse", size=100, lang="de")
        writer.optimize()
        stats = index.stats()
        assert (stats["segments"], stats["deleted"], stats["documents"]) == (1, 0, 19)
        assert stats["cursor"] == writer.cursor == 30
        after = search(index, "erechnung OR strasse", size=100, lang="de")
        assert [hit.id for hit in after.hits] == [hit.id for hit in before.hits]
        assert after.facets == before.facets


def test_what_was_erased_is_in_no_file_after_optimizing(tmp_path: Path) -> None:
    name = "Quokkatronia"
    build(tmp_path, entry("1", name, name), entry("2", "data"))
    with Writer(tmp_path) as writer:
        writer.apply([Change("challenge", "1")], cursor=2)
        writer.optimize()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if name.lower().encode() in path.read_bytes().lower()]


WORDS = st.sampled_from(["E-Rechnung", "Straße", "Århus", "data", "ethics", "der", "Hafen"])
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
ENTRIES = st.builds(
    lambda kind, id_, lang, title, text, audience, theme: entry(
        id_, title, text, kind=kind, lang=lang, audience=audience, facets={"theme": theme}
    ),
    st.sampled_from(["challenge", "firm"]),
    st.sampled_from(["1", "2", "3", "4"]),
    st.sampled_from(["de", "da", "en"]),
    TEXTS,
    TEXTS,
    st.sampled_from([frozenset({"public"}), frozenset({"firm:1"})]),
    st.lists(st.sampled_from(["x", "y"]), unique=True).map(tuple),
)


def _in_one_language_each(entries: list[Entry]) -> list[Change]:
    things: dict[tuple[str, str], dict[str, Entry]] = {}
    for each in entries:
        things.setdefault((each.kind, each.id), {})[each.lang] = each
    return [Change(*thing, tuple(by.values())) for thing, by in things.items()]


STEPS = st.lists(
    st.one_of(
        st.lists(ENTRIES, max_size=4).map(_in_one_language_each),
        st.builds(
            lambda kind, id_: [Change(kind, id_)],
            st.sampled_from(["challenge", "firm"]),
            st.sampled_from(["1", "2", "3", "4"]),
        ),
    ),
    max_size=9,
)


@settings(max_examples=25)
@given(STEPS)
def test_an_index_that_followed_answers_as_one_made_anew(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[Change]]
) -> None:
    now: dict[tuple[str, str], tuple[Entry, ...]] = {}
    followed = build(tmp_path_factory.mktemp("followed"))
    with Writer(followed) as writer:
        for number, changes in enumerate(steps):
            writer.apply(changes, cursor=2 + number)
            now |= {(each.kind, each.id): each.entries for each in changes}
    entries = [each for entries in now.values() for each in entries]
    anew = build(tmp_path_factory.mktemp("anew"), *entries)
    with opened(followed) as index, opened(anew) as new:
        for audience in (frozenset({"public"}), frozenset({"public", "firm:1"})):
            for query in ("", "erechnung", "strasse OR data", "hafen -ethics", "aarhus", "dat*"):
                more = {"audience": audience, "size": 50, "lang": "de"}
                assert _told(search(index, query, **more)) == _told(search(new, query, **more))
        assert not check(index, entries)


def _told(results: Results) -> tuple[object, ...]:
    """Return what was found; how it is ranked depends a little on what the index was made from."""
    hits = sorted((hit.kind, hit.id, hit.lang) for hit in results.hits)
    return hits, results.total, results.facets
