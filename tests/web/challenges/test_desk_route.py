"""/desk/challenges/{slug}/route: the routes that a value leaves open, and the choice as kept."""

from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select, update

from govmatch.accounts.models import Role
from govmatch.challenges.models import RouteChoice
from govmatch.organisations.models import Authority
from tests.site import Browser, text_of
from tests.web.challenges.desk_world import Desk

VALUE = {"each": "600000", "pilots": "3", "follow_on": "", "currency": "DKK", "buyer": "central"}
REASON = "Over the threshold; the procurement office agrees."
CHOICE = {"route": "dk-2024/eu-wide", "named": "", "reason": REASON}


def path(slug: str, value: dict[str, str] | None = None) -> str:
    query = f"?{urlencode(value)}" if value else ""
    return f"/desk/challenges/{slug}/route{query}"


def shown(browser: Browser, slug: str, **changes: str) -> str:
    """Return what the page says of a value."""
    answer = browser.get(path(slug, {**VALUE, **changes}))
    assert answer.status_code == 200
    return text_of(answer.text)


def choose(desk: Desk, slug: str, *, name: str = "astrid", **changes: str) -> Any:
    """Send the form of the page as it stands for the value."""
    browser = desk.as_(name)
    value = {key: changes.pop(key, VALUE[key]) for key in VALUE}
    html = browser.get(path(slug, value)).text
    form = html.partition('id="main-form"')[2]
    digest = form.partition('name="shown" value="')[2].partition('"')[0]
    key = form.partition('name="form_key" value="')[2].partition('"')[0]
    fields = {**value, **CHOICE, "shown": digest, "form_key": key, **changes}
    return browser.post(path(slug), fields)


def kept(desk: Desk) -> list[RouteChoice]:
    with desk.site.database.reading() as session:
        found = list(session.scalars(select(RouteChoice).order_by(RouteChoice.id)))
        session.expunge_all()
    return found


def test_the_challenge_s_own_budget_stands_there_and_the_kind_is_asked_for_once(desk: Desk) -> None:
    slug = desk.draft(budget_max=600_000, pilots_max=3)
    html = desk.as_("astrid").get(path(slug)).text
    assert 'name="each" type="text" value="600000"' in html
    assert 'name="pilots" type="text" value="3"' in html
    assert "Say the value and the kind of authority" in html and "Open for" not in html
    choose(desk, slug)
    other = desk.draft(budget_max=100_000, pilots_max=1)
    page = text_of(desk.as_("asger").get(path(other)).text)
    assert "Open for DKK 100,000" in page


def test_the_value_that_a_route_was_chosen_for_stands_there_again(desk: Desk) -> None:
    slug = desk.draft()
    choose(desk, slug, follow_on="50000")
    assert 'name="follow_on" type="text" value="50000"' in desk.as_("astrid").get(path(slug)).text
    desk.set_challenge(slug, budget_max=900_000)
    html = desk.as_("astrid").get(path(slug)).text
    assert 'name="follow_on" type="text" value=""' in html
    assert 'name="each" type="text" value="900000"' in html


def test_open_routes_stand_there_with_limit_source_and_date(desk: Desk) -> None:
    page = shown(desk.as_("astrid"), desk.draft())
    assert "Open for DKK 1,800,000" in page
    assert "Procedure announced across the EU" in page and "from DKK 1,064,177" in page
    assert "Konkurrence- og Forbrugerstyrelsen: Tærskelværdier 2024 og 2025" in page
    assert "(as of 1 January 2024)" in page
    assert "from 1 January 2024 until 31 December 2025" in page
    assert "It is no legal advice" in page
    below = shown(desk.as_("astrid"), desk.draft(), pilots="1")
    opened, _, closed = below.partition("Not open for this value")
    assert "Procedure under national rules" in opened
    assert "Procedure announced across the EU : from DKK 1,064,177" in closed


def test_what_may_follow_counts_to_the_value(desk: Desk) -> None:
    page = shown(desk.as_("astrid"), desk.draft(), pilots="1", follow_on="464177")
    assert "Open for DKK 1,064,177" in page
    opened = page.partition("Not open for this value")[0]
    assert "Procedure announced across the EU" in opened


def test_figures_whose_time_is_over_are_said_to_be_so(desk: Desk) -> None:
    page = shown(desk.as_("astrid"), desk.draft())
    assert "Check the figures before you rely on them" in page
    assert "Out of date" in page and "Older than a year" in page


def test_another_currency_is_converted_by_nobody(desk: Desk) -> None:
    page = shown(desk.as_("astrid"), desk.draft(), each="10000", currency="EUR")
    assert "Limits in another currency: DKK" in page
    assert "Procedure under national rules : below DKK 1,064,177" in page
    assert "Open for €30,000" in page


def test_a_place_without_figures_is_sent_to_the_procurement_office(desk: Desk) -> None:
    desk.give("ida", Role.STAFF, "authority", "historic-environment-scotland")
    slug = desk.draft(by="ida", authority="historic-environment-scotland", currency="GBP")
    page = shown(desk.as_("ida"), slug, currency="GBP", buyer="other")
    assert "No figures are known here for Scotland" in page
    assert "Ask your procurement office" in page
    answer = choose(
        desk, slug, name="ida", currency="GBP", buyer="other", route="other",
        named="Innovation partnership",
    )  # fmt: skip
    assert answer.status_code == 303
    assert kept(desk)[0].facts["named"] == "Innovation partnership"


def test_a_region_without_figures_gets_those_of_the_country_and_is_told_so(desk: Desk) -> None:
    slug = desk.draft(by="ida", authority="bremen-wirtschaft", currency="EUR")
    bremen = {"currency": "EUR", "buyer": "regional", "each": "10000"}
    assert "Award after comparing offers" in shown(desk.as_("ida"), slug, **bremen)
    row = update(Authority).where(Authority.slug == "bremen-wirtschaft")
    desk.change(lambda session: session.execute(row.values(region="Thüringen")))
    page = shown(desk.as_("ida"), slug, **bremen)
    assert "No figures of its own are known here for Thüringen" in page
    assert "Award after comparing offers" not in page
    assert "Procedure under national rules" in page


def test_the_choice_is_kept_with_its_figures_reason_person_and_time(desk: Desk) -> None:
    slug = desk.draft()
    answer = choose(desk, slug)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/challenges/{slug}")
    [row] = kept(desk)
    assert (row.reason, row.person_id) == (REASON, desk.people["astrid"].id)
    assert (row.facts["total"], row.facts["currency"], row.facts["buyer"]) == (
        1_800_000, "DKK", "central",
    )  # fmt: skip
    route = row.facts["route"]
    assert (route["from"], route["limit"], route["valid_until"]) == (1_064_177, None, "2025-12-31")
    assert route["source"]["name"].startswith("Konkurrence-")
    assert set(route["labels"]) == {"de", "da", "en"}
    assert desk.events(slug)[-1] == "ProcurementRouteChosen"
    assert desk.kept(slug).editors == [desk.people["astrid"].id]


def test_the_desk_shows_it_to_whoever_writes_approves_and_publishes(desk: Desk) -> None:
    slug = desk.draft()
    choose(desk, slug)
    for name in ("astrid", "hanne", "eva"):
        page = text_of(desk.as_(name).get(f"/desk/challenges/{slug}").text)
        assert "Procedure announced across the EU" in page and REASON in page
        assert "DKK 1,800,000 (3 × DKK 600,000)" in page and "Chosen by Astrid" in page
        assert "No procurement route is recorded" not in page


def test_the_approver_and_the_auditor_see_that_none_is_recorded(desk: Desk) -> None:
    slug = desk.submitted()
    page = text_of(desk.as_("hanne").get(f"/desk/challenges/{slug}").text)
    assert "No procurement route is recorded" in page
    assert path(slug) in desk.as_("jens").get(f"/audit/challenges/{slug}").text
    html = desk.as_("jens").get(path(slug)).text
    assert "Only staff of the authority" not in text_of(html) or "Choose a route" in html
    assert 'id="main-form"' not in desk.as_("jens").get(path(slug, VALUE)).text


def test_what_was_chosen_is_read_as_it_was_though_the_tables_are_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = desk.draft()
    choose(desk, slug)
    for module in ("kept", "content"):
        monkeypatch.setattr(f"govmatch.procurement.{module}.FOLDER", "nowhere")
    page = text_of(desk.as_("hanne").get(path(slug, VALUE)).text)
    assert "No figures are known here" in page
    assert "Procedure announced across the EU" in page and "from DKK 1,064,177" in page


def test_another_budget_than_the_one_it_was_chosen_for_is_noticed(desk: Desk) -> None:
    slug = desk.draft()
    choose(desk, slug)
    assert "The budget has changed since" not in text_of(
        desk.as_("astrid").get(f"/desk/challenges/{slug}").text
    )
    desk.set_challenge(slug, budget_max=900_000)
    page = text_of(desk.as_("astrid").get(f"/desk/challenges/{slug}").text)
    assert "The budget has changed since" in page


def test_a_second_choice_counts_and_the_first_is_kept(desk: Desk) -> None:
    slug = desk.draft()
    choose(desk, slug)
    choose(desk, slug, route="other", named="Innovation partnership", reason="Asked again.")
    assert len(kept(desk)) == 2
    page = text_of(desk.as_("hanne").get(path(slug)).text)
    assert "Innovation partnership" in page and "1 earlier choice is kept." in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "Please fill in this field."),
        ({"route": ""}, "Please choose one of the options."),
        ({"route": "dk-2024/national"}, "Please choose one of the options."),
        ({"route": "other"}, "Please fill in this field."),
        ({"reason": "x" * 2_001}, "Please use at most 2,000 characters."),
        ({"shown": "0000"}, "The figures have changed since you read them."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    desk: Desk, wrong: dict[str, str], said: str
) -> None:
    answer = choose(desk, desk.draft(), **wrong)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert wrong.get("reason", REASON).strip() in answer.text
    assert kept(desk) == []


def test_a_value_that_is_none_is_named_and_nothing_is_suggested(desk: Desk) -> None:
    page = shown(desk.as_("astrid"), desk.draft(), each="many", pilots="0")
    assert "Please enter a whole number." in page
    assert "Please enter a number from 1 to 50." in page
    assert "Open for" not in page


def test_only_staff_choose_and_only_while_it_is_written(desk: Desk) -> None:
    slug = desk.submitted()
    for name, status in (("astrid", 403), ("hanne", 403), ("eva", 403), ("ida", 404)):
        answer = desk.as_(name).post(path(slug), {**VALUE, **CHOICE})
        assert answer.status_code == status, name
    assert kept(desk) == []


def test_the_public_never_reads_it(desk: Desk) -> None:
    slug = desk.draft()
    choose(desk, slug)
    public = desk.published()
    for name in ("bo", "gro", "ida", "kim"):
        for one in (slug, public):
            assert desk.as_(name).get(path(one)).status_code in {403, 404}, name
    assert desk.site.visit().get(path(public)).status_code == 303
    assert REASON not in desk.site.visit().get(f"/challenges/{public}").text


def test_a_draft_that_is_thrown_away_takes_its_choice_along(desk: Desk) -> None:
    slug = desk.draft()
    choose(desk, slug)
    desk.as_("astrid").submit(f"/desk/challenges/{slug}", f"/desk/challenges/{slug}/delete", {})
    assert kept(desk) == []


def test_the_page_is_in_german_and_danish(desk: Desk) -> None:
    slug = desk.draft()
    german = text_of(desk.as_("astrid", lang="de").get(path(slug, VALUE) + "&lang=de").text)
    assert "Vergabeverfahren" in german and "EU-weites Vergabeverfahren" in german
    assert "keine Rechtsberatung" in german
    danish = text_of(desk.as_("astrid", lang="da").get(path(slug, VALUE) + "&lang=da").text)
    assert "Udbud i hele EU" in danish and "ikke juridisk rådgivning" in danish
