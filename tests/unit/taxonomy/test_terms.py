"""Themes and technologies: read from files, kept, and shown in the reader's language."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from govmatch.kit.content import FILES, Folder, Problem
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.settings import shipped
from govmatch.taxonomy import queries
from govmatch.taxonomy.actions import load_terms
from govmatch.taxonomy.content import TermData, read_terms
from govmatch.taxonomy.models import Term, TermKind

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)
THEME = """themes:
  - slug: safety
    parent: null
    label: {en: Safety, de: Sicherheit, da: Sikkerhed}
  - slug: inspections
    parent: safety
    label: {en: Inspections, de: Kontrollen, da: Tilsyn}
"""


def read(folder: Path, text: str) -> tuple[list[TermData] | None, list[Problem]]:
    (folder / "taxonomy").mkdir(exist_ok=True)
    (folder / "taxonomy" / "themes.yaml").write_text(text, "utf-8")
    problems: list[Problem] = []
    return read_terms(Folder(folder), TermKind.THEME, problems), problems


def test_terms_are_read_in_the_order_of_their_file(tmp_path: Path) -> None:
    found, problems = read(tmp_path, THEME)
    assert problems == []
    assert [(one.slug, one.parent, one.position) for one in found or []] == [
        ("safety", None, 0),
        ("inspections", "safety", 1),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("slug: inspections", "slug: safety", 5, "themes.2.slug"),
        ("slug: inspections", "slug: In Spections", 5, "themes.2.slug"),
        ("parent: safety", "parent: nothing", 6, "themes.2.parent"),
        (", da: Tilsyn", "", 7, "themes.2.label.da"),
        ("    parent: safety\n", "    parents: safety\n", 6, "themes.2.parents"),
        ("themes:", "theme:", 1, "theme"),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, field: str
) -> None:
    found, problems = read(tmp_path, THEME.replace(old, new))
    assert found is None
    assert (problems[0].path, problems[0].line, problems[0].field) == (
        "taxonomy/themes.yaml",
        line,
        field,
    )


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_terms(Folder(tmp_path), TermKind.TECHNOLOGY, problems) is None
    assert [problem.path for problem in problems] == ["taxonomy/technologies.yaml"]


def load(session: Session, folder: Path, text: str) -> list[str]:
    found, _ = read(folder, text)
    changed = load_terms(session, found or [], actor=FILES, now=NOW)
    commit(session)
    return changed


def test_terms_are_kept_once_and_changed_in_place(session: Session, tmp_path: Path) -> None:
    assert load(session, tmp_path, THEME) == ["safety", "inspections"]
    assert load(session, tmp_path, THEME) == []
    changed = THEME.replace("Kontrollen", "Kontrollen vor Ort")
    assert load(session, tmp_path, changed) == ["inspections"]
    assert session.scalar(select(func.count(Term.id))) == 2
    assert queries.labels(session, TermKind.THEME, "de") == {
        "safety": "Sicherheit",
        "inspections": "Kontrollen vor Ort",
    }
    events = session.scalars(select(JournalRow.event).order_by(JournalRow.id)).all()
    assert events == ["TermsLoaded", "TermsLoaded"]


def test_a_term_that_left_its_file_stays(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, THEME)
    load(session, tmp_path, THEME.partition("  - slug: inspections")[0])
    assert queries.slugs(session, TermKind.THEME) == {"safety", "inspections"}


def test_headings_have_their_children(session: Session, tmp_path: Path) -> None:
    load(session, tmp_path, THEME)
    (heading,) = queries.headings(session, TermKind.THEME)
    assert (heading.term.slug, [term.slug for term in heading.children]) == (
        "safety",
        ["inspections"],
    )
    assert queries.with_children(session, TermKind.THEME, ["safety"]) == {"safety", "inspections"}
    assert queries.with_children(session, TermKind.THEME, ["inspections"]) == {"inspections"}


def test_what_ships_is_right() -> None:
    problems: list[Problem] = []
    counts = {
        kind: len(read_terms(Folder(shipped("content")), kind, problems) or []) for kind in TermKind
    }
    assert problems == []
    assert counts[TermKind.THEME] > 20
    assert counts[TermKind.TECHNOLOGY] >= 15
