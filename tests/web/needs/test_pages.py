"""The pages about needs: proposed in two steps, supported, ordered, decided on, reported."""

import re
from typing import Any

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.needs import actions, queries
from govmatch.programmes import queries as programmes
from tests.site import Browser, text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of as fields_of_path
from tests.web.challenges.sending import typed

GOVTECH = "?programme=govtech"
NEW = f"/needs/new{GOVTECH}"
WORDS = {
    "title-en": "Registering a trade asks the same data three times",
    "suffering-en": "Founders type name, address and business into three forms of three offices.",
    "theme": "registers",
    "country": "DK",
}


def fields_of(html: str, page: str) -> dict[str, list[str]]:
    return fields_of_path(html, page.partition("?")[0])


def send(browser: Browser, page: str, action: str = "", **words: str) -> Any:
    fields = fields_of(browser.get(page).text, action or page)
    return browser.post(action or page, typed(fields, **words))


def propose(desk: Desk, who: str = "gro", **words: str) -> str:
    """Propose a need and return its address."""
    answer = send(desk.as_(who), NEW, **{**WORDS, **words})
    assert answer.status_code == 303, text_of(answer.text)
    return str(answer.headers["location"])


def support(
    desk: Desk, who: str, need: str, *, speaks: str = "person", step: str = "support"
) -> Any:
    return desk.as_(who).post(f"{need}/support", {"speaks": speaks, "step": step})


def rank(desk: Desk) -> None:
    def act(session: Session) -> None:
        programme = programmes.by_slug(session, "govtech")
        actions.rank(session, programme.id, now=real_now())

    desk.change(act)


def shows(desk: Desk, path: str, who: str = "") -> str:
    browser = desk.as_(who) if who else desk.site.visit()
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return text_of(answer.text)


def test_anyone_registered_proposes_a_need_that_everybody_reads_at_once(desk: Desk) -> None:
    need = propose(desk)
    html = shows(desk, need)
    assert WORDS["title-en"] in html
    assert "A citizen" in html
    assert "Gro" not in html.partition("At a glance")[2]
    assert WORDS["title-en"] in shows(desk, f"/needs{GOVTECH}")
    assert desk.site.visit().get("/needs/new").headers["location"].startswith("/login?next=")


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"title-en": ""}, "title-en", "Please fill in this field."),
        ({"suffering-en": ""}, "suffering-en", "Please fill in this field."),
        ({"title-en": "x" * 121}, "title-en", "at most 120 characters"),
        ({"theme": "nothing"}, "theme", "choose one of the options"),
        ({"title-de": "", "suffering-de": "Nur das"}, "title-de", "Please fill in this field."),
        ({"authority": "nobody"}, "authority", "choose one of the options"),
        ({"speaks": "somebody-elses"}, "speaks", "choose one of the options"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    desk: Desk, wrong: dict[str, str], field: str, says: str
) -> None:
    answer = send(desk.as_("gro"), NEW, **{**WORDS, **wrong})
    assert answer.status_code == 422
    html = answer.text
    assert f'href="#f-{field}"' in html
    assert says in text_of(html)
    assert WORDS["suffering-en"] in html or "suffering-en" in wrong


def test_near_duplicates_are_shown_before_posting_also_across_languages(desk: Desk) -> None:
    first = propose(desk)
    german = {
        "title-en": "", "suffering-en": "",
        "title-de": "Die Gewerbeanmeldung fragt dieselben Angaben dreimal ab",
        "suffering-de": "Wer gründet, tippt Name, Anschrift und Gewerbe in drei Formulare.",
    }  # fmt: skip
    browser = desk.as_("bo")
    shown = send(browser, NEW, **{**WORDS, **german})
    assert shown.status_code == 200
    html = shown.text
    assert "1 need says nearly the same" in text_of(html)
    assert first in html
    again = browser.post(NEW, typed(fields_of(html, NEW)))
    assert again.status_code == 303
    assert again.headers["location"] != first
    other = {"title-en": "There is nowhere to charge a bus",
             "suffering-en": "Drivers of buses queue at night."}  # fmt: skip
    assert send(browser, NEW, **{**WORDS, **other}).status_code == 303


def test_the_language_switch_keeps_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    browser = desk.as_("gro")
    fields = fields_of(browser.get(NEW).text, NEW)
    answer = browser.post(NEW, typed(fields, **WORDS) | {"switch_lang": "da"})
    assert answer.status_code == 200
    assert WORDS["suffering-en"] in answer.text
    assert WORDS["title-en"] not in shows(desk, f"/needs{GOVTECH}")


def test_a_firm_and_a_citizen_support_it_and_withdraw(desk: Desk) -> None:
    need = propose(desk)
    firm = re.search(r'name="speaks" value="([^"]+)"', desk.as_("bo").get(need).text)
    assert firm is not None
    assert support(desk, "bo", need, speaks=firm[1]).status_code == 303
    assert support(desk, "bo", need).status_code == 303
    assert support(desk, "kim", need).status_code == 303
    assert "1 firm, 2 citizens" in shows(desk, need)
    assert support(desk, "kim", need, step="withdraw").status_code == 303
    assert "1 firm, 1 citizen" in shows(desk, need)
    assert support(desk, "gro", need, speaks=firm[1]).status_code == 403


def test_staff_of_the_owning_authority_are_refused_with_the_reason(desk: Desk) -> None:
    need = propose(desk, authority="sikkerhedsstyrelsen")
    answer = support(desk, "astrid", need)
    assert answer.status_code == 403
    assert "the work of your own authority" in text_of(answer.text)
    page = desk.as_("astrid").get(need).text
    assert "the work of your own authority" in text_of(page)
    assert 'name="speaks"' not in page


def test_a_firm_orders_its_top_ten_by_buttons_and_by_numbers(desk: Desk) -> None:
    said = {
        "Chargers lack": "Drivers of buses queue at night.",
        "Bins overflow": "Nobody comes behind the market.",
        "Tickets on paper": "The museum sells no others.",
    }
    needs = [propose(desk, **{"title-en": k, "suffering-en": v}) for k, v in said.items()]
    ids = [need.rpartition("/")[2] for need in needs]
    browser = desk.as_("bo")
    top = f"/needs/top{GOVTECH}"
    action = re.search(r'action="(/needs/top[^"]*)"', browser.get(top).text)
    assert action is not None
    path = action[1].replace("&amp;", "&")

    def press(step: str, **numbers: str) -> list[str]:
        assert browser.post(path, {"step": step, **numbers}).status_code == 303
        return re.findall(r'id="f-place-([a-z0-9]+)"', browser.get(top).text)

    for one in ids:
        press(f"add:{one}")
    assert press("up:" + ids[2]) == [ids[0], ids[2], ids[1]]
    assert press("down:" + ids[0]) == [ids[2], ids[0], ids[1]]
    numbers = {f"place-{one}": str(n) for n, one in enumerate(ids, start=1)}
    assert press("save", **numbers) == ids
    assert press("remove:" + ids[1], **numbers) == [ids[0], ids[2]]
    wrong = browser.post(path, {"step": "save", f"place-{ids[0]}": "first"})
    assert wrong.status_code == 422
    assert "whole number" in text_of(wrong.text)
    assert desk.as_("gro").get(top).status_code == 403


def test_the_ranking_stands_beside_each_need_with_its_sum_and_its_stability(desk: Desk) -> None:
    need = propose(desk)
    support(desk, "bo", need)
    support(desk, "kim", need)
    rank(desk)
    html = shows(desk, need)
    assert "Rank 1 with 2 points" in html
    assert "in the top ten in 100 % of draws, always in place 1" in html
    report = shows(desk, f"/needs/report{GOVTECH}")
    assert "2 ballots" in report
    assert "seed" in report
    visitors = desk.site.visit().get(f"/needs/report{GOVTECH}").text
    assert "data-gm-print" in visitors  # a PDF is made for people who have signed in
    file = desk.site.visit().get(f"/needs/report.csv{GOVTECH}")
    assert file.headers["content-type"].startswith("text/csv")
    assert WORDS["title-en"] in file.text


def test_a_manager_sets_the_weights_openly_and_nobody_else(desk: Desk) -> None:
    page = f"/needs/survey{GOVTECH}"
    answer = send(desk.as_("eva"), page, **{"size-micro": "150", "person": "3"})
    assert answer.status_code == 303
    html = shows(desk, page)
    assert "gives it 3 points" in html
    assert "(2 + 10) × 1.5 = 18 points" in html
    assert desk.as_("bo").post(page, {"person": "9"}).status_code == 403
    assert desk.as_("pia").post(page, {"person": "9"}).status_code == 403
    wrong = send(desk.as_("eva"), page, **{"size-micro": "301"})
    assert wrong.status_code == 422


def decide(desk: Desk, need: str, act: str, who: str = "eva", **more: str) -> Any:
    return desk.as_(who).post(f"{need}/decide", {"act": act, "text-en": "So it is", **more})


def test_a_merged_need_says_where_it_went_and_its_proposer_is_told(desk: Desk) -> None:
    old = propose(desk)
    new = propose(desk, "bo", **{"title-en": "Buses queue", "suffering-en": "Chargers lack."})
    support(desk, "kim", old)
    into = new.rpartition("/")[2]
    assert decide(desk, old, "merge").status_code == 422
    assert decide(desk, old, "merge", into=into).status_code == 303
    html = desk.site.visit().get(old).text
    assert new in html
    assert "It had the support of 0 firms and of 1 citizen." in text_of(html)
    assert "Whoever supported it supports the other one now." in text_of(html)
    assert "In the top ten of" not in text_of(html), "its voices are the other one's now"
    assert WORDS["title-en"] in shows(desk, new)
    assert "0 firms, 1 citizen" in shows(desk, new)
    desk.site.work()
    told = [letter for letter in desk.site.postbox.letters if "merged" in letter.subject]
    assert [letter.to for letter in told] == ["gro@example.org"]
    assert "Your need was merged" in shows(desk, "/inbox", "gro")


def test_a_merged_need_does_not_say_that_staff_of_the_other_ones_authority_support_that(
    desk: Desk,
) -> None:
    """Astrid works for the authority whose work the other need is about; her voice is lost."""
    old = propose(desk)
    other = {"title-en": "Buses queue", "suffering-en": "Chargers lack."}
    new = propose(desk, "bo", authority="sikkerhedsstyrelsen", **other)
    for who in ("astrid", "kim"):
        assert support(desk, who, old).status_code == 303
    assert decide(desk, old, "merge", into=new.rpartition("/")[2]).status_code == 303
    assert "0 firms, 1 citizen" in shows(desk, new)
    said = {who: shows(desk, old, who) for who in ("", "astrid", "kim")}
    for page in said.values():
        assert "except those who work for the authority whose work that one is about." in page
        assert "supports the other one now." not in page
    assert {who for who, page in said.items() if "Your voice did not go over" in page} == {"astrid"}
    assert "Ihre Stimme ging nicht über" in shows(desk, f"{old}?lang=de", "astrid")
    assert "Din stemme gik ikke videre" in shows(desk, f"{old}?lang=da", "astrid")


@pytest.mark.parametrize("took_back", [False, True], ids=["kept", "taken back"])
def test_a_voice_lost_at_a_later_merging_is_told_on_each_page_that_it_was_given_on(
    desk: Desk, took_back: bool
) -> None:
    """Astrid works for the authority whose work the third is about; Kim does not."""
    first = propose(desk)
    second = propose(desk, "bo", **{"title-en": "Buses queue", "suffering-en": "Chargers lack."})
    other = {"title-en": "Anglers stand at a counter", "suffering-en": "Licences are paper."}
    third = propose(desk, "bo", authority="sikkerhedsstyrelsen", **other)
    for who in ("astrid", "kim"):
        assert support(desk, who, first).status_code == 303
    if took_back:
        assert support(desk, "astrid", first, step="withdraw").status_code == 303
        assert support(desk, "astrid", second).status_code == 303
    assert decide(desk, first, "merge", into=second.rpartition("/")[2]).status_code == 303
    assert "Your voice did not go over" not in shows(desk, first, "astrid")
    assert decide(desk, second, "merge", into=third.rpartition("/")[2]).status_code == 303
    told = {
        (who, need)
        for who in ("astrid", "kim", "")
        for need in (first, second)
        if "Your voice did not go over" in shows(desk, need, who)
    }
    assert told == {("astrid", second)} | (set() if took_back else {("astrid", first)})


def test_each_decision_needs_a_word_and_stands_on_the_page(desk: Desk) -> None:
    need = propose(desk)
    assert decide(desk, need, "decline", **{"text-en": ""}).status_code == 422
    assert decide(desk, need, "analyse").status_code == 303
    assert "What the analysis found So it is" in shows(desk, need)
    assert decide(desk, need, "decline").status_code == 303
    assert "Why: Declined So it is" in shows(desk, need)
    assert decide(desk, need, "analyse").status_code == 422  # no longer offered
    for who in ("bo", "pia"):
        assert decide(desk, need, "reopen", who).status_code == 403


def test_a_hidden_need_is_nowhere_but_for_its_proposer_and_the_programme(desk: Desk) -> None:
    need = propose(desk)
    desk.site.work()
    assert WORDS["title-en"] in shows(desk, "/search?q=registering")
    assert decide(desk, need, "hide").status_code == 303
    desk.site.work()
    assert desk.site.visit().get(need).status_code == 404
    assert desk.as_("kim").get(need).status_code == 404
    for path in ("/search?q=registering", f"/needs{GOVTECH}", "/sitemap.xml"):
        answer = desk.site.visit().get(path).text
        assert WORDS["title-en"] not in answer
        assert need not in answer
    assert "So it is" in shows(desk, need, "gro")
    assert WORDS["title-en"] in shows(desk, "/triage/needs", "eva")


def test_a_need_is_taken_up_in_one_step_and_both_pages_name_each_other(desk: Desk) -> None:
    need = propose(desk, authority="sikkerhedsstyrelsen")
    page = f"{need}/take-up"
    answer = send(desk.as_("eva"), page)
    assert answer.status_code == 303
    address = str(answer.headers["location"])
    slug = address.rpartition("/")[2]
    assert "Taken up" in shows(desk, need)
    own = desk.as_("astrid").get(f"/challenges/{slug}").text
    assert need in own
    panel = shows(desk, f"{need}/later", "astrid")
    assert WORDS["title-en"] in panel
    assert slug in desk.as_("astrid").get(f"{need}/later").text
    assert slug not in desk.site.visit().get(f"{need}/later").text
    fragment = desk.as_("astrid").get(f"{need}/later", **{"hx-request": "true"}).text
    assert "<html" not in fragment
    assert slug in fragment
    desk.site.work()
    subjects = {(letter.to, letter.subject) for letter in desk.site.postbox.letters}
    assert ("gro@example.org", f"Your need is taken up: {WORDS['title-en']}") in subjects
    assert any(to == "astrid@example.org" for to, _ in subjects)


def test_the_steering_group_speaks_and_its_minutes_are_public(desk: Desk) -> None:
    need = propose(desk)
    support(desk, "bo", need)
    page = f"/needs/steering{GOVTECH}"
    assert desk.as_("eva").post(page).status_code == 422  # no ranking yet
    rank(desk)
    assert desk.as_("eva").post(page).status_code == 303
    action = re.search(r'action="(/needs/steering/[^"]+/opinion)"', desk.as_("kim").get(page).text)
    assert action is not None
    assert desk.as_("bo").post(action[1], {"outcome": "accepted"}).status_code == 403
    silent = desk.as_("kim").post(action[1], {"outcome": "returned"})
    assert silent.status_code == 422
    assert desk.as_("kim").post(action[1], {"outcome": "accepted"}).status_code == 303
    minutes = action[1].replace("/opinion", "/minutes")
    assert desk.as_("eva").post(minutes, {}).status_code == 422
    answer = desk.as_("eva").post(minutes, {"minutes-en": "All were there."})
    assert answer.status_code == 303
    html = shows(desk, page)
    assert "Accepted" in html
    assert "All were there." in html
    assert "Kim" not in html.partition("Sitting 1")[2]
    assert "As the steering group accepted it" in shows(desk, f"/needs/report{GOVTECH}")


def test_the_list_takes_as_many_statements_with_three_needs_as_with_one(desk: Desk) -> None:
    propose(desk)
    path = f"/needs{GOVTECH}"
    browser = desk.site.visit()
    before = desk.statements(browser, path)
    for title, text in (("Buses queue", "Chargers lack."), ("Bins overflow", "Nobody comes.")):
        propose(desk, **{"title-en": title, "suffering-en": text})
    assert desk.statements(browser, path) == before
    whole = browser.get(path).text
    part = browser.get(path, **{"hx-request": "true"}).text
    assert "<html" not in part
    assert all(text in text_of(whole) for text in ("Buses queue", "Bins overflow"))
    assert text_of(part) in text_of(whole)


def test_the_list_is_searched_and_narrowed(desk: Desk) -> None:
    propose(desk)
    propose(desk, **{"title-en": "Buses queue", "suffering-en": "Chargers lack.",
                     "theme": "mobility"})  # fmt: skip
    for query, there, gone in (
        ("q=CHARGERS", "Buses queue", WORDS["title-en"]),
        ("theme=registers", WORDS["title-en"], "Buses queue"),
        ("state=proposed&theme=mobility", "Buses queue", WORDS["title-en"]),
    ):
        html = shows(desk, f"/needs{GOVTECH}&{query}")
        assert there in html
        assert gone not in html
    assert "No need fits all of this" in shows(desk, f"/needs{GOVTECH}&q=xyzzy")


def test_only_listed_firms_are_named(desk: Desk) -> None:
    browser = desk.as_("bo")
    fields = fields_of(browser.get(NEW).text, NEW)
    answer = browser.post(NEW, typed(fields, **WORDS))
    need = answer.headers["location"]
    assert "Nordlys" in shows(desk, need)
    with desk.site.database.reading() as session:
        found = queries.get_visible(
            session, actor=desk.actors["gro"], public_id=need.rpartition("/")[2]
        )
        assert found.firm is not None
