"""The editor: what is typed is kept, whole or not; nobody overwrites anybody unseen."""

import pytest

from govmatch.challenges.statement import Words
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import editor, editor_form, fields_of, save, typed

HTMX = {"hx-request": "true"}


def test_saving_an_unchanged_form_changes_nothing_of_what_it_says(desk: Desk) -> None:
    slug = desk.draft()
    before = desk.says(slug)
    answer = save(desk.as_("astrid"), slug)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/challenges/{slug}")
    assert desk.says(slug) == before


def test_every_part_is_saved(desk: Desk) -> None:
    slug = desk.draft()
    answer = save(
        desk.as_("astrid"),
        slug,
        title__de="Etikett lesen",
        summary__de="Kurz",
        body__de="## Warum\r\n\r\nSo.",
        main_lang="de",
        theme=["inspections", "product-safety"],
        technology=["sensors"],
        cpv=["48000000"],
        zone="Europe/Berlin",
        closes="2027-06-01T12:00",
        budget_min="1 000",
        budget_max="25.000",
        currency="EUR",
        pilots_max="2",
        countries=["EEA"],
        more_countries="ch, gb",
        size=["micro"],
        languages=["de"],
        requires=["iso-27001"],
        weight__team="30",
        weight__price="10",
        minimum__price="2",
        contact_phone="+45 1",
    )
    assert answer.status_code == 303
    says = desk.says(slug)
    assert says.words["de"] == Words(title="Etikett lesen", summary="Kurz", body="## Warum\n\nSo.")
    assert says.words["en"] == desk.statement().words["en"], "other languages stay"
    assert (says.main_lang, says.zone, says.currency) == ("de", "Europe/Berlin", "EUR")
    assert set(says.themes) == {"inspections", "product-safety"}
    assert (says.technologies, says.cpv) == (("sensors",), ("48000000",))
    assert says.closes is not None
    assert says.closes.isoformat() == "2027-06-01T10:00:00+00:00", "12:00 in Berlin in summer"
    assert (says.budget_min, says.budget_max, says.pilots_max) == (1_000, 25_000, 2)
    assert (set(says.countries), says.sizes) == ({"EEA", "CH", "GB"}, ("micro",))
    assert (says.languages, says.requires) == (("de",), ("iso-27001",))
    weights = {one.id: (one.weight, one.minimum) for one in says.criteria}
    assert weights == {"fit": (60, 3), "team": (30, None), "price": (10, 2)}
    assert says.contact["phone"] == "+45 1"
    assert desk.events(slug) == ["ChallengeDrafted", "ChallengeSaved"]


def test_a_draft_may_be_left_incomplete_and_its_page_says_what_is_missing(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    empty = {
        "summary-en": "",
        "opens": "",
        "budget_max": "",
        "contact_name": "",
        "weight-fit": "50",
    }
    fields = {**editor_form(browser, slug), **{name: [value] for name, value in empty.items()}}
    assert browser.post(editor(slug), fields).status_code == 303
    html = browser.get(f"/desk/challenges/{slug}").text
    page = text_of(html)
    for words in ("Summary in English", "Opening", "Budget", "Contact"):
        assert words in page.split("Still missing")[1].split("History")[0]
    assert "The weights add up to 90." in page
    for place in ("f-summary-en", "f-opens", "f-budget", "f-contact", "f-criteria"):
        assert f'href="{editor(slug)}#{place}"' in html
        assert f'id="{place}"' in browser.get(editor(slug)).text, "each link has somewhere to go"


def test_what_cannot_be_kept_is_named_at_its_field_and_everything_typed_stays(desk: Desk) -> None:
    slug = desk.draft()
    before = desk.says(slug)
    wrong = {
        "opens": "tomorrow",
        "budget_max": "much",
        "more_countries": "QQ",
        "weight__fit": "lots",
        "contact_email": "nobody",
        "title__en": "x" * 91,
        "pilots_max": "0",
    }
    answer = save(desk.as_("astrid"), slug, body__da="Min tekst", **wrong)
    assert answer.status_code == 422
    assert "Please check 7 entries" in text_of(answer.text)
    again = fields_of(answer.text, editor(slug))
    for name, value in wrong.items():
        key = name.replace("__", "-")
        assert again[key] == [value]
        assert f'id="f-{key}-error"' in answer.text
    assert again["body-da"] == ["Min tekst"]
    assert desk.says(slug) == before
    assert desk.events(slug) == ["ChallengeDrafted"]


@pytest.mark.parametrize("value", ["\0", "9" * 400, "-1", "1e9", "٣", "<script>", "'; DROP"])
def test_hostile_figures_are_refused_and_never_an_error_of_ours(desk: Desk, value: str) -> None:
    slug = desk.draft()
    names = (
        "budget_max",
        "pilots_max",
        "revision",
        "weight__fit",
        "opens",
        "q1__max_words",
        "zone",
    )
    answer = save(desk.as_("astrid"), slug, **dict.fromkeys(names, value))
    assert answer.status_code in {409, 422}
    assert desk.kept(slug).revision == 1


def test_the_other_language_shows_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    slug = desk.draft()
    answer = save(desk.as_("astrid"), slug, title__en="Not saved", switch_lang="da")
    assert answer.status_code == 200
    assert "Gem og skriv videre" in text_of(answer.text)
    assert fields_of(answer.text, editor(slug))["title-en"] == ["Not saved"]
    assert desk.kept(slug).revision == 1


def test_a_preview_is_what_readers_will_see_and_saves_nothing(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(
        editor_form(browser, slug), body__en="## So\n\n<script>x</script> *now*", do="preview:en"
    )
    whole = browser.post(editor(slug), fields)
    part = browser.post(editor(slug), fields, headers=HTMX)
    assert (whole.status_code, part.status_code) == (200, 200)
    assert '<div class="gm-prose" lang="en"><h2 id="s-so">So</h2>' in part.text
    assert "&lt;script&gt;x&lt;/script&gt; <em>now</em>" in part.text
    assert "<script" not in part.text
    assert part.text.strip() in whole.text, "the fragment is a part of the page"
    assert fields_of(whole.text, editor(slug))["body-en"] == ["## So\n\n<script>x</script> *now*"]
    assert desk.kept(slug).revision == 1


def test_codes_are_found_by_a_word_and_those_chosen_stay_chosen(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(editor_form(browser, slug), cpv_query="bread", do="find-codes")
    whole, part = (
        browser.post(editor(slug), fields),
        browser.post(editor(slug), fields, headers=HTMX),
    )
    assert "Bread products" in text_of(part.text)
    assert 'value="72212328" checked' in part.text
    assert part.text.strip() in whole.text
    assert desk.kept(slug).revision == 1


@pytest.mark.parametrize(
    ("weight", "says"), [("60", "100 of 100"), ("40", "20 points are missing")]
)
def test_the_weights_are_added_up_while_typing(desk: Desk, weight: str, says: str) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(editor_form(browser, slug), weight__fit=weight, do="add-up")
    part = browser.post(editor(slug), fields, headers=HTMX)
    assert says in text_of(part.text)
    assert part.text.strip() in browser.post(editor(slug), fields).text


def test_saving_and_going_on_stays_in_the_editor(desk: Desk) -> None:
    slug = desk.draft()
    assert save(desk.as_("astrid"), slug, do="stay").headers["location"] == editor(slug)


@pytest.mark.security(28)
def test_who_saves_on_an_old_page_sees_both_versions_and_loses_nothing(desk: Desk) -> None:
    slug = desk.draft()
    astrid, asger = desk.as_("astrid"), desk.as_("asger")
    old = editor_form(asger, slug)
    save(astrid, slug, title__en="Astrid's title", budget_max="1000")
    answer = asger.post(editor(slug), typed(old, title__en="Asger's title", body__en="His text"))
    assert answer.status_code == 409
    page = text_of(answer.text)
    assert "Somebody else saved this challenge while you were writing" in page
    assert "saved now: Astrid's title" in page
    assert "yours: Asger's title" in page
    assert desk.says(slug).words["en"].title == "Astrid's title"
    mine = fields_of(answer.text, editor(slug))
    assert (mine["title-en"], mine["body-en"]) == (["Asger's title"], ["His text"])
    assert asger.post(editor(slug), mine).status_code == 303, "now it has been seen"
    assert desk.says(slug).words["en"].title == "Asger's title"


def test_the_same_form_sent_twice_saves_once(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(editor_form(browser, slug), title__en="Once")
    assert [browser.post(editor(slug), fields).status_code for _ in range(2)] == [303, 303]
    assert desk.kept(slug).revision == 2
    assert desk.events(slug) == ["ChallengeDrafted", "ChallengeSaved"]


@pytest.mark.security(10)
def test_fields_that_the_form_does_not_have_change_nothing(desk: Desk) -> None:
    slug = desk.draft()
    before = desk.kept(slug)
    answer = save(
        desk.as_("astrid"),
        slug,
        state="published",
        slug="other",
        authority="bremen-wirtschaft",
        programme="bremen-wirtschaft-digital",
        authority_id="1",
        published_at="2026-01-01",
        approved_by="1",
        author_id="1",
        source_path="challenges/x",
        attachments="x",
    )
    assert answer.status_code == 303
    after = desk.kept(slug)
    for name in ("state", "slug", "authority_id", "programme_id", "published_at", "approved_by"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.author_id, after.source_path) == (before.author_id, None)


def test_only_staff_of_the_authority_writes_and_only_before_it_is_handed_on(desk: Desk) -> None:
    slug = desk.draft()
    fields = editor_form(desk.as_("astrid"), slug)
    for name, status in (("ida", 404), ("pia", 404), ("hanne", 403), ("eva", 403), ("bo", 403)):
        assert desk.as_(name).get(editor(slug)).status_code == status
        assert desk.as_(name).post(editor(slug), fields).status_code == status
    handed_on = desk.submitted(words={"en": Words(title="B", summary="B", body="B")})
    assert desk.as_("astrid").get(editor(handed_on)).status_code == 403
    assert desk.as_("astrid").post(editor(handed_on), fields).status_code == 403
    assert desk.events(slug) == ["ChallengeDrafted"]


def test_what_lives_in_files_is_not_written_here(desk: Desk) -> None:
    slug = desk.draft()
    desk.set_challenge(slug, source_path=f"challenges/{slug}")
    answer = desk.as_("astrid").get(editor(slug))
    assert answer.status_code == 403
    assert "lives in files" in text_of(answer.text)
    page = text_of(desk.as_("astrid").get(f"/desk/challenges/{slug}").text)
    assert f"It is changed in content/challenges/{slug}" in page
