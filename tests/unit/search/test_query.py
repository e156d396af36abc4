"""A query is understood as people mean it; what is not, is named and left out."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.search.fields import Fields
from govmatch.search.query import (
    MAX_LENGTH,
    MAX_WORDS,
    Clause,
    Ignored,
    Query,
    QueryTooLong,
    Range,
    Term,
    Value,
    Why,
    parse,
)

NOW = datetime(2026, 12, 4, 11, 30, tzinfo=UTC)
FIELDS = Fields.of({"theme": "theme", "thema": "theme", "title": "title"})


def read(text: str) -> Query:
    return parse(text, fields=FIELDS, now=NOW)


def word(text: str, **more: bool) -> Term:
    return Term((text,), **more)


def one(*any_of: Term | Value, excluded: bool = False) -> Clause:
    return Clause(any_of, excluded)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", ()),
        ("   ", ()),
        ("data ethics", (one(word("data")), one(word("ethics")))),
        ('"data ethics"', (one(Term(("data", "ethics"), quoted=True)),)),
        ("data -ethics", (one(word("data")), one(word("ethics"), excluded=True))),
        ('-"data ethics"', (one(Term(("data", "ethics"), quoted=True), excluded=True),)),
        ("a-b", (one(word("a-b")),)),
        ("data OR ethics", (one(word("data"), word("ethics")),)),
        ("Daten ODER Ethik", (one(word("Daten"), word("Ethik")),)),
        ("data ELLER etik", (one(word("data"), word("etik")),)),
        ("x1 OR x2 OR x3 x4", (one(word("x1"), word("x2"), word("x3")), one(word("x4")))),
        ("data or ethics", (one(word("data")), one(word("or")), one(word("ethics")))),
        ("data AND ethics", (one(word("data")), one(word("ethics")))),
        ("proc*", (one(word("proc", prefix=True)),)),
        ("theme:scanning", (one(Value("theme", "scanning")),)),
        ("Thema:Scanning", (one(Value("theme", "Scanning")),)),
        ("-theme:scanning", (one(Value("theme", "scanning"), excluded=True),)),
        ('theme:"usage data"', (one(Value("theme", "usage data")),)),
        ("theme:scan*", (one(Value("theme", "scan", prefix=True)),)),
        ("theme:a OR theme:b", (one(Value("theme", "a"), Value("theme", "b")),)),
        ("title:data", (one(word("data", in_title=True)),)),
        ('title:"data ethics"', (one(Term(("data", "ethics"), True, False, True)),)),
        ("12:00", (one(Term(("12", "00"))),)),
        ("https://example.org", (one(Term(("https", "example", "org"))),)),
        ("und/oder", (one(Term(("und", "oder"))),)),
        ("Bremen – Hamburg & Kiel", (one(word("Bremen")), one(word("Hamburg")), one(word("Kiel")))),
        ("E Rechnung", (one(word("E-Rechnung")),)),
        ("E", (one(word("E")),)),
        ("a Rechnung", (one(word("a")), one(word("Rechnung")))),
        ("E OR F", (one(word("E"), word("F")),)),
    ],
)
def test_a_query_is_read(text: str, clauses: tuple[Clause, ...]) -> None:
    assert read(text) == Query(clauses)


@pytest.mark.parametrize(
    ("text", "words", "ignored"),
    [
        ("(data OR ethics)", ["data", "ethics"], Ignored("(", Why.BRACKETS, 0)),
        ("data ()", ["data"], Ignored("()", Why.BRACKETS, 5)),
        ("data *", ["data"], Ignored("*", Why.PREFIX_TOO_SHORT, 5)),
        ("da*", ["da"], Ignored("da*", Why.PREFIX_TOO_SHORT, 0)),
        ("da*ta", ["da", "ta"], Ignored("*", Why.STAR_INSIDE, 2)),
        ("*data", ["data"], Ignored("*", Why.STAR_INSIDE, 0)),
        ("data~2", ["data"], Ignored("~2", Why.WEIGHT, 4)),
        ("data^1.5", ["data"], Ignored("^1.5", Why.WEIGHT, 4)),
        ("theem:data", ["data"], Ignored("theem:", Why.UNKNOWN_FIELD, 0)),
        ("OR data", ["data"], Ignored("OR", Why.NOTHING_TO_JOIN, 0)),
        ("data OR", ["data"], Ignored("OR", Why.NOTHING_TO_JOIN, 5)),
        ("data OR -ethics", ["data", "ethics"], Ignored("OR", Why.NOTHING_TO_JOIN, 5)),
        ("data OR OR ethics", ["data", "ethics"], Ignored("OR", Why.NOTHING_TO_JOIN, 8)),
        ('data "ethics', ["data", "ethics"], Ignored('"', Why.UNCLOSED_QUOTE, 5)),
        ("data ???", ["data"], Ignored("???", Why.NO_WORD, 5)),
        ("data theme:*", ["data"], Ignored("theme:*", Why.NO_WORD, 5)),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_searched(
    text: str, words: list[str], ignored: Ignored
) -> None:
    query = read(text)
    parts = [part for clause in query.clauses for part in clause.any_of]
    assert [g for part in parts if isinstance(part, Term) for g in part.groups] == words
    assert query.ignored == (ignored,)


def test_words_over_the_limit_are_left_out_and_named() -> None:
    text = " ".join(f"word{number}" for number in range(MAX_WORDS + 2))
    query = read(text)
    assert len(query.clauses) == MAX_WORDS
    assert [(i.text, i.why) for i in query.ignored] == [
        ("word20", Why.TOO_MANY_WORDS),
        ("word21", Why.TOO_MANY_WORDS),
    ]


def test_words_inside_a_phrase_count_too() -> None:
    query = read('"' + " ".join(f"w{number}" for number in range(30)) + '" more')
    (clause,) = query.clauses
    assert [len(part.groups) for part in clause.any_of if isinstance(part, Term)] == [MAX_WORDS]
    assert {ignored.why for ignored in query.ignored} == {Why.TOO_MANY_WORDS}


def test_a_text_over_the_size_cap_is_refused_with_the_limit() -> None:
    read("x" * MAX_LENGTH)
    with pytest.raises(QueryTooLong, match="500 characters, this one has 501") as refused:
        read("x" * (MAX_LENGTH + 1))
    assert (refused.value.length, refused.value.limit) == (501, 500)
    assert isinstance(refused.value, ValueError)


@given(st.text(max_size=MAX_LENGTH))
def test_no_text_breaks_the_grammar(text: str) -> None:
    query = read(text)
    assert len(query.ignored) <= 20
    assert sum(len(clause.any_of) for clause in query.clauses) <= MAX_WORDS
    assert all(0 <= ignored.at < MAX_LENGTH for ignored in query.ignored)


@given(st.text(alphabet='ab" -*:()ORtheme~\0\ud800É', max_size=120))
def test_no_pile_of_operators_breaks_the_grammar(text: str) -> None:
    query = read(text)
    for clause in query.clauses:
        assert clause.any_of
        for part in clause.any_of:
            assert not isinstance(part, Range)
            assert part.text if isinstance(part, Value) else all(part.groups)
