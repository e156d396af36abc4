"""The challenge's own questions as fields of the editor: places, each of which is one question.

What a question has beyond these fields came from a file or an earlier form and stays as it is while
the kind stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from govmatch import questionnaires
from govmatch.challenges.addresses import slug_for
from govmatch.challenges.forms.kinds import One, column_places, free, read_own, shown_own, texts
from govmatch.challenges.labels import QUESTIONS
from govmatch.challenges.rules.fault_of_questions import MOST_QUESTIONS
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Kind
from govmatch.questionnaires.definition import ALWAYS_HIDDEN, HIDDEN_BY_NATURE
from govmatch.questionnaires.limits import MAX_HELP, MAX_LABEL
from govmatch.web.fields import Reader
from govmatch.web.visit import Values

SLOTS = range(1, MOST_QUESTIONS + 1)
MAX_ID = 40
LAST = len(SLOTS) * 2
"""A question without a place of its own comes after all that have one."""

KINDS: Mapping[Kind, Message] = {Kind(name): label for name, label in QUESTIONS.items()}


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What reading the questions needs: the form, and the rest of the challenge as it was typed.

    `before` are the questions it has; `taken` are ids that its programme's form uses, `earlier` the
    questions there on whose answers others may depend.
    """

    reader: Reader
    values: Values
    before: Iterable[Mapping[str, Any]]
    taken: Collection[str]
    criteria: Sequence[str]
    main_lang: str
    currency: str
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_questions(asking: Asking) -> tuple[dict[str, Any], ...]:
    """Return the questions as data that can be loaded; what cannot is named at its field."""
    there = {str(one["id"]): one for one in asking.before}
    slots = in_places(asking.values)
    for slot in slots:
        asking.reader.integer(f"q{slot}-place", low=1, high=LAST, required=False)
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


def in_places(values: Values) -> list[int]:
    """Return the slots that hold a question, in the order that their fields say."""
    slots = [slot for slot in SLOTS if _is_used(values, slot)]
    return sorted(slots, key=lambda slot: (_place(values, slot), slot))


def _place(values: Values, slot: int) -> int:
    text = values.one(f"q{slot}-place")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else LAST


def _is_used(values: Values, slot: int) -> bool:
    if values.one(f"q{slot}-remove"):
        return False
    labels = (values.one(f"q{slot}-label-{lang}") for lang in LANGUAGES)
    return bool(values.one(f"q{slot}-type")) or any(labels)


def _question(asking: Asking, slot: int, there: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return one question; its id only where the challenge has it already."""
    reader, values, name = asking.reader, asking.values, f"q{slot}"
    kind = reader.choice(f"{name}-type", [one.value for one in Kind])
    old = there.get(values.one(f"{name}-id"), {})
    kept = dict(old) if old.get("type", old.get("kind")) == kind else {}
    made: dict[str, Any] = {
        **{key: text for key, text in kept.items() if key not in {"kind", "redact", "when"}},
        **({"id": old["id"]} if old else {}),
        "type": kind or Kind.LONG_TEXT.value,
        "label": texts(reader, f"{name}-label", MAX_LABEL),
        "help": texts(reader, f"{name}-help", MAX_HELP),
        "required": bool(values.one(f"{name}-required")),
        "criterion": _criterion(asking, name),
        **_guide(asking, name),
        **read_own(One(reader, values, name, kind, kept)),
        "when": _condition(asking, name),
    }
    if kind == Kind.TABLE and not made.get("columns"):
        text = msg("Please give the table at least one column.")
        reader.wrong(f"{name}-c1-label-{asking.main_lang}", text)
    # What names its writer by its nature is hidden from the beginning; it says nothing itself.
    if kind not in ALWAYS_HIDDEN and not (kind == Kind.FILE and not kept):
        made["redact"] = bool(values.one(f"{name}-redact"))
    return {key: value for key, value in made.items() if value not in (None, {}, [])}


def _criterion(asking: Asking, name: str) -> str | None:
    """Return the criterion that it counts for; one that was just taken out is told so."""
    chosen = asking.values.one(f"{name}-criterion")
    if chosen and chosen not in asking.criteria:
        text = msg("This criterion has no weight here. Choose another one, or “None”.")
        asking.reader.wrong(f"{name}-criterion", text)
        return None
    return chosen or None


def _guide(asking: Asking, name: str) -> dict[str, str | None]:
    """Return the guide that was chosen; nothing where the page had no place for one."""
    field_name = f"{name}-guide"
    if field_name not in asking.values.fields:
        return {}
    chosen = asking.reader.choice(field_name, [*questionnaires.GUIDES], required=False)
    return {"guide": chosen or None}


def _condition(asking: Asking, name: str) -> dict[str, Any] | None:
    """Return on which answers of one earlier question it depends; sent as `question:answer`."""
    pairs = [pair.split(":", 1) for pair in asking.values.all(f"{name}-when") if ":" in pair]
    asked = list(dict.fromkeys(question for question, _ in pairs))
    if len(asked) > 1:
        asking.reader.wrong(f"{name}-when", msg("Please choose answers of one question only."))
    if not asked:
        return None
    return {"question": asked[0], "is": [answer for one, answer in pairs if one == asked[0]]}


def _free_id(label: Mapping[str, str], taken: Collection[str], main_lang: str) -> str:
    """Return an id made from the label, which nobody reads but files and exports."""
    text = label.get(main_lang) or next(iter(label.values()), "")
    made = slug_for(text)[: MAX_ID - 3].strip("-")
    if not made[:1].isalpha():
        made = "question"
    return made if made not in taken else free(made, taken)


def _are_loadable(asking: Asking, slots: Sequence[int], given: list[dict[str, Any]]) -> bool:
    """Tell whether a form could show them, and note at its field what it could not."""
    try:
        questionnaires.load_questions(
            given, criteria=asking.criteria, currency=asking.currency, earlier=asking.earlier
        )
    except questionnaires.InvalidDefinition as error:
        for problem in error.problems:
            place, *path = problem.path
            slot = slots[place] if isinstance(place, int) else SLOTS[0]
            is_said = any(name.startswith(f"q{slot}-") for name in asking.reader.errors)
            if is_said and not path:  # a key is missing, and the field that makes it says so
                continue
            asking.reader.wrong(_field(asking, slot, path), problem.message)
        return False
    return True


PLAIN = frozenset({
    "type", "criterion", "redact", "required", "max_words", "max_chars", "minimum", "maximum",
    "decimals", "accept", "max_mb", "when", "receipt_copy", "guide", "profile",
})  # fmt: skip
"""What has one field, whatever the language."""


def _field(asking: Asking, slot: int, path: Sequence[str | int]) -> str:
    """Return the field in which a problem of the question in this slot is mended."""
    key, main_lang = str(path[0]) if path else "", asking.main_lang
    if key in PLAIN:
        return f"q{slot}-{key}"
    if key == "columns":
        places = column_places(asking.values, f"q{slot}")
        n = places[path[1]] if len(path) > 1 and isinstance(path[1], int) else 1
        part = "type" if path[2:] == ["type"] else f"label-{main_lang}"
        return f"q{slot}-c{n}-{part}"
    name = key if key in {"label", "help", "options"} else "label"
    return f"q{slot}-{name}-{main_lang}"


def shown_questions(questions: Iterable[Mapping[str, Any]]) -> dict[str, str | list[str]]:
    """Return the fields of the questions, each in a slot of its own."""
    values: dict[str, str | list[str]] = {}
    for slot, one in zip(SLOTS, questions, strict=False):
        name, when = f"q{slot}", one.get("when")
        values |= {
            f"{name}-id": str(one["id"]),
            f"{name}-type": str(one.get("type", one.get("kind", ""))),
            f"{name}-place": str(slot),
            f"{name}-required": "yes" if one.get("required") else "",
            f"{name}-criterion": str(one.get("criterion", "")),
            f"{name}-guide": str(one.get("guide", "")),
            f"{name}-redact": "yes" if _is_hidden(one) else "",
            f"{name}-when": [f"{when['question']}:{answer}" for answer in when["is"]]
            if when
            else [],
            **shown_own(one, name),
        }
        for lang in LANGUAGES:
            values[f"{name}-label-{lang}"] = one.get("label", {}).get(lang, "")
            values[f"{name}-help-{lang}"] = one.get("help", {}).get(lang, "")
    return values


def _is_hidden(question: Mapping[str, Any]) -> bool:
    by_nature = question.get("type") in HIDDEN_BY_NATURE
    return bool(question.get("redact", by_nature))
