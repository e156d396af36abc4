"""/search: what was found, how it is narrowed and ordered, and what is said about the rest."""

import re
from html import unescape
from itertools import pairwise
from urllib.parse import quote

import pytest

from tests.site import Site, text_of


def page(site: Site, query: str, *, lang: str = "en", **more: str) -> str:
    rest = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    answer = site.visit(lang=lang).get(f"/search?q={quote(query)}{rest}")
    assert answer.status_code == 200
    return str(answer.text)


def total(html: str) -> int:
    """Return the number in the heading of the results."""
    found = re.search(r"<h2 data-gm-announce>(\d+) ", html)
    assert found
    return int(found[1])


def titles(html: str) -> list[str]:
    found = re.findall(r'<h3 class="gm-card__title">(.*?)</h3>', html, re.DOTALL)
    return [text_of(one) for one in found]


def options(html: str) -> list[tuple[str, str, int]]:
    """Return name, value and count of everything that the list can be narrowed to."""
    found = re.findall(r'name="(\w+)\[\]" value="([^"]+)".*?(\d+)</small>', html)
    return [(name, unescape(value), int(count)) for name, value, count in found]


def test_each_facet_says_how_many_results_it_leads_to(shown: Site) -> None:
    offered = options(page(shown, "data"))
    assert {name for name, _, _ in offered} == {"state", "theme", "authority", "country"}
    for name, value, count in offered:
        assert total(page(shown, "data", **{name: value})) == count, (name, value)


@pytest.mark.parametrize("state", ["open", "coming", "closed"])
def test_a_state_is_the_same_as_filter_and_in_the_query(shown: Site, state: str) -> None:
    by_filter = page(shown, "kind:challenge", state=state, sort="newest")
    by_query = page(shown, f"kind:challenge state:{state}", sort="newest")
    assert titles(by_filter) == titles(by_query)
    assert 0 < total(by_filter) < total(page(shown, "kind:challenge"))


def test_of_two_ways_the_one_to_more_comes_first(shown: Site) -> None:
    html = page(shown, "kind:page kind:firm")
    ways = re.findall(r">Without ([^<]+)</a>.*?\((\d+) result", html)
    counts = [int(count) for _, count in ways]
    assert len(counts) == 2
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) == 2


def test_chosen_filters_stand_as_chips_that_take_them_away(shown: Site) -> None:
    html = page(shown, "data", country="DK", theme="data-ethics")
    remove = re.findall(r'class="gm-chip" href="([^"]+)"', html)
    kept = ["/search?q=data&country=DK", "/search?q=data&theme=data-ethics"]
    assert [unescape(one) for one in remove] == kept


def test_pages_of_results_share_nothing_and_leave_nothing_out(shown: Site) -> None:
    first = page(shown, "kind:firm", sort="newest")
    number = total(first)
    assert number > 20
    pages = -(-number // 20)
    found = [
        address
        for n in range(1, pages + 1)
        for address in re.findall(
            r'<h3 class="gm-card__title"><a href="([^"]+)"',
            page(shown, "kind:firm", sort="newest", page=str(n)),
        )
    ]
    assert len(found) == len(set(found)) == number


def test_what_closes_next_comes_first(shown: Site) -> None:
    html = page(shown, "kind:challenge", sort="closing")
    count = total(page(shown, "kind:challenge state:open"))
    assert count > 1
    open_ones = titles(page(shown, "kind:challenge state:open", sort="closing"))
    assert titles(html)[:count] == open_ones
    listed = shown.visit().get("/challenges?phase=open").text
    assert titles(listed)[: len(open_ones)] == open_ones[:12]


def test_what_was_not_looked_for_is_marked_where_it_was_typed(shown: Site) -> None:
    html = page(shown, "data closes:soon (ethics")
    typed = re.search(r'<q class="gm-typed">(.*?)</q>', html)
    assert typed
    assert typed[1] == "data <mark>closes:soon</mark> <mark>(</mark>ethics"
    said = text_of(html)
    assert "closes:soon – this is no date, such as 2027-01-31, 2027-01 or <30d" in said
    assert "( – brackets mean nothing here" in said


@pytest.mark.parametrize(
    "query",
    ["***", '"""', "OR OR", "-", "theme:", "closes:..", "budget:<<<", "age:>", "\0", "a" * 500,
     "state:nothing", "theme:<1", "🏳️‍🌈:x", "frist:9999999999d", "budget:999999999999999k"],
)  # fmt: skip
def test_no_query_is_an_error(shown: Site, query: str) -> None:
    assert shown.visit().get(f"/search?q={quote(query)}").status_code == 200
    assert shown.visit().get(f"/suggest?q={quote(query)}").status_code == 200


def test_a_query_over_the_size_cap_is_refused(shown: Site) -> None:
    for path in ("/search", "/search.atom"):
        assert shown.visit().get(f"{path}?q={'a' * 501}").status_code == 400


def test_where_nothing_is_found_each_way_to_more_leads_to_as_many_as_it_says(shown: Site) -> None:
    html = page(shown, "data budget:1..9", country="DK")
    assert total(html) == 0
    ways = re.findall(r'<li><a href="([^"]+)">Without ([^<]+)</a>.*?\((\d+) result', html)
    assert [label for _, label, _ in ways] == ["budget:1..9"]
    for address, _, count in ways:
        found = shown.visit().get(unescape(address)).text
        assert total(found) == int(count) > 0


def test_where_only_some_words_are_found_it_says_which_one_is_in_the_way(shown: Site) -> None:
    html = page(shown, "data zzqqx")
    assert "Nothing has all of these words" in html
    way = re.search(r'All the rest without <a href="([^"]+)">zzqqx</a>.*?\((\d+)\)', html)
    assert way
    assert total(shown.visit().get(unescape(way[1])).text) == int(way[2]) > 0
    assert "All the rest without" not in page(shown, "data zzqqx qqzzx")


def test_where_no_one_piece_can_help_each_is_offered_alone(shown: Site) -> None:
    html = page(shown, "data budget:1..9 closes:1999", country="DK")
    assert re.findall(r">Only ([^<]+)</a>", html) == ["data"]


def test_a_value_with_a_slip_is_asked_about(shown: Site) -> None:
    html = page(shown, "theme:dataethiks")
    assert total(html) == 0
    asked = re.search(r'Did you mean <a href="([^"]+)">([^<]+)</a>', html)
    assert asked
    assert unescape(asked[2]) == 'theme:"Data ethics"'
    assert total(shown.visit().get(unescape(asked[1])).text) > 0


@pytest.mark.parametrize(
    ("lang", "typed", "asks", "meant"),
    [
        ("en", "invioces theme:invoicing", "Did you mean", "invoices theme:invoicing"),
        ("de", "Rechnugn", "Meinten Sie", "Rechnung"),
        ("da", "-xyzzy fakutra", "Mente du", "-xyzzy faktura"),
    ],
)
def test_a_word_with_a_slip_is_asked_about(
    shown: Site, lang: str, typed: str, asks: str, meant: str
) -> None:
    html = page(shown, typed, lang=lang)
    asked = re.search(rf'{asks} <a href="([^"]+)">([^<]+)</a>', html)
    assert asked
    assert unescape(asked[2]).casefold() == meant.casefold()
    assert total(shown.visit(lang=lang).get(unescape(asked[1])).text) > total(html)


def test_a_value_is_found_by_its_name_in_any_language(shown: Site) -> None:
    numbers = {
        total(page(shown, query, lang="en"))
        for query in ("theme:data-ethics", "thema:Datenethik", "tema:dataetik")
    }
    assert len(numbers) == 1
    assert numbers.pop() > 0


@pytest.mark.parametrize("lang", ["en", "de", "da"])
def test_every_example_of_the_help_is_understood(shown: Site, lang: str) -> None:
    start = shown.visit(lang=lang).get("/search").text
    syntax = start[start.index('class="gm-syntax"') :]
    examples = [unescape(one) for one in re.findall(r'<a href="(/search\?q=[^"]+)"', syntax)]
    assert len(examples) > 20
    found = {}
    for address in examples:
        html = shown.visit(lang=lang).get(address).text
        assert "gm-ignored" not in html, address
        found[address] = total(html)
    assert sum(count > 0 for count in found.values()) > len(found) * 2 // 3, found


def test_help_stands_below_the_box_of_results_too(shown: Site) -> None:
    assert '<details class="gm-help" id="search-help">' in page(shown, "data")


def test_an_address_keeps_the_whole_search(shown: Site) -> None:
    html = page(shown, "data", sort="closing", country="DK")
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', html)
    assert canonical
    assert unescape(canonical[1]).endswith("/search?q=data&sort=closing&country=DK")
    again = shown.visit().get(unescape(canonical[1])).text
    assert titles(again) == titles(html)


def test_the_newest_come_first(shown: Site) -> None:
    feed = shown.visit().get("/search.atom?q=kind:challenge").text
    days = re.findall(r"<entry.*?<updated>([^<]+)</updated>", feed, re.DOTALL)
    assert len(days) > 3
    assert all(one >= after for one, after in pairwise(days))
    in_feed = re.findall(r"<entry[^>]*><title>([^<]*)</title>", feed)
    assert [unescape(one) for one in in_feed][:5] == [
        unescape(one) for one in titles(page(shown, "kind:challenge", sort="newest"))
    ][:5]
