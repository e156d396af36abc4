"""Reading one question of a form definition: what each kind may say, and what it must."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from govmatch.kit.i18n import msg
from govmatch.questionnaires import limits
from govmatch.questionnaires.definition import (
    ALWAYS_HIDDEN,
    HIDDEN_BY_NATURE,
    IN_TABLES,
    TICKED,
    Condition,
    Kind,
    Option,
    Question,
)
from govmatch.questionnaires.guides import GUIDES, PROFILE
from govmatch.questionnaires.node import Node
from govmatch.questionnaires.numbers import is_currency

_COMMON = frozenset(
    {"id", "type", "kind", "label", "help", "required", "criterion", "redact", "when", "guide"},
)
_OWN: Mapping[Kind, frozenset[str]] = {
    Kind.TEXT: frozenset({"max_words", "max_chars", "profile"}),
    Kind.LONG_TEXT: frozenset({"max_words", "max_chars", "profile"}),
    Kind.NUMBER: frozenset({"minimum", "maximum", "decimals", "unit"}),
    Kind.MONEY: frozenset({"minimum", "maximum", "currency"}),
    Kind.DATE: frozenset({"minimum", "maximum"}),
    Kind.CHOICE: frozenset({"options"}),
    Kind.SEVERAL: frozenset({"options", "minimum", "maximum"}),
    Kind.DECLARATION: frozenset(),
    Kind.FILE: frozenset({"accept", "max_mb", "minimum", "maximum"}),
    Kind.EMAIL: frozenset({"receipt_copy"}),
    Kind.URL: frozenset(),
    Kind.TABLE: frozenset({"columns", "minimum", "maximum"}),
}
_IN_COLUMN = frozenset({"id", "type", "kind", "label", "required", "total"})
_COLUMN_ID = re.compile(r"[a-z][a-z0-9_]{0,19}")
_SUMMED = frozenset({Kind.NUMBER, Kind.MONEY})
_MOST = {
    Kind.SEVERAL: limits.MAX_OPTIONS,
    Kind.FILE: limits.MAX_FILES,
    Kind.TABLE: limits.MAX_ROWS,
}
_ALL_OWN = frozenset().union(*_OWN.values())
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,59}")
_EXTENSION = re.compile(r"\.?[a-z0-9]{2,5}")


def read_question(node: Node) -> Question | None:
    """Return the question that a node describes, as far as it is right; None without a kind."""
    kind = _kind(node, list(Kind)) if node.is_mapping() else None
    if kind is None:
        return None
    node.only(_COMMON | _OWN[kind], elsewhere=_ALL_OWN, kind=kind.value)
    return _read(node, kind, node.needed("id").id())


def _column(node: Node) -> Question | None:
    """Return one column of a table: a question of few kinds, without what belongs to the whole."""
    kind = _kind(node, IN_TABLES) if node.is_mapping() else None
    if kind is None:
        return None
    totals = {"total"} if kind in _SUMMED else set()
    node.only((_IN_COLUMN - {"total"}) | totals | (_OWN[kind] - {"profile"}),
              elsewhere=_ALL_OWN | {"total"}, kind=kind.value)  # fmt: skip
    child = node.needed("id")
    found = child.text(limit=10_000)
    if isinstance(child.value, str) and not _COLUMN_ID.fullmatch(found):
        child.wrong(
            msg(
                "{id} is not an id of a column: small letters, digits and underscores, a letter"
                " first, at most {limit} characters.",
                id=found[:80], limit=20,
            )
        )  # fmt: skip
    return _read(node, kind, found)


def _read(node: Node, kind: Kind, question_id: str) -> Question:
    minimum, maximum = _bounds(node, kind)
    question = Question(
        id=question_id,
        kind=kind,
        label=filled(node, "label", limit=limits.MAX_LABEL),
        help=node.child("help").texts(limit=limits.MAX_HELP),
        required=node.child("required").yes(otherwise=False),
        criterion=_criterion(node.child("criterion")),
        redact=_redact(node.child("redact"), kind),
        max_words=node.child("max_words").whole(low=1, high=limits.MAX_WORDS),
        max_chars=node.child("max_chars").whole(low=1, high=limits.MAX_ANSWER),
        minimum=minimum,
        maximum=maximum,
        decimals=node.child("decimals").whole(low=0, high=limits.MAX_DECIMALS),
        unit=node.child("unit").texts(limit=40),
        currency=_currency(node) if kind is Kind.MONEY else None,
        options=_options(node, kind),
        accept=_accept(node.child("accept")),
        max_mb=node.child("max_mb").whole(low=1, high=limits.MAX_FILE_MB),
        receipt_copy=node.child("receipt_copy").yes(otherwise=False),
        columns=_columns(node) if kind is Kind.TABLE else (),
        total=node.child("total").yes(otherwise=False),
        when=_condition(node.child("when")),
        guide=_named(node.child("guide"), GUIDES),
        profile=_named(node.child("profile"), PROFILE),
    )
    return _without_others(question)


def _without_others(question: Question) -> Question:
    """Return the question without what its kind does not know; the problem was noted before."""
    drop: dict[str, Any] = {}
    for key in _ALL_OWN - _OWN[question.kind]:
        drop[key] = Question.__dataclass_fields__[key].default
    drop.pop("unit", None)
    return replace(question, **drop)


def _columns(node: Node) -> tuple[Question, ...]:
    parts = node.needed("columns")
    found: dict[str, Question] = {}
    for part in [] if parts.absent else parts.items(low=1, high=limits.MAX_COLUMNS):
        column = _column(part)
        if column is not None and column.id in found:
            part.child("id").wrong(msg("The id {id} is used twice.", id=column.id))
        elif column is not None:
            found[column.id] = column
    return tuple(found.values())


def _condition(node: Node) -> Condition | None:
    """Return on which answers a question depends: `{question: stage, is: [tested, in-use]}`."""
    if node.absent or not node.is_mapping():
        return None
    node.only(("question", "is"))
    question, given = node.needed("question").id(), node.needed("is")
    # YAML reads `yes` as true, which is what a confirmed declaration is called.
    value = [given.value] if isinstance(given.value, (str, int)) else given.value
    parts = replace(given, value=value).items(low=1, high=limits.MAX_OPTIONS)
    answers = [TICKED if part.value is True else str(part.value) for part in parts]
    return Condition(question, tuple(dict.fromkeys(answers))) if answers else None


def _named(node: Node, possible: Collection[str]) -> str | None:
    """Return a name out of those that there are."""
    if node.absent:
        return None
    found = node.id()
    if found and found not in possible:
        known = ", ".join(possible)
        node.wrong(msg("Unknown name {id}. Possible are: {ids}.", id=found, ids=known))
        return None
    return found or None


def _kind(node: Node, possible: Collection[Kind]) -> Kind | None:
    name = "kind" if node.child("type").absent else "type"
    found = node.child(name)
    if found.absent:
        node.wrong(msg("The key {key} is missing here.", key="type"))
        return None
    if found.value not in possible:
        kinds = ", ".join(possible)
        found.wrong(
            msg("Unknown kind {kind}. Possible are: {kinds}.", kind=found.value, kinds=kinds)
        )
        return None
    return Kind(found.value)


def filled(node: Node, key: str, *, limit: int) -> dict[str, str]:
    """Return texts that must be there in one language at least."""
    child = node.needed(key)
    before = len(node.problems)
    found = child.texts(limit=limit)
    if not child.absent and not found and len(node.problems) == before:
        child.wrong(msg("Please write a text here."))
    return found


def _criterion(node: Node) -> str | None:
    if node.absent:
        return None
    found = node.id()
    if node.criteria is not None and found and found not in node.criteria:
        known = ", ".join(sorted(node.criteria))
        node.wrong(msg("Unknown criterion {id}. Possible are: {ids}.", id=found, ids=known))
    return found or None


def _redact(node: Node, kind: Kind) -> bool:
    found = node.yes(otherwise=kind in HIDDEN_BY_NATURE)
    if kind in ALWAYS_HIDDEN and node.value is False:
        node.wrong(msg("An address names its owner and stays hidden; leave redact out."))
    return found


def _bounds(node: Node, kind: Kind) -> tuple[Decimal | date | None, Decimal | date | None]:
    low, high = (_bound(node.child(key), kind) for key in ("minimum", "maximum"))
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        crossed = low > high
    else:
        crossed = isinstance(low, date) and isinstance(high, date) and low > high
    if crossed:
        node.child("minimum").wrong(msg("The minimum is larger than the maximum."))
    return low, high


def _bound(node: Node, kind: Kind) -> Decimal | date | None:
    match kind:
        case Kind.DATE:
            return node.day()
        case Kind.SEVERAL | Kind.FILE | Kind.TABLE:
            most = _MOST[kind]
            count = node.whole(low=1, high=most)
            return None if count is None else Decimal(count)
        case _:
            return node.figure()


def _currency(node: Node) -> str:
    child = node.child("currency") if node.currency else node.needed("currency")
    found = child.text(limit=limits.MAX_LABEL) or node.currency or ""
    if isinstance(child.value, str) and not is_currency(found):
        child.wrong(msg("Unknown currency {code}. Write a code such as EUR or DKK.", code=found))
    return found


def _options(node: Node, kind: Kind) -> tuple[Option, ...]:
    if kind not in (Kind.CHOICE, Kind.SEVERAL):
        return ()
    parts = node.needed("options")
    found: dict[str, Option] = {}
    for part in [] if parts.absent else parts.items(low=2, high=limits.MAX_OPTIONS):
        if part.is_mapping():
            option = _option(part)
            if option.value in found:
                part.child("value").wrong(
                    msg("The value {value} is used twice.", value=option.value)
                )
            found[option.value] = option
    return tuple(found.values())


def _option(node: Node) -> Option:
    node.only(("value", "label"))
    child = node.needed("value")
    # YAML reads `2` as a number and `yes` as true: the number is clear, the other is not.
    is_number = isinstance(child.value, int) and not isinstance(child.value, bool)
    value = str(child.value) if is_number else child.text(limit=60)
    if (is_number or isinstance(child.value, str)) and not _VALUE.fullmatch(value):
        child.wrong(
            msg("A value has letters, digits, dots and hyphens only: {value}.", value=value)
        )
    return Option(value, filled(node, "label", limit=limits.MAX_LABEL))


def _accept(node: Node) -> tuple[str, ...]:
    found = []
    for part in node.items(low=0, high=30):
        name = part.text(limit=10).lower()
        if name and not _EXTENSION.fullmatch(name):
            part.wrong(msg("A file name extension such as pdf is expected here."))
        found.append(name.lstrip("."))
    return tuple(dict.fromkeys(name for name in found if name))
