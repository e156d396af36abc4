"""What both sides, finance, mentors and readers do on the pages of a pilot, and what not."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Invitation
from govmatch.challenges.models import Challenge
from govmatch.kit.db import Session
from govmatch.pilots.models import Delivery, Kpi, KpiValue, LogEntry, Milestone, Pilot
from tests.site import Browser, Site, hidden, text_of
from tests.unit.pilots import making
from tests.unit.pilots.making import TODAY, Case, days
from tests.web.pilots.world import Stage, stage

NOT_AUTHORITY = ("bo", "hanne", "jens", "mia")
NOT_FIRM = ("astrid", "eva", "hanne", "jens", "mia")


def rows(at: Stage, table: Any) -> list[Any]:
    with at.site.database.reading() as session:
        return list(session.scalars(select(table).order_by(table.id)))


def error_ids(html: str) -> set[str]:
    return set(re.findall(r'id="f-([\w-]+)-error"', html))


MILESTONE = {
    "title": "Trial in the field",
    "acceptance": "Twenty inspections",
    "amount": "200.000",
    "due": days(10).isoformat(),
}
KPI = {"name-en": "Share read", "unit": "percent", "baseline": "40,5 %", "target": "90"}


def test_a_pilot_is_made_planned_and_agreed_on_its_pages(site: Site) -> None:
    at = stage(site, making.made)
    eva, bo = at.as_("eva", lang="da"), at.as_("bo")
    plan = f"{at.path}/plan"
    answer = eva.submit(f"{plan}/milestones/new", f"{plan}/milestones/new", MILESTONE)
    assert (answer.status_code, answer.headers["location"]) == (303, plan)
    assert eva.submit(f"{plan}/kpis/new", f"{plan}/kpis/new", KPI).status_code == 303
    (kpi,) = rows(at, Kpi)
    assert (str(kpi.baseline.normalize()), str(kpi.target.normalize())) == ("40.5", "9E+1")
    assert "Der er ikke noget at gøre nu" not in text_of(eva.get(at.path).text)
    assert 'name="act" value="agree"' not in bo.get(at.path).text
    assert eva.submit(at.path, at.path, {}).status_code == 303
    page = bo.get(at.path).text
    assert "DKK 200,000" in text_of(page)
    assert bo.post(at.path, hidden(page, at.path)).status_code == 303
    assert at.pilot().state == "running"
    assert "The pilot runs" in text_of(bo.get(at.path).text)


def test_a_new_pilot_is_made_from_the_page_that_the_list_links_to(running: Stage) -> None:
    made: list[str] = []

    def act(session: Session, case: Case, _pilot: Pilot) -> None:
        made.append(making.confirmed(session, case.world, "weser").public_id)

    running.do(act)
    astrid = running.as_("astrid")
    address = f"/pilots/new?application={made[0]}"
    assert address in astrid.get("/pilots").text
    fields = {
        "title": "Second", "budget": "600.001", "starts": "2027-01-01", "ends": "2027-03-01",
        "application": made[0],
    }  # fmt: skip
    over = astrid.submit(address, "/pilots/new", {**fields, "budget": "600,001"})
    assert (over.status_code, error_ids(over.text)) == (422, {"budget"})
    assert "offers at most DKK 600,000" in text_of(over.text)
    assert 'value="600,001"' in over.text
    answer = astrid.submit(address, "/pilots/new", {**fields, "budget": "500,000"})
    assert answer.headers["location"].endswith("/plan")
    again = astrid.get(address)
    assert "made already" in text_of(again.text) or again.status_code in {200, 404}
    for name in ("bo", "dieter", "ida", "hanne", "jens", "kim"):
        assert running.as_(name).get(address).status_code == 404
        assert running.as_(name).post("/pilots/new", fields).status_code == 404


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"amount": "600000"}, {"amount"}),
        ({"amount": "12.50"}, {"amount"}),
        ({"amount": "200 EUR"}, {"amount"}),
        ({"amount": "-5"}, {"amount"}),
        ({"due": days(400).isoformat()}, {"due"}),
        ({"due": "soon"}, {"due"}),
        ({"title": "", "acceptance": ""}, {"title", "acceptance"}),
    ],
)
def test_a_milestone_that_does_not_fit_is_refused_and_kept(
    site: Site, changes: dict[str, str], wrong: set[str]
) -> None:
    at = stage(site, making.made)
    astrid = at.as_("astrid")
    page = f"{at.path}/plan/milestones/new"
    answer = astrid.submit(page, page, {**MILESTONE, **changes})
    assert (answer.status_code, error_ids(answer.text)) == (422, wrong)
    assert changes.get("title", "Trial in the field") in answer.text
    assert rows(at, Milestone) == []


def test_an_amount_beyond_the_budget_says_what_is_left(site: Site) -> None:
    at = stage(site, making.planned)
    page = f"{at.path}/plan/milestones/new"
    answer = at.as_("astrid", lang="de").submit(page, page, {**MILESTONE, "amount": "1"})
    assert answer.status_code == 422
    assert "Das übersteigt das Budget von 500.000\u00a0DKK" in answer.text


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"baseline": "12 min"}, "another unit: Percent. You typed: Minutes"),
        ({"unit": "count"}, "another unit: Number of things. You typed: Percent"),
        ({"unit": "parsecs"}, "Please choose one of the options"),
        ({"target": "much"}, "Please enter a number"),
        ({"target": "40,5", "baseline": "40.5"}, "Please enter a number"),
        ({"name-en": ""}, "at least one language"),
    ],
)
def test_a_key_figure_with_the_wrong_unit_or_form_is_refused(
    site: Site, changes: dict[str, str], wrong: str
) -> None:
    at = stage(site, making.made)
    page = f"{at.path}/plan/kpis/new"
    fields = {**KPI, "baseline": "40.5 %", **changes}
    if changes.get("target") == "40,5":
        fields["target"] = "40,5,1"
    answer = at.as_("astrid").submit(page, page, fields)
    assert answer.status_code == 422
    assert wrong in text_of(answer.text)
    assert rows(at, Kpi) == []


def test_an_old_plan_is_neither_saved_nor_agreed_to(site: Site) -> None:
    at = stage(site, making.planned)
    astrid, eva, bo = at.as_("astrid"), at.as_("eva"), at.as_("bo")
    plan = f"{at.path}/plan"
    page = astrid.get(plan).text
    eva.submit(plan, plan, {**typed(page), "title": "Eva's title"})
    answer = astrid.post(plan, {**typed(page), **hidden(page, plan), "title": "Astrid's title"})
    assert answer.status_code == 409
    assert "has changed meanwhile" in text_of(answer.text)
    assert "Astrid&#39;s title" in answer.text, "what was typed is kept"
    assert "Eva&#39;s title" in answer.text, "what is saved is shown"
    assert at.pilot().title == "Eva's title"
    astrid.submit(at.path, at.path, {})
    offered = hidden(bo.get(at.path).text, at.path)
    eva.submit(plan, plan, {**typed(page), "title": "Other"})
    assert bo.post(at.path, offered).status_code == 403
    astrid.submit(at.path, at.path, {})
    answer = bo.post(at.path, offered)
    assert answer.status_code == 409
    assert "Read it again before you agree" in text_of(answer.text)
    assert at.pilot().state == "planned"


def typed(html: str) -> dict[str, str]:
    """Return the fields of a plan as its page shows them."""
    found = dict(re.findall(r'name="(title|budget|starts|ends)" type="\w+" value="([^"]*)"', html))
    return {**found, "summary-en": "Inspectors scan labels."}


def test_the_firm_returns_the_plan_with_remarks(site: Site) -> None:
    at = stage(site, making.planned)
    at.as_("astrid").submit(at.path, at.path, {})
    bo = at.as_("bo")
    fields = {**hidden(bo.get(at.path).text, at.path), "act": "return"}
    assert error_ids(bo.post(at.path, {**fields, "remarks": " "}).text) == {"remarks"}
    assert bo.post(at.path, {**fields, "remarks": "Start in May"}).status_code == 303
    assert "Start in May" in at.as_("astrid").get(f"{at.path}/plan").text


@pytest.mark.security(10)
def test_only_the_authoritys_side_opens_and_sends_the_plan(site: Site) -> None:
    at = stage(site, making.planned)
    with site.database.reading() as session:
        milestone = session.query(Milestone).first()
        kpi = session.query(Kpi).first()
    assert milestone is not None and kpi is not None
    pages = [
        f"{at.path}/plan",
        f"{at.path}/plan/milestones/new",
        f"{at.path}/plan/milestones/{milestone.public_id}",
        f"{at.path}/plan/kpis/new",
        f"{at.path}/plan/kpis/{kpi.public_id}",
    ]
    for name, status in {"bo": 403, "hanne": 403, "jens": 403, "fie": 404, "dieter": 404}.items():
        browser = at.as_(name)
        for page in pages:
            assert browser.get(page).status_code == status
            assert browser.post(page, {"act": "remove", "revision": "5"}).status_code == status
    assert len(rows(at, Milestone)) == 2


def deliver(browser: Browser, at: Stage, **fields: str) -> Any:
    values = {"text": "Ten of *ten*", **fields}
    return browser.submit(
        at.milestone, at.milestone, values, files={"evidence": ("proof.txt", b"Ten of ten")}
    )


def test_a_milestone_is_delivered_returned_and_accepted(running: Stage) -> None:
    bo, astrid = running.as_("bo"), running.as_("astrid")
    key = running.kpi.rsplit("/", 1)[1]
    assert deliver(bo, running, **{f"value-{key}": "20,5 min"}).status_code == 422
    assert deliver(bo, running, **{f"value-{key}": "20.5 min"}).status_code == 303
    page = astrid.get(running.milestone).text
    assert "<p>Ten of <em>ten</em></p>" in page
    assert "proof.txt" in page
    assert 'href="/pages/guide-e-invoicing"' in page
    fields = hidden(page, running.milestone)
    refused = astrid.post(running.milestone, {**fields, "act": "return", "reasons": ""})
    assert error_ids(refused.text) == {"reasons"}
    said = {**fields, "act": "return", "reasons": "One label is missing"}
    assert astrid.post(running.milestone, said).status_code == 303
    assert "One label is missing" in bo.get(running.milestone).text
    assert deliver(bo, running).status_code == 303
    last = hidden(astrid.get(running.milestone).text, running.milestone)
    assert astrid.post(running.milestone, {**last, "act": "accept"}).status_code == 303
    assert [one.is_accepted for one in rows(running, Delivery)] == [False, True]
    assert [str(one.value.normalize()) for one in rows(running, KpiValue)] == ["20.5"]
    assert "Accepted" in text_of(bo.get(running.path).text)


def test_two_deliveries_at_once_and_a_decision_pressed_twice(running: Stage) -> None:
    bo, carla, astrid = (running.as_(name) for name in ("bo", "carla", "astrid"))
    forms = [hidden(one.get(running.milestone).text, running.milestone) for one in (bo, carla)]
    assert bo.post(running.milestone, {**forms[0], "text": "Bo's"}).status_code == 303
    late = carla.post(running.milestone, {**forms[1], "text": "Carla's words"})
    assert late.status_code == 409
    assert "Somebody delivered or decided meanwhile" in text_of(late.text)
    fields = {**hidden(astrid.get(running.milestone).text, running.milestone), "act": "accept"}
    assert astrid.post(running.milestone, fields).status_code == 303
    again = astrid.post(running.milestone, fields)
    assert (again.status_code, again.headers["location"]) == (303, running.milestone)
    other = astrid.post(running.milestone, {**fields, "form_key": "other", "act": "return"})
    assert other.status_code == 409
    assert [one.is_accepted for one in rows(running, Delivery)] == [True]


@pytest.mark.security(10)
def test_nobody_does_what_is_the_other_sides(running: Stage) -> None:
    delivery = {"text": "x", "number": "1", "act": "deliver"}
    for name in NOT_FIRM:
        browser = running.as_(name)
        assert browser.post(running.milestone, delivery).status_code == 403
        value = {f"value-{running.kpi.rsplit('/', 1)[1]}": "5"}
        assert browser.post(running.kpi, value).status_code == 403
    deliver(running.as_("bo"), running)
    for name in NOT_AUTHORITY:
        browser = running.as_(name)
        for act in ("accept", "return"):
            sent = {"act": act, "number": "1", "reasons": "x"}
            assert browser.post(running.milestone, sent).status_code == 403
        for page, fields in {
            f"{running.path}/people": {"email": "x@example.org", "lang": "en"},
            f"{running.path}/presentation": {"at": "2030-01-01T10:00", "place": "x"},
            f"{running.path}/outcome": {"outcome": "scale", "reasons-en": "x", "cost": "1"},
        }.items():
            assert browser.post(page, fields).status_code == 403
    for name in ("hanne", "jens", "mia"):
        browser = running.as_(name)
        for page in (f"{running.path}/stop", f"{running.path}/change"):
            assert browser.post(page, {"reasons": "x", "reason": "x"}).status_code == 403
        paper = {"document": ("a.txt", b"x")}
        answer = browser.post(f"{running.path}/documents", {"act": "add"}, files=paper)
        assert answer.status_code == 403
    for name in ("hanne", "jens"):
        assert running.as_(name).post(f"{running.path}/log", {"text": "x"}).status_code == 403
    assert [one.is_accepted for one in rows(running, Delivery)] == [None]
    assert rows(running, LogEntry) == []
    assert rows(running, Invitation) == []


@pytest.mark.security(1)
def test_whoever_sees_no_pilot_or_only_its_money_does_nothing_in_it(running: Stage) -> None:
    deliver(running.as_("bo"), running)
    for name in ("fie", "finja", "dieter", "ida", "kim", "mona", "finn"):
        browser = running.as_(name)
        for page in (running.path, running.milestone, running.kpi):
            assert browser.post(page, {"act": "accept", "number": "1"}).status_code == 404
        for end in ("log", "documents", "people", "presentation", "stop", "outcome", "change"):
            assert browser.post(f"{running.path}/{end}", {"text": "x"}).status_code == 404
    assert [one.is_accepted for one in rows(running, Delivery)] == [None]
    assert rows(running, LogEntry) == []
    assert rows(running, Invitation) == []


def test_values_make_a_drawing_with_its_table(running: Stage) -> None:
    bo = running.as_("bo", lang="de")
    key = running.kpi.rsplit("/", 1)[1]
    assert "<svg role" not in bo.get(running.kpi).text
    for day, value in ((-5, "28"), (-1, "12,5 min")):
        fields = {f"value-{key}": value, f"measured-{key}": days(day).isoformat()}
        assert bo.submit(running.kpi, running.kpi, fields).status_code == 303
    page = running.as_("jens").get(running.kpi).text
    (svg,) = re.findall(r'<svg role="img".*?</svg>', page, re.DOTALL)
    assert "<title" in svg and "last value 12.5\u00a0min" in svg
    assert svg.count("<circle") == 2
    assert "Baseline: 30\u00a0min" in svg and "Target: 12.5\u00a0min" in svg
    assert "style=" not in svg
    table = text_of(page.split("Reported values")[1])
    assert table.index("12.5\u00a0min".replace("\u00a0", " ")) < table.index("28 min")
    assert "Target reached" in text_of(page)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "0,5 Stunden"}, "Dies wird in einer anderen Einheit gemessen: Minuten"),
        ({"value": "12,5", "unit": "hours"}, "Dies wird in einer anderen Einheit gemessen"),
        ({"value": ""}, "Bitte füllen Sie dieses Feld aus"),
        ({"value": "viele"}, "Bitte geben Sie eine Zahl ein, zum Beispiel 7,5 min"),
        ({"value": "5", "measured": days(9).isoformat()}, "liegt noch in der Zukunft"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_and_kept(
    running: Stage, fields: dict[str, str], words: str
) -> None:
    key = running.kpi.rsplit("/", 1)[1]
    sent = {f"{name}-{key}": value for name, value in fields.items()}
    answer = running.as_("bo", lang="de").submit(running.kpi, running.kpi, sent)
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert f'value="{fields["value"]}"' in answer.text
    assert rows(running, KpiValue) == []


def test_a_change_is_proposed_by_one_side_and_answered_by_the_other(running: Stage) -> None:
    page = f"{running.path}/change"
    bo, astrid = running.as_("bo"), running.as_("astrid")
    fields = {
        "due-1": days(25).isoformat(), "amount-1": "200000", "due-2": days(60).isoformat(),
        "amount-2": "300,001", "ends": making.ENDS.isoformat(), "reason": "Data came late",
    }  # fmt: skip
    over = bo.submit(page, page, fields)
    assert (over.status_code, error_ids(over.text)) == (422, {"amount-2"})
    assert "the budget is DKK 500,000" in text_of(over.text)
    assert bo.submit(page, page, {**fields, "amount-2": "300,000"}).status_code == 303
    assert "wishes a change" in text_of(astrid.get(running.path).text)
    assert bo.post(page, {"act": "agree", "change": "1"}).status_code == 403
    assert astrid.submit(page, page, {}).status_code == 303
    assert rows(running, Milestone)[0].due == days(25)
    assert "Agreed" in text_of(bo.get(page).text)


def test_the_log_is_written_by_a_mentor_and_read_by_all(running: Stage) -> None:
    log = f"{running.path}/log"
    mia = running.as_("mia")
    assert error_ids(mia.submit(log, log, {"text": " "}).text) == {"text"}
    assert mia.submit(log, log, {"text": "Office hours: **Tuesday** <b>9</b>"}).status_code == 303
    page = running.as_("bo").get(log).text
    assert "<strong>Tuesday</strong>" in page
    assert "<b>9</b>" not in page


def test_a_mentor_is_invited_told_and_ended(running: Stage) -> None:
    people = f"{running.path}/people"
    astrid = running.as_("astrid")
    sent = {"act": "invite", "email": "gro@example.org", "lang": "da"}
    assert astrid.submit(people, people, sent).status_code == 303
    running.site.work()
    (letter,) = [one for one in running.site.postbox.letters if one.to == "gro@example.org"]
    assert "Scanning labels" in letter.body
    page = astrid.get(people).text
    assert "gro@example.org" in page
    assert "gro@example.org" not in running.as_("bo").get(people).text
    key = rows(running, Invitation)[0].public_id
    assert astrid.post(people, {"act": "revoke", "invitation": key}).status_code == 303
    mia = running.world.mia.public_id
    assert running.as_("mia").post(people, {"act": "end", "person": mia}).status_code == 303
    assert running.as_("mia").get(running.path).status_code == 404


def test_the_presentation_is_set_in_the_challenges_zone(running: Stage) -> None:
    page = f"{running.path}/presentation"
    astrid = running.as_("astrid")
    day = (TODAY + timedelta(days=30)).isoformat()
    past = astrid.submit(page, page, {"at": "2020-01-01T10:00", "place": "Hall"})
    assert error_ids(past.text) == {"at"}
    assert astrid.submit(page, page, {"at": f"{day}T10:00", "place": "Hall"}).status_code == 303
    assert "10:00" in text_of(running.as_("mia").get(page).text)
    assert astrid.post(page, {"act": "held"}).status_code == 403


def test_the_end_is_stated_published_and_the_case_completed(running: Stage) -> None:
    completion = "/desk/challenges/long/completion"
    eva = running.as_("eva")
    assert "Not every pilot has an outcome" in text_of(eva.get(completion).text)
    outcome = f"{running.path}/outcome"
    assert running.as_("astrid").get(outcome).status_code == 403
    running.do(making_settled)
    astrid = running.as_("astrid")
    empty = astrid.submit(outcome, outcome, {"cost": "480000"})
    assert error_ids(empty.text) == {"outcome", "reasons"}
    sent = {"outcome": "scale", "reasons-en": "It saves time.", "cost": "480,000"}
    assert astrid.submit(outcome, outcome, sent).status_code == 303
    again = astrid.post(outcome, {**sent, "form_key": "x"})
    assert again.status_code == 409
    page = text_of(running.as_("bo").get(running.path).text)
    assert "Outcome: Scale up" in page
    assert "It saves time." in page
    assert "Somebody who applied has no letter" in text_of(eva.get(completion).text)
    assert eva.post(completion, {}).status_code == 403
    running.do(without_feedback)
    for name, status in {"astrid": 403, "hanne": 403, "bo": 403, "ida": 404}.items():
        assert running.as_(name).post(completion, {}).status_code == status
    assert eva.submit(completion, completion, {}).status_code == 303
    with running.site.database.reading() as session:
        assert session.get_one(Challenge, running.case.challenge.id).state == "completed"


def making_settled(session: Session, case: Case, pilot: Pilot) -> None:
    making.settle(session, case, pilot)


def without_feedback(_session: Session, case: Case, _pilot: Pilot) -> None:
    programme = case.challenge.programme
    programme.rules = {**programme.rules, "feedback_required": {"value": False}}


def test_a_pilot_is_stopped_with_reasons_that_are_not_public(running: Stage) -> None:
    stop = f"{running.path}/stop"
    bo = running.as_("bo")
    assert error_ids(bo.submit(stop, stop, {"reasons": ""}).text) == {"reasons"}
    assert bo.submit(stop, stop, {"reasons": "zimtstern"}).status_code == 303
    assert "zimtstern" in running.as_("astrid").get(running.path).text
    assert "zimtstern" not in running.as_("fie").get(running.path).text
    assert bo.get(stop).status_code == 403


def test_overdue_things_are_seen_by_both(running: Stage) -> None:
    def late(session: Session, case: Case, pilot: Pilot) -> None:
        first = making.first(session, pilot)
        first.due = days(-2)
        second = session.query(Milestone).filter(Milestone.number == 2).one()
        making.deliver(session, case, pilot, second, now=making.NOW - timedelta(days=20))

    running.do(late)
    for name in ("bo", "astrid", "eva", "fie"):
        page = text_of(running.as_(name).get(running.path).text)
        assert "2 days ago" in page
        assert "Overdue" in page
        assert "Decision overdue" in page
