"""Whoosh's lists of words that say nothing, and its stemmers; each loaded when first asked for.

The stemmers take 9 MB, the lists nothing to speak of.
"""

from collections.abc import Callable


def stop_words(language: str) -> frozenset[str]:
    """Return the words that say nothing in a language."""
    from whoosh.lang import stopwords_for_language  # noqa: PLC0415

    return frozenset(stopwords_for_language(language))


def stemmer(language: str) -> Callable[[str], str]:
    """Return the Snowball stemmer of a language."""
    from whoosh.lang import stemmer_for_language  # noqa: PLC0415

    stem: Callable[[str], str] = stemmer_for_language(language)
    return stem
