"""Lists of triage under a name, columns and keys: kept for who chose them, shared on purpose."""

import re
from typing import Any

from sqlalchemy import select

from govmatch.kit.journal import JournalRow
from govmatch.triage.models import View
from tests.site import Browser, text_of
from tests.web.overview.triage_world import Triage, fields, names_in

VIEWS = "/triage/views"


def keep(browser: Browser, name: str, page: str = "/triage?q=country:DE", **more: str) -> Any:
    sent = fields(browser.get(page).text, VIEWS)
    return browser.post(VIEWS, {**sent, "name": name, **more})


def views(triage: Triage) -> dict[str, View]:
    with triage.site.database.reading() as session:
        found = {one.name: one for one in session.scalars(select(View))}
        session.expunge_all()
        return found


def shared(triage: Triage) -> str:
    """Return the short name of the programme that Eva runs."""
    page = triage.as_("eva").get("/triage?q=country:DE").text
    found = re.search(r'<select[^>]*name="programme".*?</select>', page, re.DOTALL)
    assert found is not None
    return str(re.findall(r'<option value="([\w-]+)"', found[0])[0])


def test_a_view_is_kept_and_leads_back_to_its_list(triage: Triage) -> None:
    eva = triage.as_("eva")
    answer = keep(eva, "German ones", "/triage?q=country:DE+sort:-firm&state=submitted")
    assert answer.headers["location"] == "/triage?state=submitted&q=country%3ADE+sort%3A-firm"
    page = eva.get(answer.headers["location"]).text
    assert "The view “German ones” is kept." in page
    assert re.search(r'aria-current="true">German ones</a>', page)
    key = views(triage)["German ones"].public_id
    led = eva.get(f"{VIEWS}/{key}")
    assert (led.status_code, led.headers["location"]) == (303, answer.headers["location"])
    assert names_in(eva.get(led.headers["location"]).text) == ["Weser", "Baltic"]
    board = keep(eva, "As a board", "/triage/board?q=country:DE")
    assert board.headers["location"] == "/triage/board?q=country%3ADE"


def test_an_own_view_is_for_nobody_else(triage: Triage) -> None:
    keep(triage.as_("eva"), "Mine alone")
    key = views(triage)["Mine alone"].public_id
    for name in ("ole", "astrid", "jens", "ida"):
        other = triage.as_(name)
        assert "Mine alone" not in other.get(VIEWS).text + other.get("/triage").text
        assert other.get(f"{VIEWS}/{key}").status_code == 404
        assert other.post(f"{VIEWS}/{key}/delete").status_code == 404
    for name in ("bo", "finn", "kim"):
        assert triage.as_(name).get(f"{VIEWS}/{key}").status_code == 403
    eva = triage.as_("eva")
    assert eva.post(f"{VIEWS}/{key}/delete").status_code == 303
    assert views(triage) == {} and "No view is kept yet" in eva.get(VIEWS).text


def test_a_shared_view_is_found_by_those_of_the_programme_and_shows_each_their_own(
    triage: Triage,
) -> None:
    programme = shared(triage)
    triage.close_to("weser", "ole")
    assert keep(triage.as_("eva"), "For all of us", programme=programme).status_code == 303
    key = views(triage)["For all of us"].public_id
    for name in ("eva", "ole", "astrid", "hanne", "jens"):
        browser = triage.as_(name)
        assert "For all of us" in browser.get("/triage").text, name
        target = browser.get(f"{VIEWS}/{key}").headers["location"]
        expected = ["Baltic"] if name == "ole" else ["Baltic", "Weser"]
        assert sorted(names_in(browser.get(target).text)) == expected, name
    assert triage.as_("ida").get(f"{VIEWS}/{key}").status_code == 404
    assert triage.as_("astrid").post(f"{VIEWS}/{key}/delete").status_code == 403
    assert triage.as_("ole").post(f"{VIEWS}/{key}/delete").status_code == 303
    with triage.site.database.reading() as session:
        found = select(JournalRow.event).where(JournalRow.subject_kind == "programme")
        events = [one for one in session.scalars(found) if one.startswith("TriageView")]
    assert events == ["TriageViewShared", "TriageViewDeleted"]


def test_words_are_not_shared_since_they_may_name_a_firm(triage: Triage) -> None:
    eva = triage.as_("eva")
    programme = shared(triage)
    page = eva.get("/triage?q=firm:weser").text
    assert 'name="programme"' not in page
    answer = keep(eva, "Weser again", "/triage?q=firm:weser", programme=programme)
    assert answer.status_code == 422 and "A shared view looks for no words" in answer.text
    assert fields(answer.text, VIEWS)["from"] == "q=firm%3Aweser", "it can be kept all the same"
    assert views(triage) == {}
    astrid = triage.as_("astrid")
    assert keep(astrid, "Ours", programme=programme).status_code == 422
    assert views(triage) == {}


def test_a_view_has_a_name_that_is_not_too_long(triage: Triage) -> None:
    eva = triage.as_("eva")
    for name, says in (("", "Please fill in this field."), ("x" * 61, "at most 60 characters")):
        answer = keep(eva, name)
        assert answer.status_code == 422 and says in answer.text
    assert views(triage) == {}


def test_columns_are_kept_for_who_chose_them(triage: Triage) -> None:
    eva = triage.as_("eva")
    page = eva.get("/triage?q=country:DE").text
    sent = {**fields(page, "/triage/columns"), "column[]": ["reference", "state"]}
    answer = eva.post("/triage/columns", sent)
    assert answer.headers["location"] == "/triage?q=country%3ADE"
    assert heads(eva.get("/triage").text) == ["Firm", "State", "Reference"]
    assert "column=state&amp;column=reference" in eva.get("/triage").text, "the export too"
    assert len(heads(triage.as_("ole").get("/triage").text)) == 6
    assert heads(eva.get("/triage?column=country").text) == ["Firm", "Country"]
    eva.post("/triage/columns", fields(page, "/triage/columns"))
    assert len(heads(eva.get("/triage").text)) == 6


def heads(html: str) -> list[str]:
    head = html.split("<thead")[1].split("</thead>", maxsplit=1)[0]
    found = [text_of(one) for one in re.findall(r"<th\b.*?</th>", head, re.DOTALL)]
    return [one for one in found if one != "Choose"]


def test_keys_are_listed_and_switched_off_for_who_wants_so(triage: Triage) -> None:
    eva = triage.as_("eva")
    for path in ("/triage", "/triage/board"):
        page = eva.get(path).text
        assert 'data-gm-keys="on"' in page
        assert re.findall(r"<kbd>([^<]+)</kbd>", page) == ["j", "k", "x", "e", "Enter", "/", "?"]
    sent = fields(eva.get("/triage/board?q=country:DE").text, "/triage/keys")
    off = eva.post("/triage/keys", sent)
    assert off.headers["location"] == "/triage/board?q=country%3ADE"
    assert 'data-gm-keys="off"' in eva.get("/triage").text
    assert 'data-gm-keys="on"' in triage.as_("ole").get("/triage").text
    eva.post("/triage/keys", fields(eva.get("/triage").text, "/triage/keys"))
    assert 'data-gm-keys="on"' in eva.get("/triage").text
