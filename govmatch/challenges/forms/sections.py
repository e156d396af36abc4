"""One section of a challenge as a form: what was typed as pieces, and back.

A draft may lack anything; wrong is only what cannot be kept as it was typed. What the page did not
have is no change, and so is what a form cannot carry, such as the seconds of a date.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from govmatch.challenges.forms.editor import (
    INSTANTS,
    Choices,
    in_order,
    read_codes,
    read_contact,
    read_instant,
    shown,
)
from govmatch.challenges.forms.limits import read_countries, read_criteria
from govmatch.challenges.forms.questions import Asking, read_questions
from govmatch.challenges.parts import Part, heading_in, with_texts
from govmatch.challenges.pieces import CONTACT, pieces_of
from govmatch.challenges.rules.fault_of_facts import MOST_AMOUNT
from govmatch.challenges.rules.fault_of_words import MAX_BODY, MAX_SUMMARY, MAX_TITLE
from govmatch.challenges.sections import PARTS, Section
from govmatch.challenges.statement import Statement, Words
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.models import EvidenceKind, Size
from govmatch.web.fields import Form, Reader, clean_text, filled
from govmatch.web.visit import Values

Pieces = dict[str, Any]


@dataclass(frozen=True)
class Typed:
    """What reading a section needs; `before` is what stood on the page."""

    reader: Reader
    values: Values
    before: Statement
    choices: Choices

    def has(self, name: str) -> bool:
        return name in self.values.fields


def read_section(
    section: Section, values: Values, before: Statement, choices: Choices
) -> tuple[Pieces, Form]:
    """Return the pieces of one section as typed, and the form with what cannot be kept."""
    typed = Typed(Reader(values), values, before, choices)
    pieces = _READERS.get(section, _read_words)(typed)
    return pieces, typed.reader.form


def read_translation(lang: str, values: Values, before: Statement) -> tuple[Pieces, Form]:
    """Return every text of one language as typed, and the form."""
    reader = Reader(values)
    typed = _Texts(reader, values, before)
    pieces = {
        **typed.lines("title", MAX_TITLE, [lang]),
        **typed.lines("summary", MAX_SUMMARY, [lang]),
        **typed.parts(Part, [lang]),
    }
    return pieces, reader.form


def shown_section(statement: Statement) -> Form:
    """Return the form that shows what a challenge says now, its description part by part."""
    values = dict(shown(statement).values)
    for name, value in pieces_of(statement).items():
        part, _, lang = name.partition(".")
        if part in set(Part):
            values[f"{part}-{lang}"] = value
    return filled(values)


def field_of_piece(name: str) -> str:
    """Return the field of a section's form in which a piece is typed."""
    fields = {
        "themes": "theme",
        "technologies": "technology",
        "sizes": "size",
        "questions": "q1-type",
    }
    if name.startswith("contact."):
        return name.replace(".", "_")
    return fields.get(name, name.replace(".", "-"))


@dataclass(frozen=True)
class _Texts:
    """Reads texts of languages; what is equal to what the page showed stays byte for byte."""

    reader: Reader
    values: Values
    before: Statement

    def lines(self, key: str, limit: int, langs: Iterable[str] = LANGUAGES) -> Pieces:
        found = {}
        for lang in langs:
            name = f"{key}-{lang}"
            if name in self.values.fields:
                found[f"{key}.{lang}"] = self.reader.text(name, limit=limit, required=False)
        return found

    def parts(self, parts: Iterable[Part], langs: Iterable[str] = LANGUAGES) -> Pieces:
        found: Pieces = {}
        there = pieces_of(self.before)
        for lang in langs:
            typed = {
                part: self._part(f"{part.value}-{lang}", there[f"{part.value}.{lang}"])
                for part in parts
                if f"{part.value}-{lang}" in self.values.fields
            }
            self._fits(lang, typed)
            found |= {f"{part.value}.{lang}": text for part, text in typed.items()}
        return found

    def _part(self, name: str, before: str) -> str:
        text = self.reader.text(name, limit=MAX_BODY, required=False, lines=True)
        if text == clean_text(before, lines=True):
            return before
        for line in text.split("\n"):
            part = heading_in(line)
            if part is not None:
                heading = line.strip("# ")
                message = msg(
                    "The heading “{heading}” begins another section. Write it there.",
                    heading=heading[:60],
                )
                self.reader.wrong(name, message)
        return text

    def _fits(self, lang: str, typed: Mapping[Part, str]) -> None:
        """Refuse what makes the whole description longer than it may be."""
        body = self.before.words.get(lang, Words()).body
        if len(with_texts(body, lang, typed)) > max(MAX_BODY, len(body)):
            name = f"{max(typed, key=lambda part: len(typed[part])).value}-{lang}"
            message = msg(
                "The whole description may have at most {limit} characters.", limit=MAX_BODY
            )
            self.reader.wrong(name, message)


def _read_words(typed: Typed) -> Pieces:
    every = [part for parts in PARTS.values() for part in parts]
    return _Texts(typed.reader, typed.values, typed.before).parts(every)


def _read_topic(typed: Typed) -> Pieces:
    reader, choices, before = typed.reader, typed.choices, typed.before
    texts = _Texts(reader, typed.values, before)
    return {
        **texts.lines("title", MAX_TITLE),
        **texts.lines("summary", MAX_SUMMARY),
        "main_lang": reader.choice("main_lang", LANGUAGES) or before.main_lang,
        "themes": in_order(reader.several("theme", choices.themes), before.themes),
        "technologies": in_order(
            reader.several("technology", choices.technologies), before.technologies
        ),
        "cpv": in_order(read_codes(reader, typed.values, choices.codes), before.cpv),
        "round": reader.choice("round", choices.rounds, required=False) or None,
    }


def _read_eligibility(typed: Typed) -> Pieces:
    reader, before = typed.reader, typed.before
    languages = {*LANGUAGES, *before.languages}
    kinds = [kind.value for kind in EvidenceKind]
    return {
        "countries": in_order(read_countries(reader), before.countries),
        "sizes": in_order(reader.several("size", [size.value for size in Size]), before.sizes),
        "languages": in_order(reader.several("languages", languages), before.languages),
        "requires": in_order(reader.several("requires", kinds), before.requires),
    }


def _read_form(typed: Typed) -> Pieces:
    before = typed.before
    asking = Asking(
        reader=typed.reader,
        values=typed.values,
        before=before.questions,
        taken=typed.choices.taken,
        criteria=[one.id for one in before.criteria],
        main_lang=before.main_lang,
        currency=before.currency,
        earlier=typed.choices.earlier,
    )
    return {"questions": read_questions(asking)}


def _read_criteria(typed: Typed) -> Pieces:
    found = read_criteria(typed.reader, typed.choices.criteria)
    same = set(found) == set(typed.before.criteria)
    return {"criteria": typed.before.criteria if same else found}


def _read_budget(typed: Typed) -> Pieces:
    reader, before = typed.reader, typed.before
    low, high = (
        reader.integer(f"budget_{end}", high=MOST_AMOUNT, required=False) for end in ("min", "max")
    )
    return {
        "budget_min": low,
        "budget_max": high,
        "currency": reader.choice("currency", typed.choices.currencies) or before.currency,
        "pilots_max": reader.integer("pilots_max", low=1, high=99) or before.pilots_max,
    }


def _read_timeline(typed: Typed) -> Pieces:
    reader, before = typed.reader, typed.before
    zone = reader.choice("zone", typed.choices.zones) or before.zone
    return {
        "zone": zone,
        **{name: read_instant(reader, typed.values, before, name, zone) for name in INSTANTS},
    }


def _read_contact(typed: Typed) -> Pieces:
    found = read_contact(typed.reader)
    return {f"contact.{key}": found.get(key, "") for key in CONTACT}


_READERS: Mapping[Section, Callable[[Typed], Pieces]] = {
    Section.TOPIC: _read_topic,
    Section.ELIGIBILITY: _read_eligibility,
    Section.FORM: _read_form,
    Section.CRITERIA: _read_criteria,
    Section.BUDGET: _read_budget,
    Section.TIMELINE: _read_timeline,
    Section.CONTACT: _read_contact,
}
