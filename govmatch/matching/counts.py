"""How many profiles have each term, in twelve bytes a term."""

from collections.abc import Mapping, Sequence

import numpy as np

from govmatch.kit.records import dataclass
from govmatch.matching.lexicon import Lexicon, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """A number for each term of a lexicon; asked like a mapping, but its terms cannot be listed."""

    lexicon: Lexicon
    numbers: Numbers

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> "Counts":
        """Return the same numbers in less room."""
        lexicon = Lexicon.of(counted)
        numbers = np.zeros(len(lexicon), np.int32)
        numbers[lexicon.numbers(list(counted))] = list(counted.values())
        return cls(lexicon, numbers)

    def get(self, term: str, default: int, /) -> int:
        """Return how many have the term."""
        place = self.lexicon.number(term)
        return int(self.numbers[place]) if place >= 0 else default

    def of_all(self, terms: Sequence[str]) -> list[int]:
        """Return how many have each of these terms."""
        if not len(self.numbers):
            return [0] * len(terms)
        places = self.lexicon.numbers(terms)
        found: list[int] = np.where(places >= 0, self.numbers[places], 0).tolist()
        return found
