"""Make the words anew that compounds are split by from the start: `python -m ...relevance`.

Takes two seconds and writes content/reference/compounds.jsonl, the same file for the same input:
the words of the labels in cpv.tsv (Common Procurement Vocabulary 2008, © European Union; reuse
authorised with the source acknowledged, Commission Decision 2011/833/EU) and of the glossary (own
work, EUPL-1.2), with how many labels use them. What a site's own texts use is added to it.
"""

from collections import Counter
from pathlib import Path

from govmatch.search.analysis import LANGUAGES, groups, plain, split
from govmatch.search.bridge.__main__ import labels
from govmatch.search.bridge.rows import GLOSSARY, read_glossary
from govmatch.search.relevance.compounds import COMPOUNDING, SHIPPED, learn
from govmatch.settings import shipped

_WRITTEN_BY_PEOPLE = 2
"""How often a word of the glossary counts: as often as one must, to be a word."""


def words(text: str) -> set[str]:
    """Return the plain words of a label."""
    return {plain(part) for group in groups(text) for part in split(group)}


def main(content: Path) -> None:
    """Write the file into the content folder."""
    used: dict[str, Counter[str]] = {language: Counter() for language in sorted(COMPOUNDING)}
    for row in labels(content):
        for language, label in zip(LANGUAGES, row, strict=True):
            if language in used:
                used[language].update(words(label))
    for known in read_glossary(content / GLOSSARY).rows:
        for language, phrases in zip(LANGUAGES, known.words, strict=True):
            for word in {one for phrase in phrases for one in words(phrase)}:
                if language in used:
                    used[language][word] += _WRITTEN_BY_PEOPLE
    lines = [learn(counts.items(), language).dumps() for language, counts in used.items()]
    (content / SHIPPED).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(shipped("content"))
