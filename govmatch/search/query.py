"""The query language of people: words, "phrases", -not, OR, field:value, ranges, a trailing star.

There is no nesting, so there is nothing that can grow: a query is a list of clauses that must all
hold, each of which is a choice of terms or an exclusion. Whatever is not understood is left out
and named in `ignored`; only a text over the size cap is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum

from govmatch.kit.records import dataclass
from govmatch.search import bounds
from govmatch.search.analysis import groups, is_stop_somewhere
from govmatch.search.bounds import Bounds
from govmatch.search.entry import microseconds, printable
from govmatch.search.fields import Field, Fields, Kind, Moment

MAX_LENGTH = 500
"""Characters of a query."""
MAX_WORDS = 20
"""Words and values of a query, those inside phrases counted."""
MIN_PREFIX = 3
"""Letters before a star."""

OR = frozenset({"OR", "ODER", "ELLER"})
_NOISE = frozenset({"AND", "UND", "OG"})

_TOKEN = re.compile(
    r"""(?P<minus>-?)
        (?:(?P<field>[^\W\d]\w{0,39}):(?=[^\s:/]))?
        (?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<plain>(?(field)(?:[<>]=?[ ](?=\d))?)[^\s"]+))""",
    re.VERBOSE,
)
_BRACKETS = re.compile(r'"[^"]*"?|(?P<brackets>[()\[\]{}]+)')
_MAX_IGNORED = 20
_WEIGHTS = re.compile(r"[~^][\d.]*$")


class QueryTooLong(ValueError):
    """The text is longer than a query may be: the one input that is refused, with 400."""

    def __init__(self, length: int) -> None:
        super().__init__(f"a query has at most {MAX_LENGTH} characters, this one has {length}")
        self.length = length
        self.limit = MAX_LENGTH


class Why(StrEnum):
    """Why a piece of a query was not used; pages say it in the reader's language."""

    BRACKETS = "brackets"
    EMPTY_RANGE = "empty_range"
    NO_AGE = "no_age"
    NO_AMOUNT = "no_amount"
    NO_DATE = "no_date"
    NO_RANGE = "no_range"
    NO_VALUE = "no_value"
    NO_WORD = "no_word"
    NOTHING_TO_JOIN = "nothing_to_join"
    PREFIX_TOO_BROAD = "prefix_too_broad"
    PREFIX_TOO_SHORT = "prefix_too_short"
    STAR_INSIDE = "star_inside"
    STOP_WORD = "stop_word"
    TOO_MANY_WORDS = "too_many_words"
    UNCLOSED_QUOTE = "unclosed_quote"
    UNKNOWN_FIELD = "unknown_field"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Ignored:
    """A piece of the query that was not used, why, and where it stands (characters from 0).

    `at` is -1 for a word that was only found to be of no use when the index was asked.
    """

    text: str
    why: Why
    at: int = -1


@dataclass(frozen=True, slots=True)
class Term:
    """Groups that stand next to each other; one group is a word.

    A quoted term is taken as it is written; any other is also found by its other forms. With
    `prefix` the last group is the beginning of a word. `in_title` looks at titles alone. One that
    was `added` to what was typed is found in its own forms and never by a part of it.
    """

    groups: tuple[str, ...]
    quoted: bool = False
    prefix: bool = False
    in_title: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, or with `prefix` the beginning of one; small and capital are one."""

    facet: str
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers or instants: a thing that goes from one to another fits where the two meet.

    `from_` and `to` name the first and the last number (or date) of a thing, which are often the
    same one; bounds are included, None is no bound. Instants are microseconds since 1970.
    """

    from_: str
    to: str
    low: int | None = None
    high: int | None = None


Part = Term | Value | Range


@dataclass(frozen=True, slots=True)
class Clause:
    """At least one of these holds, or none of them when excluded; `text` is as it was typed."""

    any_of: tuple[Part, ...]
    excluded: bool = False
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood, and what was not used of it."""

    clauses: tuple[Clause, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    def without(self, clause: Clause) -> "Query":
        """Return the query as if a clause had not been typed, and nothing else been ignored."""
        return Query(tuple(one for one in self.clauses if one is not clause))

    def also(self, *any_of: Part) -> "Query":
        """Return the query with one thing more that must hold, or one of several."""
        return replace(self, clauses=(*self.clauses, Clause(any_of)))

    @property
    def text(self) -> str:
        """Return what of it was understood, as it was typed."""
        return " ".join(clause.text for clause in self.clauses)


def parse(text: str, *, fields: Fields, now: datetime, zone: str = "UTC") -> Query:
    """Return what the text asks for; days and distances from now are those of `zone`.

    Raises `QueryTooLong` over the size cap and nothing else, whatever the text.
    """
    if len(text) > MAX_LENGTH:
        raise QueryTooLong(len(text))
    return _Parser(printable(text), fields, now, zone).parse()


def moment_range(of: Field, moment: Moment, now: datetime) -> Range:
    """Return what holds for things whose stretch of time lies so to now."""
    instant = microseconds(now)
    if moment is Moment.COMING:
        return Range(of.looks_in, of.looks_in, low=instant + 1)
    if moment is Moment.OVER:
        return Range(of.up_to, of.up_to, high=instant)
    return Range(of.looks_in, of.up_to, low=instant + 1, high=instant)


@dataclass(frozen=True, slots=True)
class _Token:
    """One piece of the text between blanks, taken apart; `whole` as it was written.

    It stands from `at` to before `end`, which is further than it is long where two pieces are one.
    """

    whole: str
    at: int
    end: int
    text: str
    minus: bool = False
    field: str = ""
    quoted: bool = False
    closed: bool = True


def _tokens(text: str) -> Iterator[_Token]:
    """Yield the tokens; a lone letter and the word after it are one: `E Rechnung`."""
    letter: _Token | None = None
    for match in _TOKEN.finditer(text):
        token = _Token(
            whole=match[0],
            at=match.start(),
            end=match.end(),
            text=match["phrase"] if match["plain"] is None else match["plain"],
            minus=bool(match["minus"]),
            field=match["field"] or "",
            quoted=match["plain"] is None,
            closed=match["end"] != "",
        )
        if letter and _is_word(token):
            whole = f"{letter.whole}-{token.whole}"
            yield _Token(whole=whole, at=letter.at, end=token.end, text=whole)
            letter = None
            continue
        if letter:
            yield letter
        letter = token if _is_lone_letter(token.whole) else None
        if not letter:
            yield token
    if letter:
        yield letter


def _is_lone_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha() and not is_stop_somewhere(text)


def _is_word(token: _Token) -> bool:
    return token.whole.isalpha() and token.whole not in OR | _NOISE


_WRONG = {Kind.DATE: Why.NO_DATE, Kind.AGE: Why.NO_AGE, Kind.MONEY: Why.NO_AMOUNT}
_RANGE = re.compile(r"[<>=]|.*\.\.")


@dataclass
class _Parser:
    source: str
    fields: Fields
    now: datetime
    zone: str
    clauses: list[Clause] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    words: int = 0
    join_at: int | None = None

    def parse(self) -> Query:
        for token in _tokens(self._without_brackets(self.source)):
            self._take(token)
        self._end_join()
        return Query(tuple(self.clauses), tuple(self.ignored))

    def _ignore(self, text: str, why: Why, at: int) -> None:
        if len(self.ignored) < _MAX_IGNORED:
            self.ignored.append(Ignored(text[:60], why, at))

    def _without_brackets(self, text: str) -> str:
        """Return the text with blanks for brackets outside quotes; the first of them is named."""
        found = next((one for one in _BRACKETS.finditer(text) if one["brackets"]), None)
        if found is None:
            return text
        self._ignore(found[0], Why.BRACKETS, found.start())
        return _BRACKETS.sub(lambda one: " " * len(one[0]) if one["brackets"] else one[0], text)

    def _take(self, token: _Token) -> None:
        if token.whole in OR:
            self._join(token)
            return
        if token.whole in _NOISE or _is_dash(token.whole):
            return
        if not token.closed:
            self._ignore('"', Why.UNCLOSED_QUOTE, token.at + token.whole.index('"'))
        part = self._with_field(token) if token.field else self._term(token)
        if part is not None:
            self._put(part, token)

    def _join(self, token: _Token) -> None:
        if not self.clauses or self.clauses[-1].excluded or self.join_at is not None:
            self._ignore(token.whole, Why.NOTHING_TO_JOIN, token.at)
        else:
            self.join_at = token.at

    def _end_join(self) -> None:
        if self.join_at is not None:
            joining = self.source[self.join_at :].split(maxsplit=1)[0]
            self._ignore(joining, Why.NOTHING_TO_JOIN, self.join_at)
            self.join_at = None

    def _put(self, part: Part, token: _Token) -> None:
        if token.minus:
            self._end_join()
        text = self.source[token.at : token.end]
        if self.join_at is None:
            self.clauses.append(Clause((part,), token.minus, text))
        else:
            last = self.clauses[-1]
            self.clauses[-1] = Clause((*last.any_of, part), text=f"{last.text} OR {text}")
            self.join_at = None

    def _with_field(self, token: _Token) -> Part | None:
        found = self.fields.find(token.field)
        if found is None:
            self._ignore(f"{token.field}:", Why.UNKNOWN_FIELD, token.at + token.minus)
            return self._term(token)
        if found.kind is Kind.WORDS:
            return self._term(token, in_title=True)
        if not token.text.rstrip("*").strip():
            self._ignore(token.whole, Why.NO_WORD, token.at)
            return None
        return self._value(token, found) if found.kind is Kind.VALUE else self._range(token, found)

    def _value(self, token: _Token, of: Field) -> Value | Range | None:
        if not token.quoted and _RANGE.match(token.text):
            self._ignore(token.whole, Why.NO_RANGE, token.at)
            return None
        if not self._count(1, token):
            return None
        prefix = not token.quoted and token.text.endswith("*")
        text = token.text.rstrip("*").strip()
        value = text if prefix else self.fields.value(of, text)
        if moment := of.moments.get(value.casefold()):
            return moment_range(of, moment, self.now)
        if of.is_closed and not self.fields.has(of, value, prefix=prefix):
            self._ignore(token.whole, Why.NO_VALUE, token.at)
            return None
        return Value(of.looks_in, value, prefix)

    def _range(self, token: _Token, of: Field) -> Range | None:
        found = self._bounds(token.text, of)
        if found is None or found.is_empty:
            why = _WRONG[of.kind] if found is None else Why.EMPTY_RANGE
            self._ignore(token.whole, why, token.at)
            return None
        if not self._count(1, token):
            return None
        return Range(of.looks_in, of.up_to or of.looks_in, found.low, found.high)

    def _bounds(self, text: str, of: Field) -> Bounds | None:
        if of.kind is Kind.MONEY:
            return bounds.of_amount(text, units=of.units)
        if of.kind is Kind.AGE:
            return bounds.of_age(text, now=self.now)
        return bounds.of_date(text, now=self.now, zone=self.zone)

    def _term(self, token: _Token, *, in_title: bool = False) -> Term | None:
        written = token.text if token.quoted else self._without_weight(token)
        prefix = not token.quoted and written.endswith("*")
        found = tuple(groups(written))
        if not found:
            why = Why.PREFIX_TOO_SHORT if prefix else Why.NO_WORD
            self._ignore(token.whole, why, token.at)
            return None
        if not token.quoted and "*" in written.rstrip("*"):
            self._ignore("*", Why.STAR_INSIDE, token.at + token.whole.index("*"))
        if prefix and len(found[-1]) < MIN_PREFIX:
            start = token.at + max(token.whole.rfind(found[-1]), 0)
            self._ignore(f"{found[-1]}*", Why.PREFIX_TOO_SHORT, start)
            prefix = False
        allowed = self._count(len(found), token)
        return Term(found[:allowed], token.quoted, prefix, in_title) if allowed else None

    def _without_weight(self, token: _Token) -> str:
        if found := _WEIGHTS.search(token.text):
            self._ignore(found[0], Why.WEIGHT, token.at + len(token.whole) - len(found[0]))
        return _WEIGHTS.sub("", token.text)

    def _count(self, wanted: int, token: _Token) -> int:
        """Return how many of the wanted words are still allowed, and count them."""
        allowed = min(wanted, MAX_WORDS - self.words)
        if allowed < wanted:
            self._ignore(token.whole, Why.TOO_MANY_WORDS, token.at)
        self.words += allowed
        return allowed


def _is_dash(text: str) -> bool:
    """Return whether this is a mark between words that nobody means to search: – / &."""
    return len(text) == 1 and not text.isalnum() and text != "*"
