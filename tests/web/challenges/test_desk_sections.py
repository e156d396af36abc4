"""A draft section by section: each is saved on its own, whole or not, and its list says how far."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from govmatch.challenges.sections import LABELS, Section
from govmatch.challenges.statement import Words
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import editor, fields_of, save, section_form, typed

HTMX = {"hx-request": "true"}


def test_saving_an_unchanged_section_changes_nothing_and_is_no_save(desk: Desk) -> None:
    slug = desk.draft()
    before = desk.says(slug)
    browser = desk.as_("astrid")
    for section in Section:
        answer = save(browser, slug, section.value)
        assert (answer.status_code, answer.headers["location"]) == (303, editor(slug)), section
    assert desk.says(slug) == before
    assert desk.events(slug) == ["ChallengeDrafted"]


def test_title_and_topic_are_saved(desk: Desk) -> None:
    slug = desk.draft()
    before = desk.says(slug)
    answer = save(
        desk.as_("astrid"),
        slug,
        "topic",
        title__de="Etikett lesen",
        summary__de="Kurz",
        main_lang="de",
        theme=["inspections", "product-safety"],
        technology=["sensors"],
        cpv=["48000000"],
        round="",
    )
    assert answer.status_code == 303
    says = desk.says(slug)
    assert says.words["de"] == Words(title="Etikett lesen", summary="Kurz")
    assert says.words["en"] == before.words["en"], "other languages stay"
    assert (says.main_lang, says.round) == ("de", None)
    assert set(says.themes) == {"inspections", "product-safety"}
    assert (says.technologies, says.cpv) == (("sensors",), ("48000000",))
    assert says.closes == before.closes, "other sections stay"
    assert desk.events(slug) == ["ChallengeDrafted", "ChallengeSaved"]


def test_the_description_is_one_text_whose_parts_have_their_headings(desk: Desk) -> None:
    slug = desk.draft(words={"en": Words(title="T", summary="S", body="")})
    browser = desk.as_("astrid")
    save(browser, slug, "offer", offer__en="A test site", afterwards__en="We buy it")
    save(browser, slug, "problem", problem__en="Fire\r\n\r\n- much", problem__de="Feuer")
    save(browser, slug, "users", users__en="Firefighters")
    words = desk.says(slug).words
    assert words["en"].body == (
        "## The problem\n\nFire\n\n- much\n\n## Who would use it\n\nFirefighters\n\n"
        "## What we offer in the pilot\n\nA test site\n\n## What happens afterwards\n\nWe buy it"
    )
    assert words["de"] == Words(body="## Das Problem\n\nFeuer")


def test_words_under_headings_of_ones_own_are_kept_and_can_be_written(desk: Desk) -> None:
    body = "Before\n\n## Why now?\n\nWinter.  \n\n## The problem\n\n   Fire"
    slug = desk.draft(words={"en": Words(title="T", summary="S", body=body)})
    browser = desk.as_("astrid")
    fields = section_form(browser, slug, "problem")
    assert fields["introduction-en"] == ["Before\n\n## Why now?\n\nWinter.  "]
    save(browser, slug, "users", users__en="We")
    assert desk.says(slug).words["en"].body == body + "\n\n## Who would use it\n\nWe"
    save(browser, slug, "problem", introduction__en="After\n\n## Why now?")
    assert desk.says(slug).words["en"].body.startswith("After\n\n## Why now?\n\n## The problem\n\n")


def test_the_heading_of_another_section_is_not_typed_into_one(desk: Desk) -> None:
    slug = desk.draft()
    answer = save(desk.as_("astrid"), slug, "problem", problem__en="Fire\n\n## Constraints\n\nNone")
    assert answer.status_code == 422
    assert "“Constraints” begins another section" in text_of(answer.text)
    again = fields_of(answer.text, editor(slug, "problem"))
    assert again["problem-en"] == ["Fire\r\n\r\n## Constraints\r\n\r\nNone".replace("\r", "")]
    assert desk.kept(slug).revision == 1


def test_a_description_that_gets_too_long_is_refused_at_its_field(desk: Desk) -> None:
    slug = desk.draft()
    answer = save(desk.as_("astrid"), slug, "goal", goal__da="x" * 39_990)
    assert answer.status_code == 422
    assert 'id="f-goal-da-error"' in answer.text
    assert fields_of(answer.text, editor(slug, "goal"))["goal-da"] == ["x" * 39_990]


def test_who_can_take_part_is_saved(desk: Desk) -> None:
    slug = desk.draft()
    save(
        desk.as_("astrid"),
        slug,
        "eligibility",
        countries=["EEA"],
        more_countries="ch, gb",
        size=["micro"],
        languages=["de"],
        requires=["iso-27001"],
    )
    says = desk.says(slug)
    assert (set(says.countries), says.sizes) == ({"EEA", "CH", "GB"}, ("micro",))
    assert (says.languages, says.requires) == (("de",), ("iso-27001",))


def test_criteria_budget_dates_and_contact_are_saved(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    save(browser, slug, "criteria", weight__team="30", weight__price="10", minimum__price="2")
    save(
        browser,
        slug,
        "budget",
        budget_min="1 000",
        budget_max="25.000",
        currency="EUR",
        pilots_max="2",
    )
    save(browser, slug, "timeline", zone="Europe/Berlin", closes="2027-06-01T12:00")
    save(browser, slug, "contact", contact_phone="+45 1")
    says = desk.says(slug)
    weights = {one.id: (one.weight, one.minimum) for one in says.criteria}
    assert weights == {"fit": (60, 3), "team": (30, None), "price": (10, 2)}
    assert (says.budget_min, says.budget_max, says.pilots_max) == (1_000, 25_000, 2)
    assert (says.currency, says.zone) == ("EUR", "Europe/Berlin")
    assert says.closes is not None
    assert says.closes.isoformat() == "2027-06-01T10:00:00+00:00", "12:00 in Berlin in summer"
    assert says.contact["phone"] == "+45 1"
    assert says.contact["name"], "the rest of the contact stays"


WRONG: Mapping[str, Mapping[str, str]] = {
    "topic": {"title__en": "x" * 91, "cpv": "1"},
    "eligibility": {"more_countries": "QQ"},
    "criteria": {"weight__fit": "lots", "minimum__team": "9"},
    "budget": {"budget_max": "much", "pilots_max": "0"},
    "timeline": {"opens": "tomorrow", "closes": "2027-13-01T12:00"},
    "contact": {"contact_email": "nobody"},
}


@pytest.mark.parametrize("section", WRONG)
def test_what_cannot_be_kept_is_named_at_its_field_and_everything_typed_stays(
    desk: Desk, section: str
) -> None:
    slug = desk.draft()
    before = desk.says(slug)
    wrong = WRONG[section]
    answer = save(desk.as_("astrid"), slug, section, **wrong)
    assert answer.status_code == 422
    again = fields_of(answer.text, editor(slug, section))
    for name, value in wrong.items():
        key = name.replace("__", "-")
        assert f'id="f-{key}-error"' in answer.text
        assert f'href="#f-{key}"' in answer.text
        assert key == "cpv" or again[key] == [value]
    assert again["revision"] == ["1"]
    assert desk.says(slug) == before
    assert desk.events(slug) == ["ChallengeDrafted"]


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("budget", ("budget_max", "pilots_max", "currency")),
        ("criteria", ("weight__fit", "minimum__fit")),
        ("timeline", ("opens", "zone")),
        ("form", ("q1__max_words", "q1__type")),
        ("topic", ("main_lang", "round")),
    ],
)
def test_hostile_values_are_refused_and_never_an_error_of_ours(
    desk: Desk, section: str, names: tuple[str, ...]
) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = section_form(browser, slug, section)
    for value in ("x\0", "9" * 400, "-1", "1e9", "٣", "<script>", "'; DROP"):
        sent = typed(fields, **dict.fromkeys(names, value))
        assert browser.post(editor(slug, section), sent).status_code == 422, value
    assert desk.kept(slug).revision == 1


@pytest.mark.parametrize(
    ("typed_in", "kept"),
    [
        ("2027-03-28T12:00", "2027-03-28T10:00:00+00:00"),
        ("2027-03-28T01:59", "2027-03-28T00:59:00+00:00"),
        ("2027-10-31T12:00", "2027-10-31T11:00:00+00:00"),
        ("2027-10-31T03:00", "2027-10-31T02:00:00+00:00"),
    ],
)
def test_a_deadline_on_a_day_on_which_the_clocks_change_is_the_local_time(
    desk: Desk, typed_in: str, kept: str
) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    assert save(browser, slug, "timeline", closes=typed_in).status_code == 303
    closes = desk.says(slug).closes
    assert closes is not None
    assert closes.isoformat() == kept
    assert section_form(browser, slug, "timeline")["closes"] == [typed_in]


@pytest.mark.parametrize(
    ("typed_in", "says"),
    [
        ("2027-03-28T02:30", "There is no such time on this day: the clocks go forward."),
        ("2027-10-31T02:30", "This time comes twice on this day: the clocks go back."),
    ],
)
def test_a_deadline_that_the_clocks_leave_out_or_say_twice_is_refused(
    desk: Desk, typed_in: str, says: str
) -> None:
    slug = desk.draft()
    answer = save(desk.as_("astrid"), slug, "timeline", closes=typed_in)
    assert answer.status_code == 422
    assert says in text_of(answer.text)
    assert 'id="f-closes-error"' in answer.text
    assert fields_of(answer.text, editor(slug, "timeline"))["closes"] == [typed_in]
    assert desk.kept(slug).revision == 1


def test_the_list_says_how_far_each_section_is_and_what_is_missing(desk: Desk) -> None:
    slug = desk.draft(words={"en": Words(title="T", summary="", body="")}, opens=None)
    browser = desk.as_("astrid")
    save(browser, slug, "users", users__en="We", users__de="Wir")
    save(browser, slug, "criteria", weight__fit="50")
    html = browser.get(editor(slug)).text
    lines = text_of(html).split("Title and topic", 1)[1]
    for section in Section:
        assert f'href="{editor(slug, section.value)}"' in html
    assert "Still missing: Summary in English" in lines
    assert "Still missing: Opening" in lines
    assert "Criteria and weights: The weights add up to 90." in lines
    assert "Goal Recommended Not started" in lines
    assert "Users Complete" in lines
    assert f"of {len(Section)} sections are complete" in text_of(html)


def test_every_link_to_what_is_missing_leads_to_its_field(desk: Desk) -> None:
    slug = desk.draft(
        words={"en": Words(title="T")},
        themes=(),
        cpv=(),
        opens=None,
        budget_max=None,
        countries=(),
        sizes=(),
        languages=(),
        criteria=(),
        contact={},
    )
    browser = desk.as_("astrid")
    html = browser.get(f"/desk/challenges/{slug}").text
    links = [link.split('"')[0] for link in html.split('href="') if "/edit/" in link.split('"')[0]]
    assert len(links) >= 11
    for link in links:
        address, _, place = link.partition("#")
        if place:
            assert f'id="{place}"' in browser.get(address).text, link


def test_the_other_language_shows_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    slug = desk.draft()
    answer = save(desk.as_("astrid"), slug, "topic", title__en="Not saved", switch_lang="da")
    assert answer.status_code == 200
    assert "Gem og videre" in text_of(answer.text)
    assert fields_of(answer.text, editor(slug, "topic"))["title-en"] == ["Not saved"]
    assert desk.kept(slug).revision == 1


def test_a_preview_is_what_readers_will_see_and_saves_nothing(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    text = "### So\n\n<script>x</script> *now*"
    fields = typed(section_form(browser, slug, "goal"), goal__en=text, do="preview:goal-en")
    whole = browser.post(editor(slug, "goal"), fields)
    piece = browser.post(editor(slug, "goal"), fields, headers=HTMX)
    assert (whole.status_code, piece.status_code) == (200, 200)
    assert '<div class="gm-prose" lang="en"><h3 id="s-so">So</h3>' in piece.text
    assert "&lt;script&gt;x&lt;/script&gt; <em>now</em>" in piece.text
    assert "<script" not in piece.text
    assert piece.text.strip() in whole.text, "the fragment is a part of the page"
    assert fields_of(whole.text, editor(slug, "goal"))["goal-en"] == [text]
    assert desk.kept(slug).revision == 1


def test_codes_are_found_by_a_word_and_those_chosen_stay_chosen(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(section_form(browser, slug, "topic"), cpv_query="bread", do="find-codes")
    whole = browser.post(editor(slug, "topic"), fields)
    piece = browser.post(editor(slug, "topic"), fields, headers=HTMX)
    assert "Bread products" in text_of(piece.text)
    assert 'value="72212328" checked' in piece.text
    assert piece.text.strip() in whole.text
    assert desk.kept(slug).revision == 1


@pytest.mark.parametrize(
    ("weight", "says"), [("60", "100 of 100"), ("40", "20 points are missing")]
)
def test_the_weights_are_added_up_while_typing(desk: Desk, weight: str, says: str) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(section_form(browser, slug, "criteria"), weight__fit=weight, do="add-up")
    piece = browser.post(editor(slug, "criteria"), fields, headers=HTMX)
    assert says in text_of(piece.text)
    assert piece.text.strip() in browser.post(editor(slug, "criteria"), fields).text


def test_saving_leads_back_to_the_list_or_on_to_the_next_section(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    order = list(Section)
    for section, following in pairwise(order):
        answer = save(browser, slug, section.value, do="next")
        assert answer.headers["location"] == editor(slug, following.value)
    assert save(browser, slug, "budget").headers["location"] == editor(slug)


def test_the_same_form_sent_twice_saves_once(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = typed(section_form(browser, slug, "topic"), title__en="Once")
    sent = [browser.post(editor(slug, "topic"), fields).status_code for _ in range(2)]
    assert sent == [303, 303]
    assert desk.kept(slug).revision == 2
    assert desk.events(slug) == ["ChallengeDrafted", "ChallengeSaved"]


OTHERS = {
    "state": "published",
    "slug": "other",
    "authority": "bremen-wirtschaft",
    "programme": "bremen-wirtschaft-digital",
    "authority_id": "1",
    "published_at": "2026-01-01",
    "approved_by": "1",
    "author_id": "1",
    "source_path": "challenges/x",
    "attachments": "x",
}


@pytest.mark.security(10)
def test_fields_that_a_section_does_not_have_change_nothing(desk: Desk) -> None:
    slug = desk.draft()
    before, said = desk.kept(slug), desk.says(slug)
    browser = desk.as_("astrid")
    of_all = {
        name: values[-1]
        for section in Section
        for name, values in section_form(browser, slug, section.value).items()
        if name not in {"form_key", "revision", "to"} and values
    }
    for section in (Section.CRITERIA, Section.BUDGET, Section.TIMELINE, Section.CONTACT):
        own = section_form(browser, slug, section.value)
        changed = {f"{name}": [f"{text}1"] for name, text in of_all.items() if name not in own}
        sent = {**typed(own, **OTHERS), **changed}
        assert browser.post(editor(slug, section.value), sent).status_code == 303
    after = desk.kept(slug)
    for name in ("state", "slug", "authority_id", "programme_id", "published_at", "approved_by"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.author_id, after.source_path) == (before.author_id, None)
    assert (desk.says(slug), after.revision) == (said, 1)


def test_a_section_that_there_is_not_is_not_found(desk: Desk) -> None:
    slug = desk.draft()
    assert desk.as_("astrid").get(editor(slug, "nothing")).status_code == 404
    assert desk.as_("astrid").post(editor(slug, "nothing"), {}).status_code == 404


def test_only_staff_of_the_authority_writes_and_only_before_it_is_handed_on(desk: Desk) -> None:
    slug = desk.draft()
    fields = section_form(desk.as_("astrid"), slug, "topic")
    for name, status in (("ida", 404), ("pia", 404), ("hanne", 403), ("eva", 403), ("bo", 403)):
        assert desk.as_(name).get(editor(slug)).status_code == status
        for section in Section:
            assert desk.as_(name).get(editor(slug, section.value)).status_code == status
        assert desk.as_(name).post(editor(slug, "topic"), fields).status_code == status
    handed_on = desk.submitted(words={"en": Words(title="B", summary="B", body="B")})
    assert desk.as_("astrid").get(editor(handed_on)).status_code == 403
    assert desk.as_("astrid").get(editor(handed_on, "topic")).status_code == 403
    assert desk.as_("astrid").post(editor(handed_on, "topic"), fields).status_code == 403
    assert desk.events(slug) == ["ChallengeDrafted"]


def test_what_lives_in_files_is_not_written_here(desk: Desk) -> None:
    slug = desk.draft()
    desk.set_challenge(slug, source_path=f"challenges/{slug}")
    for address in (editor(slug), editor(slug, "topic")):
        answer = desk.as_("astrid").get(address)
        assert answer.status_code == 403
        assert "lives in files" in text_of(answer.text)
    page = text_of(desk.as_("astrid").get(f"/desk/challenges/{slug}").text)
    assert f"It is changed in content/challenges/{slug}" in page


def test_each_section_names_itself_and_its_place(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    for number, section in enumerate(Section, 1):
        page = text_of(browser.get(editor(slug, section.value)).text)
        assert str(LABELS[section]) in page
        assert f"Section {number} of {len(Section)}" in page
