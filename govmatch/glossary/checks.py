"""What an entry's words must be, so that they help whoever searches and blur nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from govmatch.glossary.entries import Entry, Word, WordKind
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.search.analysis import LANGUAGES as SEARCHED
from govmatch.search.analysis import groups, is_stop, split

MOST_OF_A_LANGUAGE = 12
MOST_CHARACTERS = 60
MOST_PARTS = 6
"""Words of a phrase."""
SHORTEST: Mapping[WordKind, int] = {WordKind.WORD: 3, WordKind.ABBREVIATION: 2}
FIELDS: Mapping[tuple[Lang, WordKind], str] = {
    (lang, kind): f"{kind.value}_{lang}" for lang in LANGUAGES for kind in WordKind
}
"""The field of the form that words of a language and kind stand in."""


@dataclass(frozen=True)
class Faults:
    """What is wrong with the words, by field; and the other entries that have one of them.

    `shared` is wrong only as long as nobody has said that the words mean something else here.
    """

    errors: dict[str, Message] = field(default_factory=dict)
    shared: tuple[tuple[Word, Entry], ...] = ()


def faults(words: Sequence[Word], entry: Entry | None, known: Iterable[Entry]) -> Faults:
    """Return what is wrong with the words that are to be an entry's own, among all the entries.

    `entry` is None for a new one. Words that its file has already are no fault, but not enough.
    """
    errors: dict[str, Message] = {}
    for word in words:
        wrong = _fault(word)
        if wrong:
            errors.setdefault(FIELDS[word.lang, word.kind], wrong)
    for name, number in _counted(words).items():
        if number > MOST_OF_A_LANGUAGE:
            errors.setdefault(name, msg("Please give at most {n} words.", n=MOST_OF_A_LANGUAGE))
    if not errors:
        errors |= _too_few(words, entry)
    before = {word.key for word in entry.words} if entry else set()
    new = [word for word in words if word.key not in before]
    others = (one for one in known if entry is None or one.key != entry.key)
    return Faults(errors, tuple(_shared(new, others)))


def _fault(word: Word) -> Message | None:
    parts = [part for group in groups(word.text) for part in split(group)]
    if len(word.text) > MOST_CHARACTERS or len(parts) > MOST_PARTS:
        return msg(
            "“{word}” is too long: at most {n} words and {characters} characters.",
            word=word.text[:MOST_CHARACTERS],
            n=MOST_PARTS,
            characters=MOST_CHARACTERS,
        )
    if sum(map(len, parts)) < SHORTEST[word.kind] or not any(map(str.isalpha, "".join(parts))):
        return msg(
            "“{word}” is too short: a word has at least {n} letters, an abbreviation {few}.",
            word=word.text,
            n=SHORTEST[WordKind.WORD],
            few=SHORTEST[WordKind.ABBREVIATION],
        )
    if not word.text[0].isalnum():
        return msg("“{word}” does not begin with a letter or a digit.", word=word.text)
    if any(all(is_stop(part, lang) for part in parts) for lang in SEARCHED):
        return msg("“{word}” stands in every text, so it would find everything.", word=word.text)
    return None


def _counted(words: Iterable[Word]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for word in words:
        name = FIELDS[word.lang, word.kind]
        counted[name] = counted.get(name, 0) + 1
    return counted


def _too_few(words: Sequence[Word], entry: Entry | None) -> dict[str, Message]:
    """Return the fault of an entry that would change nothing."""
    first = FIELDS[LANGUAGES[0], WordKind.WORD]
    if entry is not None and entry.path:
        there = {word.key for word in entry.shipped}
        if words and all(word.key in there for word in words):
            return {first: msg("The file has these words already.")}
        return {}
    if len({word.key[1] for word in words}) < 2:
        return {first: msg("Please give at least two words that mean the same.")}
    return {}


def _shared(words: Sequence[Word], others: Iterable[Entry]) -> Iterable[tuple[Word, Entry]]:
    wanted = {word.key: word for word in words}
    for entry in others:
        if entry.is_on:
            for word in entry.words:
                if word.key in wanted:
                    yield wanted[word.key], entry
                    break
