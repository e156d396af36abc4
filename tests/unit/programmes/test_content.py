"""Programmes and rounds as files say them: templates merged, faults named."""

import shutil
from pathlib import Path

import pytest

from govmatch.kit.content import Folder, Problem, Source, read_yaml
from govmatch.programmes.content import ProgrammeData, read_programmes, read_rounds
from govmatch.programmes.content.merging import merged
from govmatch.settings import shipped

CONTENT = shipped("content")


def test_mappings_are_merged_key_by_key_and_lists_with_ids_item_by_item() -> None:
    template = read_yaml(
        Source(
            "t.yaml",
            "slug: t\nname: {en: T, de: T}\nlanguages: [en, de]\n"
            "phases: [{id: a, days: 1}, {id: b, days: 2}]",
        )
    )
    own = read_yaml(
        Source(
            "o.yaml",
            "slug: o\ntemplate: t\nname:\n  de: O\nlanguages: [da]\nphases:\n"
            "  - {id: c, days: 3}\n  - id: b\n    days: 9",
        )
    )
    whole = merged(template, own)
    assert whole.data == {
        "slug": "o",
        "template": "t",
        "name": {"en": "T", "de": "O"},
        "languages": ["da"],
        "phases": [{"id": "a", "days": 1}, {"id": "b", "days": 9}, {"id": "c", "days": 3}],
    }
    assert whole.line(("phases", 1, "days")) == 9
    assert whole.line(("phases", 2, "days")) == 7
    assert whole.line(("phases", 0, "days")) == 6  # of the template: the list's own line
    assert whole.line(("name", "de")) == 4
    assert whole.name == "o.yaml"


def test_an_item_given_twice_stays_twice() -> None:
    template = read_yaml(Source("t.yaml", "phases: [{id: a, days: 1}]"))
    own = read_yaml(Source("o.yaml", "phases: [{id: a, days: 2}, {id: a, days: 3}]"))
    assert merged(template, own).data["phases"] == [{"id": "a", "days": 2}, {"id": "a", "days": 3}]


def test_what_ships_is_right_and_the_second_programme_differs_where_it_says_so() -> None:
    problems: list[Problem] = []
    found = read_programmes(Folder(CONTENT), problems)
    assert problems == []
    default, bremen = found["govtech"], found["bremen-wirtschaft-digital"]
    assert [one["weight"] for one in default.criteria if one["enabled"]] == [16, *[14] * 6]
    assert {one["id"]: one["weight"] for one in bremen.criteria if one["enabled"]} == {
        "fit": 18, "team": 12, "traction": 12, "technology": 12, "innovation": 10, "scaling": 14,
        "motivation": 12, "data-protection": 10,
    }  # fmt: skip
    assert [one["days"] for one in bremen.phases] == [42, 42, 42, 14, 14, 28, 112, 28]
    assert bremen.form == default.form
    assert bremen.facts["languages"] == ["de", "en"]
    assert default.rules["opening_people"]["value"] == 2


def broken(folder: Path, old: str, new: str, *, name: str = "govtech") -> list[Problem]:
    """Return the problems of the shipped programmes with one text replaced."""
    shutil.copytree(CONTENT / "programmes", folder / "programmes")
    path = folder / "programmes" / f"{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    problems: list[Problem] = []
    read_programmes(Folder(folder), problems)
    return problems


FAULTS = [
    ("weight: 16", "weight: 17", "criteria"),
    ("slug: govtech", "slug: other", "slug"),
    ("data_controller: authority", "data_controller: nobody", "data_controller"),
    ("    number: 0\n    days: 28", "    number: 0\n    days: many", "phases.1.days"),
    ("  sealed:\n    value: true", "  sealed:\n    value: maybe", "rules.sealed.value"),
    ("    value: 2 ", "    value: 3 ", "rules.opening_people.value"),
    ("  files: 5", "  filez: 5", "limits.filez"),
    ("      - points: 1\n", "      - points: 2\n", "criteria.1.anchors.2.points"),
    ("  - id: team\n    enabled", "  - id: fit\n    enabled", "criteria.2.id"),
    (
        "          criterion: motivation",
        "          criterion: mood",
        "form.sections.1.questions.1.criterion",
    ),
    (
        "      id: data-protection\n      type: long_text",
        "      id: data-protection\n      type: long",
        "criteria.8.question.type",
    ),
    ("  - valid_from: 2016-04-18", "  - valid_from: 2016-02-30", "retention.1.valid_from"),
]


@pytest.mark.parametrize(("old", "new", "field"), FAULTS, ids=[field for _, _, field in FAULTS])
def test_a_fault_of_a_programme_is_named(tmp_path: Path, old: str, new: str, field: str) -> None:
    problems = broken(tmp_path, old, new)
    assert problems[0].field == field  # what else follows from it comes after
    assert problems[0].path == "programmes/govtech.yaml"
    text = (tmp_path / "programmes" / "govtech.yaml").read_text("utf-8").split("\n")
    assert field.rpartition(".")[2] in text[problems[0].line - 1]


def test_a_programme_whose_template_is_wrong_says_nothing_of_its_own(tmp_path: Path) -> None:
    problems = broken(tmp_path, "weight: 16", "weight: 17")
    assert [problem.path for problem in problems] == ["programmes/govtech.yaml"]


def test_a_fault_in_what_a_programme_changes_is_named_in_its_own_file(tmp_path: Path) -> None:
    problems = broken(
        tmp_path,
        "{id: team, weight: 12}",
        "{id: team, weight: 13}",
        name="bremen-wirtschaft-digital",
    )
    (problem,) = problems
    assert (problem.path, problem.field) == (
        "programmes/bremen-wirtschaft-digital.yaml",
        "criteria",
    )


def test_a_template_that_is_not_there_and_a_circle_are_named(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    for slug, template in (("a", "b"), ("b", "a"), ("c", "nowhere")):
        path = tmp_path / "programmes" / f"{slug}.yaml"
        path.write_text(f"slug: {slug}\ntemplate: {template}\n")
    problems: list[Problem] = []
    assert read_programmes(Folder(tmp_path), problems) == {}
    assert {(problem.path, problem.line, problem.message.text) for problem in problems} == {
        ("programmes/a.yaml", 2, "The templates lead in a circle or too far."),
        ("programmes/b.yaml", 2, "The templates lead in a circle or too far."),
        ("programmes/c.yaml", 2, "There is no programme {slug}."),
    }


def test_an_empty_form_is_a_form(tmp_path: Path) -> None:
    text = (CONTENT / "programmes" / "govtech.yaml").read_text("utf-8")
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "govtech.yaml").write_text(text.split("\nform:\n")[0], "utf-8")
    problems: list[Problem] = []
    found: dict[str, ProgrammeData] = read_programmes(Folder(tmp_path), problems)
    assert problems == []
    assert found["govtech"].form == {"sections": []}


ROUND = """slug: one
programme: govtech
name: {en: First, de: Erste, da: Første}
starts: 2026-06-01
ends: 2027-09-30
authorities: [a, b]
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("slug: one", "slug: two", 1, "slug"),
        ("programme: govtech", "programme: nothing", 2, "programme"),
        ("starts: 2026-06-01", "starts: 2028-06-01", 5, "ends"),
        ("[a, b]", "[a, c]", 6, "authorities.2"),
    ],
)
def test_a_fault_of_a_round_is_named(
    tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    (tmp_path / "rounds").mkdir()
    (tmp_path / "rounds" / "one.yaml").write_text(ROUND.replace(old, new), "utf-8")
    problems: list[Problem] = []
    found = read_rounds(
        Folder(tmp_path),
        problems,
        programmes={"govtech": ["needs", "call"]},
        authorities={"a", "b"},
    )
    assert found == {}
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]


def test_a_round_is_read(tmp_path: Path) -> None:
    (tmp_path / "rounds").mkdir()
    (tmp_path / "rounds" / "one.yaml").write_text(ROUND, "utf-8")
    problems: list[Problem] = []
    found = read_rounds(
        Folder(tmp_path),
        problems,
        programmes={"govtech": ["needs", "call"]},
        authorities={"a", "b"},
    )
    assert problems == []
    assert found["one"].authorities == ("a", "b")
    assert found["one"].starts.isoformat() == "2026-06-01"
