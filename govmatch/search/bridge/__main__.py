"""Make the lexicon anew: `python -m govmatch.search.bridge`, after the glossary has changed much.

Takes half a minute and writes content/reference/lexicon.tsv, the same file for the same input.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from govmatch.search.analysis import LANGUAGES
from govmatch.search.bridge.learning import learn
from govmatch.search.bridge.rows import GLOSSARY, LEXICON, Learned, read_glossary
from govmatch.settings import shipped

LABELS = Path("reference") / "cpv.tsv"

NOTE = (
    "# Stems that mean the same in German, Danish and English, and how sure that is. Learned by "
    "govmatch.search.bridge from the labels in cpv.tsv (Common Procurement Vocabulary 2008, "
    "© European Union; reuse authorised with the source acknowledged, Commission Decision "
    "2011/833/EU) and from the words in content/glossary (own work, EUPL-1.2). Not written by "
    "hand: change the glossary instead."
)


def labels(content: Path) -> Iterator[tuple[str, ...]]:
    """Yield the label of each code in the languages of the bridge."""
    lines = (content / LABELS).read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")]
    columns = [table[0].index(language) for language in LANGUAGES]
    yield from (tuple(row[column] for column in columns) for row in table[1:])


def write(rows: Sequence[Learned], path: Path) -> None:
    """Write a lexicon that `rows.read_lexicon` reads."""
    lines = [NOTE, "\t".join(("weight", *LANGUAGES))]
    lines += ["\t".join((f"{row.weight:.3f}", *row.stems)) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Learn from what the content folder holds, and write the lexicon there."""
    content = shipped("content")
    write(learn(labels(content), read_glossary(content / GLOSSARY).rows), content / LEXICON)


if __name__ == "__main__":
    main()
