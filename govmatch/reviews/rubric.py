"""What a challenge is judged by: what reviewers score, what is computed, what counts."""

from collections.abc import Sequence

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import criteria
from govmatch.reviews import scoring
from govmatch.reviews.scoring import Weighed


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria of a challenge, as it was published.

    `weighed` are those that count, in the challenge's order; `independent` those that are judged
    beside them; `computed` the ids of those whose points nobody gives.
    """

    weighed: Sequence[Weighed]
    independent: Sequence[Weighed]
    computed: frozenset[str]

    @property
    def scored(self) -> list[Weighed]:
        """Return what counts and is scored by hand: what a review's own mean is made of."""
        return [one for one in self.weighed if one.id not in self.computed]

    @property
    def by_hand(self) -> list[Weighed]:
        """Return everything that a reviewer gives points to."""
        return [*self.scored, *self.independent]


def rubric_of(challenge: Challenge) -> Rubric:
    """Return the rubric; what has no weight and is not independent is no criterion."""
    asked = {str(one["id"]) for one in challenge.criteria}
    known = criteria(terms_of(challenge)) if asked else []
    return Rubric(
        weighed=scoring.weighed(challenge.criteria),
        independent=[
            Weighed(one["id"], 0, None) for one in challenge.criteria if one.get("independent")
        ],
        computed=frozenset(one.id for one in known if one.is_computed and one.id in asked),
    )
