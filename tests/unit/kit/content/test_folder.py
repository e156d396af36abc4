"""Nothing outside the content folder is read, and what cannot be read is named."""

import os
from pathlib import Path

import pytest

from govmatch.kit.content import Folder, Problem, Wrong, without_unseen
from govmatch.kit.content.folder import MAX_BYTES


def refused(folder: Path, name: str) -> Problem:
    with pytest.raises(Wrong) as caught:
        Folder(folder).read(name)
    return caught.value.problem


def test_a_file_is_read_with_one_kind_of_line_ends_and_without_its_mark(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"\xef\xbb\xbfa\r\nb\n")
    assert Folder(tmp_path).read("x.md").text == "a\nb\n"


def test_a_line_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes("eins\nzwei\nGrüße".encode("latin-1"))
    problem = refused(tmp_path, "x.md")
    assert (problem.path, problem.line) == ("x.md", 3)
    assert problem.message.text == "This line is not UTF-8."


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u2028", "\ufeff", "\x85"])
def test_a_character_that_nobody_sees_is_named(tmp_path: Path, sign: str) -> None:
    (tmp_path / "x.md").write_text(f"one\ntwo{sign}\n", "utf-8")
    problem = refused(tmp_path, "x.md")
    assert problem.line == 2
    assert problem.message.values["code"] == f"U+{ord(sign):04X}"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.md"
    outside.write_text("secret")
    root = tmp_path / "content"
    (root / "challenges").mkdir(parents=True)
    (root / "challenges" / "x.md").symlink_to(outside)
    assert refused(root, "challenges/x.md").message.text == _OUTSIDE


def test_a_linked_folder_lists_nothing(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.yaml").write_text("a: 1")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "rounds").symlink_to(tmp_path / "elsewhere")
    assert Folder(tmp_path / "content").names("rounds", ".yaml") == []


def test_a_link_inside_the_folder_is_a_file_like_others(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("hello")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert Folder(tmp_path).read("b.md").text == "hello"


_OUTSIDE = "The file lies outside the content folder."


@pytest.mark.parametrize("name", ["../x.md", "/etc/passwd", "a/../../x.md", "x\x00.md"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.md").write_text("secret")
    (tmp_path / "content").mkdir()
    assert refused(tmp_path / "content", name).message.text == _OUTSIDE


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.md").symlink_to(tmp_path / "x.md")
    with pytest.raises(Wrong):
        Folder(tmp_path).read("x.md")


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    assert refused(tmp_path, "x.md").message.text == "There is no such file."


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_bytes(b"a" * MAX_BYTES)
    assert len(Folder(tmp_path).read("x.md").text) == MAX_BYTES
    (tmp_path / "x.md").write_bytes(b"a" * (MAX_BYTES + 1))
    assert refused(tmp_path, "x.md").message.text == "The file is larger than {size} MB."


def test_names_are_listed_in_order_without_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "rounds").mkdir()
    for name in ("b.yaml", "a.yaml", ".c.yaml", "d.txt"):
        (tmp_path / "rounds" / name).touch()
    folder = Folder(tmp_path)
    assert folder.names("rounds", ".yaml") == ["rounds/a.yaml", "rounds/b.yaml"]
    assert folder.stems("rounds", ".yaml") == {"a", "b"}
    assert folder.names("missing", ".yaml") == []


def test_unseen_characters_are_taken_out_and_line_ends_stay() -> None:
    assert without_unseen("a\x00b\u202ec\n\td") == "abc\n\td"
