"""What people follow by mail: a challenge, a theme, an authority."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from govmatch.challenges.telling import thing_of
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.following import actions
from govmatch.following.actions import Thing
from govmatch.following.models import HowOften, Kind
from govmatch.organisations.queries import authorities
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import all_labels

LUNCH = 12


def steps(stage: Stage, told: Told) -> Iterator[Step]:
    """Do what the file says, in the order of its days."""
    for number, one in enumerate(told.get("follows", ())):
        yield Step(stage.at(one["on"], LUNCH, number), partial(_follow, stage, one))


def _follow(stage: Stage, told: Told, now: datetime) -> None:
    actions.follow(
        stage.session, _thing(stage, told), how=HowOften(told["how"]),
        zone=stage.person(told["by"]).zone or stage.settings.zone,
        actor=stage.actor(told["by"]), now=now, real_now=stage.now,
    )  # fmt: skip


def _thing(stage: Stage, told: Told) -> Thing:
    if "challenge" in told:
        return thing_of(stage.challenge(told["challenge"]))
    if "theme" in told:
        slug = told["theme"]
        labels = all_labels(stage.session, TermKind.THEME, [slug])[slug]
        return Thing(kind=Kind.THEME, key=slug, titles=labels, path=f"/challenges?theme={slug}")
    one = authorities.by_slug(stage.session, told["authority"])
    path = f"/authorities/{one.slug}"
    return Thing(kind=Kind.AUTHORITY, key=one.slug, titles=one.names, path=path)
