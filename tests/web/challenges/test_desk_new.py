"""Beginning a challenge."""

from dataclasses import replace
from typing import Any

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


class TestCopying:
    """A draft that begins with the words of another challenge."""

    def copy(self, desk: Desk, of: str, **more: str) -> Any:
        sent = typed(form(desk), title="Read it again", copy=of, **more)
        return desk.as_("astrid").post(PATH, sent)

    def test_it_says_the_same_but_for_what_is_the_new_ones_own(self, desk: Desk) -> None:
        slug = desk.draft()
        source = desk.says(slug)
        answer = self.copy(desk, slug, lang="da")
        assert answer.headers["location"] == "/desk/challenges/read-it-again/edit"
        made = desk.says("read-it-again")
        assert made.words["en"] == source.words["en"]
        assert made.words["da"] == replace(source.words["da"], title="Read it again")
        same = ("themes", "cpv", "budget_max", "criteria", "questions", "countries", "requires")
        assert [getattr(made, name) for name in same] == [getattr(source, name) for name in same]
        assert (made.opens, made.closes, made.round, made.main_lang) == (None, None, None, "da")
        assert made.contact["email"] == "govtech@sik.example"
        assert desk.kept("read-it-again").author_id == desk.people["astrid"].id

    def test_the_link_of_a_challenge_fills_the_form(self, desk: Desk) -> None:
        slug = desk.published()
        answer = desk.as_("astrid").get(f"{PATH}?copy={slug}")
        fields = fields_of(answer.text, PATH)
        assert (fields["copy"], fields["title"], fields["lang"]) == (
            [slug], ["Read the label"], ["en"]
        )  # fmt: skip
        assert "It begins as a copy of: Read the label" in text_of(answer.text)

    @pytest.mark.parametrize(
        "address", ["{}", "/challenges/{}", "https://x.example/challenges/{}?lang=de#top",
                    "http://x.example/desk/challenges/{}/edit", " {} "],
    )  # fmt: skip
    def test_what_is_published_by_another_authority_is_named_by_any_address(
        self, desk: Desk, address: str
    ) -> None:
        slug = desk.published()
        desk.give("gro", Role.STAFF, "authority", "bremen-wirtschaft")
        sent = typed(form(desk, "gro"), title="Read it again", copy=address.format(slug))
        assert desk.as_("gro").post(PATH, sent).status_code == 303
        made = desk.says("read-it-again")
        assert made.words["da"] == desk.says(slug).words["da"]
        assert made.authority == "bremen-wirtschaft"

    @pytest.mark.security(4)
    def test_what_others_have_not_published_cannot_be_copied_or_guessed(self, desk: Desk) -> None:
        slug = desk.draft()
        desk.give("gro", Role.STAFF, "authority", "bremen-wirtschaft")
        desk.give("gro", Role.AUDITOR, "site", "")
        answers = []
        for of in (slug, "nothing-at-all"):
            sent = typed(form(desk, "gro"), title="Read it again", copy=of)
            answer = desk.as_("gro").post(PATH, sent)
            assert answer.status_code == 422
            assert fields_of(answer.text, PATH)["title"] == ["Read it again"]
            answers.append(text_of(answer.text))
            page = text_of(desk.as_("gro").get(f"{PATH}?copy={of}").text)
            assert "Read the label" not in page
        assert answers[0] == answers[1]
        assert desk.titles() == ["Læs mærket", "Read the label"]
