"""The site asks nobody for anything: it has no client of the web, and one door out, for mail."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGE

DOORS = {
    "kit/mail.py": {"smtplib", "ssl"},
    "cli/serving.py": {"socket", "subprocess"},
}
"""What opens connections or programs, and why: the mail server of the settings; whether the port
is free, and the worker beside the site."""
OUT = {
    *("aiohttp", "ftplib", "http.client", "httpx", "httpx2", "imaplib", "poplib", "requests"),
    *("smtplib", "socket", "socketserver", "ssl", "subprocess", "telnetlib", "urllib.request"),
    *("urllib3", "webbrowser", "websockets", "xmlrpc.client"),
}
TABLES = {"csv", "openpyxl", "xlsxwriter", "pandas"}
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
    assert users_of(UNSAFE) == {}


@pytest.mark.parametrize(
    "line", ["import urllib.request", "from urllib import request", "from http.client import X"]
)
def test_every_form_of_import_is_found(tmp_path: Path, line: str) -> None:
    file = tmp_path / "x.py"
    file.write_text(line)
    assert imported(file) & OUT
