"""A form definition as plain data again, and the digest that names its version."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from govmatch.questionnaires.definition import (
    HIDDEN_BY_NATURE,
    Condition,
    Option,
    Question,
    Questionnaire,
    Section,
    Texts,
)
from govmatch.questionnaires.numbers import plain_number
from govmatch.questionnaires.texts import normal


def dump(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the data that `load` turns into the same questionnaire; what is usual is left out."""
    return {"sections": [_section(section) for section in questionnaire.sections]}


def dump_questions(
    questions: Iterable[Question], *, lang: str | None = None, currency: str | None = None
) -> list[dict[str, Any]]:
    """Return questions as data; with `lang`, only the texts in that language, as plain texts.

    Amounts in `currency` do not name it, as for `load_questions`.
    """
    return [_question(question, lang, currency) for question in questions]


def digest(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of the definition in hexadecimal; it changes when any word does."""
    return hashlib.sha256(canonical_json(dump(questionnaire))).hexdigest()


def canonical_json(data: object) -> bytes:
    """Return data as JSON in its one form: keys sorted by code point, no blanks, NFC, UTF-8."""
    text = json.dumps(
        _normal(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=True
    )
    return text.encode("utf-8", "replace")


def _normal(data: object) -> object:
    if isinstance(data, str):
        return normal(data)
    if isinstance(data, dict):
        return {normal(str(key)): _normal(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_normal(item) for item in data]
    return data if data is None or isinstance(data, (bool, int, float)) else str(data)


def _section(section: Section) -> dict[str, Any]:
    return _without_empty(
        {
            "id": section.id,
            "title": dict(section.title),
            "intro": dict(section.intro),
            "questions": dump_questions(section.questions),
        }
    )


def _question(question: Question, lang: str | None, currency: str | None) -> dict[str, Any]:
    usual = question.kind in HIDDEN_BY_NATURE
    return _without_empty(
        {
            "id": question.id,
            "type": question.kind.value,
            "label": _texts(question.label, lang),
            "help": _texts(question.help, lang),
            "required": question.required or None,
            "max_words": question.max_words,
            "max_chars": question.max_chars,
            "minimum": _bound(question.minimum),
            "maximum": _bound(question.maximum),
            "decimals": question.decimals,
            "unit": _texts(question.unit, lang),
            "currency": None if question.currency == currency else question.currency,
            "options": [_option(option, lang) for option in question.options],
            "accept": list(question.accept),
            "max_mb": question.max_mb,
            "receipt_copy": question.receipt_copy or None,
            "columns": [_question(one, lang, currency) for one in question.columns],
            "total": question.total or None,
            "when": _condition(question.when),
            "guide": question.guide,
            "profile": question.profile,
            "criterion": question.criterion,
            "redact": None if question.redact == usual else question.redact,
        }
    )


def _condition(when: Condition | None) -> dict[str, Any]:
    return {"question": when.question, "is": list(when.answers)} if when else {}


def _option(option: Option, lang: str | None) -> dict[str, Any]:
    return _without_empty({"value": option.value, "label": _texts(option.label, lang)})


def _texts(texts: Texts, lang: str | None) -> dict[str, str] | str:
    return dict(texts) if lang is None else texts.get(lang, "")


def _bound(bound: Decimal | date | None) -> int | str | None:
    if isinstance(bound, Decimal):
        return int(bound) if bound == int(bound) else plain_number(bound)
    return bound.isoformat() if bound is not None else None


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", {}, [])}
