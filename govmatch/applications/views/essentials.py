"""What is asked before any effort: does the firm meet what its profile does not show?

Nothing of it is kept. Who says no is told what follows and may begin all the same, since the
profile, or the answer, may be what is wrong; people judge it in the formal check.
"""

from collections.abc import Mapping, Sequence

from govmatch.applications.eligibility import Gate, Met
from govmatch.applications.showing import conditions
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.visit import Values, Visit, WritingVisit

ANYWAY = "anyway"
NO = "no"
ANSWERS: Sequence[tuple[str, Message]] = (
    ("yes", msg("Yes")),
    ("later", msg("Not yet, but in time")),
    (NO, msg("No")),
)
_MISSED = msg(
    "Who does not meet this will hardly be admitted after the deadline. "
    "Ask the authority if you are not sure."
)


@dataclass(frozen=True)
class Essential:
    """One requirement that the profile does not settle: its field, and what is required."""

    name: str
    label: Message
    wanted: str | Message


def essentials(met: Sequence[Gate], lang: Lang) -> list[Essential]:
    """Return what is to be asked; what the profile meets, or rules out by itself, is not."""
    unsettled = [gate for gate in met if _is_unsettled(gate)]
    return [
        Essential(f"has-{gate.kind}", shown.label, shown.wanted)
        for gate, shown in zip(unsettled, conditions(unsettled, lang), strict=True)
    ]


def _is_unsettled(gate: Gate) -> bool:
    return gate.met is not Met.YES and not gate.blocks and gate.kind != "language"


def answers_of(visit: Visit, asked: Sequence[Essential]) -> dict[str, str]:
    """Return what was chosen; nothing where the page is only opened."""
    form = visit.form if isinstance(visit, WritingVisit) else Values()
    chosen = {one.name: form.one(one.name) for one in asked}
    if form.one(ANYWAY):
        chosen[ANYWAY] = form.one(ANYWAY)
    return chosen


def missed(visit: WritingVisit, asked: Sequence[Essential]) -> Mapping[str, Message]:
    """Return by field what the sender says the firm does not meet, unless they begin anyway."""
    if visit.form.one(ANYWAY):
        return {}
    return {one.name: _MISSED for one in asked if visit.form.one(one.name) == NO}
