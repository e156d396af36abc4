"""A table is read row by row, whatever rows a page has, and its figures are added up."""

from typing import Any

import pytest

from govmatch.kit.i18n import say
from govmatch.questionnaires import (
    answers_form,
    canonical,
    check_complete,
    code_of,
    parse_draft,
    redacted,
    rows,
)
from govmatch.questionnaires.redaction import MASK
from tests.unit.questionnaires.pages import show
from tests.unit.questionnaires.samples import KEPT, SENT, form

PLAN = form().sections[3]


def cells(**changes: str) -> dict[str, list[str]]:
    """Return what a page sends for the table; `a_b` stands for `cell-steps-a-b`."""
    made = {name: value for name, value in SENT.items() if "steps" in name}
    return made | {f"cell-steps-{k[1:].replace('_', '-')}": [v] for k, v in changes.items()}


def sent(**changes: str) -> Any:
    return parse_draft(PLAN, cells(**changes), lang="da")


def test_empty_rows_are_left_out_and_the_rest_keeps_its_order() -> None:
    draft = sent()
    assert draft.answers["steps"] == KEPT["steps"]
    assert dict(draft.errors) == {}


def test_a_table_that_was_emptied_is_no_answer() -> None:
    fields = {name: [""] for name in SENT if name.startswith("cell-steps")} | {"asked-steps": ["1"]}
    draft = parse_draft(PLAN, fields, lang="da", before={"steps": KEPT["steps"]})
    assert "steps" not in draft.answers


def test_a_table_that_was_not_on_the_page_stays() -> None:
    draft = parse_draft(PLAN, {"q-where": ["x"]}, lang="da", before={"steps": KEPT["steps"]})
    assert draft.answers["steps"] == KEPT["steps"]


def test_what_cannot_be_read_in_a_cell_is_kept_and_named_at_its_cell() -> None:
    draft = sent(_1_week="soon", _3_what="")
    # The empty row between the two is gone on the page that comes back.
    assert {name: code_of(error) for name, error in draft.errors.items()} == {
        "cell-steps-1-week": "not_a_number",
        "cell-steps-2-what": "missing",
    }
    again = answers_form(PLAN, draft.answers, "da", errors=draft.errors)
    assert again.value("cell-steps-1-week") == "soon"
    assert set(again.errors) == set(draft.errors)
    assert again.labels["cell-steps-1-week"] == "Milepæle, række 1: Week"
    assert 'id="f-cell-steps-1-week-error"' in show("section", "da", form=again)


@pytest.mark.parametrize(("rows_given", "code"), [(1, "too_few"), (5, "too_many")])
def test_too_few_and_too_many_rows_are_said_of_the_whole(rows_given: int, code: str) -> None:
    fields = {f"cell-steps-{n}-what": [f"Step {n}"] for n in range(1, rows_given + 1)}
    draft = parse_draft(PLAN, fields, lang="en")
    assert {name: code_of(error) for name, error in draft.errors.items()} == {"q-steps": code}


def test_rows_without_end_are_not_read() -> None:
    fields = {f"cell-steps-{n}-what": ["x"] for n in range(1, 500)}
    kept: Any = parse_draft(PLAN, fields, lang="en").answers["steps"]
    assert len(kept["rows"]) == 5  # one more than there may be, so that it is complained of


def test_a_cell_is_cut_at_a_thousand_characters_and_the_table_says_so() -> None:
    draft = sent(_1_what="x" * 1_001)
    kept: Any = draft.answers["steps"]
    assert len(kept["rows"][0]["what"]) == 1_000
    assert code_of(draft.errors["q-steps"]) == "cut"


def test_what_keeps_a_table_from_being_sent_in_leads_to_the_cell() -> None:
    wrong = {"rows": [{"what": "A"}, {"week": {"raw": "soon"}}]}
    gaps = check_complete(form(), {**KEPT, "steps": wrong}, "en")
    assert [(g.anchor, g.label.text, g.is_missing) for g in gaps] == [
        ("f-cell-steps-2-what", "Milestones, row 2: What", False),
        ("f-cell-steps-2-week", "Milestones, row 2: Week", False),
    ]


def test_figures_of_a_column_are_added_up_as_far_as_they_can_be_read() -> None:
    answers: dict[str, Any] = {
        "steps": {
            "rows": [
                {"what": "A", "amount": {"amount": "10.50", "currency": "DKK"}},
                {"what": "B", "amount": {"raw": "about 5"}},
            ]
        }
    }
    row = rows(PLAN, answers, "en")[0]
    assert row.grid is not None
    assert row.grid.rows == (("A", "", "DKK\u00a010.50"), ("B", "", "about 5"))
    assert row.grid.totals == ("Sum", "", "DKK\u00a010.50")


def test_a_blind_reviewer_reads_a_table_without_names() -> None:
    table = {"rows": [{"what": "Skanner ApS begins"}, {"what": {"raw": "Skanner"}, "week": "2"}]}
    blind = redacted(form(), {"steps": table}, names=["Skanner ApS", "Skanner"])
    assert blind == {"steps": {"rows": [{"what": f"{MASK} begins"}, {"what": MASK, "week": "2"}]}}


def test_a_table_stands_in_the_receipt_as_it_was_given() -> None:
    assert b'"steps":{"rows":[{"amount":{"amount":"100000.00"' in canonical(form(), KEPT)


def test_a_page_has_rows_to_spare_and_never_more_than_there_may_be() -> None:
    def shown(count: int) -> int:
        table = {"rows": [{"what": str(n)} for n in range(count)]}
        return len(answers_form(PLAN, {"steps": table}, "en").fields[0].cells)

    assert [shown(n) for n in (0, 1, 2, 3, 4)] == [3, 3, 4, 4, 4]


def test_an_answer_of_another_kind_is_no_table() -> None:
    draft = parse_draft(PLAN, {}, lang="en", before={"steps": "First we analyse"})
    gaps = check_complete(form(), {**KEPT, **draft.answers}, "en")
    assert [gap.code for gap in gaps] == ["not_a_table"]
    assert rows(PLAN, draft.answers, "en")[0].value == "First we analyse"
    assert say(gaps[0].message, "en").startswith("What stands here does not fit")
