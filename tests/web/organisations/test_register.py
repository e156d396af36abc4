"""/firm/{firm}/edit/basics/register: a register fills empty fields in, and nobody else's say."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.limits import Limit, spend
from govmatch.organisations.profile import Basics
from tests.site import Browser, Site, hidden, text_of
from tests.standin_register import NOBODY, Register, danish, register, vies
from tests.web.organisations.acting import World
from tests.web.organisations.acting import world as make_world

NUMBER = {"name": "", "country": "DK", "registration": "CVR 00 01 00 06"}
GERMAN = {"name": "Weser GmbH", "country": "DE", "vat": "DE 136 695 976"}


@pytest.fixture
def books() -> Iterator[Register]:
    with register() as found:
        yield found


@pytest.fixture
def world(database: Database, tmp_path: Path, packed: Path, books: Register) -> Iterator[World]:
    """The world of firms on a site whose settings name both registers."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "packed").symlink_to(packed)
    site = Site(
        database,
        tmp_path / "data",
        register_cvr_url=f"{books.address}/virksomhed/_search",
        register_cvr_user="govmatch",
        register_cvr_password="secret",
        register_vies_url=f"{books.address}/rest-api/",
    )
    yield make_world(site)
    site.close()


def ask(world: World, fields: dict[str, Any], browser: Browser | None = None) -> Any:
    path = f"{world.path}/edit/basics"
    browser = browser or world.as_bo()
    return browser.post(f"{path}/register", {**hidden(browser.get(path).text, path), **fields})


def test_empty_fields_are_filled_in_and_nothing_is_saved_before_the_button(
    world: World, books: Register
) -> None:
    books.answers = lambda _path, _sent: (200, danish())
    before = world.profile().basics
    answer = ask(world, NUMBER)
    assert answer.status_code == 200
    assert "Filled in from the register (CVR)" in text_of(answer.text)
    for shown in ("NORDLYS VISION ApS", "Aalborg", "2019", "https://www.nordlys.example"):
        assert f'value="{shown}"' in answer.text
    assert '<option value="small" selected>' in answer.text
    assert world.profile().basics == before
    [(path, sent, authorization)] = books.asked
    assert path == "/virksomhed/_search"
    assert sent["query"] == {"term": {"Vrvirksomhed.cvrNummer": 10006}}
    assert authorization.startswith("Basic ")


def test_what_was_typed_stays_and_what_the_register_says_otherwise_is_shown(
    world: World, books: Register
) -> None:
    books.answers = lambda _path, _sent: (200, danish())
    answer = ask(world, {**NUMBER, "name": "Our own name", "size": "micro"})
    text = text_of(answer.text)
    assert 'value="Our own name"' in answer.text
    assert '<option value="micro" selected>' in answer.text
    assert "Name, in the register NORDLYS VISION ApS" in text
    assert "Size, in the register Small: fewer than 50 people" in text


def test_a_vat_number_that_gives_no_name_away_is_still_known(world: World, books: Register) -> None:
    books.answers = lambda _path, _sent: (200, vies())
    answer = ask(world, GERMAN)
    assert "The register knows this number and says nothing that is missing" in answer.text
    assert [path for path, _, _ in books.asked] == ["/rest-api/ms/DE/vat/136695976"]


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, NOBODY, "The register does not know this number"),
        (200, danish(sammensatStatus="OPLØST"), "The register says that this firm is not active"),
        (500, b"<html>", "The register does not answer at the moment"),
        (200, b"<html>", "The register does not answer at the moment"),
        (200, b"[" * 5000, "The register does not answer at the moment"),
        (200, b'"' + b"x" * 1_100_000 + b'"', "The register does not answer at the moment"),
        (302, b"", "The register does not answer at the moment"),
        (200, b'{"hits": [1, 2]}', "The register does not know this number"),
    ],
)
def test_whatever_a_register_answers_the_form_stays(
    world: World, books: Register, status: int, body: bytes, said: str
) -> None:
    books.answers = lambda _path, _sent: (status, body)
    answer = ask(world, {**NUMBER, "name": "Keep me"})
    assert answer.status_code == 200
    assert said in text_of(answer.text)
    assert 'value="Keep me"' in answer.text
    assert len(books.asked) == 1


@pytest.mark.security(6)
def test_what_a_register_says_is_text_and_no_markup_and_no_script(
    world: World, books: Register
) -> None:
    evil = danish(
        nyesteNavn={"navn": "<script>alert(1)</script>"}, stiftelsesDato={"a": 1}, sammensatStatus=7
    ).replace(b"www.nordlys.example", b"javascript:alert(1)")
    books.answers = lambda _path, _sent: (200, evil)
    html = ask(world, NUMBER).text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert "javascript:" not in html


@pytest.mark.parametrize(
    "fields",
    [
        {**NUMBER, "registration": ""},
        {**NUMBER, "registration": "00010007"},
        {**NUMBER, "country": "XX"},
    ],
)
@pytest.mark.security(23)
def test_only_a_number_that_can_be_one_leaves_this_machine(
    world: World, books: Register, fields: dict[str, str]
) -> None:
    assert ask(world, fields).status_code == 422
    assert books.asked == []


def test_nobody_waits_for_the_database_while_the_register_thinks(
    world: World, books: Register
) -> None:
    wrote = []

    def answer(_path: str, _sent: Any) -> tuple[int, bytes]:
        with world.site.database.writing() as session:
            spend(session, Limit("meanwhile", 1, timedelta(days=1)), "x", now=real_now())
            commit(session)
        wrote.append(True)
        return 200, danish()

    books.answers = answer
    assert "Filled in" in ask(world, NUMBER).text
    assert wrote == [True]


@pytest.mark.security(1)
def test_strangers_and_who_only_reads_ask_nothing(world: World, books: Register) -> None:
    path = f"{world.path}/edit/basics/register"
    assert world.as_dieter().post(path, NUMBER).status_code == 404
    assert world.site.visit().post(path, NUMBER).status_code == 403
    assert books.asked == []


@pytest.mark.security(33)
def test_who_asks_too_often_has_to_wait(world: World, books: Register) -> None:
    books.answers = lambda _path, _sent: (200, NOBODY)
    browser = world.as_bo()
    path = f"{world.path}/edit/basics/register"
    codes = [browser.post(path, NUMBER).status_code for _ in range(22)]
    assert codes[:20] == [200] * 20
    assert codes[-1] == 429


def test_without_a_register_there_is_no_button_and_no_address(site: Site) -> None:
    world = make_world(site)
    browser = world.as_bo()
    assert "/edit/basics/register" not in browser.get(f"{world.path}/edit/basics").text
    assert browser.post(f"{world.path}/edit/basics/register", NUMBER).status_code == 404


def test_what_was_filled_in_is_saved_like_anything_typed(world: World, books: Register) -> None:
    books.answers = lambda _path, _sent: (200, danish())
    browser = world.as_bo()
    seen = ask(world, NUMBER, browser).text.split('name="seen" value="')[1].split('"')[0]
    filled = {**NUMBER, "name": "NORDLYS VISION ApS", "city": "Aalborg", "seen": seen}
    assert browser.post(f"{world.path}/edit/basics", filled).status_code == 303
    assert world.profile().basics == Basics(
        name="NORDLYS VISION ApS", country="DK", city="Aalborg", registration="00010006"
    )
