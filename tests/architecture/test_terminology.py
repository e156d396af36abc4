"""Only the glossary's terms are used: a word that it rules out is found with its file and line."""

import re
from collections.abc import Iterable, Iterator

import pytest

from govmatch.kit.i18n import LANGUAGES
from tests.architecture.said import Said, in_yaml, said
from tests.architecture.test_glossary import Word, of, says

# Where a word that is ruled out means something else: the words around it, and what they mean.
ALLOWED: dict[tuple[str, str], dict[str, str]] = {}


def ruled_out(texts: Iterable[Said], lang: str, words: Iterable[Word]) -> Iterator[str]:
    """Yield every use of a word that the glossary rules out: where, the word, what to say."""
    instead = {never: row.word for row in words for never in row.never}
    for one in texts:
        for word, better in instead.items():
            if not says(one.text, word):
                continue
            for number, line in enumerate(_without_allowed(one.text, lang, word).split("\n")):
                if says(line, word):
                    yield f"{one.file}:{one.line + number}: {word}, say: {better}"


def _without_allowed(text: str, lang: str, word: str) -> str:
    for pattern in ALLOWED.get((lang, word), ()):
        text = re.sub(pattern, lambda found: "\n" * found[0].count("\n"), text)
    return text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_only_the_words_of_the_glossary_are_used(lang: str) -> None:
    assert len(said(lang)) > 2000
    assert list(ruled_out(said(lang), lang, of(lang))) == []


def test_every_exception_is_needed() -> None:
    """An exception for a text that is gone would let the word in somewhere else."""
    needed = {
        (lang, word, pattern)
        for (lang, word), patterns in ALLOWED.items()
        for pattern in patterns
        if any(re.search(pattern, one.text) and says(one.text, word) for one in said(lang))
    }
    assert needed == {(*key, pattern) for key, patterns in ALLOWED.items() for pattern in patterns}


def test_a_word_that_is_ruled_out_is_found_with_its_file_and_line() -> None:
    rows = [Word("firm", "Unternehmen", ("Firma", "Company"))]
    texts = [Said("a.md", 7, "Ein Unternehmen\nund zwei\nCompanys."), Said("b.po", 3, "Firmament")]
    assert list(ruled_out(texts, "de", rows)) == ["a.md:9: Company, say: Unternehmen"]


def test_only_what_stands_below_a_language_is_read_from_a_data_file() -> None:
    text = (
        "slug: firma\nnames:\n  de: Eins {n}\n  da: To\nsteps:\n- name: {de: Drei}\n  id: Company\n"
    )
    assert list(in_yaml("x.yaml", text, "de")) == [
        Said("x.yaml", 3, "Eins  "),
        Said("x.yaml", 6, "Drei"),
    ]
