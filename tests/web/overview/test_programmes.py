"""Programmes: made from another, and who takes part in them."""

from typing import Any

import pytest

from govmatch.programmes.models import Programme
from govmatch.programmes.queries import taking_part
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed
from tests.web.overview.asking import events

NEW = "/admin/programmes/new"
WHOLE: dict[str, Any] = {
    "template": "govtech",
    "slug": "harbours",
    "name_en": "Digital harbours",
    "name_de": "Digitale Häfen",
    "name_da": "Digitale havne",
    "summary_en": "For ports.",
}


def kept(desk: Desk, slug: str) -> Programme | None:
    with desk.site.database.reading() as session:
        found = session.query(Programme).filter(Programme.slug == slug).one_or_none()
        if found is not None:
            assert found.form, "the form is read apart from the rest"
            session.expunge(found)
        return found


def joined(desk: Desk, programme: str) -> set[str]:
    with desk.site.database.reading() as session:
        return {authority for one, authority in taking_part(session) if one == programme}


def make(desk: Desk, **changes: Any) -> Any:
    browser = desk.as_("kim")
    fields = fields_of(browser.get(NEW).text, NEW)
    return browser.post(NEW, typed(fields, **{**WHOLE, **changes}))


def test_a_programme_is_made_from_another_and_reads_like_it(desk: Desk) -> None:
    answer = make(desk)
    assert (answer.status_code, answer.headers["location"]) == (303, "/admin/programmes/harbours")
    made, template = kept(desk, "harbours"), kept(desk, "govtech")
    assert made is not None
    assert template is not None
    assert made.names["da"] == "Digitale havne"
    assert (made.criteria, made.rules, made.form) == (
        template.criteria,
        template.rules,
        template.form,
    )
    assert (made.template, made.source_path) == ("govtech", None)
    assert joined(desk, "harbours") == set()
    assert events(desk, "programme") == ["ProgrammeCreated"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"template": ""}, "template"),
        ({"template": "none"}, "template"),
        ({"slug": "govtech"}, "slug"),
        ({"slug": "new"}, "slug"),
        ({"slug": "a b"}, "slug"),
        ({"name_de": " "}, "name_de"),
        ({"summary_en": "x" * 1_001}, "summary_en"),
    ],
)
def test_what_does_not_fit_is_named_and_kept(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    answer = make(desk, **changes)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert fields_of(answer.text, NEW)["name_en"] == ["Digital harbours"]
    assert events(desk, "programme") == []


def test_authorities_join_and_leave(desk: Desk) -> None:
    make(desk)
    path = "/admin/programmes/harbours"
    browser = desk.as_("kim")
    for wanted in (["bremen-wirtschaft", "bremen-finanzen"], ["bremen-finanzen"], []):
        fields = fields_of(browser.get(path).text, f"{path}/authorities")
        answer = browser.post(f"{path}/authorities", typed(fields, authorities=wanted))
        assert answer.status_code == 303
        assert joined(desk, "harbours") == set(wanted)
    assert events(desk, "programme").count("AuthoritiesSet") == 3


def test_staff_of_an_authority_that_joined_can_write_for_it(desk: Desk) -> None:
    make(desk)
    wanted = {"authorities": ["bremen-wirtschaft"]}
    desk.as_("kim").post("/admin/programmes/harbours/authorities", wanted)
    assert "Digital harbours" in text_of(desk.as_("ida").get("/desk/challenges/new").text)
    assert "Digital harbours" not in desk.as_("astrid").get("/desk/challenges/new").text


def test_an_authority_that_does_not_exist_joins_nothing(desk: Desk) -> None:
    make(desk)
    path = "/admin/programmes/harbours/authorities"
    assert desk.as_("kim").post(path, {"authorities": "none"}).status_code == 422
    assert joined(desk, "harbours") == set()


def test_a_programme_from_a_file_says_so_and_takes_authorities_all_the_same(desk: Desk) -> None:
    path = "/admin/programmes/govtech"
    browser = desk.as_("kim")
    html = browser.get(path).text
    assert "are changed in content/programmes/govtech.yaml" in text_of(html)
    assert "Eva Programme manager" in text_of(html)
    fields = fields_of(html, f"{path}/authorities")
    before = joined(desk, "govtech")
    assert set(fields["authorities[]"]) == before
    wanted = sorted({*before, "bremen-wirtschaft"})
    browser.post(f"{path}/authorities", typed(fields, authorities=wanted))
    assert joined(desk, "govtech") == set(wanted)


OWN = "/admin/programmes/harbours"


def save(desk: Desk, part: str, **changes: Any) -> Any:
    """Open a page of the programme that was made, type something else, and send it."""
    browser, path = desk.as_("kim"), f"{OWN}/{part}"
    return browser.post(path, typed(fields_of(browser.get(path).text, path), **changes))


def test_names_lengths_and_weights_are_changed(desk: Desk) -> None:
    make(desk)
    changes = {"name_de": "Häfen", "days-pilot": "70", "weight-fit": "6", "weight-price": "10"}
    answer = save(desk, "terms", **changes)
    assert (answer.status_code, answer.headers["location"]) == (303, OWN)
    made = kept(desk, "harbours")
    assert made is not None
    assert made.names["de"] == "Häfen"
    assert {one["id"]: one["days"] for one in made.phases}["pilot"] == 70
    on = {one["id"]: one["weight"] for one in made.criteria if one["enabled"]}
    assert (on["fit"], on["price"], sum(on.values())) == (6, 10, 100)
    assert events(desk, "programme") == ["ProgrammeCreated", "ProgrammeChanged"]
    words = text_of(desk.site.visit().get("/programmes/harbours").text)
    assert "Phase 6: 10 weeks" in words and "at most 35 days after the deadline" in words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weight-fit": "17"}, "weights"),
        ({"weight-fit": "x"}, "weight-fit"),
        ({"weight-price": "", "minimum-price": "3"}, "weight-price"),
        ({"days-call": "0"}, "days-call"),
        ({"pilots_max": "51"}, "pilots_max"),
        ({"decision_days": "0"}, "decision_days"),
        ({"name_da": ""}, "name_da"),
    ],
)
def test_terms_that_do_not_fit_are_named_and_kept_in_the_form(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    make(desk)
    before = kept(desk, "harbours")
    answer = save(desk, "terms", **changes)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    shown = fields_of(answer.text, f"{OWN}/terms")
    assert {name: shown[name] for name in changes} == {k: [v] for k, v in changes.items()}
    after = kept(desk, "harbours")
    assert before is not None and after is not None
    assert (after.phases, after.criteria, after.names) == (
        before.phases,
        before.criteria,
        before.names,
    )


def test_a_rule_is_switched_with_its_reason_and_shown_to_everybody(desk: Desk) -> None:
    make(desk)
    why = {f"reason-names_hidden-{lang}": f"Why in {lang}" for lang in ("de", "da", "en")}
    refused = save(desk, "rules", **{"rule-names_hidden": "no"})
    assert refused.status_code == 422
    assert "please say why" in text_of(refused.text)
    assert save(desk, "rules", **{"rule-names_hidden": "no", **why}).status_code == 303
    text = text_of(desk.site.visit().get("/programmes/harbours").text)
    assert "Names are hidden from reviewers until the interviews: No Why in en" in text
    template = text_of(desk.site.visit().get("/programmes/govtech").text)
    assert "Names are hidden from reviewers until the interviews: Yes" in template


def test_a_chamber_takes_part_with_a_voice(desk: Desk) -> None:
    make(desk)
    names = {f"voice-0-name_{lang}": f"Chamber {lang}" for lang in ("de", "da", "en")}
    url = "https://chamber.example/"
    sent = {**names, "voice-0-kind": "chamber", "voice-0-url": url}
    assert save(desk, "voices", **sent).status_code == 303
    html = desk.site.visit(lang="de").get("/programmes/harbours").text
    assert "Beratend beteiligt, ohne Stimme bei Bewerbungen Chamber de Kammer" in text_of(html)
    assert f'href="{url}"' in html
    gone = dict.fromkeys(names, "")
    assert save(desk, "voices", **gone).status_code == 303
    assert "Chamber" not in desk.site.visit().get("/programmes/harbours").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"voice-0-name_de": ""}, "voice-0-name_de"),
        ({"voice-0-kind": "king"}, "voice-0-kind"),
        ({"voice-0-url": "javascript:alert(1)"}, "voice-0-url"),
    ],
)
def test_a_voice_that_is_not_whole_is_refused(
    desk: Desk, changes: dict[str, str], field: str
) -> None:
    make(desk)
    whole = {f"voice-0-name_{lang}": "Chamber" for lang in ("de", "da", "en")}
    answer = save(desk, "voices", **{**whole, "voice-0-kind": "chamber", **changes})
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text


def test_letters_are_read_as_firms_would_in_every_language(desk: Desk) -> None:
    browser = desk.as_("kim")
    text = text_of(browser.get("/admin/programmes/govtech/letters").text)
    assert "content/programmes/govtech/letters" in text
    assert "You are selected: An example of a challenge" in text
    assert "{" not in text.replace("{folder}", "")
    one = text_of(browser.get("/admin/programmes/govtech/letters/selected").text)
    for words in ("You are selected:", "Sie sind ausgewählt", "I er valgt:", "{confirm_by}"):
        assert words in one
    assert "Change the letter" not in one
    assert browser.get("/admin/programmes/govtech/letters/nothing").status_code == 404


def test_a_letter_is_changed_for_one_programme(desk: Desk) -> None:
    make(desk)
    body = "{firm}: {challenge} {reference} {authority} {contact} {reasons}"
    sent = {f"body-{lang}": f"{lang} {body}" for lang in ("de", "da", "en")}
    refused = save(desk, "letters/ended", **{**sent, "body-da": "{firm}"})
    assert refused.status_code == 422
    assert 'id="f-body-da-error"' in refused.text
    assert save(desk, "letters/ended", **sent).status_code == 303
    read = text_of(desk.as_("kim").get(f"{OWN}/letters/ended").text)
    assert "da Eksempelvirksomhed: Et eksempel på en udfordring" in read
    other = text_of(desk.as_("kim").get("/admin/programmes/govtech/letters/ended").text)
    assert "en Example firm:" not in other


@pytest.mark.parametrize("part", ["terms", "rules", "voices", "letters/selected"])
def test_what_lives_in_a_file_has_no_form_and_takes_nothing(desk: Desk, part: str) -> None:
    path = f"/admin/programmes/govtech/{part}"
    browser = desk.as_("kim")
    before = kept(desk, "govtech")
    answer = browser.post(path, {"name_en": "Other", "voice-0-name_en": "Other"})
    assert answer.status_code == 403
    after = kept(desk, "govtech")
    assert before is not None and after is not None
    assert (after.names, after.facts, after.rules) == (before.names, before.facts, before.rules)
    assert 'id="main-form"' not in browser.get(path).text


def test_a_round_is_made_shown_and_changed(desk: Desk) -> None:
    make(desk)
    browser = desk.as_("kim")
    browser.post(f"{OWN}/authorities", {"authorities": ["bremen-wirtschaft"]})
    names = {f"name_{lang}": "Spring" for lang in ("de", "da", "en")}
    sent = {"starts": "2027-01-04", "ends": "2028-06-30", "slug": "spring", **names}
    answer = save(desk, "rounds/new", authorities=["bremen-wirtschaft"], **sent)
    assert answer.status_code == 303
    text = text_of(desk.site.visit().get("/programmes/harbours").text)
    assert "Deadline: 26 April 2027, 12:00 CEST" in text
    fixed = {"fixed-call": "2027-04-05"}
    assert (
        save(desk, "rounds/spring", authorities=["bremen-wirtschaft"], **fixed).status_code == 303
    )
    text = text_of(desk.site.visit().get("/programmes/harbours").text)
    assert "Deadline: 17 May 2027, 12:00 CEST" in text
    wrong = save(desk, "rounds/spring", authorities=["bremen-wirtschaft"], ends="2026-01-01")
    assert (wrong.status_code, 'id="f-ends-error"' in wrong.text) == (422, True)


def test_a_round_in_a_file_says_where_it_lives(desk: Desk) -> None:
    path = "/admin/programmes/govtech/rounds/govtech-1"
    browser = desk.as_("kim")
    assert "content/rounds/govtech-1.yaml" in text_of(browser.get(path).text)
    sent = {"starts": "2030-01-01", "ends": "2031-01-01", "authorities": "sikkerhedsstyrelsen",
            **{f"name_{lang}": "Other" for lang in ("de", "da", "en")}}  # fmt: skip
    assert browser.post(path, sent).status_code == 403
    assert browser.get("/admin/programmes/harbours/rounds/govtech-1").status_code == 404
