"""A PDF is made in a process of its own, of the page and of static files, and of nothing else."""

import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from govmatch.printing import rendering
from govmatch.printing.rendering import render
from govmatch.settings import PACKAGE
from tests.printing import inside, needs_rendering

pytestmark = [needs_rendering(), pytest.mark.pdf]

BASE = "https://govmatch.example"
STATIC = PACKAGE.parent / "static"
PAGE = """<!DOCTYPE html><html lang="da"><head><title>Ansøgning – prøve</title>{head}</head>
<body><h1>Blåbær</h1><p>Et afsnit med <a href="/challenges">en henvisning</a>.</p>{body}</body>"""


def made(folder: Path, *, head: str = "", body: str = "", static: Path = STATIC) -> bytes | None:
    page = folder / "page.html"
    page.write_text(PAGE.format(head=head, body=body))
    return render(page, static, BASE)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_print_is_tagged_says_its_language_and_carries_the_title(tmp_path: Path) -> None:
    content = made(tmp_path)
    assert content is not None
    whole = inside(content)
    for said in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (da)", b"pdfuaid"):
        assert said in whole, said
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_dict()["Title"] == "Ansøgning – prøve"
    assert "Blåbær" in text_of(content)
    assert f"({BASE}/challenges)".encode() in whole


def test_static_files_are_found_by_name_whatever_their_stamp(tmp_path: Path) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "a.css").write_text("h1::after { content: ' found' }")
    link = '<link rel="stylesheet" href="/static/0123456789abcdef/a.css">'
    content = made(tmp_path, head=link, static=tmp_path / "static")
    assert content is not None
    assert "Blåbær found" in text_of(content)


@pytest.mark.parametrize(
    "address",
    [
        "file://{folder}/secret.css",
        "/static/0123456789abcdef/../secret.css",
        "/static/0123456789abcdef/%2e%2e/secret.css",
        "/static/0123456789abcdef//{folder}/secret.css",
        "/theme/secret.css",
        "https://elsewhere.example/static/0123456789abcdef/a.css",
        "https://govmatch.example.elsewhere.example/static/0123456789abcdef/a.css",
        "elsewhere:0123456789abcdef/a.css",
        "data:text/css,h1::after{{content:'secret'}}",
    ],
)
def test_nothing_else_is_fetched(tmp_path: Path, address: str) -> None:
    (tmp_path / "static").mkdir()
    for place in ("static/a.css", "secret.css"):
        (tmp_path / place).write_text("h1::after { content: ' secret' }")
    link = f'<link rel="stylesheet" href="{address.format(folder=tmp_path)}">'
    content = made(tmp_path, head=link, static=tmp_path / "static")
    assert content is not None
    assert "secret" not in text_of(content)


def test_what_takes_too_long_or_is_too_large_fails_and_nothing_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "LONGEST", 0.05)
    assert made(tmp_path) is None
    assert render(tmp_path / "not-there.html", STATIC, BASE) is None


def test_the_process_knows_nothing_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVMATCH_SECRET_KEY", "a secret")
    seen: dict[str, Any] = {}

    def ran(arguments: list[str], **given: Any) -> subprocess.CompletedProcess[bytes]:
        seen.update(given)
        given["stdout"].write(b"%PDF-1.7 of a process that then failed")
        return subprocess.CompletedProcess(arguments, 1)

    monkeypatch.setattr(subprocess, "run", ran)
    assert made(tmp_path) is None
    assert set(seen["env"]) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "LC_ALL", "PATH"}
    assert seen["cwd"] == "/"
