"""Acts on one application: on its card, on its page; nobody overwrites what somebody else did."""

import re
from datetime import timedelta
from typing import Any

import pytest

from govmatch.applications.events import ApplicationRead, ApplicationWithdrawn
from govmatch.kit import journal
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from govmatch.organisations.models import Firm
from govmatch.triage.models import Deficiency, GateRuling, Note
from tests.site import Browser, text_of
from tests.unit.applications.acting import acting
from tests.web.overview.triage_world import OTHERS, Triage, fields, names_in

ACTS = {
    "/move": {"state": "in_review"},
    "/assign": {"person": "none"},
    "/tag": {"tag": "drone"},
    "/untag": {"word": "drone"},
    "/gates/iso-27001": {"met-iso-27001": "yes", "evidence-iso-27001": "Seen"},
    "/requests": {"text": "Please send it", "due": "2099-01-01"},
    "/requests/x/settle": {"mended": "yes"},
    "/notes": {"note": "Between us"},
    "/notes/x/delete": {},
}


def press(browser: Browser, page: str, path: str, **more: str) -> Any:
    """Send the form of a page for an address."""
    return browser.post(path, {**fields(browser.get(page).text, path), **more})


def followed(browser: Browser, answer: Any) -> str:
    assert answer.status_code == 303, answer.text
    return str(browser.get(answer.headers["location"]).text)


def due() -> str:
    return (real_now() + timedelta(days=10)).date().isoformat()


def column(html: str, state: str) -> list[str]:
    part = html.split(f'aria-labelledby="pile-{state}"')[1].split("</section>", maxsplit=1)[0]
    return re.findall(r'<h4><a href="[^"]+">([^<]+)</a>', part)


def test_a_card_is_moved_by_its_select_and_put_back(triage: Triage) -> None:
    eva = triage.as_("eva")
    move = triage.path("weser", "/move")
    board = eva.get("/triage/board?country=DE").text
    assert sorted(column(board, "submitted")) == ["Baltic", "Weser"]
    sent = press(eva, "/triage/board?country=DE", move, state="in_review")
    page = followed(eva, sent)
    assert sent.headers["location"].startswith("/triage/board?country=DE&done=")
    assert (column(page, "submitted"), column(page, "in_review")) == (["Baltic"], ["Weser"])
    assert "Weser: moved to “Being reviewed”" in text_of(page)
    assert re.search(r'role="status"', page)
    undo = re.search(r'action="(/triage/undo/[^"]+)"', page)
    assert undo is not None
    answer = eva.post(undo[1], fields(page, undo[1]))
    told = text_of(followed(eva, answer))
    assert "Undone for 1 application." in told and "Stands as before" in told
    assert triage.state("weser") == "submitted"


def test_a_card_offers_only_what_can_be_reached(triage: Triage) -> None:
    html = triage.as_("eva").get("/triage/board").text
    card = html.split(triage.path("weser", "/move"))[1].split("</form>")[0]
    assert re.findall(r'<option value="(\w*)"( selected)?>', card) == [
        ("ineligible", ""), ("in_review", " selected"),
    ], "a press without a choice goes on, and rules nothing out"  # fmt: skip
    for name in ("astrid", "hanne", "jens"):
        assert "/move" not in triage.as_(name).get("/triage/board").text


def test_two_managers_move_the_same_card_and_nothing_is_overwritten(triage: Triage) -> None:
    eva, ole = triage.as_("eva"), triage.as_("ole")
    move = triage.path("weser", "/move")
    seen = fields(ole.get("/triage/board").text, move)
    press(eva, "/triage/board", move, state="ineligible")
    answer = ole.post(move, {**seen, "state": "in_review"})
    assert answer.status_code == 409
    told = text_of(answer.text)
    assert "This has changed meanwhile" in told and "Nothing was overwritten" in told
    assert "Ineligible" in told and triage.state("weser") == "ineligible"
    assert '<option value="in_review" selected>' in answer.text
    again = ole.post(move, {**fields(answer.text, move), "state": "in_review"})
    assert again.status_code == 303 and triage.state("weser") == "in_review"


def test_the_same_press_twice_is_one_act(triage: Triage) -> None:
    eva = triage.as_("eva")
    move = triage.path("weser", "/move")
    sent = {**fields(eva.get("/triage/board").text, move), "state": "in_review"}
    first, second = eva.post(move, sent), eva.post(move, sent)
    assert first.headers["location"] == second.headers["location"]
    assert triage.case("weser")[0] == 2


def test_person_and_tags_are_set_on_the_page(triage: Triage) -> None:
    eva = triage.as_("eva")
    here = triage.path("weser")
    page = followed(eva, press(eva, here, f"{here}/assign", person=triage.world.astrid.public_id))
    assert "Weser: given to Astrid" in text_of(page)
    press(eva, here, f"{here}/tag", tag="  Drone ")
    assert triage.case("weser")[1:] == (triage.world.astrid.id, ("drone",))
    wrong = press(eva, here, f"{here}/tag", tag="<b>")
    assert wrong.status_code == 422 and 'value="&lt;b&gt;"' in wrong.text
    press(eva, here, f"{here}/untag")
    press(eva, here, f"{here}/assign", person="none")
    assert triage.case("weser")[1:] == (None, ())
    assert press(eva, here, f"{here}/assign", person="moon").status_code == 422
    assert press(eva, here, f"{here}/move", state="").status_code == 422
    ida = triage.world.ida.public_id
    assert press(eva, here, f"{here}/assign", person=ida).status_code == 403


def test_requirements_are_ruled_with_evidence(triage: Triage) -> None:
    eva = triage.as_("eva")
    here = triage.path("weser")
    path = f"{here}/gates/iso-27001"
    assert "To be looked at" in text_of(eva.get(here).text)
    empty = press(eva, here, path, **{"met-iso-27001": "yes"})
    assert empty.status_code == 422 and "Please say what you found" in empty.text
    found = {"met-iso-27001": "no", "evidence-iso-27001": "Expired in 2020"}
    told = text_of(followed(eva, press(eva, here, path, **found)))
    assert "Expired in 2020" in told and "Not met" in told
    with triage.site.database.reading() as session:
        (ruling,) = session.query(GateRuling).all()
        assert (ruling.kind, ruling.is_met, ruling.by) == (
            "iso-27001", False, triage.world.eva.id,
        )  # fmt: skip
    assert "Requirement not met" in eva.get("/triage").text
    assert eva.post(f"{here}/gates/moon", {"met-moon": "yes"}).status_code in {404, 409}


def test_what_is_met_stands_in_one_line_and_what_is_open_comes_first(triage: Triage) -> None:
    eva, here = triage.as_("eva"), triage.path("weser")
    path = f"{here}/gates/iso-27001"
    html = eva.get(here).text
    opened = html.split('id="gates"')[1].split("</section>")[0]
    first = re.search(r'<details class="gm-gate__find" open>.*?action="([^"]+)"', opened, re.DOTALL)
    assert first is not None and first[1] == path
    met = re.search(r"<details class=\"kern-accordion\">.*", opened, re.DOTALL)
    assert met is not None and "requirement" in met[0] and path not in met[0]
    found = {"met-iso-27001": "yes", "evidence-iso-27001": "Seen"}
    told = followed(eva, press(eva, here, path, **found))
    part = told.split('id="gates"')[1].split("</section>")[0]
    assert re.search(r"All \d requirements are met", part)
    assert "To be looked at" not in part and 'gm-gate__find" open' not in part
    wrong = press(eva, here, path, **{"met-iso-27001": "no", "evidence-iso-27001": ""})
    assert '<details class="kern-accordion" open>' in wrong.text, "what is wrong is not folded away"


def test_the_next_step_is_one_press_for_those_who_run_it(triage: Triage) -> None:
    eva, here = triage.as_("eva"), triage.path("weser")
    found = {"met-iso-27001": "yes", "evidence-iso-27001": "Seen"}
    press(eva, here, f"{here}/gates/iso-27001", **found)
    box = next_box(eva.get(here).text)
    assert "The formal check is done" in text_of(box) and "Move to “Being reviewed”" in box
    for name in ("astrid", "jens"):
        other = next_box(triage.as_(name).get(here).text)
        assert "The formal check is done" in text_of(other)
        assert "<form" not in other and "#acts" not in other
    page = followed(eva, eva.post(f"{here}/move", fields(box, f"{here}/move")))
    assert "Nobody reviews it yet" in text_of(next_box(page))
    assert triage.state("weser") == "in_review"


def next_box(html: str) -> str:
    return html.split('class="gm-next"')[1].split("</section>", maxsplit=1)[0]


def test_the_profile_of_a_firm_is_linked_only_where_it_can_be_read(triage: Triage) -> None:
    eva = triage.as_("eva")
    link = 'href="/firms/weser"'
    for is_public in (True, False):
        with triage.site.database.writing() as session:
            session.query(Firm).filter_by(slug="weser").update({"is_public": is_public})
            commit(session)
        answer = eva.get("/firms/weser")
        assert (answer.status_code == 200) is is_public
        assert (link in eva.get(triage.path("weser")).text) is is_public


def test_an_error_page_says_what_was_typed_as_its_form_did(triage: Triage) -> None:
    here = triage.path("weser")
    sent = {"text": "A long text of mine", "due": "2099-01-01", "revision": "1", "more": "x"}
    answer = triage.as_("jens").post(f"{here}/requests", sent)
    assert answer.status_code == 403
    typed = re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", answer.text)
    assert typed == [
        ("What is missing", "A long text of mine"),
        ("Answer until", "2099-01-01"),
        ("Text", "x"),  # no template knows of it, so it may be an answer to a question
    ]
    german = triage.as_("jens").post(f"{here}/requests?lang=de", sent).text
    assert "What is missing" not in german and "A long text of mine" in german


def test_a_missing_thing_is_asked_for_and_settled(triage: Triage) -> None:
    eva, bo = triage.as_("eva"), triage.as_("bo")
    here = triage.path("nordlys")
    wrong = press(eva, here, f"{here}/requests", text="The extract <b>", due="")
    assert wrong.status_code == 422 and "The extract &lt;b&gt;" in wrong.text
    page = followed(eva, press(eva, here, f"{here}/requests", text="The extract", due=due()))
    assert "It waits for the firm" in page and triage.state("nordlys") == "incomplete"
    with triage.site.database.reading() as session:
        key = session.query(Deficiency).one().public_id
    asked = f"/applications/{triage.ids['nordlys']}/requests/{key}"
    bo.submit(asked, asked, {"answer": "Here it is"})
    page = eva.get(here).text
    assert "The firm has answered" in page and "Here it is" in page
    assert "Firm has answered" in eva.get("/triage").text
    settle = f"{here}/requests/{key}/settle"
    assert fields(page, settle)["mended"] == "yes" and page.count(settle) == 1
    followed(eva, press(eva, here, settle))
    assert triage.state("nordlys") == "submitted"


def test_notes_are_kept_and_emptied_and_shown_to_no_firm_and_reviewer(triage: Triage) -> None:
    here = triage.path("nordlys")
    astrid, eva = triage.as_("astrid"), triage.as_("eva")
    notes = f"{here}?show=notes"
    told = followed(astrid, press(astrid, notes, f"{here}/notes", note="A **whisper** <i>x</i>"))
    assert "<strong>whisper</strong>" in told and "<i>x" not in told
    for name in OTHERS:
        assert "whisper" not in triage.as_(name).get(notes).text
        assert "whisper" not in triage.as_(name).get(f"/applications/{triage.ids['nordlys']}").text
    assert "whisper" in triage.as_("jens").get(notes).text
    assert press(eva, notes, f"{here}/notes", note=" ").status_code == 422
    with triage.site.database.reading() as session:
        key = session.query(Note).one().public_id
    hanne = triage.as_("hanne")
    assert f"/notes/{key}/delete" not in hanne.get(notes).text
    assert hanne.post(f"{here}/notes/{key}/delete").status_code == 403
    told = followed(eva, press(eva, notes, f"{here}/notes/{key}/delete"))
    assert "This note was deleted." in told and "whisper" not in told


def test_an_act_on_an_old_page_keeps_what_was_typed(triage: Triage) -> None:
    eva, ole = triage.as_("eva"), triage.as_("ole")
    here = triage.path("weser")
    path = f"{here}/requests"
    seen = fields(eva.get(here).text, path)
    press(ole, here, f"{here}/tag", tag="drone")
    answer = eva.post(path, {**seen, "text": "A long text of mine", "due": due()})
    assert answer.status_code == 409 and "A long text of mine" in answer.text
    assert triage.state("weser") == "submitted"
    again = eva.post(path, {**fields(answer.text, path), "text": "A long text", "due": due()})
    assert again.status_code == 303 and triage.state("weser") == "incomplete"


@pytest.mark.parametrize("path", ACTS)
def test_nobody_else_acts(triage: Triage, path: str) -> None:
    before = entries(triage)
    for name in OTHERS:
        answer = triage.as_(name).post(triage.path("weser", path), {**ACTS[path], "revision": "1"})
        assert answer.status_code == (404 if name == "ida" else 403), name
    assert triage.as_("jens").post(triage.path("weser", path), ACTS[path]).status_code == 403
    assert (triage.state("weser"), triage.case("weser")) == ("submitted", (1, None, ()))
    assert entries(triage) == before


def entries(triage: Triage) -> int:
    with triage.site.database.reading() as session:
        found = session.query(JournalRow)
        return found.filter_by(subject_kind="application").count()


@pytest.mark.parametrize("path", ["/move", "/assign", "/requests"])
def test_staff_of_the_authority_leave_the_running_to_managers(triage: Triage, path: str) -> None:
    for name in ("astrid", "hanne"):
        browser = triage.as_(name)
        assert f'{path}"' not in browser.get(triage.path("weser")).text
        sent = {**ACTS[path], "revision": "1", "due": due()}
        assert browser.post(triage.path("weser", path), sent).status_code == 403
    assert triage.state("weser") == "submitted"


@pytest.mark.parametrize("path", ACTS)
def test_a_conflict_closes_every_act_and_the_page(triage: Triage, path: str) -> None:
    triage.close_to("weser", "eva")
    eva = triage.as_("eva")
    sent = {**ACTS[path], "revision": "1"}
    assert eva.post(triage.path("weser", path), sent).status_code == 404
    assert eva.get(triage.path("weser", path)).status_code == 404
    assert eva.get(triage.path("weser")).status_code == 404
    assert names_in(eva.get("/triage/board").text).count("Weser") == 0


def test_the_address_of_a_button_leads_to_its_page(triage: Triage) -> None:
    eva = triage.as_("eva")
    for path in ACTS:
        answer = eva.get(triage.path("weser", path))
        show = "?show=notes" if path.startswith("/notes") else ""
        assert answer.headers["location"] == triage.path("weser", show)


def test_the_page_tells_all_that_staff_may_read(triage: Triage) -> None:
    eva = triage.as_("eva")
    answers = text_of(eva.get(triage.path("weser", "?show=answers")).text)
    assert "Scan the label and look it up" in answers and "counts" in answers
    history = text_of(eva.get(triage.path("weser", "?show=history")).text)
    assert "submitted, version 1" in history and "Dieter" in history
    for lang in ("de", "da"):
        german = triage.as_("eva", lang=lang).get(triage.path("weser") + f"?lang={lang}").text
        assert f'action="{triage.path("weser")}/move?lang={lang}"' in german


def test_who_read_it_long_ago_is_for_auditors_and_acts_are_for_all(triage: Triage) -> None:
    now, days = real_now(), triage.site.settings.show_readings_days
    with triage.site.database.writing() as session:
        number = triage.application("weser").id
        for name, age in (("ole", days - 1), ("hanne", days + 1)):
            who = acting(session, triage.world.people[name])
            at = now - timedelta(days=age)
            journal.record(session, ApplicationRead(number), actor=who, now=at)
        gone = ApplicationWithdrawn(number, number=1, is_final=False)
        dieter = acting(session, triage.world.people["dieter"])
        journal.record(session, gone, actor=dieter, now=now - timedelta(days=days + 1))
        commit(session)
    history = triage.path("weser", "?show=history")

    def told(name: str) -> str:
        return text_of(triage.as_(name).get(history).text.split("<main")[1].split("</main>")[0])

    staff, auditor = told("astrid"), told("jens")
    assert "Ole" in staff and "Ole" in auditor
    assert "Hanne" not in staff and "Hanne" in auditor
    assert "withdrawn" in staff, "an act is no reading, however old"
    assert f"is shown here for {days} days" in staff
    assert "is shown here for" not in auditor


def test_an_auditor_reads_the_page_and_finds_no_form(triage: Triage) -> None:
    jens = triage.as_("jens")
    for part in ("", "?show=answers", "?show=notes", "?show=history"):
        html = jens.get(triage.path("weser", part)).text
        main = html.split("<main")[1].split("</main>")[0]
        assert "Weser" in main and 'method="post"' not in main


def test_where_it_is_not_opened_there_is_nothing(sealed: Triage) -> None:
    for name in ("eva", "astrid", "jens"):
        browser = sealed.as_(name)
        assert browser.get(sealed.path("weser")).status_code == 404
        sent = browser.post(sealed.path("weser", "/notes"), {"note": "x"})
        assert sent.status_code == (403 if name == "jens" else 404)
