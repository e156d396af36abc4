"""The name of a file is what its sender wrote, without what could harm whoever saves it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.files.kinds import Kind, named
from govmatch.files.names import clean_name


@pytest.mark.parametrize(
    ("claimed", "kind", "kept"),
    [
        ("Plan.pdf", Kind.PDF, "Plan.pdf"),
        ("photo.JPG", Kind.JPEG, "photo.jpg"),
        ("../../etc/passwd", Kind.TXT, "passwd.txt"),
        ("C:\\Users\\anna\\Plan.docx", Kind.DOCX, "Plan.docx"),
        ("evil.html", Kind.PDF, "evil.html.pdf"),
        ("evil.pdf.exe", Kind.PDF, "evil.pdf.exe.pdf"),
        ("\u202egpj.exe.pdf", Kind.PDF, "gpj.exe.pdf"),
        ("a\x00b\r\nc.txt", Kind.TXT, "ab c.txt"),
        ("zero\u200bwidth\ufeff.txt", Kind.TXT, "zerowidth.txt"),
        (".htaccess", Kind.TXT, "htaccess.txt"),
        ("...", Kind.PNG, "file.png"),
        ("", Kind.CSV, "file.csv"),
        ("con.txt", Kind.TXT, "file-con.txt"),
        ('a<b>:"c|?*.txt', Kind.TXT, "a_b___c___.txt"),
        ("Blåbærgrød – Straße.odt", Kind.ODT, "Blåbærgrød – Straße.odt"),
        ("a\u030a.txt", Kind.TXT, "å.txt"),
        ("x" * 300 + ".pdf", Kind.PDF, "x" * 100 + ".pdf"),
        ("=cmd|'/c calc'!A1.csv", Kind.CSV, "c calc'!A1.csv"),
    ],
)
def test_a_name_is_cleaned_and_says_what_the_content_is(
    claimed: str, kind: Kind, kept: str
) -> None:
    assert clean_name(claimed, kind) == kept


@given(st.text(max_size=400), st.sampled_from(Kind))
def test_every_name_is_one_part_that_any_system_can_save(claimed: str, kind: Kind) -> None:
    name = clean_name(claimed, kind)
    stem, _, extension = name.rpartition(".")
    assert named(extension) is kind
    assert stem
    assert not stem.startswith((".", " "))
    assert not set(name) & set('/\\<>:"|?*\x00')
    assert name.isprintable()
    assert len(name) <= 106
    assert clean_name(name, kind) == name
