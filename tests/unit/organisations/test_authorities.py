"""Authorities: made by administrators and by files, each changed where it was made."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from govmatch.kit.content import FILES, Folder, Problem
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Invalid, NotAllowed, NotFound
from govmatch.kit.journal import JournalRow
from govmatch.organisations.actions.authorities import (
    change_authority,
    create_authority,
    rename,
)
from govmatch.organisations.content import AuthorityData, read_authorities
from govmatch.organisations.queries import authorities
from tests.unit.challenges.world import NOW, World, make_world

DATA = AuthorityData(
    slug="harbour",
    names={"en": "Harbour Authority"},
    descriptions={},
    country="DK",
    region="",
    zone="Europe/Copenhagen",
    url="",
    contact={},
    languages=("da",),
)
FILE = """slug: harbour
name: {en: Harbour, de: Hafen, da: Havn}
country: NO
zone: Europe/Oslo
url: https://harbour.example
contact: {name: Office, email: office@harbour.example}
languages: [da, en]
"""


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def test_an_administrator_makes_and_renames_an_authority(session: Session, world: World) -> None:
    made = create_authority(session, DATA, actor=world.kim, now=NOW)
    rename(session, made, {"en": " Port ", "de": ""}, actor=world.kim, now=NOW)
    commit(session)
    assert authorities.by_slug(session, "harbour").names == {"en": "Port"}
    found = select(JournalRow.event).where(JournalRow.subject_id == made.id)
    kept = session.scalars(found.where(JournalRow.subject_kind == "authority"))
    assert list(kept) == ["AuthorityCreated", "AuthorityChanged"]


@pytest.mark.parametrize("name", ["astrid", "hanne", "eva", "jens", "bo"])
def test_nobody_else_may(session: Session, world: World, name: str) -> None:
    who = world.everybody[name]
    with pytest.raises(NotAllowed):
        create_authority(session, DATA, actor=who, now=NOW)
    made = create_authority(session, DATA, actor=world.kim, now=NOW)
    with pytest.raises(NotAllowed):
        rename(session, made, {"en": "Mine"}, actor=who, now=NOW)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slug": "sikkerhedsstyrelsen"}, "slug"),
        ({"slug": "a/b"}, "slug"),
        ({"names": {"en": ""}}, "names"),
        ({"country": "XX"}, "country"),
    ],
)
def test_what_does_not_fit_is_said(
    session: Session, world: World, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        create_authority(session, replace(DATA, **change), actor=world.kim, now=NOW)  # type: ignore[arg-type]
    assert set(caught.value.errors) == {field}


def test_each_is_changed_where_it_was_made(session: Session, world: World) -> None:
    with pytest.raises(NotAllowed):
        rename(session, world.authority, {"en": "Mine"}, actor=world.kim, now=NOW)
    made = create_authority(session, DATA, actor=world.kim, now=NOW)
    with pytest.raises(NotAllowed):
        change_authority(session, made, DATA, actor=FILES, now=NOW)


def test_an_unknown_slug_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        authorities.by_slug(session, "nothing")


def read(folder: Path, text: str) -> tuple[dict[str, AuthorityData], list[Problem]]:
    (folder / "authorities").mkdir(exist_ok=True)
    (folder / "authorities" / "harbour.yaml").write_text(text, "utf-8")
    problems: list[Problem] = []
    return read_authorities(Folder(folder), problems), problems


def test_norway_is_a_country_and_not_a_no(tmp_path: Path) -> None:
    found, problems = read(tmp_path, FILE)
    assert problems == []
    assert found["harbour"].country == "NO"


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("slug: harbour", "slug: port", 1, "slug"),
        ("country: NO", "country: Norway", 3, "country"),
        ("zone: Europe/Oslo", "zone: Oslo", 4, "zone"),
        ("url: https://harbour.example", "url: harbour", 5, "url"),
        ("office@harbour.example", "office", 6, "contact.email"),
        ("[da, en]", "[da, no]", 7, "languages.2"),
        (", da: Havn", "", 2, "name.da"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, line: int, field: str) -> None:
    found, problems = read(tmp_path, FILE.replace(old, new))
    assert found == {}
    assert [(one.line, one.field) for one in problems] == [(line, field)]
