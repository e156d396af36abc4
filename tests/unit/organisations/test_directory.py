"""The directory: by name, narrowed by words and facets, each facet counted without itself."""

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.organisations.directory import Directory, directory
from govmatch.organisations.firm_fields import fields
from govmatch.search.query import parse
from tests.unit.organisations.samples import add_firm


@pytest.fixture
def known(session: Session) -> Directory:
    add_firm(session, "Ærlig Data ApS", country="DK", size="micro", themes=("data",))
    add_firm(session, "Zebra GmbH", country="DE", size="small", themes=("data", "safety"))
    add_firm(session, "Ålborg Syn A/S", country="DK", size="small", summary="Ärger vermeiden")
    session.flush()
    return directory(session, public_id=11)


def names(known: Directory, **wanted: list[str]) -> list[str]:
    ids = known.ids(wanted, offset=0, size=20)
    by_id = {row.id: row.order for row in known.rows}
    return [by_id[number] for number in ids]


def test_firms_stand_by_name_whatever_their_accents(known: Directory) -> None:
    assert names(known) == ["aerlig data aps", "alborg syn a s", "zebra gmbh"]


def test_values_of_one_facet_add_up_and_facets_narrow(known: Directory) -> None:
    assert names(known, country=["DK", "DE"], size=["small"]) == ["alborg syn a s", "zebra gmbh"]
    assert names(known, country=["DK"], theme=["data"]) == ["aerlig data aps"]
    assert known.found({"country": ["DK"], "theme": ["safety"]}) == 0


def test_a_facet_is_counted_without_its_own_choice(known: Directory) -> None:
    counts = known.counts({"country": ["DK"]})
    assert counts["country"] == {"DK": 2, "DE": 1}
    assert counts["size"] == {"micro": 1, "small": 1}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zebra", 1),
        ("ZEB", 1),
        ("ebra", 0),
        ("aalborg", 1),
        ("Ålborg", 1),
        ("aerger", 1),
        ("ärger syn", 1),
        ("ärger zebra", 0),
        ("", 3),
        ("*", 3),
        ("(((" * 1000, 3),
    ],
)
def test_words_are_found_from_their_beginning_in_any_spelling(
    known: Directory, query: str, found: int
) -> None:
    assert known.with_words(query).found({}) == found


def test_words_narrow_the_counts_too(known: Directory) -> None:
    counts = known.with_words("zebra").counts({})
    assert {value: n for value, n in counts["country"].items() if n} == {"DE": 1}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("zebra", {"zebra gmbh"}),
        ("ärger syn", {"alborg syn a s"}),
        ("zebra OR syn", {"zebra gmbh", "alborg syn a s"}),
        ("-zebra", {"aerlig data aps", "alborg syn a s"}),
        ('"arger vermeiden"', {"alborg syn a s"}),
        ('"vermeiden arger"', set()),
        ("country:DK", {"aerlig data aps", "alborg syn a s"}),
        ("land:Deutschland", {"zebra gmbh"}),
        ("country:denmark -theme:data", {"alborg syn a s"}),
        ("country:DE OR theme:data", {"aerlig data aps", "zebra gmbh"}),
        ("name:zebra title:zeb*", {"zebra gmbh"}),
        ("title:arger", set()),
        ("theme:saf*", {"zebra gmbh"}),
        ("country:<3 zebra", {"zebra gmbh"}),
    ],
)
def test_the_one_query_language_is_understood_here_too(
    session: Session, known: Directory, query: str, found: set[str]
) -> None:
    asked = parse(query, fields=fields(session, typed=query), now=real_now())
    assert set(names(known.with_query(asked))) == found


def test_it_is_read_once_per_public_event(session: Session) -> None:
    add_firm(session, "One ApS")
    first = directory(session, public_id=21)
    add_firm(session, "Two ApS")
    session.flush()
    assert directory(session, public_id=21) is first
    assert directory(session, public_id=22).found({}) == 2


def test_pages_follow_each_other(known: Directory) -> None:
    first = known.ids({}, offset=0, size=2)
    second = known.ids({}, offset=2, size=2)
    assert (len(first), len(second), len({*first, *second})) == (2, 1, 3)
