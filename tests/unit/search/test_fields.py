"""One table of fields serves grammar, completion and help."""

from datetime import UTC, datetime

import pytest

from govmatch.kit.i18n import msg
from govmatch.search.fields import Field, Fields, Kind, same, written
from govmatch.search.query import Value, Why, parse

THEME = Field(
    names={"en": "theme", "de": "thema", "da": "tema"},
    kind=Kind.VALUE,
    looks_in="theme",
    label=msg("Theme"),
)
FIELDS = Fields((THEME,), {"theme": {"a": {"en": "B"}, "b": {"en": "Bee", "de": "Biene"}}})


@pytest.mark.parametrize("name", ["theme", "Thema", "TEMA"])
def test_a_field_is_found_by_its_name_in_each_language(name: str) -> None:
    assert FIELDS.find(name) is THEME
    assert FIELDS.find(f"{name}s") is None


def test_a_value_itself_wins_over_a_label_like_it() -> None:
    assert FIELDS.value(THEME, "b") == "b"
    assert FIELDS.value(THEME, "biene") == "b"
    assert FIELDS.value(THEME, "nothing") == "nothing"


def test_a_value_is_shown_in_the_readers_language_where_it_has_one() -> None:
    assert FIELDS.label(THEME, "b", "de") == "Biene"
    assert FIELDS.label(THEME, "a", "da") == "B"
    assert FIELDS.label(THEME, "unknown", "da") == "unknown"


def test_spellings_of_one_value_are_the_same() -> None:
    assert same("Data-Ethics") == same("data ethics") == same("dataethics")


def test_values_with_blanks_are_written_in_quotes() -> None:
    assert written("theme", "ports") == "theme:ports"
    assert written("theme", 'open "data"') == 'theme:"open  data"'


def test_a_closed_field_has_no_values_but_the_known_ones() -> None:
    state = Field(
        names={"en": "state"},
        kind=Kind.VALUE,
        looks_in="state",
        label=msg("State"),
        is_closed=True,
    )
    known = Fields((state,), {"state": {"in_review": {"en": "Being reviewed"}}})
    now = datetime(2026, 11, 22, tzinfo=UTC)
    query = parse('state:"being reviewed" state:in* state:moon -state:mo*', fields=known, now=now)
    assert [clause.any_of for clause in query.clauses] == [
        (Value("state", "in_review"),),
        (Value("state", "in", prefix=True),),
    ]
    assert [(one.text, one.why, one.at) for one in query.ignored] == [
        ("state:moon", Why.NO_VALUE, 33),
        ("-state:mo*", Why.NO_VALUE, 44),
    ]
