"""The desk: what those who answer see, and what they do with questions."""

import re

import pytest

from tests.site import text_of
from tests.web.questions.world import TEXT, Asking

OTHER = "Does the label have to be read in the rain?"
REASON = "It asks for the business secrets of others."


def test_staff_approvers_and_managers_see_words_and_day_and_nobody_else_the_page(
    asking: Asking,
) -> None:
    one = asking.asked()
    day = asking.kept(one).asked_on
    for who in ("astrid", "hanne", "eva"):
        said = asking.shows(asking.on_desk, who)
        assert TEXT in said
        assert f"Asked on {day.day} " in said
    for path in (
        asking.on_desk, f"{asking.on_desk}/answer?q={one}", f"{asking.on_desk}/{one}/decline",
    ):  # fmt: skip
        for who in ("ida", "pia"):
            assert asking.desk.as_(who).get(path).status_code == 404, (who, path)
        for who in ("bo", "jens", "kim"):
            assert asking.desk.as_(who).get(path).status_code == 403, (who, path)


def test_the_words_are_edited_and_published_with_the_answer_in_several_languages(
    asking: Asking,
) -> None:
    one = asking.asked()
    asking.published(
        one,
        **{
            f"wording-{one}-en": "May a drone read the label?",
            f"wording-{one}-de": "Darf eine Drohne das Etikett lesen?",
        },
        answer__en="Yes, **from above** too.",
        answer__de="Ja, auch **von oben**.",
        answer__da="Ja, også **oppefra**.",
    )
    english = asking.shows(asking.path)
    assert "May a drone read the label?" in english
    assert "Yes, from above too." in english
    assert TEXT not in english
    german = asking.shows(asking.path, lang="de")
    assert "Darf eine Drohne das Etikett lesen?" in german
    assert "Ja, auch von oben" in german
    danish = asking.desk.site.visit(lang="da").get(asking.path).text
    assert 'lang="en">May a drone read the label?' in danish
    assert "Ja, også" in danish
    own = asking.shows(f"{asking.path}/own", "bo")
    assert TEXT in own
    assert "It was published in these words" in own


def test_several_questions_share_one_answer_and_keep_an_address_each(asking: Asking) -> None:
    ids = [asking.asked(), asking.asked(OTHER, "gro")]
    assert asking.answer(*ids, step="save").status_code == 303
    assert "share this answer" in asking.shows(asking.on_desk, "astrid")
    asking.published(ids[1], answer__en="Yes to both.")
    html = asking.desk.site.visit().get(asking.path).text
    for one in ids:
        assert f'id="q-{one}"' in html
    assert html.count("Yes to both.") == 1
    assert {asking.kept(one).state for one in ids} == {"published"}


def test_a_draft_is_kept_and_is_not_public(asking: Asking) -> None:
    one = asking.asked()
    assert asking.answer(one, step="save", answer__en="Not yet sure.").status_code == 303
    form = asking.desk.as_("hanne").get(f"{asking.on_desk}/answer?q={one}").text
    assert "Not yet sure." in form
    assert TEXT not in asking.shows(asking.path)
    assert asking.desk.kept(asking.slug).open_questions == 1


@pytest.mark.parametrize(
    "words",
    [
        {"answer__en": "Nordlys asked this. Yes."},
        {"answer__en": "Ask Mr. Larsen."},
        {"answer__en": "Write to somebody@nordlys.example."},
        {"answer__en": "Call +45 12 34 56 78."},
        {"answer__en": "It stands at www.nordlys.example."},
        {"wording": "Nordlys wants to fly drones, may we?"},
    ],
)
def test_what_could_tell_who_asked_is_listed_and_needs_a_tick(
    asking: Asking, words: dict[str, str]
) -> None:
    one = asking.asked()
    if "wording" in words:
        words = {f"wording-{one}-en": words["wording"], "answer__en": "Yes."}
    warned = asking.answer(one, **words)
    assert warned.status_code == 422
    said = text_of(warned.text)
    assert "This could tell who asked" in said
    assert next(iter(words.values())).split()[0] in said
    assert asking.kept(one).state == "asked"
    assert asking.answer(one, **words, anyway="yes").status_code == 303


def test_an_answer_without_words_is_not_published(asking: Asking) -> None:
    one = asking.asked()
    empty = asking.answer(one, answer__en="")
    assert empty.status_code == 422
    assert "Please answer in at least one language." in text_of(empty.text)
    wordless = asking.answer(one, **{f"wording-{one}-en": ""}, answer__en="Yes.")
    assert wordless.status_code == 422
    assert asking.kept(one).state == "asked"


def test_the_second_of_two_who_answer_at_once_overwrites_nothing(asking: Asking) -> None:
    one = asking.asked()
    assert asking.answer(one, step="save", answer__en="First").status_code == 303
    stale = asking.answer(one, who="hanne", revision="0", answer__en="Second")
    assert stale.status_code == 409
    assert "Second" in stale.text
    asking.published(one, answer__en="First")
    assert "Second" not in asking.shows(asking.path)


def test_a_question_is_declined_for_its_asker_alone_or_for_everybody(asking: Asking) -> None:
    quiet, open_ = asking.asked(), asking.asked(OTHER)
    page = f"{asking.on_desk}/{quiet}/decline"
    assert asking.send("astrid", page, reason__en="").status_code == 422
    assert asking.send("astrid", page, reason__en=REASON).status_code == 303
    assert REASON in asking.shows(f"{asking.path}/own", "bo")
    assert REASON not in asking.shows(asking.path)
    assert TEXT not in asking.shows(asking.path)
    page = f"{asking.on_desk}/{open_}/decline"
    named = asking.send(
        "astrid", page, reason__en=REASON, shows_reason="yes", wording__en="Nordlys: may we?"
    )
    assert named.status_code == 422
    assert "This could tell who asked" in text_of(named.text)
    asking.send("astrid", page, reason__en=REASON, shows_reason="yes", wording__en="In rain?")
    public = asking.shows(asking.path)
    assert "In rain?" in public
    assert REASON in public
    assert OTHER not in public
    assert "Everybody reads the reason." in asking.shows(asking.on_desk, "astrid")


def test_what_was_declined_is_answered_after_all(asking: Asking) -> None:
    one = asking.asked()
    asking.send("astrid", f"{asking.on_desk}/{one}/decline", reason__en=REASON)
    asking.published(one)
    assert REASON not in asking.shows(f"{asking.path}/own", "bo")
    assert TEXT in asking.shows(asking.path)


def test_a_correction_keeps_what_the_answer_said_before_with_its_date(asking: Asking) -> None:
    one = asking.asked()
    answer = asking.published(one, answer__en="Yes, always.")
    page = f"{asking.on_desk}/answers/{answer}/correct"
    same = asking.send("astrid", page)
    assert same.status_code == 422
    assert "Nothing has changed." in text_of(same.text)
    assert asking.send("astrid", page, answer__en="No, never.").status_code == 303
    said = asking.shows(asking.path)
    assert said.index("No, never.") < said.index("Answer until") < said.index("Yes, always.")
    assert "corrected on" in said
    stale = asking.send("hanne", page, answer__en="Perhaps.", revision="1")
    assert stale.status_code == 409


def test_a_late_answer_says_so_to_everybody(asking: Asking) -> None:
    early, late = asking.asked(), asking.asked(OTHER)
    asking.published(early)
    assert "Late answer" not in asking.shows(asking.path)
    asking.move_clock(days=17, hours=1)
    assert "The day for answers is over" in asking.shows(asking.on_desk, "astrid")
    asking.published(late)
    said = asking.shows(asking.path)
    assert said.count("Late answer") == 1
    assert said.index(OTHER) < said.index("Late answer") < said.index(TEXT)


def test_open_questions_are_the_next_thing_to_do_on_the_desk(asking: Asking) -> None:
    desk = f"/desk/challenges/{asking.slug}"
    assert "Questions wait" not in asking.shows("/desk", "astrid")
    one = asking.asked()
    for who in ("astrid", "eva"):
        assert "Questions about 1 challenge wait for an answer" in asking.shows("/desk", who)
    assert "1 question is open." in asking.shows(desk, "astrid")
    asking.move_clock(days=17, hours=1)
    assert "the day for it is over" in asking.shows(desk, "astrid")
    asking.move_clock()
    asking.published(one)
    assert "Questions about" not in asking.shows("/desk", "astrid")


def test_how_an_answer_reads_is_shown_before_it_is_published(asking: Asking) -> None:
    one = asking.asked()
    fields = {"q[]": one, "answer-de": "Ja, **von oben**.", "do": "preview:de", "revision": "0"}
    shown = asking.desk.as_("astrid").post(f"{asking.on_desk}/answer", fields)
    assert "<strong>von oben</strong>" in shown.text
    browser = asking.desk.as_("astrid")
    part = browser.client.post(
        f"{asking.on_desk}/answer", data=fields, headers={"hx-request": "true"}
    )
    assert "<strong>von oben</strong>" in part.text
    assert "<html" not in part.text
    assert asking.kept(one).state == "asked"


def test_the_desk_takes_as_many_statements_for_many_questions_as_for_one(asking: Asking) -> None:
    def ask(number: int) -> None:
        asking.asked(f"{TEXT} {number}", "gro")
        if number % 2:
            asking.published(asking.asked(f"{OTHER} {number}"))

    ask(1)
    counted = {
        path: asking.desk.statements(asking.desk.as_(who), path)
        for who, path in (
            ("astrid", asking.on_desk), ("gro", asking.path), ("gro", f"{asking.path}/own"),
        )
    }  # fmt: skip
    for number in (2, 3, 5):
        ask(number)
    for path, count in counted.items():
        who = "astrid" if path == asking.on_desk else "gro"
        assert asking.desk.statements(asking.desk.as_(who), path) == count, path


def test_questions_are_chosen_in_a_form_where_there_are_several_and_in_none_for_one(
    asking: Asking,
) -> None:
    form = f'action="{asking.on_desk}/answer'
    asking.asked()
    assert form not in asking.desk.as_("astrid").get(asking.on_desk).text
    asking.asked(OTHER)
    page = asking.desk.as_("astrid").get(asking.on_desk).text
    assert form in page
    assert page.count('name="q[]"') == 2
    assert "Answer the chosen together" in page


def test_an_answer_never_yields_script_nor_two_things_of_one_id(asking: Asking) -> None:
    evil = "## Scope\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://x.example/a)"
    for text in (TEXT, OTHER):
        asking.published(asking.asked(text), answer__en=evil, anyway="yes")
    html = asking.desk.site.visit().get(asking.path).text
    assert "<script>alert" not in html
    assert "javascript:" not in html
    assert "<img" not in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
