"""`content check`: a wrong file is named with line, field and remedy, and the others are right."""

from pathlib import Path

import pytest

from govmatch.challenges.content import check
from govmatch.kit.content import Done, Problem, Report
from govmatch.kit.i18n import LANGUAGES, say
from tests.timing import soonest
from tests.unit.challenges.world import CONTENT, change_files, content_with

SLUG = "scanning-technology"
OTHER = "visitor-counting"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content_with(tmp_path / "content", SLUG, OTHER)


def outcomes(report: Report) -> dict[str, Done]:
    return {one.slug: one.done for one in report.outcomes}


def only_problem(report: Report) -> Problem:
    assert len(report.problems) == 1, report.problems
    return report.problems[0]


def line_of(folder: Path, problem: Problem) -> str:
    return (folder / problem.path).read_text("utf-8").split("\n")[problem.line - 1]


def test_what_ships_has_no_problem() -> None:
    report = check(CONTENT)
    assert report.problems == []
    assert report.is_right
    assert len(report.outcomes) == 12
    assert {one.done for one in report.outcomes} == {Done.CHECKED}


ALL_LANGUAGES = [
    ("closes: 2027-02-22T12:00", "closes: 2027-02-30T12:00", "closes"),
    ("closes: 2027-02-22T12:00", "closes: 22.02.2027 12:00", "closes"),
    ("closes: 2027-02-22T12:00", "closes: 2027-01-10T12:00", "closes"),
    ("questions_until: 2027-02-08T12:00", "questions_until: 2027-03-08T12:00", "questions_until"),
    ("zone: Europe/Copenhagen", "zone: Copenhagen", "zone"),
    ("authority: sikkerhedsstyrelsen", "authority: nobody", "authority"),
    ("authority: sikkerhedsstyrelsen", "authority: bremen-wirtschaft", "authority"),
    ("programme: govtech", "programme: nothing", "programme"),
    ("round: govtech-1", "round: bremen-1", "round"),
    ("theme: [product-safety, inspections]", "theme: [product-safety, gardening]", "theme.2"),
    ("theme: [product-safety, inspections]", "theme: []", "theme"),
    ("theme: [product-safety, inspections]", "theme: [inspections, inspections]", "theme.2"),
    ("technology: [computer-vision", "technology: [magic", "technology.1"),
    ('cpv: ["72212328"', 'cpv: ["99999999"', "cpv.1"),
    ('cpv: ["72212328"', "cpv: [72212328", "cpv.1"),
    ("{min: 200000, max: 600000", "{min: 700000, max: 600000", "budget"),
    ("max: 600000, currency: DKK", "max: 600000, currency: XYZ", "budget.currency"),
    ("max: 600000, currency", "max: plenty, currency", "budget.max"),
    ("pilots_max: 3", "pilots_max: 9", "pilots_max"),
    ("countries: [EU, EEA, GB]", "countries: [EU, Denmark]", "eligibility.countries.2"),
    ("size: [micro", "size: [tiny", "eligibility.size.1"),
    ("languages: [da, en]", "languages: [danish]", "eligibility.languages.1"),
    ("requires: [company-registration", "requires: [a-boat", "eligibility.requires.1"),
    ("{id: fit, weight: 22, minimum: 3}", "{id: fit, weight: 21, minimum: 3}", "criteria"),
    ("{id: team, weight: 13}", "{id: fit, weight: 13}", "criteria.2.id"),
    ("{id: team, weight: 13}", "{id: charm, weight: 13}", "criteria.2.id"),
    ("weight: 22, minimum: 3", "weight: 22, minimum: 6", "criteria.1.minimum"),
    ("  - id: recognition", "  - id: motivation", "questions.1.id"),
    ("  - id: without-network", "  - id: recognition", "questions"),
    ("    max_words: 250", "    max_words: a lot", "questions.1.max_words"),
    ("    criterion: fit", "    criterion: charm", "questions.1.criterion"),
    ("    type: number", "    type: figure", "questions.3.type"),
    ("email: govtech@sik.example", "email: nobody", "contact.email"),
    ("status: draft", "status: published", "status"),
    ("on: 2026-11-20", "on: yesterday", "approved.on"),
    ("{publish: -16, opens: -14", "{publish: -10, opens: -14", "demo"),
    ("round: govtech-1", "round: govtech-1\nrouund: x", "rouund"),
]


@pytest.mark.parametrize(
    ("old", "new", "field"), ALL_LANGUAGES, ids=[f"{f}: {n[:30]}" for _, n, f in ALL_LANGUAGES]
)
def test_each_fault_is_named_with_line_field_and_remedy(
    folder: Path, old: str, new: str, field: str
) -> None:
    change_files(folder, SLUG, old, new)
    report = check(folder)
    assert outcomes(report) == {SLUG: Done.REFUSED, OTHER: Done.CHECKED}
    first = report.problems[0]
    assert first.path.startswith(f"challenges/{SLUG}.")
    assert first.field == field
    word = next(part for part in reversed(field.split(".")) if not part.isdigit())
    assert word in line_of(folder, first)
    for lang in LANGUAGES:
        assert say(first.message, lang)
        assert say(first.remedy, lang)


def test_a_missing_language_is_named(folder: Path) -> None:
    (folder / "challenges" / f"{SLUG}.da.md").unlink()
    problem = only_problem(check(folder))
    assert problem.path == f"challenges/{SLUG}.da.md"
    assert say(problem.message, "en") == "The file in Dansk is missing."


def test_a_fact_that_differs_is_named_in_the_file_that_stands_alone(folder: Path) -> None:
    change_files(folder, SLUG, "pilots_max: 3", "pilots_max: 2", "da")
    problem = only_problem(check(folder))
    assert (problem.path, problem.field) == (f"challenges/{SLUG}.da.md", "pilots_max")
    assert say(problem.message, "en") == (
        "pilots_max is not the same as in challenges/scanning-technology.en.md."
    )


def test_problems_of_all_languages_are_named_at_once(folder: Path) -> None:
    change_files(folder, SLUG, "closes: 2027-02-22T12:00", "closes: soon", "de")
    change_files(folder, SLUG, "title: ", "titel: ", "da")
    change_files(
        folder, SLUG, "{id: fit, weight: 22, minimum: 3}", "{id: fit, weight: 21, minimum: 3}"
    )
    found = {(problem.path[-5:-3], problem.field) for problem in check(folder).problems}
    assert found == {("de", "closes"), ("da", "titel"), ("da", "title"), ("en", "criteria")}


def test_questions_that_differ_are_named_in_their_file(folder: Path) -> None:
    change_files(folder, SLUG, "    max_words: 250", "    max_words: 200", "de")
    problem = only_problem(check(folder))
    assert (problem.path[-5:-3], problem.field) == ("de", "questions.1.max_words")
    assert "max_words" in line_of(folder, problem)


def test_a_text_that_is_too_long_is_named_in_its_language(folder: Path) -> None:
    change_files(folder, SLUG, 'title: "', f'title: "{"x" * 90}', "da")
    problem = only_problem(check(folder))
    assert (problem.path[-5:-3], problem.field) == ("da", "title")


def test_a_file_without_text_and_one_with_html_are_named(folder: Path) -> None:
    path = folder / "challenges" / f"{SLUG}.de.md"
    head = path.read_text("utf-8").rpartition("---\n")[0]
    path.write_text(f"{head}---\n", "utf-8")
    problem = only_problem(check(folder))
    assert (problem.field, problem.message.text) == ("body", "There is no text after the facts.")
    path.write_text(f"{head}---\n\n## Why\n\n<script>alert(1)</script>\n", "utf-8")
    problem = only_problem(check(folder))
    assert "<script>" in line_of(folder, problem)


def test_an_amendment_needs_its_reason_in_every_language(folder: Path) -> None:
    change_files(folder, SLUG, "status: draft", 'status: draft\namendment: "Later"', "en", "de")
    problem = only_problem(check(folder))
    assert (problem.path[-5:-3], problem.field) == ("da", "amendment")


UNREADABLE = {
    "tabs": b"---\nslug: x\n\tlang: de\n---\nText",
    "NUL": b"---\nslug: x\nlang: de\x00\n---\nText",
    "broken UTF-8": b"---\nslug: x\nlang: \xff\xfe\n---\nText",
    "not YAML": b'---\nslug: "x\nlang: de\n---\nText',
    "an alias": b"---\nslug: &a x\nlang: *a\n---\nText",
    "keys twice": b"---\nslug: x\nslug: y\n---\nText",
    "no facts": b"Text",
    "huge": b"---\nslug: x\n" + b"#" * 1_000_000,
    "deep": b"---\nslug: " + b"[" * 5000,
}
LINES = {"tabs": 3, "NUL": 3, "broken UTF-8": 3, "not YAML": 2, "an alias": 2, "keys twice": 3}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_stops_no_other(folder: Path, name: str) -> None:
    (folder / "challenges" / f"{SLUG}.de.md").write_bytes(UNREADABLE[name])
    report = check(folder)
    assert outcomes(report) == {SLUG: Done.REFUSED, OTHER: Done.CHECKED}
    problem = only_problem(report)
    assert problem.path == f"challenges/{SLUG}.de.md"
    assert problem.line == LINES.get(name, 1 if name != "deep" else 2) or name in {"huge", "deep"}
    assert problem.remedy.text


def test_a_link_out_of_the_folder_is_not_read(folder: Path, tmp_path: Path) -> None:
    path = folder / "challenges" / f"{SLUG}.de.md"
    outside = tmp_path / "secret.md"
    path.rename(outside)
    path.symlink_to(outside)
    problem = only_problem(check(folder))
    assert problem.message.text == "The file lies outside the content folder."


@pytest.mark.parametrize(
    "name", ["Scanning.de.md", "scanning technology.de.md", "..de.md", "x.fr.md", "readme.md"]
)
def test_a_name_that_is_no_challenge_is_named(folder: Path, name: str) -> None:
    (folder / "challenges" / name).write_text("x")
    found = [problem.path for problem in check(folder).problems]
    assert found == ([] if name.startswith(".") else [f"challenges/{name}"])


def test_a_slug_other_than_the_name_is_named(folder: Path) -> None:
    change_files(folder, SLUG, f"slug: {SLUG}", "slug: ../../evil")
    assert [(p.path[-5:-3], p.field, p.line) for p in check(folder).problems] == [
        ("da", "slug", 2), ("de", "slug", 2), ("en", "slug", 2),
    ]  # fmt: skip


def test_a_wrong_taxonomy_is_named_once_and_not_for_every_challenge(folder: Path) -> None:
    path = folder / "taxonomy" / "themes.yaml"
    path.write_text(path.read_text("utf-8").replace("themes:", "themes: ["), "utf-8")
    problem = only_problem(check(folder))
    assert problem.path == "taxonomy/themes.yaml"


def test_a_wrong_programme_is_said_to_be_wrong_and_not_missing(folder: Path) -> None:
    path = folder / "programmes" / "govtech.yaml"
    path.write_text(path.read_text("utf-8").replace("weight: 16", "weight: 15", 1), "utf-8")
    report = check(folder)
    assert {problem.message.text for problem in report.problems} == {
        "The weights of the criteria that are on add up to {sum}.",
        "The file of {slug} is wrong itself.",
    }


class TestAttachments:
    """Papers lie in a folder with the challenge's name."""

    def name(self, folder: Path, file: str) -> Report:
        change_files(
            folder, SLUG, "attachments: []", f'attachments: [{{file: "{file}", title: "Plan"}}]'
        )
        return check(folder)

    def test_a_paper_that_is_there_is_right(self, folder: Path) -> None:
        (folder / "challenges" / SLUG).mkdir()
        (folder / "challenges" / SLUG / "plan.txt").write_text("A plan.")
        assert self.name(folder, "plan.txt").problems == []

    @pytest.mark.parametrize(
        "file", ["../scanning-technology.de.md", "/etc/passwd", "a\\\\b", ".x"]
    )
    def test_a_path_is_no_name(self, folder: Path, file: str) -> None:
        report = self.name(folder, file)
        assert {problem.field for problem in report.problems} == {"attachments.1.file"}

    def test_a_paper_that_is_not_there_is_named(self, folder: Path) -> None:
        problem = only_problem(self.name(folder, "plan.pdf"))
        assert (problem.field, problem.message.text) == (
            "attachments.1.file",
            "There is no such file.",
        )

    def test_a_link_out_of_the_folder_is_not_followed(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret")
        (folder / "challenges" / SLUG).mkdir()
        (folder / "challenges" / SLUG / "plan.txt").symlink_to(tmp_path / "secret.txt")
        problem = only_problem(self.name(folder, "plan.txt"))
        assert problem.message.text == "The file lies outside the content folder."

    def test_a_page_of_html_is_refused(self, folder: Path) -> None:
        (folder / "challenges" / SLUG).mkdir()
        (folder / "challenges" / SLUG / "plan.pdf").write_bytes(b"\x00\x01<html>")
        assert only_problem(self.name(folder, "plan.pdf")).field == "attachments.1.file"


@pytest.mark.parametrize("sign", ["a ", "<", "[", "*", "`", "|", "\\", "- ", "![", "](", "&#"])
def test_a_hostile_text_takes_no_time(folder: Path, sign: str) -> None:
    path = folder / "challenges" / f"{SLUG}.de.md"
    head = path.read_text("utf-8").rpartition("---\n")[0]
    path.write_text(f"{head}---\n\n{sign * (50_000 // len(sign))}\n", "utf-8")
    checked, took = soonest(lambda: check(folder), under=3)
    assert not checked.is_right
    assert took < 3
