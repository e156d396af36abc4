"""An archive that was changed anywhere is found out, and the file is named."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from govmatch.applications.receipts import Facts, block, hash_of
from govmatch.cli import dossiers
from govmatch.cli.base import app
from govmatch.dossiers import archive
from govmatch.dossiers.checking import Kind, verify
from govmatch.dossiers.merkle import Tree, leaf
from govmatch.kit.ids import digest
from govmatch.kit.journal import GENESIS
from govmatch.kit.journal import hash_of as row_hash_of
from govmatch.kit.signing import Signer
from tests.web.dossiers.world import members, packed

SIGNER = Signer("x" * 40)
PLAN = b"%PDF a plan"
MINE = (2, 3, 6)
"""The rows of ten that are about the case."""


def _journal(content_hash: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    before = GENESIS
    for number in range(1, 11):
        data = {"number": 1, "content_hash": content_hash} if number == 3 else {}
        event = "ApplicationSubmitted" if number == 3 else "ApplicationMoved"
        content = [number, f"2026-11-22T12:00:{number:02}.000000+00:00", 7, event, "application", 5]
        names = ("id", "at", "actor_id", "event", "subject_kind", "subject_id")
        row = dict(zip(names, content, strict=True))
        own = row_hash_of(before, [*content, data])
        rows.append({**row, "data": data, "previous_hash": before, "hash": own})
        before = own
    tree = Tree(leaf(row["id"], row["hash"]) for row in rows)
    return {
        "length": 10,
        "root": tree.root,
        "last_hash": before,
        "rows": [row for row in rows if row["id"] in MINE],
        "proof": tree.proof(number - 1 for number in MINE),
    }


def _parts() -> dict[str, Any]:
    content = json.dumps({"answers": {"what": "Lenses"}, "files": {"plan": digest(PLAN)}})
    sha256 = hash_of("salt", content.encode())
    facts = Facts(
        receipt="r", application="A-1", challenge="labels", firm="f", version="1", at="now",
        salt="salt", sha256=sha256,
    )  # fmt: skip
    paper = {"file": "plan", "sha256": digest(PLAN), "member": "files/A-1/001-plan.pdf"}
    version = {
        "number": 1, "salt": "salt", "sha256": sha256, "content": content,
        "receipt_member": "receipts/A-1-1.txt",
    }  # fmt: skip
    return {
        "receipt": block(facts, content.encode(), SIGNER),
        "application": {"application": "A-1", "id": 5, "papers": [paper], "versions": [version]},
        "journal": _journal(sha256),
    }


def made(folder: Path, change: Callable[[dict[str, Any]], object] = lambda parts: None) -> Path:
    """Write an archive, whose parts `change` may alter before it is listed and sealed."""
    parts = _parts()
    change(parts)
    plan = folder / "plan.pdf"
    plan.write_bytes(parts.get("plan", PLAN))
    journal = parts["journal"]
    found: list[archive.Member] = [
        ("case.html", "<h1>Case</h1>"),
        ("journal.json", archive.text_of(journal)),
        ("applications/A-1.json", archive.text_of(parts["application"])),
        ("receipts/A-1-1.txt", parts["receipt"]),
        ("files/A-1/001-plan.pdf", plan),
    ]
    place = folder / "case.zip"
    facts = {"journal": {name: journal[name] for name in ("length", "root", "last_hash")}}
    archive.write(place, found, {**facts, "case": "labels", "kind": "full"}, SIGNER)
    return place


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return made(tmp_path_factory.mktemp("whole")).read_bytes()


@pytest.fixture(scope="module")
def spare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spare") / "case.zip"


def checked(place: Path, content: bytes) -> list[tuple[Kind, str]]:
    place.write_bytes(content)
    return [(fault.kind, fault.name) for fault in verify(place).faults]


def test_what_was_not_changed_is_whole(whole: bytes, spare: Path) -> None:
    assert checked(spare, whole) == []
    verdict = verify(spare, SIGNER)
    assert (verdict.is_whole, verdict.files, verdict.rows, verdict.versions) == (True, 5, 3, 1)


@given(st.data())
def test_any_flipped_byte_of_any_file_is_found_and_named(
    whole: bytes, spare: Path, data: st.DataObject
) -> None:
    found = members(whole)
    name = data.draw(st.sampled_from(sorted(found)))
    content = bytearray(found[name])
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    faults = checked(spare, packed({**found, name: bytes(content)}))
    assert name in {one for _, one in faults}


def test_a_changed_seal_is_found_without_the_key(whole: bytes, spare: Path) -> None:
    found = members(whole)
    text = found["manifest.json"]
    place = text.index(b'"seal": "') + len(b'"seal": "')
    changed = text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :]
    assert (Kind.CHANGED, "manifest.json") in checked(
        spare, packed({**found, "manifest.json": changed})
    )


@given(st.data())
def test_a_flipped_byte_of_the_archive_changes_no_file_unnoticed(
    whole: bytes, spare: Path, data: st.DataObject
) -> None:
    content = bytearray(whole)
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    if not checked(spare, bytes(content)):
        assert members(bytes(content)) == members(whole)


def test_missing_added_and_doubled_files_are_named(whole: bytes, spare: Path) -> None:
    found = members(whole)
    less = {name: one for name, one in found.items() if name != "case.html"}
    assert (Kind.MISSING, "case.html") in checked(spare, packed(less))
    assert checked(spare, packed({**found, "more.txt": b"x"})) == [(Kind.ADDED, "more.txt")]
    no_list = {name: one for name, one in found.items() if name != "manifest.json"}
    assert (Kind.MISSING, "manifest.json") in checked(spare, packed(no_list))
    assert checked(spare, b"MZ something in front" + whole)
    assert checked(spare, whole + b"something behind")
    assert checked(spare, b"no archive at all")[0][0] is Kind.BROKEN


def _rows(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[dict[str, Any]], object]:
    return lambda parts: change(parts["journal"]["rows"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_rows(lambda rows: rows[1].update(actor_id=8)), "row 3: it was changed"),
        (_rows(lambda rows: rows[1].update(at="2026-11-22T12:00:04+00:00")), "row 3: it was chan"),
        (_rows(lambda rows: rows[1].update(previous_hash="0" * 64)), "row 3: it does not follow"),
        (_rows(lambda rows: rows[2].update(hash="1" * 64)), "row 6: its place in the whole"),
        (_rows(lambda rows: rows.reverse()), "it does not come after the row before it"),
        (lambda parts: parts["journal"].update(root="2" * 64), "row 2: its place in the whole"),
        (lambda parts: parts["journal"]["proof"].clear(), "its place in the whole journal"),
        (lambda parts: parts["journal"].update(rows="none"), "what it says cannot be read"),
    ],
)
def test_a_broken_link_is_told_in_words_even_where_the_list_was_made_anew(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    faults = verify(made(tmp_path, change)).faults
    assert {fault.name for fault in faults} == {"journal.json"}
    assert any(said in fault.said for fault in faults), faults


def _version(**new: Any) -> Callable[[dict[str, Any]], object]:
    return lambda parts: parts["application"]["versions"][0].update(new)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_version(content='{"answers":{"what":"Mirrors"}}'), "the answers are not those"),
        (_version(salt="other"), "that its receipt stands for"),
        (_version(receipt_member="receipts/none.txt"), "is missing"),
        (lambda parts: parts.update(receipt="no receipt"), "is not as it was given"),
        (lambda parts: parts["application"].update(application="A-2"), "of something else"),
        (lambda parts: parts.update(journal=_journal("3" * 64)), "the journal keeps another hash"),
        (lambda parts: parts["application"].update(papers=[]), "is not told of"),
        (lambda parts: parts.update(plan=b"%PDF another"), "is not what lies at"),
        (_version(content=7), "cannot be read"),
    ],
)
def test_answers_receipt_files_and_journal_have_to_be_one(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    faults = verify(made(tmp_path, change)).faults
    assert {fault.name for fault in faults} == {"applications/A-1.json"}
    assert any(said in fault.said for fault in faults), faults


def test_a_list_that_somebody_made_anew_has_not_the_seal(whole: bytes, spare: Path) -> None:
    found = members(whole)
    manifest = json.loads(found["manifest.json"])
    found["case.html"] = b"<h1>Other</h1>"
    for one in manifest["files"]:
        if one["path"] == "case.html":
            one.update(size=len(found["case.html"]), sha256=digest(found["case.html"]))
    manifest["digest"] = archive.manifest_digest(manifest)
    found["manifest.json"] = archive.text_of(manifest).encode()
    assert checked(spare, packed(found)) == []
    assert [fault.name for fault in verify(spare, SIGNER).faults] == ["manifest.json"]


def test_the_command_names_what_is_wrong_without_settings(
    whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossiers, "read_settings", None)
    place = tmp_path / "case.zip"
    place.write_bytes(whole)
    run = CliRunner().invoke(app, ["dossier", "verify", str(place)])
    assert run.exit_code == 0, run.output
    assert "the archive is whole" in run.output
    found = members(whole)
    place.write_bytes(packed({**found, "case.html": b"<h1>Cast</h1>"}))
    run = CliRunner().invoke(app, ["dossier", "verify", str(place)])
    assert run.exit_code == 1
    assert "changed: case.html: its SHA-256 is another one" in run.output
    run = CliRunner().invoke(app, ["dossier", "verify", str(tmp_path / "none.zip")])
    assert run.exit_code == 2
