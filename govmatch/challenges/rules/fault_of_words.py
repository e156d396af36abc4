"""What is wrong with the texts of a challenge."""

from collections.abc import Collection, Iterator

from govmatch.challenges.parts import Part, texts
from govmatch.challenges.rules.fault import Fault, missing
from govmatch.challenges.statement import Statement, Words
from govmatch.kit.i18n import msg

MAX_TITLE = 90
MAX_SUMMARY = 280
MAX_BODY = 40_000


def word_faults(statement: Statement) -> Iterator[Fault]:
    """Yield what is wrong: the main language must be whole, and so must each that was begun."""
    langs = dict.fromkeys((statement.main_lang, *statement.words))
    for lang in langs:
        words = statement.words.get(lang, Words())
        if lang == statement.main_lang or not words.is_empty:
            yield from _language(words, lang)


def part_faults(statement: Statement, required: Collection[str]) -> Iterator[Fault]:
    """Yield which parts of the description, such as `users`, the main language does not have."""
    words = statement.words.get(statement.main_lang, Words())
    there = texts(words.body)
    for name in required:
        if not there.get(Part(name), "").strip():
            yield missing((name,), statement.main_lang)


def _language(words: Words, lang: str) -> Iterator[Fault]:
    parts = (
        ("title", words.title, MAX_TITLE),
        ("summary", words.summary, MAX_SUMMARY),
        ("body", words.body, MAX_BODY),
    )
    for key, text, limit in parts:
        if not text.strip():
            yield missing((key,), lang)
        elif len(text) > limit:
            yield Fault(
                (key,),
                msg("The text has {n} characters.", n=len(text)),
                msg("Shorten it to at most {limit} characters.", limit=limit),
                lang,
            )
