"""The challenge's own questions as fields of the editor: a few slots, each one question.

What a question has beyond these fields (the bounds of a number, the kinds of a file) came from a
file or an earlier form and stays as it is while the kind stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from govmatch import questionnaires
from govmatch.challenges.addresses import slug_for
from govmatch.challenges.rules.fault_of_questions import MOST_QUESTIONS
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.questionnaires import Kind
from govmatch.questionnaires.limits import MAX_HELP, MAX_LABEL, MAX_WORDS
from govmatch.web.fields import Reader
from govmatch.web.visit import Values

SLOTS = range(1, MOST_QUESTIONS + 1)
MOST_OPTIONS = 4_000
MAX_ID = 40
WORDED = frozenset({Kind.TEXT, Kind.LONG_TEXT})
CHOSEN = frozenset({Kind.CHOICE, Kind.SEVERAL})

KINDS: Mapping[Kind, Message] = {
    Kind.LONG_TEXT: msg("Long text"),
    Kind.TEXT: msg("One line of text"),
    Kind.CHOICE: msg("Choice of one"),
    Kind.SEVERAL: msg("Choice of several"),
    Kind.NUMBER: msg("Number"),
    Kind.MONEY: msg("Amount of money"),
    Kind.DATE: msg("Date"),
    Kind.DECLARATION: msg("Declaration to confirm"),
    Kind.FILE: msg("File"),
    Kind.EMAIL: msg("E-mail address"),
}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What reading the questions needs: the form, and the rest of the challenge as it was typed.

    `before` are the questions it has; `taken` are ids that its programme's form uses.
    """

    reader: Reader
    values: Values
    before: Iterable[Mapping[str, Any]]
    taken: Collection[str]
    criteria: Sequence[str]
    main_lang: str
    currency: str


def read_questions(asking: Asking) -> tuple[dict[str, Any], ...]:
    """Return the questions as data that can be loaded; what cannot is named at its field."""
    there = {str(one["id"]): one for one in asking.before}
    slots = [slot for slot in SLOTS if _is_used(asking.values, slot)]
    given = [_question(asking, slot, there) for slot in slots]
    ids = {*asking.taken, *(str(one["id"]) for one in given if "id" in one)}
    for one in given:
        if "id" not in one:
            one["id"] = _free_id(one.get("label", {}), ids, asking.main_lang)
            ids.add(one["id"])
    if not _are_loadable(asking, slots, given):
        return tuple(given)
    before = tuple(dict(one) for one in asking.before)
    return before if _normal(asking, given) == _normal(asking, before) else tuple(given)


def _normal(asking: Asking, given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """Return questions in their one form, to see whether any is another; None for broken ones."""
    try:
        loaded = questionnaires.load_questions(list(given), currency=asking.currency)
    except questionnaires.InvalidDefinition:
        return None
    return questionnaires.dump_questions(loaded)


def _is_used(values: Values, slot: int) -> bool:
    if values.one(f"q{slot}-remove"):
        return False
    texts = (values.one(f"q{slot}-label-{lang}") for lang in LANGUAGES)
    return bool(values.one(f"q{slot}-type")) or any(texts)


def _question(asking: Asking, slot: int, there: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return one question; its id only where the challenge has it already."""
    reader, values, name = asking.reader, asking.values, f"q{slot}"
    kind = reader.choice(f"{name}-type", [one.value for one in Kind])
    old = there.get(values.one(f"{name}-id"), {})
    kept = dict(old) if old.get("type", old.get("kind")) == kind else {}
    made: dict[str, Any] = {
        **{key: text for key, text in kept.items() if key not in {"kind", "redact"}},
        **({"id": old["id"]} if old else {}),
        "type": kind or Kind.LONG_TEXT.value,
        "label": _texts(reader, f"{name}-label", MAX_LABEL),
        "help": _texts(reader, f"{name}-help", MAX_HELP),
        "required": bool(values.one(f"{name}-required")),
        "criterion": reader.choice(f"{name}-criterion", asking.criteria, required=False) or None,
        "max_words": reader.integer(f"{name}-max_words", low=1, high=MAX_WORDS, required=False)
        if kind in WORDED
        else None,
        "options": _options(reader, name, kept) if kind in CHOSEN else None,
    }
    # What names its writer by its nature is hidden from the beginning; it says nothing itself.
    if kind != Kind.EMAIL and not (kind == Kind.FILE and not kept):
        made["redact"] = bool(values.one(f"{name}-redact"))
    return {key: value for key, value in made.items() if value not in (None, {}, [])}


def _texts(reader: Reader, name: str, limit: int) -> dict[str, str]:
    given = {lang: reader.text(f"{name}-{lang}", limit=limit, required=False) for lang in LANGUAGES}
    return {lang: text for lang, text in given.items() if text}


def _options(reader: Reader, name: str, kept: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one option a line; the same line in each language is the same option.

    An option keeps its value as long as one of its labels stays.
    """
    lines = {
        lang: [line.strip() for line in text.split("\n") if line.strip()]
        for lang in LANGUAGES
        if (text := reader.text(f"{name}-options-{lang}", limit=MOST_OPTIONS, required=False,
                                lines=True))
    }  # fmt: skip
    most = max((len(one) for one in lines.values()), default=0)
    for lang, one in lines.items():
        if len(one) != most:
            reader.wrong(
                f"{name}-options-{lang}",
                msg("Write as many options here as in the other languages."),
            )
    old = {
        (lang, label): option["value"]
        for option in kept.get("options", ())
        for lang, label in option["label"].items()
    }
    found: list[dict[str, Any]] = []
    for place in range(most):
        label = {lang: one[place] for lang, one in lines.items() if place < len(one)}
        used = {option["value"] for option in found}
        value = next((old[pair] for pair in label.items() if pair in old), None)
        if value is None or value in used:
            value = _free("option", {*used, *old.values()})
        found.append({"value": value, "label": label})
    return found


def _free_id(label: Mapping[str, str], taken: Collection[str], main_lang: str) -> str:
    """Return an id made from the label, which nobody reads but files and exports."""
    text = label.get(main_lang) or next(iter(label.values()), "")
    made = slug_for(text)[: MAX_ID - 3].strip("-")
    if not made[:1].isalpha():
        made = "question"
    return made if made not in taken else _free(made, taken)


def _free(stem: str, taken: Collection[str]) -> str:
    return next(name for n in range(1, 1_000) if (name := f"{stem}-{n}") not in taken)


def _are_loadable(asking: Asking, slots: Sequence[int], given: list[dict[str, Any]]) -> bool:
    """Tell whether a form could show them, and note at its field what it could not."""
    try:
        questionnaires.load_questions(given, criteria=asking.criteria, currency=asking.currency)
    except questionnaires.InvalidDefinition as error:
        for problem in error.problems:
            place, key, *_ = (*problem.path, "", "")
            slot = slots[place] if isinstance(place, int) else SLOTS[0]
            asking.reader.wrong(_field(slot, str(key), asking.main_lang), problem.message)
        return False
    return True


def _field(slot: int, key: str, main_lang: str) -> str:
    if key in {"type", "max_words", "criterion", "redact", "required"}:
        return f"q{slot}-{key}"
    name = key if key in {"label", "help", "options"} else "label"
    return f"q{slot}-{name}-{main_lang}"


def shown_questions(questions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the fields of all slots; those without a question are empty."""
    values: dict[str, str] = {}
    for slot, one in zip(SLOTS, questions, strict=False):
        name = f"q{slot}"
        values |= {
            f"{name}-id": str(one["id"]),
            f"{name}-type": str(one.get("type", one.get("kind", ""))),
            f"{name}-required": "yes" if one.get("required") else "",
            f"{name}-max_words": str(one.get("max_words", "")),
            f"{name}-criterion": str(one.get("criterion", "")),
            f"{name}-redact": "yes" if _is_hidden(one) else "",
        }
        for lang in LANGUAGES:
            values[f"{name}-label-{lang}"] = one.get("label", {}).get(lang, "")
            values[f"{name}-help-{lang}"] = one.get("help", {}).get(lang, "")
            values[f"{name}-options-{lang}"] = "\n".join(
                option["label"].get(lang, "") for option in one.get("options", ())
            )
    return values


def _is_hidden(question: Mapping[str, Any]) -> bool:
    by_nature = question.get("type") in {Kind.EMAIL, Kind.FILE}
    return bool(question.get("redact", by_nature))
