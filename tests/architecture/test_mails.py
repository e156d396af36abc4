"""Every mail lies in a folder of its own, complete in each language (HOUSE.md, section 1)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from govmatch.kit.i18n import LANGUAGES
from tests.architecture.tree import TEMPLATES, files, name

# A part of every mail rather than a mail: it has no subject.
SUBJECTLESS = {"footer", "footer_off"}
PARTS = {f"{part}.{lang}.txt" for part in ("subject", "body") for lang in LANGUAGES}


def mail_folders() -> list[Path]:
    """Return templates/<package>/mail/<name>, each with the files of one mail."""
    inside = (path for path in files() if path.is_relative_to(TEMPLATES))
    return sorted({path.parent for path in inside if path.parent.parent.name == "mail"})


def faults(folder: Path) -> Iterator[str]:
    """Yield what is wrong with one mail: missing or foreign files, other values in one language."""
    there = {path.name for path in folder.iterdir()}
    wanted = {part for part in PARTS if folder.name not in SUBJECTLESS or part.startswith("body")}
    yield from (f"{part} is missing" for part in sorted(wanted - there))
    yield from (f"{part} belongs to no mail" for part in sorted(there - wanted))
    for part in ("subject", "body"):
        texts = [folder / f"{part}.{lang}.txt" for lang in LANGUAGES]
        used = {path.name: frozenset(_values(path)) for path in texts if path.exists()}
        if len(set(used.values())) > 1:
            yield f"{part} names other values in one language"
    for path in folder.glob("*.txt"):
        text = path.read_text("utf-8").strip()
        if not text:
            yield f"{path.name} is empty"
        if path.name.startswith("subject") and "\n" in text:
            yield f"{path.name} has more than one line"


def _values(path: Path) -> set[str]:
    return meta.find_undeclared_variables(Environment().parse(path.read_text("utf-8")))


def test_every_mail_is_complete_in_each_language() -> None:
    found = {name(folder): list(faults(folder)) for folder in mail_folders()}
    assert {folder: lines for folder, lines in found.items() if lines} == {}


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    """A mail with nothing wrong."""
    for part in PARTS:
        (tmp_path / part).write_text("Hello {{ person }}", "utf-8")
    return tmp_path


def test_a_whole_mail_has_no_fault(mail: Path) -> None:
    assert list(faults(mail)) == []


def test_a_missing_language_is_found(mail: Path) -> None:
    (mail / "body.da.txt").unlink()
    assert list(faults(mail)) == ["body.da.txt is missing"]


def test_a_file_that_belongs_to_no_mail_is_found(mail: Path) -> None:
    (mail / "body.fr.txt").write_text("Bonjour")
    assert list(faults(mail)) == ["body.fr.txt belongs to no mail"]


def test_a_value_that_one_language_lacks_is_found(mail: Path) -> None:
    (mail / "body.de.txt").write_text("Guten Tag")
    assert list(faults(mail)) == ["body names other values in one language"]


def test_an_empty_text_and_a_long_subject_are_found(mail: Path) -> None:
    (mail / "subject.en.txt").write_text("Hello {{ person }}\nand all")
    for lang in LANGUAGES:
        (mail / f"body.{lang}.txt").write_text("\n")
    assert set(faults(mail)) == {
        "subject.en.txt has more than one line",
        *(f"body.{lang}.txt is empty" for lang in LANGUAGES),
    }
