"""The form of a challenge is made on the desk: each kind of question, order and conditions."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.challenges.models import FormVersion
from govmatch.challenges.queries import form_of, programme_form_of
from govmatch.questionnaires import TICKED, Kind, digest, load_kept, text_for
from govmatch.questionnaires.definition import SETTLED
from tests.site import text_of
from tests.web.challenges.amending import amend_form, check, check_path, publish
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import editor, fields_of, save, section_form, typed

NAMED = {"label__en": "What?", "label__da": "Hvad?", "label__de": "Was?"}


def question(slot: int, **fields: Any) -> dict[str, Any]:
    return {f"q{slot}__{name}": value for name, value in fields.items()}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"type": "text", "max_chars": "60", "max_words": "9"}, {"max_words": 9, "max_chars": 60}),
        ({"type": "long_text", "max_words": "150"}, {"max_words": 150}),
        (
            {"type": "number", "minimum": "0,5", "maximum": "12", "decimals": "1", "unit__en": "h"},
            {"minimum": "0.5", "maximum": 12, "decimals": 1, "unit": {"en": "h"}},
        ),
        ({"type": "money", "maximum": "500000"}, {"maximum": 500_000}),
        ({"type": "date", "minimum": "2027-01-31"}, {"minimum": "2027-01-31"}),
        (
            {"type": "several", "options__en": "A\nB\nC", "maximum": "2"},
            {"maximum": 2, "options": [{"value": f"option-{n}", "label": {"en": label}}
                                       for n, label in enumerate("ABC", 1)]},
        ),
        ({"type": "url"}, {}),
        ({"type": "declaration"}, {}),
        (
            {"type": "file", "accept": "PDF, .docx", "max_mb": "5", "maximum": "3"},
            {"accept": ["pdf", "docx"], "max_mb": 5, "maximum": 3},
        ),
        ({"type": "email", "receipt_copy": "yes"}, {"receipt_copy": True}),
        (
            {
                "type": "table", "minimum": "1", "maximum": "6",
                "c1__type": "text", "c1__label__en": "Step", "c1__required": "yes",
                "c2__type": "money", "c2__label__en": "Amount", "c2__total": "yes",
            },
            {
                "minimum": 1,
                "maximum": 6,
                "columns": [
                    {"id": "step", "type": "text", "label": {"en": "Step"}, "required": True},
                    {"id": "amount", "type": "money", "label": {"en": "Amount"}, "total": True},
                ],
            },
        ),
    ],
)  # fmt: skip
def test_each_kind_is_made_and_stays_as_it_is_when_it_is_saved_again(
    desk: Desk, fields: dict[str, Any], said: dict[str, Any]
) -> None:
    slug = desk.draft(questions=())
    browser = desk.as_("astrid")
    answer = save(browser, slug, "form", **question(1, **NAMED, **fields))
    assert answer.status_code == 303, answer.text
    (kept,) = desk.says(slug).questions
    expected = {"id": "what", "type": fields["type"], **said}
    assert {key: kept.get(key) for key in expected} == expected
    assert save(browser, slug, "form").status_code == 303
    assert desk.says(slug).questions == (kept,)


def test_a_kind_brings_its_fields_without_scripts_and_keeps_nothing_yet(desk: Desk) -> None:
    slug = desk.draft(questions=())
    browser = desk.as_("astrid")
    before = section_form(browser, slug, "form")
    assert "q1-c1-type" not in before
    sent = typed(before, **question(1, **NAMED, type="table"), do="shape:1")
    shown = browser.post(editor(slug, "form"), sent)
    assert shown.status_code == 200
    assert fields_of(shown.text, editor(slug, "form"))["q1-label-en"] == ["What?"]
    assert "q1-c1-type" in fields_of(shown.text, editor(slug, "form"))
    assert desk.says(slug).questions == ()


def test_a_place_for_another_question_comes_with_a_button(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    fields = section_form(browser, slug, "form")
    assert "q3-type" not in fields
    used = typed(fields, **question(2, **NAMED, type="text"), do="more")
    shown = fields_of(browser.post(editor(slug, "form"), used).text, editor(slug, "form"))
    assert "q3-type" in shown
    assert shown["q2-label-en"] == ["What?"]


def test_questions_are_asked_in_the_order_of_their_places(desk: Desk) -> None:
    slug = desk.draft()
    browser = desk.as_("astrid")
    (first,) = desk.says(slug).questions
    made = {**question(2, **NAMED, type="text"), "q1__place": "2", "q2__place": "1"}
    assert save(browser, slug, "form", **made).status_code == 303
    assert [one["id"] for one in desk.says(slug).questions] == ["what", first["id"]]


def test_a_question_hangs_on_an_answer_to_an_earlier_one(desk: Desk) -> None:
    slug = desk.draft(questions=())
    browser = desk.as_("astrid")
    choice = question(1, type="choice", label__en="Which?", options__en="Left\nRight")
    assert save(browser, slug, "form", **choice).status_code == 303
    made = question(2, **NAMED, type="text", when=["which:option-2"])
    assert save(browser, slug, "form", **made).status_code == 303
    wanted = {"question": "which", "is": ["option-2"]}
    assert desk.says(slug).questions[1]["when"] == wanted
    page = browser.get(editor(slug, "form")).text
    assert 'value="which:option-2" checked' in page
    # The other way round it would hang on a later one.
    turned = save(browser, slug, "form", q1__place="2", q2__place="1")
    assert turned.status_code == 422
    assert 'id="f-q2-when-error"' in turned.text
    assert desk.says(slug).questions[1]["when"] == wanted


def test_answers_of_two_questions_are_no_condition(desk: Desk) -> None:
    slug = desk.draft(questions=())
    made = question(1, **NAMED, type="text", when=["a:x", "b:y"])
    answer = save(desk.as_("astrid"), slug, "form", **made)
    assert answer.status_code == 422
    assert "Please choose answers of one question only." in answer.text


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"type": "table"}, "q1-c1-label-en"),
        ({"type": "table", "c1__type": "text"}, "q1-c1-label-en"),
        ({"type": "number", "minimum": "many"}, "q1-minimum"),
        ({"type": "number", "minimum": "5", "maximum": "2"}, "q1-minimum"),
        ({"type": "date", "maximum": "31.13.2027"}, "q1-maximum"),
        ({"type": "file", "accept": "image/png"}, "q1-accept"),
    ],
)
def test_what_no_form_could_show_is_named_at_its_field(
    desk: Desk, fields: dict[str, str], error: str
) -> None:
    slug = desk.draft(questions=())
    answer = save(desk.as_("astrid"), slug, "form", **question(1, **NAMED, **fields))
    assert answer.status_code == 422
    assert f'id="f-{error}-error"' in answer.text
    assert desk.says(slug).questions == ()


def versions(desk: Desk, slug: str) -> list[FormVersion]:
    challenge = desk.kept(slug)
    with desk.site.database.reading() as session:
        found = select(FormVersion).where(FormVersion.challenge_id == challenge.id)
        rows = session.scalars(found.order_by(FormVersion.number)).all()
        return [one for one in rows if one.form]


def test_changing_the_form_of_what_is_published_is_an_amendment_and_keeps_what_was_asked(
    desk: Desk,
) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    before = desk.says(slug).questions
    assert versions(desk, slug) == []
    slot = len(before) + 1
    made = {
        **question(slot, **NAMED, type="table", c1__type="money", c1__label__en="Amount"),
        f"q{slot}__c1__total": "yes",
    }
    checked = check(browser, slug, **made, reason__en="Costs were forgotten")
    page = text_of(checked.text)
    assert "What? [Table, such as milestones with amounts]" in page
    assert "– Amount [Amount of money] Is added up." in page
    done = publish(browser, slug, checked)
    assert done.status_code == 303
    first, second = versions(desk, slug)
    assert [first.number, second.number] == [1, 2]
    assert first.amendment_id is None and second.amendment_id is not None
    assert {q.id for q in load_kept(second.form).questions} - {
        q.id for q in load_kept(first.form).questions
    } == {"what"}
    with desk.site.database.reading() as session:
        kept = session.merge(desk.kept(slug), load=False)
        assert second.digest == digest(form_of(kept))


def test_an_amendment_of_other_things_makes_no_version_of_the_form(desk: Desk) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    publish(browser, slug, check(browser, slug, title__en="Else", reason__en="Clearer"))
    assert versions(desk, slug) == []


def test_the_amendment_shows_the_fields_of_a_kind_by_a_button_too(desk: Desk) -> None:
    slug = desk.published()
    browser = desk.as_("hanne")
    slot = len(desk.says(slug).questions) + 1
    sent = typed(amend_form(browser, slug), **question(slot, type="table"), do=f"shape:{slot}")
    shown = browser.post(check_path(slug), sent)
    assert f"q{slot}-c1-type" in fields_of(shown.text, check_path(slug))


def test_the_questions_are_looked_at_as_firms_see_them_before_anything_is_kept(desk: Desk) -> None:
    slug = desk.draft(questions=())
    browser = desk.as_("astrid")
    fields = section_form(browser, slug, "form")
    made = question(1, type="choice", label__en="Which way?", options__en="Left\nRight")
    shown = browser.post(editor(slug, "form"), typed(fields, **made, do="look"))
    assert shown.status_code == 200
    assert 'type="radio" id="f-q-which-way"' in shown.text
    assert desk.says(slug).questions == ()
    wrong = browser.post(editor(slug, "form"), typed(fields, q1__type="choice", do="look"))
    assert wrong.status_code == 422
    assert "As firms will see it" not in wrong.text


def test_a_question_on_a_condition_says_in_the_preview_when_it_is_asked(desk: Desk) -> None:
    slug = desk.draft(questions=())
    challenge = desk.kept(slug)
    with desk.site.database.reading() as session:
        asked = programme_form_of(session.merge(challenge, load=False)).questions
    on = next(one for one in asked if one.kind in SETTLED)
    answer = TICKED if on.kind is Kind.DECLARATION else on.options[0].value
    browser = desk.as_("astrid")
    fields = section_form(browser, slug, "form")
    made = {
        **question(1, type="choice", label__en="Which way?", options__en="Left\nRight"),
        **question(2, type="text", label__en="Why so?", when=[f"{on.id}:{answer}"]),
        **question(3, type="text", label__en="How far?", when=["which-way:option-2"]),
    }
    shown = browser.post(editor(slug, "form"), typed(fields, **made, do="look"))
    page = text_of(shown.text)
    assert text_for(on.label, "en").text.rstrip(" .:?!") in page
    assert page.count("Only where") == 2
    assert "Only where “Which way” has the answer: Right" in page
    assert 'id="f-q-why-so"' in shown.text, "it is there, since nothing here could bring it up"
    assert re.findall(r'data-gm-when="([^"]*)"', shown.text) == ["q-which-way"]


def test_a_language_without_a_question_is_named(desk: Desk) -> None:
    slug = desk.draft(questions=())
    browser = desk.as_("astrid")
    assert save(browser, slug, "form", **question(1, type="text", label__en="Q")).status_code == 303
    assert "Missing in: Danish" in text_of(browser.get(editor(slug, "form")).text)
