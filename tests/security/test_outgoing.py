"""The site asks nobody for anything but mail servers, scanners and registers of its settings."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE

DOORS = {
    "files/looking/__init__.py": {"subprocess"},
    "files/scanner.py": {"socket"},
    "kit/beside.py": {"socket", "subprocess"},
    "kit/fetching.py": {"http.client", "ssl"},
    "kit/mail.py": {"smtplib", "ssl"},
    "kit/wire.py": {"socket"},
    "searching.py": {"socket"},
    "serving.py": {"socket", "subprocess"},
    "search/parts.py": {"subprocess"},
    "matching/assignment/__init__.py": {"subprocess"},
    "printing/rendering/__init__.py": {"subprocess"},
}
"""What opens connections or programs, and why: the process that looks into a file; the scanner and
business registers of the settings; the mail server of the settings; whether the port is free, and
the worker beside the site; the process beside it that searches, and what is said between the two;
processes that make parts of an index; the one that solves who reviews what; the one that
makes a PDF of a page."""
OUT = {
    *("aiohttp", "ftplib", "http.client", "httpx", "httpx2", "imaplib", "poplib", "requests"),
    *("smtplib", "socket", "socketserver", "ssl", "subprocess", "telnetlib", "urllib.request"),
    *("urllib3", "webbrowser", "websockets", "xmlrpc.client"),
}
TABLES = {"csv", "openpyxl", "xlsxwriter", "pandas"}
BETWEEN_US = {"kit/wire.py": {"pickle"}, "search/parts.py": {"pickle"}}
"""What this program says to a process that it started itself, by a pipe that nobody else holds. In
`kit.wire` nothing but data is made of it."""
UNSAFE = {"pickle", "marshal", "shelve", "dill", "xml.etree.ElementTree", "xml.dom.minidom", "lxml"}


def imported(path: Path) -> set[str]:
    """Return every module that a file names in an import, with what it takes from it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def users_of(modules: set[str]) -> dict[str, set[str]]:
    found = {
        path.relative_to(PACKAGE).as_posix(): imported(path) & modules
        for path in PACKAGE.rglob("*.py")
    }
    return {name: used for name, used in found.items() if used}


@pytest.mark.security(23)
def test_only_named_files_open_a_connection() -> None:
    """No address that anybody wrote is ever fetched: not of a firm, a picture or a feed."""
    assert users_of(OUT) == DOORS


@pytest.mark.security(21)
def test_one_file_alone_writes_tables_for_spreadsheets() -> None:
    """It keeps cells from being calculated; what it writes is tried in test_sheets.py."""
    assert users_of(TABLES) == {"kit/sheets.py": {"csv"}}


def test_nothing_is_read_that_can_run_or_burst_while_it_is_read() -> None:
    assert users_of(UNSAFE) == BETWEEN_US


@pytest.mark.parametrize(
    "line", ["import urllib.request", "from urllib import request", "from http.client import X"]
)
def test_every_form_of_import_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "x.py"
    file.write_text(line)
    assert imported(file) & OUT
