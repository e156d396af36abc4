"""What is wrong with criteria and weights."""

from collections.abc import Iterator

from govmatch.challenges.known import ProgrammeFacts
from govmatch.challenges.rules.fault import Fault, missing
from govmatch.challenges.statement import Statement, Weight
from govmatch.kit.i18n import msg


def criteria_faults(statement: Statement, programme: ProgrammeFacts | None) -> Iterator[Fault]:
    """Yield what is wrong: only criteria of the programme, each once, 100 points in all."""
    if not statement.criteria:
        yield missing(("criteria",))
        return
    ids = [one.id for one in statement.criteria]
    for place, one in enumerate(statement.criteria):
        if one.id in ids[:place]:
            yield Fault(
                ("criteria", place, "id"),
                msg("The id {id} stands here a second time.", id=one.id),
                msg("Give each its own id."),
            )
        elif programme is not None and one.id not in programme.criteria:
            yield Fault(
                ("criteria", place, "id"),
                msg("The programme has no criterion {id}.", id=one.id[:60]),
                msg("Write one of: {options}.", options=", ".join(sorted(programme.criteria))),
            )
        yield from _independent(one, place) if one.independent else _numbers(one, place)
    if (total := sum(one.weight for one in statement.criteria)) != 100:
        yield Fault(
            ("criteria",),
            msg("The weights add up to {sum}.", sum=total),
            msg("Make them add up to 100."),
        )


def _independent(one: Weight, place: int) -> Iterator[Fault]:
    if one.weight or one.minimum is not None:
        yield Fault(
            ("criteria", place, "independent"),
            msg("What does not count has neither weight nor minimum score."),
            msg("Leave them out, or let the criterion count."),
        )


def _numbers(one: Weight, place: int) -> Iterator[Fault]:
    for key, value, high in (("weight", one.weight, 100), ("minimum", one.minimum, 5)):
        if value is not None and not 1 <= value <= high:
            yield Fault(
                ("criteria", place, key),
                msg("{value} is not possible here.", value=value),
                msg("Give a whole number from {low} to {high}.", low=1, high=high),
            )
