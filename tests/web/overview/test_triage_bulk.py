"""One act on many: the preview says what will change and what not, and it can be undone."""

import re
from datetime import timedelta
from typing import Any

from govmatch.applications.models import State
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.reviews.models import Review
from govmatch.triage import actions
from govmatch.triage.models import Move
from tests.site import Browser, text_of
from tests.unit.applications.acting import acting
from tests.web.overview.triage_world import OTHERS, Triage, fields, more

BULK = "/triage/bulk"


def choose(browser: Browser, act: str, *keys: str, page: str = "/triage", **given: str) -> Any:
    """Tick rows of the table and press the button under it."""
    sent: dict[str, Any] = {**fields(browser.get(page).text, BULK), "act": act, **given}
    return browser.post(BULK, {**sent, "ids[]": list(keys)})


def confirm(browser: Browser, preview: str, **given: str) -> Any:
    return browser.post(BULK, {**fields(preview, BULK), "then": "change", **given})


def tagged(triage: Triage, firm: str, by: str = "ole") -> None:
    """Change an application as somebody else does meanwhile."""
    with triage.site.database.writing() as session:
        who = session.merge(triage.world.people[by])
        found = session.merge(triage.application(firm))
        actions.tag(
            session, found, "meanwhile",
            revision=triage.case(firm)[0], actor=acting(session, who), now=real_now(),
        )  # fmt: skip
        commit(session)


def test_the_preview_changes_nothing_and_the_button_does(triage: Triage) -> None:
    eva = triage.as_("eva")
    keys = [triage.ids["weser"], triage.ids["baltic"]]
    preview = choose(eva, "state:in_review", *keys, page="/triage?country=DE")
    told = text_of(preview.text)
    assert preview.status_code == 200 and "Change 2 applications" in told
    assert "Weser" in told and "Baltic" in told and "Nordlys" not in told
    assert triage.state("weser") == "submitted"
    done = confirm(eva, preview.text)
    assert done.headers["location"].startswith("/triage?country=DE&done=")
    page = eva.get(done.headers["location"]).text
    assert "2 applications: moved to “Being reviewed”" in text_of(page)
    states = [triage.state(one) for one in ("weser", "baltic", "nordlys")]
    assert states == ["in_review", "in_review", "submitted"]


def test_undo_puts_back_what_nobody_has_changed_since_and_says_the_rest(triage: Triage) -> None:
    eva = triage.as_("eva")
    preview = choose(eva, "state:in_review", *triage.ids.values())
    page = eva.get(confirm(eva, preview.text).headers["location"]).text
    found = re.search(r'action="(/triage/undo/[^"]+)"', page)
    assert found is not None
    undo = found[1]
    with triage.site.database.writing() as session:
        ole = acting(session, session.merge(triage.world.ole))
        weser = session.merge(triage.application("weser"))
        actions.move(session, weser, State.SHORTLISTED, revision=2, actor=ole, now=real_now())
        commit(session)
    answer = eva.post(undo, fields(page, undo))
    assert answer.status_code == 303
    told = text_of(eva.get(answer.headers["location"]).text)
    assert "1 was changed again since and stays as it is." in told
    assert "2 applications stand as before" in told and "Changed again since" in told
    states = [triage.state(one) for one in ("weser", "baltic", "nordlys")]
    assert states == ["shortlisted", "submitted", "submitted"]
    assert "/triage/undo" not in eva.get("/triage").text
    assert eva.post(undo).status_code == 403


def test_undo_is_for_who_did_it_alone(triage: Triage) -> None:
    eva = triage.as_("eva")
    preview = choose(eva, "state:in_review", triage.ids["weser"])
    undo = "/triage/undo/" + confirm(eva, preview.text).headers["location"].split("done=")[1]
    assert eva.get(undo).status_code == 200
    for name in ("ole", "astrid", "ida"):
        assert triage.as_(name).get(undo).status_code == 404
        assert triage.as_(name).post(undo).status_code == 404
    for name in ("bo", "finn", "kim", "jens"):
        assert triage.as_(name).get(undo).status_code == 403
    assert triage.state("weser") == "in_review"


def test_what_cannot_change_is_named_with_its_reason(triage: Triage) -> None:
    eva = triage.as_("eva")
    confirm(eva, choose(eva, "state:in_review", triage.ids["weser"]).text)
    told = text_of(choose(eva, "state:in_review", *triage.ids.values()).text)
    assert "2 applications will change" in told and "1 stays as it is" in told
    assert "It is in this state already." in told
    nothing = text_of(choose(eva, "state:in_review", triage.ids["weser"]).text)
    assert "0 applications will change" in nothing and "Change 0" not in nothing


def test_what_changed_since_the_preview_stays_as_it_is(triage: Triage) -> None:
    eva = triage.as_("eva")
    preview = choose(eva, "state:in_review", *triage.ids.values()).text
    tagged(triage, "weser")
    done = confirm(eva, preview)
    told = text_of(eva.get(done.headers["location"]).text)
    assert "1 application stays as it is: it was changed meanwhile. Weser" in told
    assert [triage.state(one) for one in ("weser", "baltic")] == ["submitted", "in_review"]
    preview = choose(eva, "state:in_review", triage.ids["weser"]).text
    tagged_again = triage.case("weser")[0]
    confirm(triage.as_("ole"), choose(triage.as_("ole"), "handler:me", triage.ids["weser"]).text)
    assert triage.case("weser")[0] == tagged_again + 1
    late = confirm(eva, preview)
    assert late.status_code == 409 and "Nothing was changed" in late.text
    assert triage.state("weser") == "submitted"


def test_all_of_the_result_means_all_that_fits_the_filters(triage: Triage) -> None:
    eva = triage.as_("eva")
    preview = choose(eva, "tag", page="/triage?country=DE", which="all")
    assert "For 2 applications" in text_of(preview.text)
    asked = eva.post(BULK, {**fields(preview.text, BULK), "to": ""})
    assert asked.status_code == 422 and "Please fill in this field." in asked.text
    wrong = eva.post(BULK, {**fields(preview.text, BULK), "to": "<b>"})
    assert wrong.status_code == 422 and "hyphens" in wrong.text
    shown = eva.post(BULK, {**fields(preview.text, BULK), "to": "Drone"})
    assert "Change 2 applications" in text_of(shown.text)
    assert confirm(eva, shown.text).status_code == 303
    tags = [triage.case(one)[2] for one in ("weser", "baltic", "nordlys")]
    assert tags == [("drone",), ("drone",), ()]
    target = choose(eva, "untag", which="all").text
    assert '<option value="drone">' in target
    shown = eva.post(BULK, {**fields(target, BULK), "to": "drone"})
    assert "2 applications will change" in text_of(shown.text)
    assert "It does not have this tag." in shown.text


def test_people_are_chosen_among_those_who_may(triage: Triage) -> None:
    eva = triage.as_("eva")
    target = choose(eva, "handler", *triage.ids.values()).text
    options = re.findall(r'<option value="\w+">([^<]+)</option>', target)
    assert options == ["Astrid", "Eva", "Hanne", "Ole"]
    hanne = triage.world.hanne.public_id
    triage.close_to("weser", "hanne")
    shown = eva.post(BULK, {**fields(target, BULK), "to": hanne})
    assert "This person cannot look after this application." in shown.text
    assert confirm(eva, shown.text).status_code == 303
    handlers = [triage.case(one)[1] for one in ("weser", "baltic", "nordlys")]
    assert handlers == [None, triage.world.hanne.id, triage.world.hanne.id]
    assert eva.post(BULK, {**fields(target, BULK), "to": "moon"}).status_code == 422


def test_nothing_ticked_and_nothing_chosen_are_said(triage: Triage) -> None:
    eva = triage.as_("eva")
    none = choose(eva, "state:in_review")
    assert none.status_code == 422 and "Please choose at least one application." in none.text
    unknown = choose(eva, "moon", triage.ids["weser"])
    assert unknown.status_code == 422 and "Please choose what is to be done." in unknown.text
    assert re.search(rf'value="{triage.ids["weser"]}"[^>]* checked', unknown.text)


def test_more_than_5000_at_once_are_refused_and_500_to_review(triage: Triage) -> None:
    eva = triage.as_("eva")
    many = choose(eva, "state:in_review", " ".join(f"x{n}" for n in range(5_001)))
    assert many.status_code == 422 and "At most 5,000 applications at once." in many.text
    fewer = choose(eva, "reviewers", " ".join(f"x{n}" for n in range(501)))
    assert fewer.status_code == 422 and "At most 500 applications at once." in fewer.text


def test_a_long_preview_names_the_first_and_counts_the_rest_with_reasons(triage: Triage) -> None:
    more(triage, 210)
    eva = triage.as_("eva")
    confirm(eva, choose(eva, "state:in_review", triage.ids["weser"]).text)
    preview = choose(eva, "state:in_review", which="all").text
    told = text_of(preview)
    assert "212 applications will change" in told and "and 12 more" in told
    done = confirm(eva, preview)
    assert done.status_code == 303
    assert "212 applications: moved to" in text_of(eva.get(done.headers["location"]).text)
    again = text_of(choose(eva, "state:in_review", which="all").text)
    assert "213 stay as they are" in again and "and 13 more" in again
    assert "It is in this state already. 213" in again
    undo = "/triage/undo/" + done.headers["location"].split("done=")[1]
    assert "and 12 more" in text_of(eva.get(undo).text)


def test_what_a_conflict_closes_is_not_among_them(triage: Triage) -> None:
    eva = triage.as_("eva")
    triage.close_to("weser", "eva")
    preview = choose(eva, "state:in_review", *triage.ids.values())
    assert "2 applications will change" in text_of(preview.text)
    assert "Weser" not in preview.text and triage.application("weser").reference not in preview.text
    seen = " ".join(f"{key}:1" for key in triage.ids.values())
    confirm(eva, preview.text, seen=seen)
    assert triage.state("weser") == "submitted" and triage.state("baltic") == "in_review"


def test_staff_tag_and_move_nothing(triage: Triage) -> None:
    astrid = triage.as_("astrid")
    preview = choose(astrid, "state:in_review", *triage.ids.values())
    told = text_of(preview.text)
    assert "0 applications will change" in told and "Only a manager of the programme" in told
    seen = " ".join(f"{key}:1" for key in triage.ids.values())
    sent = {**fields(preview.text, BULK), "seen": seen, "then": "change"}
    assert astrid.post(BULK, sent).status_code == 409
    assert triage.state("weser") == "submitted"
    target = choose(astrid, "tag", triage.ids["weser"]).text
    shown = astrid.post(BULK, {**fields(target, BULK), "to": "ours"}).text
    assert confirm(astrid, shown).status_code == 303
    assert triage.case("weser")[2] == ("ours",)


def test_nobody_else_gets_there(triage: Triage) -> None:
    sent = {"act": "state:in_review", "ids[]": list(triage.ids.values()), "to": "in_review"}
    for name in (*OTHERS, "jens"):
        answer = triage.as_(name).post(BULK, sent)
        if name == "ida":
            assert "0 applications will change" in text_of(answer.text)
        else:
            assert answer.status_code == 403, name
        for firm in ("Nordlys", "Weser", "Baltic"):
            assert firm not in answer.text.split("<main")[1]
    with triage.site.database.reading() as session:
        assert session.query(Move).count() == 0


def test_reviewers_are_assigned_after_a_preview(triage: Triage) -> None:
    eva = triage.as_("eva")
    triage.close_to("nordlys", "finn")
    target = choose(eva, "reviewers", *triage.ids.values()).text
    due = (real_now() + timedelta(days=5)).date().isoformat()
    finn = triage.world.finn.public_id
    empty = eva.post(BULK, fields(target, BULK))
    assert empty.status_code == 422
    chosen = {**fields(target, BULK), "people[]": finn, "due": due}
    preview = eva.post(BULK, chosen)
    told = text_of(preview.text)
    assert "2 reviews will be assigned" in told and "Conflict of interest" in told
    with triage.site.database.reading() as session:
        assert session.query(Review).count() == 0
    done = eva.post(BULK, {**fields(preview.text, BULK), "then": "assign"})
    assert done.status_code == 303
    with triage.site.database.reading() as session:
        assert session.query(Review).count() == 2
    assert "0 of 1" in eva.get("/triage").text
    assert triage.as_("astrid").post(BULK, chosen).status_code == 403


def test_the_language_is_switched_on_a_preview_without_losing_it(triage: Triage) -> None:
    eva = triage.as_("eva")
    preview = choose(eva, "state:in_review", triage.ids["weser"]).text
    again = eva.post(BULK, {**fields(preview, BULK), "then": "change", "switch_lang": "de"})
    assert again.status_code == 200 and triage.state("weser") == "submitted"
    assert fields(again.text, BULK)["seen"] == f"{triage.ids['weser']}:1"


def test_the_address_of_the_button_leads_to_the_table(triage: Triage) -> None:
    assert triage.as_("eva").get(BULK).headers["location"] == "/triage"
