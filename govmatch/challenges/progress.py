"""How far each section of a draft is: what the task list says."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from govmatch.challenges.labels import ASKED, FIELDS
from govmatch.challenges.parts import Part
from govmatch.challenges.pieces import pieces_of
from govmatch.challenges.rules.fault import Fault, missing
from govmatch.challenges.sections import PART_LABELS, PARTS, Section, section_of
from govmatch.challenges.statement import Statement
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words


class State(StrEnum):
    NOT_STARTED = "not_started"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Standing:
    """How far one section is; `lacks` names what keeps it from being complete."""

    state: State
    lacks: tuple[Message, ...] = ()
    note: Message | None = None
    """What is worth knowing all the same."""


_HAS: Mapping[Section, tuple[str, ...]] = {
    Section.TIMELINE: ("opens", "questions_until", "closes"),
    Section.ELIGIBILITY: ("countries", "sizes", "languages", "requires"),
    Section.CRITERIA: ("criteria",),
    Section.BUDGET: ("budget_min", "budget_max"),
    Section.CONTACT: ("contact.name", "contact.email", "contact.phone"),
}
"""The pieces of which one must be there for a section to be begun."""


@dataclass(frozen=True)
class _Draft:
    """A statement with what is wrong with it, seen by a reader."""

    statement: Statement
    faults: Sequence[Fault]
    reader: Lang
    outdated: Collection[str]
    pieces: Mapping[str, object]

    def found(self, section: Section) -> list[tuple[Fault, Message]]:
        """Return what the rules find wrong in a section, each field once, in words."""
        first: dict[str, Fault] = {}
        for fault in self.faults:
            if section_of(fault.name) is section:
                first.setdefault(fault.field, fault)
        return [(fault, self._words(fault)) for fault in first.values()]

    def lacks(self, section: Section) -> tuple[Message, ...]:
        return tuple(words for _, words in self.found(section))

    def _words(self, fault: Fault) -> Message:
        label = FIELDS.get(fault.name) or ASKED.get(fault.name, msg("Other"))
        if fault.lang:
            label = self.in_language(label, fault.lang)
        empty = {"theme": self.statement.themes, "cpv": self.statement.cpv}
        if fault == missing(fault.path, fault.lang) or empty.get(fault.name) == ():
            return label
        return msg("{field}: {fault}", field=label, fault=fault.message)

    def in_language(self, label: Message, lang: str) -> Message:
        language = language_in_words(lang, self.reader)
        return msg("{field} in {language}", field=label, language=language)


def progress(
    statement: Statement,
    faults: Sequence[Fault],
    *,
    reader: Lang,
    outdated: Collection[str] = (),
) -> dict[Section, Standing]:
    """Return how far each section is; `outdated` are texts that the original has left behind."""
    draft = _Draft(statement, faults, reader, outdated, pieces_of(statement))
    return {section: _standing(draft, section) for section in Section}


def _standing(draft: _Draft, section: Section) -> Standing:
    if section in PARTS:
        return _written(draft, section)
    if section is Section.TRANSLATIONS:
        return _translated(draft)
    lacks = draft.lacks(section)
    if not lacks:
        none = section is Section.FORM and not draft.statement.questions
        note = msg("No questions of its own: the form of the programme is enough") if none else None
        return Standing(State.COMPLETE, note=note)
    names = _HAS.get(section)
    begun = names is None or any(draft.pieces[name] for name in names)
    return Standing(State.INCOMPLETE if begun else State.NOT_STARTED, lacks)


def _written(draft: _Draft, section: Section) -> Standing:
    """A section of texts is complete where each language that is written has them."""
    parts = [part for part in PARTS[section] if part is not Part.INTRODUCTION]
    pairs = [(part, lang) for part in parts for lang in _written_langs(draft)]
    gaps = [(part, lang) for part, lang in pairs if not draft.pieces[f"{part.value}.{lang}"]]
    if len(gaps) == len(pairs):
        lacks = draft.lacks(section)
        return Standing(State.NOT_STARTED, lacks, None if lacks else msg("Recommended"))
    wrong = [draft.in_language(PART_LABELS[part], lang) for part, lang in gaps]
    wrong += [
        words for fault, words in draft.found(section) if fault != missing(fault.path, fault.lang)
    ]
    return Standing(State.INCOMPLETE if wrong else State.COMPLETE, tuple(wrong))


def _written_langs(draft: _Draft) -> list[str]:
    """Return the main language, and each other in which there is a word."""
    words = draft.statement.words
    begun = [lang for lang, one in words.items() if not one.is_empty]
    return list(dict.fromkeys((draft.statement.main_lang, *sorted(begun))))


def _translated(draft: _Draft) -> Standing:
    main = draft.statement.main_lang
    others = [lang for lang in _written_langs(draft) if lang != main]
    if not others:
        only = language_in_words(main, draft.reader)
        return Standing(State.NOT_STARTED, note=msg("Only in {language}", language=only))
    lacks = []
    for lang in others:
        gaps = len(gaps_in(draft.pieces, main, lang))
        old = sum(1 for name in draft.outdated if name.endswith(f".{lang}"))
        language = language_in_words(lang, draft.reader)
        if gaps:
            lacks.append(
                msgn("{language}: {n} text", "{language}: {n} texts", n=gaps, language=language)
            )
        if old:
            lacks.append(
                msgn(
                    "{language}: {n} text changed since",
                    "{language}: {n} texts changed since",
                    n=old,
                    language=language,
                )
            )
    return Standing(State.INCOMPLETE if lacks else State.COMPLETE, tuple(lacks))


def gaps_in(pieces: Mapping[str, object], main: str, lang: str) -> list[str]:
    """Return the texts that the main language has and another has not."""
    return [
        name
        for name in (f"{key}.{lang}" for key in ("title", "summary", *Part))
        if not pieces.get(name) and pieces.get(f"{name.partition('.')[0]}.{main}")
    ]
