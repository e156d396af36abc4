"""The query language of people: words, "phrases", -not, OR, field:value, a trailing star.

There is no nesting, so there is nothing that can grow: a query is a list of clauses that must all
hold, each of which is a choice of terms or an exclusion. Whatever is not understood is left out
and named in `ignored`; only a text over the size cap is refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from govmatch.search.analysis import groups, is_stop_somewhere
from govmatch.search.entry import printable

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
        (?:"(?P<phrase>[^"]*)(?P<end>"?)|(?P<plain>[^\s"]+))""",
    re.VERBOSE,
)
_BRACKETS = re.compile(r"[()\[\]{}]+")
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
    """A piece of the query that was not used, why, and where it stands (characters from 0)."""

    text: str
    why: Why
    at: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """Groups that stand next to each other; one group is a word.

    A quoted term is taken as it is written; any other is also found by its other forms. With
    `prefix` the last group is the beginning of a word. `in_title` looks at titles alone.
    """

    groups: tuple[str, ...]
    quoted: bool = False
    prefix: bool = False
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, or with `prefix` the beginning of one; small and capital are one."""

    facet: str
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """At least one of these holds, or none of them when excluded."""

    any_of: tuple[Term | Value, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood, and what was not used of it."""

    clauses: tuple[Clause, ...] = ()
    ignored: tuple[Ignored, ...] = ()


TITLE = "title"
"""The target of a field that searches words in titles; any other target is a facet."""


def parse(text: str, *, fields: Mapping[str, str]) -> Query:
    """Return what the text asks for; `fields` maps a name before a colon to what it looks in.

    Raises `QueryTooLong` over the size cap and nothing else, whatever the text.
    """
    if len(text) > MAX_LENGTH:
        raise QueryTooLong(len(text))
    return _Parser(fields).parse(text)


@dataclass(frozen=True, slots=True)
class _Token:
    """One piece of the text between blanks, taken apart; `whole` as it was written."""

    whole: str
    at: int
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
            text=match["phrase"] if match["plain"] is None else match["plain"],
            minus=bool(match["minus"]),
            field=match["field"] or "",
            quoted=match["plain"] is None,
            closed=match["end"] != "",
        )
        if letter and _is_word(token):
            whole = f"{letter.whole}-{token.whole}"
            yield _Token(whole=whole, at=letter.at, text=whole)
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


@dataclass
class _Parser:
    fields: Mapping[str, str]
    clauses: list[Clause] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    words: int = 0
    join_at: int | None = None

    def parse(self, text: str) -> Query:
        for token in _tokens(self._without_brackets(printable(text))):
            self._take(token)
        self._end_join()
        return Query(tuple(self.clauses), tuple(self.ignored))

    def _ignore(self, text: str, why: Why, at: int) -> None:
        if len(self.ignored) < _MAX_IGNORED:
            self.ignored.append(Ignored(text[:60], why, at))

    def _without_brackets(self, text: str) -> str:
        if found := _BRACKETS.search(text):
            self._ignore(found[0], Why.BRACKETS, found.start())
        return _BRACKETS.sub(lambda match: " " * len(match[0]), text)

    def _take(self, token: _Token) -> None:
        if token.whole in OR:
            self._join(token.at)
            return
        if token.whole in _NOISE or _is_dash(token.whole):
            return
        if not token.closed:
            self._ignore('"', Why.UNCLOSED_QUOTE, token.at)
        part = self._value(token) if token.field else self._term(token)
        if part is not None:
            self._put(part, excluded=token.minus)

    def _join(self, at: int) -> None:
        if not self.clauses or self.clauses[-1].excluded or self.join_at is not None:
            self._ignore("OR", Why.NOTHING_TO_JOIN, at)
        else:
            self.join_at = at

    def _end_join(self) -> None:
        if self.join_at is not None:
            self._ignore("OR", Why.NOTHING_TO_JOIN, self.join_at)
            self.join_at = None

    def _put(self, part: Term | Value, *, excluded: bool) -> None:
        if excluded:
            self._end_join()
        if self.join_at is None:
            self.clauses.append(Clause((part,), excluded))
        else:
            self.clauses[-1] = Clause((*self.clauses[-1].any_of, part))
            self.join_at = None

    def _value(self, token: _Token) -> Term | Value | None:
        target = self.fields.get(token.field.casefold())
        if target is None:
            self._ignore(f"{token.field}:", Why.UNKNOWN_FIELD, token.at)
        if target is None or target == TITLE:
            return self._term(token, in_title=target == TITLE)
        value = token.text.rstrip("*").strip()
        if not value:
            self._ignore(token.whole, Why.NO_WORD, token.at)
            return None
        prefix = not token.quoted and token.text.endswith("*")
        return Value(target, value, prefix) if self._count(1, token) else None

    def _term(self, token: _Token, *, in_title: bool = False) -> Term | None:
        written = token.text if token.quoted else self._without_weight(token)
        prefix = not token.quoted and written.endswith("*")
        found = tuple(groups(written))
        if not found:
            why = Why.PREFIX_TOO_SHORT if prefix else Why.NO_WORD
            self._ignore(token.whole, why, token.at)
            return None
        if not token.quoted and "*" in written.rstrip("*"):
            self._ignore("*", Why.STAR_INSIDE, token.at)
        if prefix and len(found[-1]) < MIN_PREFIX:
            self._ignore(f"{found[-1]}*", Why.PREFIX_TOO_SHORT, token.at)
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
