"""/triage asked by words and fields: what it finds, what it says it did not use, what it offers."""

import json
import re
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest

from tests.site import Browser, text_of
from tests.web.overview.triage_world import OTHERS, READERS, Triage, fields, names_in

EVERY = ["Baltic", "Nordlys", "Weser"]


def found(browser: Browser, query: str, path: str = "/triage") -> list[str]:
    page = browser.get(f"{path}?{urlencode({'q': query})}")
    assert page.status_code == 200
    return sorted(names_in(page.text))


def offered(browser: Browser, typed: str) -> list[str]:
    answer = browser.get(f"/triage/suggest?{urlencode({'q': typed})}")
    assert answer.status_code == 200
    groups = json.loads(answer.text)["groups"]
    return [item["fill"] for group in groups for item in group["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state:submitted", EVERY),
        ("stand:eingereicht", EVERY),
        ("-state:submitted", []),
        ("country:DK", ["Nordlys"]),
        ("land:Tyskland", ["Baltic", "Weser"]),
        ("-country:DK", ["Baltic", "Weser"]),
        ("country:DE wes", ["Weser"]),
        ("weser OR nordlys", ["Nordlys", "Weser"]),
        ("-firm:weser", ["Baltic", "Nordlys"]),
        ("assigned:me", []),
        ("assigned:nobody", EVERY),
        ("-assigned:me", EVERY),
        ("theme:safety age:<7d", EVERY),
        ("age:>7d", []),
        ("waiting:<2w has:gate_open", EVERY),
        ("submitted:..2020", []),
        ("challenge:long", EVERY),
        ("challenge:moon", []),
        ("tag:moon", []),
    ],
)  # fmt: skip
def test_a_query_narrows_table_and_board(triage: Triage, query: str, expected: list[str]) -> None:
    eva = triage.as_("eva")
    assert found(eva, query) == expected
    assert found(eva, query, "/triage/board") == expected


def test_conflicts_notes_and_tags_are_found_by_those_who_may_see_them(triage: Triage) -> None:
    triage.close_to("weser", "finn")
    eva = triage.as_("eva")
    tag = triage.path("baltic", "/tag")
    eva.post(tag, {**fields(eva.get(triage.path("baltic")).text, tag), "tag": "ask again"})
    notes = triage.path("nordlys", "/notes")
    page = eva.get(triage.path("nordlys", "?show=notes")).text
    eva.post(notes, {**fields(page, notes), "note": "A thought."})
    assert found(eva, "has:conflict") == ["Weser"]
    assert found(eva, "has:note") == ["Nordlys"]
    assert found(eva, 'tag:"ask again"') == ["Baltic"]
    triage.close_to("weser", "eva")
    assert found(eva, "has:conflict") == []


def test_who_looks_after_it_is_found_by_name(triage: Triage) -> None:
    eva = triage.as_("eva")
    assign = triage.path("weser", "/assign")
    page = eva.get(triage.path("weser")).text
    eva.post(assign, {**fields(page, assign), "person": triage.world.ole.public_id})
    assert found(eva, "assigned:ole") == ["Weser"]
    assert found(triage.as_("ole"), "assigned:me") == ["Weser"]
    assert found(eva, "-assigned:Ole") == ["Baltic", "Nordlys"]


def test_an_order_is_typed_and_a_heading_takes_its_place(triage: Triage) -> None:
    eva = triage.as_("eva")
    assert names_in(eva.get("/triage?q=sort:-firm").text) == ["Weser", "Nordlys", "Baltic"]
    german = eva.get("/triage?q=sortierung:unternehmen&lang=de")
    assert names_in(german.text) == EVERY
    page = eva.get("/triage?q=country:DE+sort:-firm").text
    assert names_in(page) == ["Weser", "Baltic"]
    assert '<a href="/triage?q=country%3ADE&amp;sort=firm">Firm' in page
    old, young = (names_in(eva.get(f"/triage?q=sort:{one}").text) for one in ("-age", "age"))
    assert old == young[::-1]


def test_what_was_not_used_is_said_with_its_place(triage: Triage) -> None:
    page = triage.as_("eva").get("/triage?q=state:moon+foo:wes+age:old+sort:moon").text
    said = text_of(page)
    for part in ("state:moon – this field has no such value", "foo: – there is no such field"):
        assert part in said
    assert "age:old – this is no length of time" in said and "sort:moon – this field has" in said
    marked = re.findall(r"<mark>([^<]+)</mark>", page)
    assert marked == ["state:moon", "foo:", "age:old", "sort:moon"]
    assert names_in(page) == ["Weser"], "what was understood holds"


def test_each_piece_of_a_query_is_taken_away_by_itself(triage: Triage) -> None:
    page = triage.as_("eva").get("/triage?q=country:DE+-state:withdrawn&state=submitted").text
    chips = dict(re.findall(r'class="gm-chip" href="([^"]+)">.*?</span>([^<]+)<', page))
    assert {address: said.strip() for address, said in chips.items()} == {
        "/triage?q=country%3ADE+-state%3Awithdrawn": "Submitted",
        "/triage?state=submitted&amp;q=-state%3Awithdrawn": "country:DE",
        "/triage?state=submitted&amp;q=country%3ADE": "-state:withdrawn",
    }
    sent = fields(page, "/triage")
    assert sent["state"] == "submitted", "the search keeps the filters"
    assert '<input type="hidden" name="q" value="country:DE -state:withdrawn">' in page


def test_fields_and_values_are_completed_in_the_readers_language(triage: Triage) -> None:
    eva = triage.as_("eva")
    assert offered(eva, "weser sta") == ["weser state:"]
    assert offered(eva, "-cou") == ["-country:"]
    assert offered(eva, "country:") == ["country:Germany", "country:Denmark"]
    assert offered(eva, "state:") == ["state:Submitted"]
    assert offered(eva, "sort:-a") == ["sort:-age", "sort:age"]
    assert offered(eva, "has:moon") == []
    german = eva.get("/triage/suggest?q=land:&lang=de").text
    assert "land:Deutschland" in german


def test_nothing_is_offered_that_only_others_may_see(triage: Triage) -> None:
    eva, ole = triage.as_("eva"), triage.as_("ole")
    assign = triage.path("nordlys", "/assign")
    page = eva.get(triage.path("nordlys")).text
    eva.post(assign, {**fields(page, assign), "person": triage.world.astrid.public_id})
    tag = triage.path("nordlys", "/tag")
    eva.post(tag, {**fields(eva.get(triage.path("nordlys")).text, tag), "tag": "drone"})
    typed = ("country:", "tag:", "assigned:", "has:", "state:", "challenge:")
    assert {"country:Denmark", "tag:drone", "assigned:Astrid"} <= {
        one for text in typed for one in offered(ole, text)
    }
    triage.close_to("nordlys", "ole")
    left = {one for text in typed for one in offered(ole, text)}
    assert left & {"country:Denmark", "tag:drone", "assigned:Astrid"} == set()
    assert found(ole, "assigned:Astrid") == [] and found(ole, "tag:drone") == []
    assert offered(triage.as_("ida"), "country:") == []


@pytest.mark.parametrize("name", [one for one in OTHERS if one != "ida"])
def test_nobody_else_is_offered_or_told_anything(triage: Triage, name: str) -> None:
    for path in ("/triage/suggest?q=country:", "/triage/news?since=0", "/triage/views"):
        assert triage.as_(name).get(path).status_code == 403, path


def test_the_help_shows_examples_that_work(triage: Triage) -> None:
    eva = triage.as_("eva")
    page = eva.get("/triage").text
    fold = page.split('id="triage-help"')[1].split("</details>", maxsplit=1)[0]
    links = re.findall(r'<a href="([^"]+)"><code>', fold)
    assert len(links) >= 14
    for link in links:
        answer = eva.get(link.replace("&amp;", "&"))
        assert "Not everything was looked for" not in answer.text, link
    german = eva.get("/triage?lang=de").text
    assert "sortierung:-alter" in german or "sortierung:-age" in german


def test_a_page_is_told_what_changed_and_nothing_else(triage: Triage) -> None:
    eva, ole = triage.as_("eva"), triage.as_("ole")
    page = eva.get("/triage?q=state:submitted").text
    address = re.search(r'data-gm-news="([^"]+)"', page)
    assert address is not None
    path = address[1].replace("&amp;", "&") + "&shown=" + "+".join(triage.ids.values())
    first = eva.get(path)
    assert json.loads(first.text) == {"n": 0, "said": ""}
    tag = {"if-none-match": first.headers["etag"]}
    assert eva.get(path, **tag).status_code == 304
    eva.get(triage.path("weser", "?show=answers"))
    assert eva.get(path, **tag).status_code == 304, "reading changes nothing"
    move = triage.path("weser", "/move")
    sent = {**fields(ole.get("/triage/board").text, move), "state": "in_review"}
    ole.post(move, sent)
    told = eva.get(path, **tag)
    assert json.loads(told.text) == {"n": 1, "said": "1 application has changed."}
    assert eva.get(path, **{"if-none-match": told.headers["etag"]}).status_code == 304
    triage.close_to("weser", "eva")
    assert json.loads(eva.get(path).text)["n"] == 0, "a conflict closes what it tells too"


def test_the_workbook_holds_what_is_on_the_screen_and_calculates_nothing(triage: Triage) -> None:
    eva = triage.as_("eva")
    path = "/triage.xlsx?q=country:DE&sort=firm&column=country&column=state"
    answer = eva.get(path)
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    with ZipFile(BytesIO(answer.content)) as folder:
        sheet = folder.read("xl/worksheets/sheet1.xml").decode()
    cells = re.findall(r"<t xml:space=\"preserve\">([^<]*)</t>", sheet)
    assert cells[:7] == ["Reference", "Firm", "Title", "Marks", "Tags", "State", "Country"]
    assert cells.count("Germany") == 2 and "Denmark" not in cells and "<f>" not in sheet
    csv = eva.get(path.replace(".xlsx", ".csv")).text
    assert (
        csv.splitlines()[0].removeprefix("\ufeff")
        == "Reference,Firm,Title,Marks,Tags,State,Country"
    )
    for name in READERS:
        assert triage.as_(name).get(path).status_code == 200
    for name in OTHERS:
        other = triage.as_(name).get(path)
        assert other.status_code == 403 or b"Weser" not in other.content
