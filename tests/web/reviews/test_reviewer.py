"""What a reviewer meets: the declaration, the list, one review side by side."""

import re
from typing import Any

import pytest
from sqlalchemy import event

from govmatch.kit.journal import rows_about
from govmatch.reviews.models import State
from tests.site import Browser, Site, hidden, text_of
from tests.web.reviews.doing import address, assigned, declare, review, save, submit
from tests.web.reviews.world import SECRETS, Selection, make_selection


def test_the_first_thing_is_the_declaration(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta", declared=False)
    greta = site.as_(selection.world.greta)
    page = greta.get("/reviews").text
    assert "First: declare your conflicts of interest" in page
    assert selection.declaration in page
    assert "Applicant" not in text_of(page)
    one = greta.get(address(site, selection, "greta", "nordlys"))
    assert (one.status_code, one.headers["location"]) == (303, selection.declaration)
    declared = declare(greta, selection)
    assert (declared.status_code, declared.headers["location"]) == (303, "/reviews")
    assert "Applicant 17" in text_of(greta.get("/reviews").text)


def test_firms_are_searched_without_losing_what_is_ticked(site: Site, selection: Selection) -> None:
    greta = site.as_(selection.world.greta)
    fields = {"q": "nord", "firms[]": ["weser"], "then": "search", "other_ties": "My brother"}
    answer = greta.submit(selection.declaration, selection.declaration, fields)
    assert answer.status_code == 200
    assert re.search(r'value="weser"[^>]* checked', answer.text)
    assert 'value="nordlys"' in answer.text and "Nordlysborg" in answer.text
    assert "My brother" in answer.text
    assert 'value="hidden"' not in answer.text
    # Looked up only: nothing is kept yet.
    assert "Not declared yet" in greta.get("/reviews").text


def test_a_firm_that_is_not_listed_is_not_found_by_asking(site: Site, selection: Selection) -> None:
    greta = site.as_(selection.world.greta)
    assert declare(greta, selection, other_ties="Hidden").status_code == 303
    page = greta.get(f"{selection.declaration}?q=hidden").text
    assert "0 firms found" in page
    kept = re.search(r"What you have declared</h2>(.*?)</section>", page, re.DOTALL)
    assert kept is not None and "<li>" not in kept[1] and "Hidden" in kept[1]


def test_the_statements_must_be_confirmed(site: Site, selection: Selection) -> None:
    greta = site.as_(selection.world.greta)
    answer = greta.submit(
        selection.declaration, selection.declaration, {"firms[]": ["weser"], "then": "declare"}
    )
    assert answer.status_code == 422
    assert text_of(answer.text).count("Please confirm this.") >= 2
    assert re.search(r'value="weser"[^>]* checked', answer.text)


def test_named_firms_are_closed_without_a_word(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta", declared=False)
    greta = site.as_(selection.world.greta)
    declare(greta, selection, **{"firms[]": ["weser", "fjord"]})
    page = text_of(greta.get("/reviews").text)
    assert "Applicant 17" in page and "Applicant 42" not in page
    assert "1 review is to do" in page
    # Whether Weser or Fjord applied is said nowhere.
    declared = text_of(greta.get(selection.declaration).text)
    assert "Weser" in declared and "Fjord" in declared
    assert "conflict with" not in declared
    assert greta.get(address(site, selection, "greta", "weser")).status_code == 404
    other = f"/applications/{selection.applications['weser'].public_id}"
    assert greta.get(other).status_code == 404


def test_a_blind_reviewer_never_meets_a_name(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta", "lea")
    site.work()
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    application = selection.applications["nordlys"].public_id
    pages = [
        "/reviews", "/reviews?show=done", mine, address(site, selection, "greta", "weser"),
        f"{mine}?lang=de", f"{mine}/submit", "/reviews/unknown", f"{mine}/conflict",
        "/search?q=nordlys", "/search?q=optics", "/suggest?q=nord", f"/applications/{application}",
        f"/applications/{application}/check", selection.path, f"{selection.path}/{application}",
    ]  # fmt: skip
    answers = [(page, greta.get(page)) for page in pages]
    answers += [
        ("422", submit(greta, mine, **{"points-fit": ""})),
        ("409", save(greta, mine, **{"points-fit": "2", "revision": "9"})),
        ("abstain", greta.post(f"{mine}/abstain", {})),
        ("conflict", greta.post(f"{mine}/conflict", {})),
        ("done", submit(greta, mine)),
        ("read", greta.get(mine)),
    ]
    assert {page: answer.status_code for page, answer in answers if page in {"422", "409"}} == {
        "422": 422, "409": 409,
    }  # fmt: skip
    assert "would scan labels" in greta.get(mine).text
    # Listed firms are public and found as firms; what is asked here is what says that they applied.
    public = {"/search?q=nordlys", "/suggest?q=nord"}
    for page, answer in answers:
        for secret in SECRETS:
            if page not in public:
                assert secret.lower() not in answer.text.lower(), (page, secret)
        assert application not in answer.text or application in page, page
    for page in public:
        assert "scan labels" not in greta.get(page).text


def test_with_names_where_the_programme_does_not_hide_them(site: Site) -> None:
    selection = make_selection(site.database, hides_names=False)
    assigned(site, selection, "greta")
    page = site.as_(selection.world.greta).get(address(site, selection, "greta", "nordlys")).text
    assert "Nordlys" in page and "Names are hidden" not in page


def test_points_have_the_anchors_words_in_the_readers_language(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    mine = address(site, selection, "greta", "nordlys")
    for lang, words in (("en", "4 – fit 4"), ("de", "4 – passt 4"), ("da", "4 – relevant 4")):
        page = site.as_(selection.world.greta).get(f"{mine}?lang={lang}").text
        assert words in text_of(page)


def test_what_is_typed_is_saved_by_itself(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    fields = {**hidden(greta.get(mine).text, mine), "points-fit": "3", "comment-fit": "Half"}
    answer = greta.post(mine, fields, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "Weighted mean so far: 3.00 of 5" in text_of(answer.text)
    assert "<html" not in answer.text
    assert 'name="revision" value="2"' in answer.text
    kept = review(site, selection, "greta", "nordlys")
    assert {one.criterion: (one.points, one.comment) for one in kept.scores} == {
        "fit": (3, "Half"), "team": (None, ""),
    }  # fmt: skip
    # The fragment is what the whole page says too.
    assert text_of(answer.text) in text_of(greta.get(mine).text)


def test_two_windows_do_not_overwrite_each_other(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    old = hidden(greta.get(mine).text, mine)
    assert save(greta, mine, comment="First window").status_code == 303
    quiet = greta.post(mine, {**old, "comment": "Second"}, headers={"hx-request": "true"})
    assert quiet.status_code == 409
    assert "saved in another window" in text_of(quiet.text)
    loud = greta.post(mine, {**old, "comment": "Second window"})
    assert loud.status_code == 409
    assert "First window" in loud.text and "Second window" in loud.text
    assert review(site, selection, "greta", "nordlys").comment == "First window"
    again = {**hidden(loud.text, mine), "comment": "Both"}
    assert greta.post(mine, again).status_code == 303
    assert review(site, selection, "greta", "nordlys").comment == "Both"


def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    answer = submit(greta, mine, **{"points-fit": "1", "comment-fit": "", "points-team": ""})
    assert answer.status_code == 422
    page = text_of(answer.text)
    assert "Below 2 and above 4 points, please say why." in page
    assert "Please choose points." in page
    kept = review(site, selection, "greta", "nordlys")
    assert (kept.state, kept.comment) == (State.DRAFT, "Sound")


def test_others_are_read_after_the_own_is_in(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta", "lea")
    lea = site.as_(selection.world.lea)
    theirs = address(site, selection, "lea", "nordlys")
    assert submit(lea, theirs, comment="wallaby", private_note="numbat").status_code == 303
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    before = greta.get(mine).text
    assert "wallaby" not in before and "What others submitted" not in before
    assert submit(greta, mine, **{"points-fit": "2"}).status_code == 303
    after = text_of(greta.get(mine).text)
    assert "wallaby" in after and "Lea" in after
    assert "2–4" in after
    assert "numbat" in after  # her own private note
    assert greta.get(theirs).status_code == 404
    lea_sees = greta.get(mine).text
    assert lea_sees.count("numbat") == 1
    # Pressed twice it is done once.
    assert greta.post(f"{mine}/submit", {"revision": "1"}).status_code == 303


def test_a_conflict_noticed_after_scoring_closes_everything(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    submit(greta, mine)
    assert greta.submit(mine, f"{mine}/conflict", {"conflict_reason": ""}).status_code == 422
    done = greta.submit(mine, f"{mine}/conflict", {"conflict_reason": "A friend works there"})
    assert done.status_code == 303
    assert review(site, selection, "greta", "nordlys").state == State.WITHDRAWN
    assert greta.get(mine).status_code == 404
    for page in ("/reviews", "/reviews?show=done"):
        assert "Applicant 17" not in text_of(greta.get(page).text)


def test_left_to_the_others_it_is_closed_and_can_be_taken_up(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    fields = {"abstain_reason": "Not my field"}
    assert greta.submit(mine, f"{mine}/abstain", fields).status_code == 303
    page = greta.get(mine).text
    assert "would scan labels" not in page and "Not my field" in page
    assert greta.submit(mine, f"{mine}/take-up", {}).status_code == 303
    assert "would scan labels" in greta.get(mine).text


def test_reading_is_written_down_once_a_day(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    for _ in range(2):
        greta.get(mine)
    with site.database.reading() as session:
        rows = rows_about(session, "application", selection.applications["nordlys"].id)
    assert [row.event for row in rows].count("ApplicationShown") == 1


def test_a_switch_of_language_keeps_what_was_typed(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)
    mine = address(site, selection, "greta", "nordlys")
    answer = save(greta, mine, comment="Half a thought", switch_lang="de")
    assert answer.status_code == 200
    assert "Half a thought" in answer.text and "Bewertung abgeben" in answer.text
    assert review(site, selection, "greta", "nordlys").comment == ""


def test_the_list_takes_as_many_statements_for_two_as_for_one(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    greta = site.as_(selection.world.greta)

    def statements() -> int:
        counted: list[str] = []

        def count(*given: Any) -> None:
            counted.append(given[2])

        engine = site.database.engine
        event.listen(engine, "before_cursor_execute", count)
        assert greta.get("/reviews").status_code == 200
        event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    two = statements()
    mine = address(site, selection, "greta", "weser")
    greta.submit(mine, f"{mine}/abstain", {"abstain_reason": "Busy"})
    greta.get("/reviews")
    assert statements() == two


@pytest.mark.parametrize("who", ["bo", "gro", "astrid", "eva", "hanne", "jens", "kim", "ida"])
def test_nobody_else_comes_to_a_review(site: Site, selection: Selection, who: str) -> None:
    assigned(site, selection, "greta")
    mine = address(site, selection, "greta", "nordlys")
    browser: Browser = site.as_(selection.world.people[who])
    for page in ("/reviews", mine, selection.declaration):
        assert browser.get(page).status_code == 403, page
    for act in ("", "/submit", "/abstain", "/conflict", "/take-up"):
        assert browser.post(f"{mine}{act}", {"comment": "x"}).status_code == 403
    assert review(site, selection, "greta", "nordlys").state == State.ASSIGNED


def test_the_second_factor_is_asked_for_first(site: Site, selection: Selection) -> None:
    answer = site.as_(selection.world.greta, factor=False).get("/reviews")
    assert (answer.status_code, answer.headers["location"][:14]) == (303, "/second-factor")
