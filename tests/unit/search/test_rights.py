"""Nobody finds, counts, is suggested or is shown in a facet what they may not open."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.search.entries import NOW, PUBLIC, ask, build, de, entry, found, opened, search

FIRM = frozenset({"public", "firm:1"})
OTHERS = [PUBLIC, frozenset({"public", "firm:2"}), frozenset({"firm:11"}), frozenset[str]()]

SECRET = entry(
    "secret",
    "Quokkatron application",
    "The quokkatron counts visitors. Shared words: data ethics.",
    kind="application",
    audience=frozenset({"firm:1"}),
    facets={"theme": ("quokkas",), "state": ("submitted",)},
    dates={"closes": NOW},
    labels="quokkalabel",
)
OPEN = entry("open", "Data ethics", "Shared words: data ethics.", facets={"theme": ("ethics",)})

QUERIES = [
    "quokkatron",
    "Quokkatron",
    '"quokkatron counts"',
    '"counts visitors"',
    "quok*",
    "quokka*",
    "quokkalabel",
    "title:quokkatron",
    "title:quok*",
    "quokkatron OR quokkalabel",
    "quokkatronstellung",
    "theme:quokkas",
    "theme:quok*",
    "state:submitted",
    "kind:application",
    "kind:app*",
    "visitors",
    "",
    "data",
    "-data",
    "-nothing",
    "data ethics",
    "shared OR quokkatron",
    "nowhere quokkatron",
]
FIELDS = {"theme": "theme", "state": "state"}


def named(audience: frozenset[str]) -> str:
    """Return a name for a test that is the same in every process."""
    return " ".join(sorted(audience)) or "nobody"


@pytest.mark.parametrize("audience", OTHERS, ids=named)
@pytest.mark.parametrize("query", QUERIES)
def test_what_is_sealed_changes_no_answer(
    tmp_path: Path, query: str, audience: frozenset[str]
) -> None:
    """The index with the secret answers everybody else exactly as the index without it."""
    answers = []
    for name, entries in (("with", [OPEN, SECRET]), ("without", [OPEN])):
        results = ask(build(tmp_path / name, *entries), query, audience=audience, fields=FIELDS)
        assert "quok" not in repr((results.hits, results.facets)).lower()
        hits = [(hit.id, hit.score, hit.snippet, hit.title_marked) for hit in results.hits]
        answers.append((hits, results.total, results.facets, results.loosened, results.ignored))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("query", ["quokkatron", "quok*", "theme:quokkas", "quokkalabel"])
def test_its_owner_finds_it(tmp_path: Path, query: str) -> None:
    build(tmp_path, OPEN, SECRET)
    results = ask(tmp_path, query, audience=FIRM, fields=FIELDS)
    assert [hit.id for hit in results.hits] == ["secret"]
    assert results.facets["theme"] == {"quokkas": 1}


@pytest.mark.parametrize("audience", OTHERS, ids=named)
@pytest.mark.parametrize("typed", ["quo", "quokkatron", "quokkatron app", "application"])
def test_a_sealed_title_is_suggested_to_its_owner_alone(
    tmp_path: Path, typed: str, audience: frozenset[str]
) -> None:
    build(tmp_path, OPEN, SECRET)
    with opened(tmp_path) as index:
        assert index.suggest(typed, audience=audience, now=NOW) == []
        assert [s.id for s in index.suggest(typed, audience=FIRM, now=NOW)] == ["secret"]


@pytest.mark.parametrize("audience", [FIRM, *OTHERS], ids=named)
@pytest.mark.parametrize("kinds", [None, ["application"]])
@pytest.mark.parametrize("filters", [{}, {"theme": ["quokkas"]}, {"kind": ["application"]}])
def test_neither_kinds_nor_filters_open_a_way(
    tmp_path: Path,
    audience: frozenset[str],
    kinds: list[str] | None,
    filters: dict[str, list[str]],
) -> None:
    build(tmp_path, OPEN, SECRET)
    results = ask(tmp_path, "", audience=audience, kinds=kinds, filters=filters)
    seen = {hit.id for hit in results.hits}
    assert ("secret" in seen) == (audience == FIRM)
    assert results.total == len(seen)
    assert ("quokkas" in results.facets.get("theme", {})) == (audience == FIRM)


def test_words_of_sealed_texts_do_not_crowd_out_what_a_star_stands_for(tmp_path: Path) -> None:
    hidden = [
        entry(f"h{n}", f"zeb{n:03} zeb{n:03}", audience=frozenset({"firm:1"})) for n in range(400)
    ]
    build(tmp_path, *hidden, entry("open", "zebra"))
    results = ask(tmp_path, "zeb*")
    assert [hit.id for hit in results.hits] == ["open"]
    assert results.ignored == ()


def test_a_sealed_translation_of_an_open_thing_stays_sealed(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry("1", "Open title", "words"),
        de("1", "Geheimer Titel", "words quokkatron", audience=frozenset({"firm:1"})),
    )
    (hit,) = ask(tmp_path, "words", lang="de").hits
    assert (hit.lang, hit.title) == ("en", "Open title")
    assert found(tmp_path, "quokkatron", lang="de") == set()
    (hit,) = ask(tmp_path, "words", lang="de", audience=FIRM).hits
    assert hit.title == "Geheimer Titel"


def test_public_counts_from_its_instant_on_and_every_other_token_at_once(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry(
            "1",
            "scheduled thing",
            audience=frozenset({"public", "authority:3"}),
            visible_from=NOW,
            facets={"theme": ("data",)},
        ),
        entry("2", "dateless thing"),
    )
    before = NOW - timedelta(microseconds=1)
    staff = frozenset({"public", "authority:3"})
    with opened(tmp_path) as index:
        for now, audience, seen in (
            (before, PUBLIC, {"2"}),
            (NOW, PUBLIC, {"1", "2"}),
            (before, PUBLIC, {"2"}),
            (before, staff, {"1", "2"}),
            (NOW + timedelta(days=9), PUBLIC, {"1", "2"}),
        ):
            results = search(index, "thing", now=now, audience=audience)
            assert {hit.id for hit in results.hits} == seen
            assert results.facets.get("theme", {}) == ({"data": 1} if "1" in seen else {})
            titles = index.suggest("scheduled", now=now, audience=audience)
            assert len(titles) == ("1" in seen)


def test_one_instant_opens_one_thing_and_not_the_next(tmp_path: Path) -> None:
    steps = [NOW + timedelta(minutes=n) for n in range(5)]
    build(tmp_path, *(entry(str(n), "thing", visible_from=at) for n, at in enumerate(steps)))
    with opened(tmp_path) as index:
        assert [search(index, "thing", now=at).total for at in steps] == [1, 2, 3, 4, 5]


@settings(max_examples=30)
@given(
    st.lists(
        st.tuples(
            st.frozensets(st.sampled_from(["public", "firm:1", "firm:2", "staff"]), max_size=3),
            st.one_of(st.none(), st.integers(-3, 3)),
        ),
        max_size=12,
    ),
    st.frozensets(st.sampled_from(["public", "firm:1", "firm:2", "staff"])),
)
def test_whoever_holds_no_token_finds_nothing_and_whoever_does_finds_all(
    tmp_path_factory: pytest.TempPathFactory,
    made: list[tuple[frozenset[str], int | None]],
    audience: frozenset[str],
) -> None:
    path = tmp_path_factory.mktemp("index")
    entries = [
        entry(
            str(number),
            "thing",
            audience=tokens,
            visible_from=None if hours is None else NOW + timedelta(hours=hours),
        )
        for number, (tokens, hours) in enumerate(made)
    ]
    may = {
        str(number)
        for number, (tokens, hours) in enumerate(made)
        if (tokens - {"public"}) & audience
        or ("public" in tokens & audience and (hours is None or hours <= 0))
    }
    assert found(build(path, *entries), "thing", audience=audience) == may


CLOSED = entry(
    "closed",
    "Quokkatron application",
    "The quokkatron counts visitors. Shared words: data ethics.",
    kind="application",
    audience=frozenset({"manager@programme:1", "person:7"}),
    closed=frozenset({"person:7"}),
    facets={"theme": ("quokkas",), "state": ("submitted",)},
    labels="quokkalabel",
)


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_closed_to_a_person_changes_no_answer_whatever_they_hold(
    tmp_path: Path, query: str
) -> None:
    audience = frozenset({"public", "manager@programme:1", "person:7"})
    answers = []
    for name, entries in (("with", [OPEN, CLOSED]), ("without", [OPEN])):
        results = ask(build(tmp_path / name, *entries), query, audience=audience, fields=FIELDS)
        hits = [(hit.id, hit.score, hit.snippet, hit.title_marked) for hit in results.hits]
        answers.append((hits, results.total, results.facets, results.loosened, results.ignored))
        with opened(tmp_path / name) as index:
            assert index.suggest("quokka", audience=audience, now=NOW) == []
    assert answers[0] == answers[1]


def test_what_is_closed_to_one_person_others_of_the_role_find(tmp_path: Path) -> None:
    build(tmp_path, OPEN, CLOSED)
    other = frozenset({"public", "manager@programme:1", "person:77"})
    assert found(tmp_path, "quokkatron", audience=other) == {"closed"}


def test_only_to_persons_is_an_entry_closed() -> None:
    with pytest.raises(ValueError, match="persons"):
        entry("x", closed=frozenset({"firm:1"}))
