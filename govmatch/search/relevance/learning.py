"""Makes trigrams.tsv, by which languages are told apart, from the labels of the CPV.

python -m govmatch.search.relevance.learning cpv2008.tsv > govmatch/search/relevance/trigrams.tsv

cpv2008.tsv is the Common Procurement Vocabulary of 2008 (Regulation (EC) No 213/2008, reference
data of the EU, free to reuse) with the columns code, en, de and da.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

from govmatch.search.analysis import LANGUAGES, groups, plain, split
from govmatch.search.relevance.languages import trigrams
from govmatch.search.whoosh_words import stop_words

KEPT = 1_500
_STOP_WORD = 20
"""Labels have few of the words that hold a sentence together: each counts this often."""


def learn(labels: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the lines of the table: the letters and a vote for each language, in hundredths."""
    counts = {language: _counted(language, labels[language]) for language in LANGUAGES}
    totals = {language: sum(counted.values()) for language, counted in counts.items()}
    seen = sorted(set().union(*counts.values()))
    rows = {
        three: _votes([counts[one][three] / totals[one] for one in LANGUAGES]) for three in seen
    }
    often = {
        three: max(counts[one][three] / totals[one] for one in LANGUAGES) * max(rows[three])
        for three in seen
    }
    kept = sorted(sorted(seen, key=lambda three: (-often[three], three))[:KEPT])
    return ["\t".join([three, *(str(round(100 * vote)) for vote in rows[three])]) for three in kept]


def _votes(chances: Sequence[float]) -> list[float]:
    """Return the logarithm of each chance, over their mean."""
    smooth = [chance + 2e-5 for chance in chances]
    mean = sum(log(chance) for chance in smooth) / len(smooth)
    return [log(chance) - mean for chance in smooth]


def _counted(language: str, labels: Sequence[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for label in labels:
        for group in groups(label):
            for part in split(group):
                if (word := plain(part)).isalpha():
                    counted.update(trigrams(word))
    for word in stop_words(language):
        counted.update(dict.fromkeys(trigrams(plain(word)), _STOP_WORD))
    return counted


def main(path: Path) -> None:
    """Print the table."""
    names, *rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    labels = {language: [row[names.index(language)] for row in rows] for language in LANGUAGES}
    heading = f"# made by govmatch.search.relevance.learning from {path.name}: {LANGUAGES}"
    sys.stdout.write("\n".join([heading, *learn(labels)]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
