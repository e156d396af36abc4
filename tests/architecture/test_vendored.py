"""What others wrote lies in static/vendor unchanged, with version, licence, source and checksum."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import VENDORED, files

FACTS = {"name", "version", "licence", "source", "file", "sha256"}


def entries(folder: Path) -> list[dict[str, Any]]:
    """Return what VENDOR.toml says of each file."""
    said = tomllib.loads((folder / "VENDOR.toml").read_text("utf-8"))
    (found,) = said.values()
    return list(found)


def changed(folder: Path) -> list[str]:
    """Return the files that are missing or are not, byte for byte, what VENDOR.toml says."""
    return [
        entry["file"]
        for entry in entries(folder)
        if not (folder / entry["file"]).is_file()
        or hashlib.sha256((folder / entry["file"]).read_bytes()).hexdigest() != entry["sha256"]
    ]


def test_every_vendored_file_is_what_it_was() -> None:
    assert changed(VENDORED) == []


def test_every_entry_names_all_facts() -> None:
    assert [e for e in entries(VENDORED) if not all(str(e.get(fact, "")) for fact in FACTS)] == []


def test_every_vendored_file_has_an_entry() -> None:
    there = {p.relative_to(VENDORED).as_posix() for p in files() if p.is_relative_to(VENDORED)}
    named = {entry["file"] for entry in entries(VENDORED)}
    beside = {path for path in there if Path(path).name.startswith(("LICEN", "OFL", "README"))}
    assert there - named - beside == {"VENDOR.toml"}


def test_every_vendored_folder_has_its_licence_beside_it() -> None:
    for entry in entries(VENDORED):
        beside = {path.name for path in (VENDORED / entry["file"]).parent.iterdir()}
        assert any(name.startswith(("LICEN", "OFL")) for name in beside), entry["file"]


@pytest.mark.parametrize("content", [b"changed", None])
def test_a_changed_and_a_missing_file_are_found(tmp_path: Path, content: bytes | None) -> None:
    digest = hashlib.sha256(b"as it was").hexdigest()
    (tmp_path / "VENDOR.toml").write_text(f'[[file]]\nfile = "x.js"\nsha256 = "{digest}"\n')
    (tmp_path / "x.js").write_bytes(b"as it was")
    assert changed(tmp_path) == []
    if content is None:
        (tmp_path / "x.js").unlink()
    else:
        (tmp_path / "x.js").write_bytes(content)
    assert changed(tmp_path) == ["x.js"]
