"""What reviewers say that they know and read, so that proposals can say why."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.reviews import actions as reviews
from govmatch.reviews.actions import Known

MORNING = 8


def steps(stage: Stage, told: Told) -> Iterator[Step]:
    """Let everybody whom the file names say what they know, once they sit on a jury."""
    for number, one in enumerate(told.get("expertise", ())):
        yield Step(stage.at(one["on"], MORNING, number), partial(_name, stage, one))


def _name(stage: Stage, told: Told, now: datetime) -> None:
    known = Known(
        themes=tuple(told["themes"]),
        technologies=tuple(told["technologies"]),
        cpv=tuple(told["cpv"]),
        languages=tuple(told["languages"]),
        most=told["most"],
    )
    actor = stage.actor(told["person"])
    reviews.name_expertise(stage.session, known, revision=0, actor=actor, now=now)
