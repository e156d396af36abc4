"""What depends on an earlier answer is asked only then, and loses nothing meanwhile."""

from typing import Any

import pytest

from govmatch.questionnaires import (
    Section,
    answerable,
    answers_form,
    asked,
    canonical,
    check,
    check_complete,
    extended,
    load,
    load_questions,
    parse_draft,
    progress,
    redacted,
    rows,
    submitted,
)
from govmatch.questionnaires.definition import TICKED
from govmatch.questionnaires.loading import InvalidDefinition
from tests.unit.questionnaires.pages import show
from tests.unit.questionnaires.samples import KEPT, form

CHOICE = {
    "id": "stage",
    "type": "choice",
    "label": {"en": "How far?"},
    "options": [{"value": "idea", "label": "Idea"}, {"value": "used", "label": "In use"}],
}
NOTE = {"id": "note", "type": "text", "label": "Where?", "required": True}


def asking(when: Any, *, first: Any = CHOICE) -> Any:
    questions = [first, {**NOTE, "when": when}]
    return {"sections": [{"id": "one", "title": "One", "questions": questions}]}


USED = {"question": "stage", "is": "used"}


def test_it_is_missing_only_where_it_is_asked() -> None:
    one = load(asking(USED))
    assert check_complete(one, {"stage": "idea"}, "en") == []
    assert [gap.question.id for gap in check_complete(one, {"stage": "used"}, "en")] == ["note"]
    assert [part.questions for part in progress(one, {"stage": "idea"})] == [1]


@pytest.mark.parametrize(
    ("first", "given", "is_asked"),
    [
        (CHOICE, "used", True),
        (CHOICE, {"raw": "used"}, False),
        (CHOICE, None, False),
        ({**CHOICE, "type": "several"}, ["idea", "used"], True),
        ({**CHOICE, "type": "several"}, ["idea"], False),
        ({"id": "stage", "type": "declaration", "label": "Yes"}, True, True),
        ({"id": "stage", "type": "declaration", "label": "Yes"}, None, False),
    ],
)
def test_each_kind_with_set_answers_can_decide(first: Any, given: object, is_asked: bool) -> None:
    answer = TICKED if first["type"] == "declaration" else "used"
    one = load(asking({"question": "stage", "is": answer}, first=first))
    assert ("note" in [row.question.id for row in rows(one, {"stage": given}, "en")]) == is_asked


def test_what_was_typed_stays_in_the_draft_and_is_not_submitted() -> None:
    one = load(asking(USED))
    fields = {"q-stage": ["idea"], "q-note": ["In Aarhus"]}
    draft = parse_draft(one, fields, lang="en")
    assert draft.answers == {"stage": "idea", "note": "In Aarhus"}
    assert b"Aarhus" not in canonical(one, draft.answers)
    assert "note" not in redacted(one, draft.answers)
    back = parse_draft(one, {"q-stage": ["used"]}, lang="en", before=draft.answers)
    assert b"Aarhus" in canonical(one, back.answers)


def test_what_is_not_asked_is_not_wrong() -> None:
    number = {"id": "note", "type": "number", "label": "How many?", "when": USED}
    one = load({"sections": [{"id": "a", "title": "A", "questions": [CHOICE, number]}]})
    fields = {"q-note": ["many"]}
    assert not parse_draft(one, {**fields, "q-stage": ["idea"]}, lang="en").errors
    assert parse_draft(one, {**fields, "q-stage": ["used"]}, lang="en").errors


def test_on_one_page_it_is_shown_with_what_it_depends_on() -> None:
    one = load(asking(USED))
    html = show("section", "en", form=answers_form(one.sections[0], {}, "en"))
    assert 'data-gm-when="q-stage" data-gm-is="used"' in html
    assert "Only where “How far” has the answer: In use" in html


def test_on_a_later_page_it_is_not_there_at_all_until_it_is_asked() -> None:
    plan = form().sections[3]
    names = [[one.name for one in answers_form(plan, {"stage": stage}, "en").fields]
             for stage in ("idea", "in-use")]  # fmt: skip
    assert names == [["q-steps"], ["q-steps", "q-where"]]


def test_a_blind_reviewer_reads_it_where_what_decided_is_hidden() -> None:
    one = load(asking(USED, first={**CHOICE, "redact": True}))
    blind = redacted(one, {"stage": "used", "note": "Aarhus"})
    assert [row.value for row in rows(one, blind, "en")][1] == "Aarhus"
    not_asked = redacted(one, {"stage": "idea", "note": "Aarhus"})
    assert [row.question.id for row in rows(one, not_asked, "en")] == ["stage"]


@pytest.mark.parametrize(
    ("when", "text"),
    [
        ({"question": "later", "is": "x"}, "No question later with set answers stands before"),
        (
            {"question": "stage", "is": "gone"},
            "stage has no answer gone. Possible are: idea,",
        ),
        ({"question": "note", "is": "x"}, "No question note with set answers stands before"),
        ({"question": "stage"}, "The key is is missing here."),
        ("stage", "Keys with their values are expected here."),
    ],
)
def test_a_condition_that_nothing_can_meet_is_named(when: Any, text: str) -> None:
    problems = check(asking(when))
    assert text in [str(problem.message)[: len(text)] for problem in problems]
    assert problems[0].path[:5] == ("sections", 0, "questions", 1, "when")


SECOND = {**CHOICE, "id": "second", "label": "Which way?", "when": USED}
LAST = {**NOTE, "when": {"question": "second", "is": "idea"}}
CHAIN: Any = {
    "sections": [
        {"id": "one", "title": "One", "questions": [CHOICE]},
        {"id": "two", "title": "Two", "questions": [SECOND, LAST]},
    ]
}


def test_every_link_of_a_chain_has_to_hold_also_across_pages() -> None:
    one = load(CHAIN)
    whole = {"stage": "used", "second": "idea", "note": "Aarhus"}
    assert set(submitted(one, whole)) == {"stage", "second", "note"}
    # The middle answer is still in the draft; since it is not asked, nothing hangs on it.
    turned = {**whole, "stage": "idea"}
    assert submitted(one, turned) == {"stage": "idea"}
    assert check_complete(one, {"stage": "idea", "second": "idea"}, "en") == []
    missing = check_complete(one, {"stage": "used", "second": "idea"}, "en")
    assert [gap.question.id for gap in missing] == ["note"]
    assert [part.questions for part in progress(one, turned)] == [1, 0]
    assert [part.questions for part in progress(one, whole)] == [1, 2]


def test_a_page_shows_of_a_chain_what_may_still_be_asked_there() -> None:
    two = load(CHAIN).sections[1]

    def names(answers: dict[str, object]) -> list[str]:
        return [field.name for field in answers_form(two, answers, "en").fields]

    assert names({"stage": "idea", "second": "idea"}) == []
    assert names({"stage": "used"}) == ["q-second", "q-note"]
    html = show("section", "en", form=answers_form(two, {"stage": "used"}, "en"))
    assert 'data-gm-when="q-second" data-gm-is="idea"' in html


def test_a_blind_reviewer_reads_the_end_of_a_chain_whose_links_are_hidden() -> None:
    hidden = [{**CHOICE, "redact": True}, {**SECOND, "redact": True}, LAST]
    one = load({"sections": [{"id": "one", "title": "One", "questions": hidden}]})
    blind = redacted(one, {"stage": "used", "second": "idea", "note": "Aarhus"})
    assert rows(one, blind, "en")[2].value == "Aarhus"


def test_a_circle_is_refused_at_the_question_that_looks_ahead() -> None:
    first = {**CHOICE, "when": {"question": "second", "is": "used"}}
    data = {"sections": [{"id": "a", "title": "A", "questions": [first, SECOND, LAST]}]}
    assert [problem.path[3:] for problem in check(data)] == [(0, "when")]
    alone = {**CHOICE, "when": USED}
    assert [problem.path[3:] for problem in check(asking(USED, first=alone))] == [(0, "when")]


def test_a_challenge_s_question_hangs_on_a_chain_of_its_programme() -> None:
    own = load_questions([LAST], earlier=answerable(load(CHAIN).questions))
    programme = load({"sections": [{"id": "a", "title": "A", "questions": [CHOICE, SECOND]}]})
    whole = extended(programme, Section(id="own", title={"en": "Own"}, questions=own))
    assert [one.id for one in asked(whole, {"stage": "idea", "second": "idea"})] == ["stage"]
    assert len(asked(whole, {"stage": "used", "second": "idea"})) == 3


def test_questions_of_a_challenge_may_depend_on_those_of_its_programme() -> None:
    one = [{**NOTE, "when": {"question": "maturity", "is": "used"}}]
    assert load_questions(one, earlier={"maturity": ("idea", "used")})[0].when is not None
    with pytest.raises(InvalidDefinition):
        load_questions(one, earlier={"maturity": ("idea",)})


def test_the_whole_sample_is_complete() -> None:
    assert check_complete(form(), KEPT, "en") == []
