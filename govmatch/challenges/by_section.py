"""A challenge section by section, as its approvers read it: what it says, and what has changed.

The texts of the main language stand in their own sections, those of the others are translations.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from govmatch.challenges.changes import facts_of
from govmatch.challenges.differences import Difference, difference
from govmatch.challenges.labels import FIELDS
from govmatch.challenges.parts import Part, texts
from govmatch.challenges.sections import LABELS, PART_LABELS, Section, section_of
from govmatch.challenges.statement import Statement, Words
from govmatch.challenges.values import Naming, Values
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a section says: a text in Markdown, or lines of facts.

    `label` is None where the section's own name says it; `lang` is set for texts.
    """

    label: Message | None
    lang: str | None
    text: str
    lines: list[str]
    is_markdown: bool


@dataclass(frozen=True, slots=True)
class _Thing:
    section: Section
    label: Message | None
    lang: str | None
    field: str


_Things = Mapping[tuple[str, str | None], tuple[_Thing, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a reader is shown what a challenge says; times stand in its zone."""

    lang: Lang
    naming: Naming

    def said(self, statement: Statement) -> dict[Section, list[Said]]:
        """Return what each section says; a section about which nothing is said is empty."""
        found: dict[Section, list[Said]] = {section: [] for section in Section}
        for thing, value in self._things(statement).values():
            if value in (None, "", [], {}):
                continue
            is_text = thing.lang is not None
            found[thing.section].append(
                Said(
                    thing.label,
                    thing.lang,
                    value if is_text else "",
                    [] if is_text else self._lines(thing, value, statement.zone),
                    is_text and thing.field not in {"title", "summary"},
                )
            )
        return found

    def changed(self, before: Statement, after: Statement) -> dict[Section, list[Difference]]:
        """Return what each section says otherwise; sections without a change are left out."""
        old, new = self._things(before), self._things(after)
        found: dict[Section, list[Difference]] = {}
        for key in (*new, *(key for key in old if key not in new)):
            # Only texts can be missing on one side: a language, or a part of the main one.
            thing, value = new.get(key) or (old[key][0], "")
            was = old[key][1] if key in old else ""
            if was != value:
                one = self._difference(thing, was, value, after.zone)
                found.setdefault(thing.section, []).append(one)
        return {section: found[section] for section in Section if section in found}

    def _difference(self, thing: _Thing, before: Any, after: Any, zone: str) -> Difference:
        is_part = thing.field not in FIELDS
        change = {
            "field": "body" if is_part else thing.field,
            "lang": thing.lang,
            "before": before,
            "after": after,
        }
        found = difference(change, lang=self.lang, zone=zone, naming=self.naming)
        return replace(found, label=thing.label or LABELS[thing.section])

    def _lines(self, thing: _Thing, value: Any, zone: str) -> list[str]:
        return Values(thing.field, self.lang, zone, self.naming).lines(value)

    def _things(self, statement: Statement) -> _Things:
        """Return everything that a statement says by (field or part, language), in our order."""
        main = statement.main_lang
        found = {(one.field, one.lang): (one, value) for one, value in _of_main(statement)}
        for field, value in facts_of(statement).items():
            thing = _Thing(section_of(field), FIELDS[field], None, field)
            found[(field, None)] = (thing, value)
        for lang in sorted(set(statement.words) - {main}):
            words = statement.words[lang]
            for field in ("title", "summary", "body"):
                label = msg(
                    "{field} in {language}",
                    field=FIELDS[field],
                    language=language_in_words(lang, self.lang),
                )
                thing = _Thing(Section.TRANSLATIONS, label, lang, field)
                found[(field, lang)] = (thing, getattr(words, field))
        return found


def _of_main(statement: Statement) -> Iterator[tuple[_Thing, str]]:
    """Yield the texts of the main language, each in its section; a part has its section's name."""
    lang = statement.main_lang
    words = statement.words.get(lang, Words())
    for field in ("title", "summary"):
        yield _Thing(Section.TOPIC, FIELDS[field], lang, field), getattr(words, field)
    there = texts(words.body)
    for part in Part:
        section, label = section_of(part.value), PART_LABELS[part]
        own = None if label == LABELS[section] else label
        yield _Thing(section, own, lang, part.value), there.get(part, "")
