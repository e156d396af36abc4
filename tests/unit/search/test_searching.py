"""A search answers what was asked, best first, in pages, in the reader's language."""

from datetime import timedelta
from pathlib import Path

import pytest

from govmatch.search.query import Ignored, QueryTooLong, Why
from tests.unit.search.entries import (
    NOW,
    ask,
    build,
    da,
    de,
    entry,
    found,
    marked,
    opened,
    plain,
    ranked,
    search,
)


def test_every_word_must_be_there(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data ethics"), entry("2", "data"), entry("3", "ethics"))
    assert found(tmp_path, "data ethics") == {"1"}


def test_either_word_may_be_there_with_or(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "ethics"), entry("2", "data"), entry("3", "else"))
    assert found(tmp_path, "data OR ethics") == {"1", "2"}


def test_an_excluded_word_must_not_be_there(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data ethics"), entry("2", "data"), entry("3", "other"))
    assert found(tmp_path, "data -ethics") == {"2"}
    assert found(tmp_path, "-ethics") == {"2", "3"}


def test_a_phrase_stands_together_and_in_order(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry("together", "x", "The usage data of the port"),
        entry("apart", "x", "The data of usage"),
        entry("gap", "x", "usage of data"),
        entry("across", "usage", "data"),
    )
    assert found(tmp_path, '"usage data"') == {"together"}
    assert found(tmp_path, "usage data") == {"together", "apart", "gap", "across"}


def test_words_that_say_nothing_hold_their_place_in_a_phrase(tmp_path: Path) -> None:
    build(tmp_path, de("1", "x", "Stand der Technik"), de("2", "x", "Stand Technik"))
    assert found(tmp_path, '"Stand der Technik"', lang="de") == {"1"}


def test_a_quoted_word_is_taken_as_it_is_written(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "invoice"), entry("2", "invoices"))
    assert found(tmp_path, "invoice") == {"1", "2"}
    assert found(tmp_path, '"invoice"') == {"1"}


def test_a_star_stands_for_the_rest_of_a_word(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "procurement"), entry("2", "procedure"), entry("3", "pro"))
    assert found(tmp_path, "procu*") == {"1"}
    assert found(tmp_path, "proc*") == {"1", "2"}
    assert found(tmp_path, "title:proc*") == {"1", "2"}


def test_a_star_over_too_many_words_takes_the_most_common_and_says_so(tmp_path: Path) -> None:
    words = [f"zzz{number:03}" for number in range(60)]
    entries = [entry(str(number), word) for number, word in enumerate(words)]
    build(tmp_path, *entries, entry("common", "zzz059 again"))
    results = ask(tmp_path, "zzz*", size=100)
    assert results.total == 51
    assert "common" in {hit.id for hit in results.hits}
    assert [(i.text, i.why) for i in results.ignored] == [("zzz*", Why.PREFIX_TOO_BROAD)]


def test_a_field_narrows_to_its_value_whatever_the_case(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry("1", "data", facets={"theme": ("Scanning",)}),
        entry("2", "data", facets={"theme": ("invoices",)}),
        entry("3", "scanning"),
    )
    fields = {"theme": "theme"}
    assert found(tmp_path, "theme:scanning", fields=fields) == {"1"}
    assert found(tmp_path, "data -theme:scanning", fields=fields) == {"2"}
    assert found(tmp_path, "theme:inv*", fields=fields) == {"2"}
    assert found(tmp_path, "theme:invoices OR scanning", fields=fields) == {"2", "3"}


def test_kind_language_and_title_are_fields_everywhere(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry("1", "data", kind="firm"),
        de("2", "Daten", "data"),
        entry("3", "x", "data"),
    )
    assert found(tmp_path, "data kind:firm") == {"1"}
    assert found(tmp_path, "data lang:de") == {"2"}
    assert found(tmp_path, "title:data") == {"1"}


def test_an_unknown_field_is_named_and_its_word_searched(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "scanning"), entry("2", "x"))
    results = ask(tmp_path, "theem:scanning")
    assert [hit.id for hit in results.hits] == ["1"]
    assert results.ignored == (Ignored("theem:", Why.UNKNOWN_FIELD, 0),)


def test_when_no_text_has_all_words_those_with_some_are_shown_and_it_is_said(
    tmp_path: Path,
) -> None:
    build(tmp_path, entry("1", "data ethics"), entry("2", "usage"), entry("3", "x"))
    results = ask(tmp_path, "data ethics usage")
    assert [hit.id for hit in results.hits] == ["1", "2"]
    assert results.loosened
    assert not ask(tmp_path, "data ethics").loosened
    assert not ask(tmp_path, "nowhere nothing").loosened


def test_a_query_of_nothing_but_small_words_says_why_it_found_nothing(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "the data"))
    results = ask(tmp_path, "the of")
    assert results.total == 0
    assert [(i.text, i.why) for i in results.ignored] == [
        ("the", Why.STOP_WORD),
        ("of", Why.STOP_WORD),
    ]


def test_an_empty_query_finds_everything(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "a"), entry("2", "b"))
    assert found(tmp_path, "") == {"1", "2"}
    assert found(tmp_path, "  ()") == {"1", "2"}


def test_the_title_counts_more_than_the_text(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry("text", "Something else", "scanning " * 3 + "words and words " * 5),
        entry("title", "Scanning technology", "words and words " * 6),
    )
    assert ranked(tmp_path, "scanning") == ["title", "text"]


def test_rare_words_count_more_than_common_ones(tmp_path: Path) -> None:
    many = [entry(f"c{number}", "common") for number in range(8)]
    build(tmp_path, *many, entry("r", "rare"))
    assert ranked(tmp_path, "common OR rare")[0] == "r"


def test_a_short_text_stands_before_a_long_one(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry("long", "t", "harbour " + "other things " * 200),
        entry("short", "t", "harbour " + "other things " * 5),
    )
    assert ranked(tmp_path, "harbour") == ["short", "long"]


def test_pages_are_disjoint_complete_and_in_order(tmp_path: Path) -> None:
    build(tmp_path, *(entry(str(n), "data " * (1 + n % 3)) for n in range(23)))
    whole = ranked(tmp_path, "data")
    pages = [ask(tmp_path, "data", page=page, size=10) for page in (1, 2, 3, 4)]
    assert [hit.id for page in pages for hit in page.hits] == whole
    assert [len(page.hits) for page in pages] == [10, 10, 3, 0]
    assert {(page.total, page.pages) for page in pages} == {(23, 3)}


@pytest.mark.parametrize(("page", "size", "shown"), [(0, 5, 5), (-3, 5, 5), (1, -1, 0), (1, 0, 0)])
def test_odd_pages_and_sizes_are_taken_as_the_nearest_sensible_ones(
    tmp_path: Path, page: int, size: int, shown: int
) -> None:
    build(tmp_path, *(entry(str(n), "data") for n in range(7)))
    results = ask(tmp_path, "data", page=page, size=size)
    assert (len(results.hits), results.total, results.page) == (shown, 7, 1)


def test_hits_can_be_sorted_by_a_date(tmp_path: Path) -> None:
    build(
        tmp_path,
        entry("late", "data", dates={"closes": NOW + timedelta(days=9)}),
        entry("soon", "data", dates={"closes": NOW + timedelta(days=2)}),
        entry("never", "data"),
        entry("past", "data", dates={"closes": NOW - timedelta(days=2)}),
    )
    assert ranked(tmp_path, "data", sort="closes") == ["past", "soon", "late", "never"]
    assert ranked(tmp_path, "data", sort="-closes") == ["late", "soon", "past", "never"]


def test_a_hit_carries_what_a_page_shows(tmp_path: Path) -> None:
    closes = NOW + timedelta(days=1, microseconds=7)
    build(
        tmp_path,
        entry(
            "1",
            "Usage data",
            "Ships & <b>ports</b>",
            url="/challenges/usage",
            facets={"theme": ("data", "ports")},
            dates={"closes": closes},
        ),
    )
    (hit,) = ask(tmp_path, "ports").hits
    assert (hit.kind, hit.id, hit.lang, hit.title) == ("challenge", "1", "en", "Usage data")
    assert hit.url == "/challenges/usage"
    assert hit.facets == {"theme": ("data", "ports")}
    assert hit.dates == {"closes": closes}
    assert hit.score > 0
    assert plain(hit.snippet) == "Ships & <b>ports</b>"
    assert marked(hit.snippet) == ["ports"]


def test_a_thing_in_three_languages_appears_once_in_the_readers(tmp_path: Path) -> None:
    build(
        tmp_path,
        de("1", "Peppol auf Deutsch", url="/de"),
        da("1", "Peppol på dansk", url="/da"),
        entry("1", "Peppol in English", url="/en"),
        da("2", "Peppol kun på dansk"),
    )
    for lang, url in (("de", "/de"), ("da", "/da"), ("en", "/en")):
        results = ask(tmp_path, "Peppol", lang=lang)
        assert results.total == 2
        assert {hit.id: (hit.lang, hit.url) for hit in results.hits} == {
            "1": (lang, url),
            "2": ("da", "/2"),
        }


def test_a_thing_found_in_another_language_is_shown_in_the_readers_with_the_text_that_was_found(
    tmp_path: Path,
) -> None:
    build(tmp_path, da("1", "Faktura", "Flere e-fakturaer"), de("1", "Rechnung", "Mehr davon"))
    (hit,) = ask(tmp_path, "e-fakturaer", lang="de").hits
    assert (hit.lang, hit.title) == ("de", "Rechnung")
    assert (hit.snippet_lang, marked(hit.snippet)) == ("da", ["e-fakturaer"])


def test_a_thing_without_the_readers_language_is_shown_as_it_is(tmp_path: Path) -> None:
    build(tmp_path, da("1", "Faktura"))
    (hit,) = ask(tmp_path, "faktura", lang="de").hits
    assert (hit.lang, hit.snippet_lang) == ("da", "da")


def test_an_overlong_query_is_refused(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"))
    with pytest.raises(QueryTooLong):
        ask(tmp_path, "x" * 501)


def test_a_time_without_zone_is_refused_rather_than_guessed(tmp_path: Path) -> None:
    build(tmp_path, entry("1", "data"))
    with opened(tmp_path) as index, pytest.raises(ValueError, match="zone"):
        search(index, "data", now=NOW.replace(tzinfo=None))


def test_the_languages_of_a_thing_must_be_handed_in_together(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="do not follow each other"):
        build(tmp_path, de("1", "Lärm"), de("2", "Müll"), da("1", "Støj"))
