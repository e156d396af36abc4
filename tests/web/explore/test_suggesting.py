"""/suggest: what the search box proposes, and to whom."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.site import Browser, Site


def suggested(browser: Browser, typed: str) -> dict[str, list[dict[str, str]]]:
    answer = browser.get(f"/suggest?q={quote(typed)}")
    assert answer.status_code == 200
    body: Any = answer.json()
    number = sum(len(group["items"]) for group in body["groups"])
    assert body["said"].partition(" ")[0] == (str(number) if number else "")
    return {group["name"]: group["items"] for group in body["groups"]}


def texts(items: list[dict[str, str]]) -> list[str]:
    return [item["text"] for item in items]


def test_challenges_themes_authorities_and_firms_are_proposed_in_groups(shown: Site) -> None:
    found = suggested(shown.visit(), "dat")
    assert list(found)[:2] == ["Challenges", "Themes"]
    assert "Data ethics" in texts(found["Themes"])
    found = suggested(shown.visit(), "brem")
    assert list(found) == ["Authorities", "Firms"]


@pytest.mark.parametrize("typed", ["dat", "brem", "the"])
def test_every_proposal_with_an_address_answers(shown: Site, typed: str) -> None:
    browser = shown.visit()
    for items in suggested(browser, typed).values():
        for item in items:
            assert ("url" in item) != ("fill" in item)
            if "url" in item:
                assert browser.get(item["url"]).status_code == 200, item


@pytest.mark.parametrize(
    ("lang", "typed", "name"),
    [
        ("en", "th", "theme:"),
        ("de", "th", "thema:"),
        ("da", "fri", "frist:"),
        ("en", "fri", "frist:"),
    ],
)
def test_names_of_fields_are_completed_in_the_readers_language_first(
    shown: Site, lang: str, typed: str, name: str
) -> None:
    *_, narrowing = suggested(shown.visit(lang=lang), f"data {typed}").values()
    assert narrowing[0] == {"text": name, "fill": f"data {name}"}


def test_values_are_completed_by_their_names_and_can_be_searched(shown: Site) -> None:
    browser = shown.visit(lang="de")
    (items,) = suggested(browser, "daten -thema:dat").values()
    assert {"text": "thema:Datenethik", "fill": "daten -thema:Datenethik"} in items
    page = browser.get(f"/search?q={quote(items[0]['fill'])}").text
    assert "gm-ignored" not in page


def test_only_values_of_what_the_reader_may_find_are_proposed(shown: Site) -> None:
    visible = shown.visit().get("/search?q=").text
    assert "kind:Pilot" not in visible
    (kinds,) = suggested(shown.visit(), "kind:").values()
    assert {"kind:Challenge", "kind:Firm", "kind:Page"} <= set(texts(kinds))
    assert "kind:Pilot" not in texts(kinds)
    assert suggested(shown.visit(), "kind:pil") == {}
    eva = shown.visit()
    assert eva.post("/demo/sign-in", {"persona": "eva"}).status_code == 303
    assert texts(suggested(eva, "kind:pil")["Narrow the search"]) == ["kind:Pilot"]


def test_a_theme_of_nothing_visible_is_not_proposed(shown: Site) -> None:
    browser = shown.visit()
    (offered,) = suggested(browser, "theme:a").values()
    for item in offered:
        page = browser.get(f"/search?q={quote(item['fill'])}").text
        assert "<h2 data-gm-announce>0 " not in page


@pytest.mark.parametrize("typed", ["", "a", " ", "data ", "theme", "x:y", 'theme:"a":'])
def test_what_is_finished_or_too_short_is_not_completed(shown: Site, typed: str) -> None:
    found = suggested(shown.visit(), typed)
    completed = texts(found.get("Narrow the search", []))
    assert completed in ([], ["theme:"])


def test_the_box_says_where_to_ask_and_is_a_plain_form_otherwise(shown: Site) -> None:
    html = shown.visit(lang="de").get("/challenges").text
    assert html.count('data-gm-suggest="/suggest"') == 1
    assert 'role="combobox"' not in html
    assert '<form class="gm-search" role="search" action="/search" method="get">' in html
