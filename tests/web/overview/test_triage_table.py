"""/triage: each reader finds, counts and exports what is theirs, and nothing else."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.organisations.models import Firm
from govmatch.overview.views.triage.asked import USUAL
from govmatch.reviews.models import Review, State
from tests.site import text_of
from tests.web.overview.triage_world import (
    OTHERS,
    READERS,
    Triage,
    fields,
    more,
    more_jury,
    names_in,
)

PAGES = ("/triage", "/triage/board", "/triage.csv")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("name", READERS)
def test_those_who_run_own_or_audit_read_all_of_it(triage: Triage, name: str) -> None:
    browser = triage.as_(name)
    for path in PAGES[:2]:
        page = browser.get(path)
        assert page.status_code == 200
        assert sorted(names_in(page.text)) == ["Baltic", "Nordlys", "Weser"], path
        assert "3 applications" in page.text
    assert len(rows(browser.get("/triage.csv").text)) == 3


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_is_let_in_or_told_anything(triage: Triage, name: str) -> None:
    browser = triage.as_(name)
    is_staff_elsewhere = name == "ida"
    for path in PAGES:
        answer = browser.get(path)
        assert answer.status_code == (200 if is_staff_elsewhere else 403), path
        for firm_name in ("Nordlys", "Weser", "Baltic"):
            own = {"bo": "Nordlys", "carla": "Nordlys", "dieter": "Weser", "per": "Baltic"}
            assert firm_name not in answer.text or own.get(name) == firm_name
    if is_staff_elsewhere:
        assert "No application is opened yet" in browser.get("/triage").text
        assert rows(browser.get("/triage.csv").text) == []


def test_a_visitor_is_led_to_sign_in(triage: Triage) -> None:
    for path in PAGES:
        answer = triage.site.visit().get(path)
        assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login")


def test_a_row_says_what_staff_work_with(triage: Triage) -> None:
    eva = triage.as_("eva")
    page = text_of(eva.get("/triage?q=weser").text)
    for said in ("Weser", "Challenge long", "Submitted", "today", "Germany", "Requirement open"):
        assert said in page
    html = eva.get("/triage").text
    assert re.search(r'type="checkbox"[^>]* aria-label="Weser, A-', html)
    assert html.count('scope="row"') == 3
    assert "<caption" in html


def test_filters_stand_in_the_address_and_narrow(triage: Triage) -> None:
    eva = triage.as_("eva")
    page = eva.get("/triage?country=DE")
    assert sorted(names_in(page.text)) == ["Baltic", "Weser"]
    assert "2 applications" in page.text
    assert "Remove filter: </span>Germany" in page.text
    assert names_in(eva.get("/triage?country=DE&q=wes").text) == ["Weser"]
    assert names_in(eva.get("/triage?handler=me").text) == []
    assert sorted(names_in(eva.get("/triage?handler=none&country=DK").text)) == ["Nordlys"]
    both = eva.get("/triage?country[]=DE&country[]=DK&state=submitted&flag=gate_open&theme=safety")
    assert len(names_in(both.text)) == 3
    empty = eva.get("/triage?state=shortlisted").text
    assert "Nothing fits all of these filters" in empty
    assert sorted(names_in(eva.get("/triage/board?country=DE").text)) == ["Baltic", "Weser"]
    assert len(rows(eva.get("/triage.csv?country=DE").text)) == 2


@pytest.mark.parametrize(
    "query",
    ["state=moon", "flag=moon", "handler=moon", "handler=1", "sort=moon", "page=9999", "page=x"],
)
def test_what_there_is_not_is_read_over(triage: Triage, query: str) -> None:
    assert len(names_in(triage.as_("eva").get(f"/triage?{query}").text)) == 3


def test_columns_sort_both_ways_and_say_so(triage: Triage) -> None:
    eva = triage.as_("eva")
    up, down = eva.get("/triage?sort=firm").text, eva.get("/triage?sort=-firm").text
    assert names_in(up) == ["Baltic", "Nordlys", "Weser"]
    assert names_in(down) == ["Weser", "Nordlys", "Baltic"]
    assert re.search(r'aria-sort="ascending"><a href="/triage\?sort=-firm">Firm', up)
    assert re.search(r'aria-sort="descending"><a href="/triage\?sort=firm">Firm', down)
    exported = [row["Firm"] for row in rows(eva.get("/triage.csv?sort=-firm").text)]
    assert exported == ["Weser", "Nordlys", "Baltic"]


def test_what_comes_next_leads_until_another_order_is_asked_for(triage: Triage) -> None:
    eva = triage.as_("eva")
    move = triage.path("baltic", "/move")
    eva.post(move, {**fields(eva.get("/triage/board").text, move), "state": "ineligible"})
    page = eva.get("/triage").text
    assert names_in(page)[-1] == "Baltic" and "what is over stands last" in page
    sorted_ = eva.get("/triage?sort=firm&country=DE").text
    assert names_in(sorted_) == ["Baltic", "Weser"]
    assert '<a href="/triage?country=DE">Sort by what comes next</a>' in sorted_
    assert re.search(r'type="hidden" name="sort" value="firm"', sorted_), "filters keep the order"
    exported = [row["Firm"] for row in rows(eva.get("/triage.csv").text)]
    assert exported[-1] == "Baltic"


def test_a_reader_chooses_more_columns_and_only_then_may_the_table_scroll(triage: Triage) -> None:
    eva = triage.as_("eva")
    page = eva.get("/triage").text
    assert columns(page) == [
        "Choose", "Firm", "Challenge", "State", "In this state", "Looked after by", "Reviews",
    ]  # fmt: skip
    assert "gm-scroll" not in page
    few = eva.get("/triage?column=submitted&column=country&column=moon").text
    assert columns(few)[1:] == ["Firm", "Country", "Submitted"] and "gm-scroll" not in few
    assert 'data-label="Country">Germany' in few
    assert "sort=firm&amp;column=country&amp;column=submitted" in few, "the other orders keep them"
    assert re.search(r'name="column\[\]" value="country" checked', few)
    every = [*USUAL, "reference", "country", "submitted"]
    wide = eva.get("/triage?" + "&".join(f"column={one}" for one in every)).text
    assert len(columns(wide)) == 2 + len(every)
    assert re.search(r'<section class="gm-scroll" tabindex="0" aria-label="Applic', wide)
    one_case = columns(eva.get("/triage?challenge=long").text)
    assert "Challenge" not in one_case, "all rows are of the same"


def columns(html: str) -> list[str]:
    head = html.split("<thead")[1].split("</thead>", maxsplit=1)[0]
    return [text_of(one) for one in re.findall(r"<th\b.*?</th>", head, re.DOTALL)]


def test_the_fragment_is_part_of_the_page(triage: Triage) -> None:
    eva = triage.as_("eva")
    for path in PAGES[:2]:
        part = eva.get(f"{path}?country=DE", **{"hx-request": "true"}).text
        assert "<html" not in part and "2 applications" in part
        assert text_of(part) in text_of(eva.get(f"{path}?country=DE").text)


def test_a_conflict_hides_it_from_rows_counts_facets_board_and_export(triage: Triage) -> None:
    triage.close_to("nordlys", "eva")
    eva, ole = triage.as_("eva"), triage.as_("ole")
    for path in PAGES:
        for query in ("", "?country=DK", "?q=nordlys", "?more=yes"):
            page = eva.get(path + query)
            assert page.status_code == 200
            text = page.text.replace("?q=nordlys", "").replace('value="nordlys"', "")
            text = text.replace("q=nordlys", "").replace("“nordlys”", "")
            assert "nordlys" not in text.lower(), path + query
        assert "Denmark" not in eva.get(path).text
    assert "2 applications" in eva.get("/triage").text
    assert "2 applications" in eva.get("/triage/board").text
    assert "3 applications" in ole.get("/triage").text
    for part in ("", "?show=answers", "?show=notes", "?show=history"):
        assert eva.get(triage.path("nordlys", part)).status_code == 404


def test_before_the_opening_it_says_what_is_next_and_of_no_application(sealed: Triage) -> None:
    eva = sealed.as_("eva").get("/triage").text
    assert "1 challenge waits to be opened" in eva
    assert 'href="/desk/challenges/long/opening"' in eva
    assert "0 applications" in eva
    for name in ("Nordlys", "Weser", "Baltic"):
        assert name not in eva
    auditor = sealed.as_("jens").get("/triage").text
    assert "waits to be opened" in auditor and "/opening" not in auditor
    assert rows(sealed.as_("eva").get("/triage.csv").text) == []


def test_an_auditor_finds_nothing_to_press(triage: Triage) -> None:
    jens = triage.as_("jens")
    for path in PAGES[:2]:
        html = jens.get(path).text
        assert 'name="ids[]"' not in html and "/move" not in html and "/triage/bulk" not in html
    staff = triage.as_("astrid").get("/triage").text
    assert '<option value="tag"' in staff
    assert "state:in_review" not in staff and '<option value="handler"' not in staff


def test_who_scores_a_challenge_reads_no_means_of_others(triage: Triage) -> None:
    with triage.site.database.writing() as session:
        session.add(
            Review(
                public_id="r1",
                application_id=triage.application("weser").id,
                person_id=triage.world.finn.id,
                state=State.SUBMITTED.value,
                is_blind=False,
                assigned_by=triage.world.eva.id,
                assigned_at=real_now(),
                due_at=real_now() + timedelta(days=3),
                submitted_at=real_now(),
                salt="x",
                mean=4.25,
            )
        )
        commit(session)
    for path in (*PAGES, triage.path("weser")):
        assert "4.25" in triage.as_("eva").get(path).text, path
    assert "1 of 1" in triage.as_("eva").get("/triage").text
    more_jury(triage, "eva")
    for path in (*PAGES, triage.path("weser")):
        page = triage.as_("eva").get(path)
        assert page.status_code == 200 and "4.25" not in page.text, path


def test_cells_that_a_spreadsheet_would_calculate_are_guarded(triage: Triage) -> None:
    with triage.site.database.writing() as session:
        found = session.query(Firm).filter_by(slug="weser").one()
        found.name = '=HYPERLINK("http://x")'
        commit(session)
    firms = {row["Firm"] for row in rows(triage.as_("eva").get("/triage.csv").text)}
    assert firms == {"Nordlys", "Baltic", '\'=HYPERLINK("http://x")'}


def test_one_and_fifty_rows_take_the_same_number_of_statements(triage: Triage) -> None:
    eva = triage.as_("eva")
    paths = [f"{path}?sort=firm&country=DE&state=submitted" for path in PAGES]
    for path in paths:
        eva.get(path)
    few = [triage.statements(eva, path) for path in paths]
    more(triage, 50)
    for path in paths:
        eva.get(path)
    assert [triage.statements(eva, path) for path in paths] == few
    assert max(few) <= 22
    page = eva.get("/triage?sort=firm").text
    assert page.count('name="ids[]"') == 50
    assert 'rel="next"' in page
    assert len(rows(eva.get("/triage.csv").text)) == 53
    assert len(eva.get("/triage/board").text) < 120_000
