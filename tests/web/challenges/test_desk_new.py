"""Beginning a challenge."""

import pytest

from govmatch.accounts.models import Role
from govmatch.programmes.models import ProgrammeAuthority
from tests.site import text_of
from tests.web.challenges.desk_world import AUTHORITY, PROGRAMME, Desk
from tests.web.challenges.sending import Fields, fields_of, typed

PATH = "/desk/challenges/new"
PLACE = f"{AUTHORITY}/{PROGRAMME}"


def form(desk: Desk, name: str = "astrid") -> Fields:
    return fields_of(desk.as_(name).get(PATH).text, PATH)


def test_a_draft_is_begun_with_a_title_and_takes_over_what_the_programme_usually_wants(
    desk: Desk,
) -> None:
    fields = form(desk)
    assert fields["place"] == [PLACE], "the only place there is stands chosen"
    answer = desk.as_("astrid").post(PATH, typed(fields, title="Read the label", lang="da"))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk/challenges/read-the-label/edit"
    made = desk.says("read-the-label")
    assert (made.authority, made.programme, made.main_lang) == (AUTHORITY, PROGRAMME, "da")
    assert made.words["da"].title == "Read the label"
    assert (made.zone, made.currency) == ("Europe/Copenhagen", "DKK")
    assert sum(one.weight for one in made.criteria) == 100
    assert made.contact["email"] == "govtech@sik.example"
    assert desk.events() == ["ChallengeDrafted"]


def test_without_a_title_nothing_is_made_and_the_rest_is_kept(desk: Desk) -> None:
    answer = desk.as_("astrid").post(PATH, typed(form(desk), title=" ", lang="de"))
    assert answer.status_code == 422
    assert "Please fill in this field." in text_of(answer.text)
    assert fields_of(answer.text, PATH)["lang"] == ["de"]
    assert desk.titles() == []


def test_a_title_that_is_too_long_is_shown_again(desk: Desk) -> None:
    answer = desk.as_("astrid").post(PATH, typed(form(desk), title="x" * 91))
    assert answer.status_code == 422
    assert fields_of(answer.text, PATH)["title"] == ["x" * 91]


def test_the_other_language_shows_what_was_typed_and_makes_nothing(desk: Desk) -> None:
    answer = desk.as_("astrid").post(PATH, typed(form(desk), title="Read", switch_lang="de"))
    assert answer.status_code == 200
    assert "Herausforderung schreiben" in text_of(answer.text)
    assert fields_of(answer.text, PATH)["title"] == ["Read"]
    assert desk.titles() == []


def test_the_same_form_sent_twice_makes_one_draft(desk: Desk) -> None:
    fields = typed(form(desk), title="Read the label")
    browser = desk.as_("astrid")
    places = [browser.post(PATH, fields).headers["location"] for _ in range(2)]
    assert places[0] == places[1]
    assert desk.titles() == ["Read the label"]


def test_a_title_that_is_a_word_of_our_addresses_leads_to_the_draft_all_the_same(
    desk: Desk,
) -> None:
    browser = desk.as_("astrid")
    place = browser.post(PATH, typed(form(desk), title="New")).headers["location"]
    assert place != f"{PATH}/edit"
    assert browser.get(place).status_code == 200


@pytest.mark.security(2)
@pytest.mark.parametrize(
    "place",
    ["bremen-wirtschaft/bremen-wirtschaft-digital", f"{AUTHORITY}/bremen-wirtschaft-digital", ""],
)
def test_a_place_that_is_not_offered_is_refused(desk: Desk, place: str) -> None:
    answer = desk.as_("astrid").post(PATH, typed(form(desk), title="Read", place=place))
    assert answer.status_code == 422
    assert desk.titles() == []


@pytest.mark.security(10)
def test_fields_that_the_form_does_not_have_change_nothing(desk: Desk) -> None:
    more = {"state": "published", "slug": "mine", "author_id": "1", "published_at": "2026-01-01"}
    desk.as_("astrid").post(PATH, typed(form(desk), title="Read the label", **more))
    made = desk.kept("read-the-label")
    assert (made.state, made.published_at) == ("draft", None)
    assert made.author_id == desk.people["astrid"].id


def test_only_staff_begins_a_challenge(desk: Desk) -> None:
    fields = typed(form(desk), title="Read the label")
    for name in ("hanne", "eva", "bo", "kim", "jens"):
        assert desk.as_(name).get(PATH).status_code == 403
        assert desk.as_(name).post(PATH, fields).status_code == 403
    assert desk.titles() == []


def test_staff_of_an_authority_without_a_programme_is_told_whom_to_ask(desk: Desk) -> None:
    desk.give("gro", Role.STAFF, "authority", "historic-environment-scotland")
    desk.empty(ProgrammeAuthority)
    page = text_of(desk.as_("gro").get(PATH).text)
    assert "Your authority takes part in no programme yet" in page
    answer = desk.as_("gro").post(PATH, {"place": PLACE, "lang": "en", "title": "Read"})
    assert answer.status_code == 403
    assert desk.titles() == []
