"""What a challenge is judged by."""

from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import pick
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import criteria
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Criterion:
    label: str
    help: str
    weight: int
    minimum: int | None
    is_independent: bool
    """Judged and told beside the others; it does not count."""
    formula: str
    """How it is computed where nobody gives points by hand; empty for the others."""
    anchors: list[tuple[int, str]]


def shown_criteria(visit: Visit, challenge: Challenge) -> list[Criterion]:
    """Return what the challenge is judged by, under the terms it was published under."""
    known = {one.id: one for one in criteria(queries.terms_of(challenge))}
    return [
        Criterion(
            label=pick(known[one["id"]].label, visit.lang)[0],
            help=pick(known[one["id"]].help, visit.lang)[0],
            weight=one["weight"],
            minimum=one.get("minimum"),
            is_independent=bool(one.get("independent")),
            formula=pick(known[one["id"]].formula, visit.lang)[0],
            anchors=[
                (points, pick(words, visit.lang)[0])
                for points, words in known[one["id"]].anchors.items()
            ],
        )
        for one in challenge.criteria
        if one["id"] in known
    ]
