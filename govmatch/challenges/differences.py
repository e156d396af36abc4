"""A change after publication as everybody reads it: words, dates, weights, papers, questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any

from govmatch.challenges.changes import label_of
from govmatch.challenges.marking import (
    COMES,
    GOES,
    STAYS,
    Marked,
    Piece,
    mark_lines,
    mark_whole,
    mark_words,
    plain,
    unwrapped,
)
from govmatch.challenges.values import Naming, Values
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.kit.records import dataclass

REST = msg("The other criteria stay as they are.")
LISTS = frozenset({"theme", "technology", "cpv", "countries", "size", "languages", "requires"})
LINES = frozenset({"title", "summary"})

ADDED, REMOVED, REPLACED, CHANGED, MOVED, BREAKS = (
    msg("added"),
    msg("removed"),
    msg("replaced by a new file"),
    msg("changed"),
    msg("The order has changed."),
    msg("Only line breaks have changed."),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together; `title` names a paper or a question, `note` what became of it."""

    lines: list[Marked] = field(default_factory=list)
    title: str = ""
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion: weight and minimum score before and now; a dash for what is not there."""

    label: str
    weight: tuple[str, str]
    minimum: tuple[str, str]

    @property
    def is_changed(self) -> bool:
        return any(before != after for before, after in (self.weight, self.minimum))


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed. `lang` is the language of a text, None for facts."""

    name: str
    label: Message
    lang: str | None
    groups: list[Group] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """Criteria that changed; `rest` says that there are others, which did not."""
    rest: bool = False


def difference(change: Mapping[str, Any], *, lang: Lang, zone: str, naming: Naming) -> Difference:
    """Return a kept change as `lang` reads it; times stand in `zone`."""
    name, before, after = str(change["field"]), change["before"], change["after"]
    of = change["lang"]
    values = Values(name, lang, zone, naming)
    label = label_of(name, of, lang)
    if name == "criteria":
        rows = _criteria(values, before, after)
        changed = [row for row in rows if row.is_changed]
        return Difference(name, label, of, rows=changed, rest=len(changed) < len(rows))
    if name == "attachments":
        return Difference(name, label, of, groups=list(_papers(values, before, after)))
    if name == "questions":
        return Difference(name, label, of, groups=list(_questions(values, before, after)))
    old, new = values.lines(before), values.lines(after)
    lines = _lines(name, old, new)
    return Difference(name, label, of, groups=[Group(lines, note=None if lines else BREAKS)])


def _lines(name: str, old: list[str], new: list[str]) -> list[Marked]:
    if name in LISTS:
        return _listed(old, new)
    if name in LINES:
        return [mark_words(" ".join(old), " ".join(new))]
    if name == "body":
        return mark_lines(unwrapped(old), unwrapped(new))
    if name == "contact":
        return mark_lines(old, new, whole=True)
    return [mark_whole(" ".join(old), " ".join(new))]


def _listed(old: list[str], new: list[str]) -> list[Marked]:
    gone = [(Piece(GOES, one),) for one in old if one not in new]
    return [*((Piece(STAYS if one in old else COMES, one),) for one in new), *gone]


def _criteria(values: Values, before: list[Any], after: list[Any]) -> list[Row]:
    old, new = _by("id", before), _by("id", after)
    return [
        Row(
            values.criterion(key),
            _two(key, old, new, "weight"),
            _two(key, old, new, "minimum"),
        )
        for key in dict.fromkeys([*new, *old])
    ]


def _by(key: str, things: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {str(one[key]): one for one in things}


def _two(
    key: str, old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], part: str
) -> tuple[str, str]:
    found = [known.get(key, {}).get(part) for known in (old, new)]
    before, after = ("–" if value is None else str(value) for value in found)
    return before, after


def _papers(values: Values, before: list[Any], after: list[Any]) -> Iterator[Group]:
    """Yield what became of each paper; one of the same name or title stands in another's place."""
    left = list(before)
    for one in after:
        old = _same_paper(one, left)
        if old is None:
            yield Group([(Piece(COMES, values.paper(one)),)], note=ADDED)
            continue
        left.remove(old)
        marked = mark_whole(values.paper(old), values.paper(one))
        if old["sha256"] != one["sha256"]:
            yield Group([marked], note=REPLACED)
        elif old != one:
            yield Group([marked], note=CHANGED)
    yield from (Group([(Piece(GOES, values.paper(one)),)], note=REMOVED) for one in left)
    if not left and sorted(map(str, before)) == sorted(map(str, after)):
        yield Group(note=MOVED)


def _same_paper(one: Mapping[str, Any], left: list[Any]) -> Any:
    tests: tuple[Callable[[Mapping[str, Any]], bool], ...] = (
        lambda other: bool(other["sha256"] == one["sha256"]),
        lambda other: bool(other["name"] == one["name"]),
        lambda other: bool(other["title"] == one["title"]),
    )
    return next((other for test in tests for other in left if test(other)), None)


def _questions(values: Values, before: list[Any], after: list[Any]) -> Iterator[Group]:
    old, new = _by("id", before), _by("id", after)
    for key, one in new.items():
        if key not in old:
            lines: list[Marked] = [(Piece(COMES, text),) for text in values.question(one)]
            yield Group(lines, values.asked(one), ADDED)
        elif old[key] != one:
            marked = mark_lines(values.question(old[key]), values.question(one), whole=True)
            yield Group(marked, values.asked(one), CHANGED)
    for key, one in old.items():
        if key not in new:
            gone: list[Marked] = [(Piece(GOES, text),) for text in values.question(one)]
            yield Group(gone, values.asked(one), REMOVED)
    if [key for key in new if key in old] != [key for key in old if key in new]:
        yield Group(note=MOVED)


def as_text(one: Difference, lang: Lang) -> list[str]:
    """Return a difference as lines for readers without marks: [-goes-] and {+comes+}."""
    lines = [say(one.label, lang)]
    for row in one.rows:
        parts = [
            f"{say(label, lang)} {plain(mark_whole(*pair))}"
            for label, pair in ((msg("Weight"), row.weight), (msg("Minimum score"), row.minimum))
        ]
        lines.append(f"{row.label}: {', '.join(parts)}")
    if one.rest:
        lines.append(say(REST, lang))
    for group in one.groups:
        head = f"{group.title} ".lstrip()
        if group.note is not None:
            lines.append(f"{head}({say(group.note, lang)})" if head else say(group.note, lang))
        lines += [plain(line) for line in group.lines]
    return lines
