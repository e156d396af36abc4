"""What is followed, line by line, and what a form does to one of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.following import actions
from govmatch.following.asking import CHOICES, choices_of
from govmatch.following.models import Follow, HowOften
from govmatch.following.naming import called
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.visit import Visit, WritingVisit

__all__ = ["CHOICES", "Line", "act_on", "line", "unkept"]


@dataclass(frozen=True)
class Line:
    public_id: str
    said: Message
    url: str
    at: datetime
    how: str
    choices: list[tuple[str, Message]]
    form: Form


def line(one: Follow, visit: Visit) -> Line:
    return Line(
        public_id=one.public_id,
        said=called(one, visit.lang),
        url=visit.url(one.path),
        at=one.created_at,
        how=one.how,
        choices=choices_of(one.kind),
        form=filled({"how": one.how}),
    )


def act_on(visit: WritingVisit, own: Sequence[Follow], *, zone: str) -> None:
    """Do to one of somebody's follows, or to all, what the form says; `NotFound` for another's."""
    wanted = visit.form.one("act")
    chosen = [one for one in own if one.public_id == visit.form.one("follow")]
    if wanted == "end-all":
        chosen = list(own)
    if not chosen:
        raise NotFound
    if wanted in {"end", "end-all"}:
        actions.end(
            visit.session, chosen, actor=visit.actor, now=visit.now, real_now=visit.real_now
        )
        return
    how = visit.form.one("how")
    if how not in {value for value, _ in choices_of(chosen[0].kind)}:
        raise NotFound
    actions.change(
        visit.session, chosen[0], how=HowOften(how), zone=zone,
        now=visit.now, real_now=visit.real_now,
    )  # fmt: skip


def unkept(answer: Answer) -> Answer:
    """Return a page that no browser and no proxy keeps, since its address is a secret."""
    return replace(answer, headers={**answer.headers, "Cache-Control": "no-store"})
