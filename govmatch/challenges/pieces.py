"""A statement as its smallest pieces: what one field holds, what two people's changes are told by.

Names are `title.de`, `problem.de` (a part of the description), `closes`, `contact.email`. All that
is not among the pieces (authority, programme, attachments) is not written in sections.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from govmatch.challenges.merging import Both, merged_items, merged_list, merged_text
from govmatch.challenges.parts import Part, texts, with_texts
from govmatch.challenges.rules.fault_of_questions import MOST_QUESTIONS
from govmatch.challenges.statement import Statement, Words
from govmatch.kit.i18n import LANGUAGES
from govmatch.kit.records import dataclass

Pieces = Mapping[str, Any]
CONTACT = ("name", "email", "phone")
TEXTS = frozenset({"title", "summary", *Part})
LISTS = frozenset({
    "themes",
    "technologies",
    "cpv",
    "countries",
    "sizes",
    "languages",
    "requires",
})  # fmt: skip
ITEMS = frozenset({"criteria", "questions"})
FACTS = (
    *sorted(LISTS),
    *sorted(ITEMS),
    "main_lang",
    "round",
    "zone",
    "opens",
    "questions_until",
    "closes",
    "budget_min",
    "budget_max",
    "currency",
    "pilots_max",
)
"""Pieces that are one attribute of a statement."""


def pieces_of(statement: Statement) -> dict[str, Any]:
    """Return every piece of a statement; texts of our languages are there, if empty."""
    found: dict[str, Any] = {name: getattr(statement, name) for name in FACTS}
    found |= {f"contact.{key}": statement.contact.get(key, "") for key in CONTACT}
    for lang in dict.fromkeys((*LANGUAGES, *statement.words)):
        words = statement.words.get(lang, Words())
        there = texts(words.body)
        found[f"title.{lang}"], found[f"summary.{lang}"] = words.title, words.summary
        found |= {f"{part.value}.{lang}": there.get(part, "") for part in Part}
    return found


def with_pieces(statement: Statement, pieces: Pieces) -> Statement:
    """Return a statement in which these pieces are other ones; what is equal stays as it is."""
    before = pieces_of(statement)
    changed = {name: value for name, value in pieces.items() if before.get(name) != value}
    contact = {
        **statement.contact,
        **{name.partition(".")[2]: changed[name] for name in changed if name[:8] == "contact."},
    }
    return replace(
        statement,
        **{name: changed[name] for name in changed if name in FACTS},
        words={**statement.words, **_words(statement, changed)},
        contact={key: text for key, text in contact.items() if text},
    )


def _words(statement: Statement, changed: Pieces) -> dict[str, Words]:
    found: dict[str, Words] = {}
    for lang in dict.fromkeys(name.partition(".")[2] for name in changed if is_text(name)):
        words = statement.words.get(lang, Words())
        parts = {
            part: changed[name] for part in Part if (name := f"{part.value}.{lang}") in changed
        }
        found[lang] = Words(
            title=changed.get(f"title.{lang}", words.title),
            summary=changed.get(f"summary.{lang}", words.summary),
            body=with_texts(words.body, lang, parts) if parts else words.body,
        )
    return found


def is_text(name: str) -> bool:
    """True for the pieces that are texts of one language."""
    first, dot, _ = name.partition(".")
    return bool(dot) and first in TEXTS


@dataclass(frozen=True, slots=True)
class Clash:
    """A piece that both changed, each otherwise; `lines` has the places within a text."""

    name: str
    theirs: Any
    mine: Any
    lines: tuple[Both, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it; where two clash it holds mine.

    `took_over` is true where something is not what was typed, so that its writer is to be told.
    """

    pieces: dict[str, Any]
    clashes: tuple[Clash, ...]
    took_over: bool


def merged(base: Pieces | None, theirs: Pieces, mine: Pieces) -> Merged:
    """Return what two people made of the pieces in `mine`, of which both knew `base`.

    Without a `base` (nobody knows any more what was on the page) everything that differs clashes.
    """
    found: dict[str, Any] = {}
    clashes: list[Clash] = []
    for name, typed in mine.items():
        saved = theirs[name]
        if typed == saved or (base is not None and typed == base[name]):
            found[name] = saved
        elif base is not None and saved == base[name]:
            found[name] = typed
        else:
            found[name], clash = _both(name, None if base is None else base[name], saved, typed)
            clashes += [clash] if clash else []
    took_over = any(found[name] != typed for name, typed in mine.items())
    return Merged(found, tuple(clashes), took_over)


def _both(name: str, base: Any, theirs: Any, mine: Any) -> tuple[Any, Clash | None]:
    """Return what came of a piece that both changed, and the clash where there is one."""
    if base is not None and is_text(name):
        text = merged_text(base, theirs, mine)
        return text.text, Clash(name, theirs, mine, text.both) if text.both else None
    if base is not None and name in LISTS:
        return merged_list(base, theirs, mine), None
    if base is not None and name in ITEMS:
        items = merged_items(base, theirs, mine, _id_of)
        if items is not None and (name != "questions" or len(items) <= MOST_QUESTIONS):
            return items, None
    return mine, Clash(name, theirs, mine)


def _id_of(item: Any) -> str:
    return str(item["id"] if isinstance(item, Mapping) else item.id)


def changed_names(before: Statement, after: Statement) -> list[str]:
    """Return the names of the pieces in which two statements differ, others of the facts too."""
    one, other = pieces_of(before), pieces_of(after)
    named = [name for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name)]
    for lang in sorted({*before.words, *after.words}):
        old, new = before.words.get(lang, Words()), after.words.get(lang, Words())
        if old.body != new.body and not any(name.endswith(f".{lang}") for name in named):
            named.append(f"body.{lang}")
    rest = {field.name for field in fields(Statement)} - {*FACTS, "words", "contact"}
    return named + sorted(name for name in rest if getattr(before, name) != getattr(after, name))
