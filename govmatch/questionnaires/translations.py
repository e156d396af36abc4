"""Questions that stand in one file per language, brought together into one definition."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from govmatch.kit.i18n import Message, msg
from govmatch.questionnaires.node import Problem

_TEXTS = ("label", "help", "unit")


class Merged(NamedTuple):
    """Data for `load_questions`, and what is wrong, as (language of the file, problem)."""

    data: list[dict[str, Any]]
    problems: list[tuple[str, Problem]]


def merge_translations(lists: Mapping[str, Any]) -> Merged:
    """Return one list of questions with texts in all languages, from one list per language.

    What is not text (kind, limits, values of options) must be the same in each; the first language
    given is the one that the others are measured by. Where a list is missing altogether it counts
    as empty. Wrong data is passed on as it is, since loading names what is wrong with it.
    """
    sorts = {lang: _questions(value) for lang, value in lists.items()}
    first = next(iter(sorts), "")
    merged = _Merging(first)
    for lang, questions in sorts.items():
        if questions is None:
            merged.wrong(lang, (), msg("A list is expected here."))
    expected = sorts.get(first) or []
    known = {lang: found for lang, found in sorts.items() if found is not None}
    for lang in [lang for lang, found in known.items() if _ids(found) != _ids(expected)]:
        ids = ", ".join(map(str, _ids(expected))) or "–"
        text = msg("Not the same questions as in {lang}; expected are: {ids}.", lang=first, ids=ids)
        merged.wrong(lang, (), text)
        del known[lang]
    data = [
        merged.question(place, {lang: found[place] for lang, found in known.items()})
        for place in range(len(expected) if first in known else 0)
    ]
    return Merged(data, merged.problems)


def _questions(value: Any) -> list[dict[str, Any]] | None:
    if value is None:
        return []
    if not isinstance(value, list):
        return None
    return [dict(item) if isinstance(item, Mapping) else {"id": item} for item in value]


def _ids(questions: list[dict[str, Any]]) -> list[Any]:
    return [question.get("id") for question in questions]


class _Merging:
    """Puts together one question after the other and notes what does not agree."""

    def __init__(self, first: str) -> None:
        self._first = first
        self.problems: list[tuple[str, Problem]] = []

    def wrong(self, lang: str, path: tuple[str | int, ...], message: Message) -> None:
        self.problems.append((lang, Problem(path, message)))

    def question(self, place: int, found: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
        """Return the question at one place of the lists, from its data by language."""
        whole = dict(found[self._first])
        for lang, other in found.items():
            for key in sorted(map(str, whole.keys() | other.keys())):
                if _fact(key, whole.get(key)) != _fact(key, other.get(key)):
                    text = msg("{key} is not the same as in {lang}.", key=key, lang=self._first)
                    self.wrong(lang, (place, key), text)
        for key in _TEXTS:
            self._text(whole, key, found, (place,))
        self._options(whole, found, (place,))
        self._columns(whole, found, (place,))
        return whole

    def _text(
        self,
        whole: dict[str, Any],
        key: str,
        found: Mapping[str, dict[str, Any]],
        path: tuple[str | int, ...],
    ) -> None:
        texts: dict[str, Any] = {}
        for lang, data in found.items():
            texts |= _by_language(data.get(key), lang, found)
        for lang in found if texts else ():
            # A key with nothing behind it says that it was left out on purpose.
            if lang not in texts and key not in found[lang]:
                self.wrong(lang, path, msg("The key {key} is missing here.", key=key))
        if texts and all(isinstance(text, str) for text in texts.values()):
            whole[key] = texts

    def _options(
        self,
        whole: dict[str, Any],
        found: Mapping[str, dict[str, Any]],
        path: tuple[str | int, ...],
    ) -> None:
        lists = {lang: _list_at("options", data) for lang, data in found.items()}
        first = lists[self._first]
        if not first or any(_values(other) != _values(first) for other in lists.values()):
            return
        options = []
        for number in range(len(first)):
            option = dict(first[number])
            by_lang = {lang: options[number] for lang, options in lists.items()}
            self._text(option, "label", by_lang, (*path, "options", number))
            options.append(option)
        whole["options"] = options

    def _columns(
        self,
        whole: dict[str, Any],
        found: Mapping[str, dict[str, Any]],
        path: tuple[str | int, ...],
    ) -> None:
        """Bring together the columns of a table, each of which has texts and options of its own."""
        lists = {lang: _list_at("columns", data) for lang, data in found.items()}
        first = lists[self._first]
        if not first or any(_ids(other) != _ids(first) for other in lists.values()):
            return
        columns = []
        for number in range(len(first)):
            column = dict(first[number])
            by_lang = {lang: columns[number] for lang, columns in lists.items()}
            at = (*path, "columns", number)
            for key in ("label", "unit"):
                self._text(column, key, by_lang, at)
            self._options(column, by_lang, at)
            columns.append(column)
        whole["columns"] = columns


def _by_language(value: Any, own: str, found: Collection[str]) -> dict[str, Any]:
    """Return a text of one file: in its own language, or by language where it has several.

    Of those, only languages without a file of their own count beside its own.
    """
    if isinstance(value, Mapping):
        some = {str(lang): text for lang, text in value.items()}
        return {lang: text for lang, text in some.items() if lang == own or lang not in found}
    return {own: value} if value else {}


def _fact(key: str, value: Any) -> Any:
    """Return the part of a value that must be the same in all languages."""
    if key in _TEXTS:
        return None
    if key == "options":
        return _values(_list_at("options", {key: value}))
    if key == "columns":
        return [
            {name: _fact(name, part) for name, part in column.items() if name not in _TEXTS}
            for column in _list_at("columns", {key: value})
        ]
    return value


def _list_at(key: str, question: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = question.get(key)
    if not isinstance(found, list):
        return []
    return [dict(item) for item in found if isinstance(item, Mapping)]


def _values(options: list[dict[str, Any]]) -> list[Any]:
    return [option.get("value") for option in options]
