"""A challenge that was made of a need: written out, approved, published, on the site alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from govmatch.challenges.actions.approval import approve
from govmatch.challenges.actions.publication import publish
from govmatch.challenges.actions.writing import save
from govmatch.challenges.statement import Words, statement_of
from govmatch.demonstration.course.drafting import CHOOSING, WRITING, choose, hand_in
from govmatch.demonstration.course.reviewing import seat
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.needs.actions import solve

NOON = 12


def steps(stage: Stage, slug: str, told: Told, jury: list[Told]) -> Iterator[Step]:
    """Take the draft that a need was taken up into, on that day, to its publication.

    `slug` is what the draft is called by the need's title; the jury is seated once it is public.
    """
    at, approved, published = (
        stage.at(day) for day in (told["on"], told["approved"]["on"], told["published"]["on"])
    )
    yield Step(at + WRITING / 2, partial(_write, stage, slug, told))
    yield Step(at + CHOOSING, partial(_choose, stage, slug, told))
    yield Step(at + WRITING, partial(_hand_in, stage, slug, told))
    yield Step(approved, partial(_approve, stage, slug, told))
    yield Step(published, partial(_publish, stage, slug, told))
    yield Step(published + WRITING, lambda now: seat(stage, slug, jury, at=now))
    if "solved" in told:
        yield Step(stage.at(told["solved"]["on"]), partial(_solve, stage, slug, told))


def _write(stage: Stage, slug: str, told: Told, now: datetime) -> None:
    """Put the words of the authority in the place of the need's; the facts are those of `like`."""
    challenge, like = stage.challenge(slug), statement_of(stage.challenge(told["like"]))
    own = statement_of(challenge)
    statement = replace(
        like,
        authority=own.authority, programme=own.programme, round=None,
        words={lang: Words(**words) for lang, words in told["words"].items()},
        themes=own.themes,
        opens=stage.at(told["opens"]),
        questions_until=stage.at(told["questions_until"], NOON),
        closes=stage.at(told["closes"], NOON),
        pilots_max=1, questions=(), main_lang=own.main_lang,
    )  # fmt: skip
    actor = stage.actor(told["by"])
    save(
        stage.session, challenge, statement,
        revision=challenge.revision, actor=actor, now=now,
    )  # fmt: skip


def _choose(stage: Stage, slug: str, told: Told, now: datetime) -> None:
    choose(stage, stage.challenge(slug), told["route"], by=told["by"], now=now)


def _hand_in(stage: Stage, slug: str, told: Told, now: datetime) -> None:
    hand_in(stage, stage.challenge(slug), by=told["by"], now=now)


def _approve(stage: Stage, slug: str, told: Told, now: datetime) -> None:
    approve(
        stage.session, stage.challenge(slug),
        actor=stage.actor(told["approved"]["by"]), now=now, real_now=stage.now,
    )  # fmt: skip


def _publish(stage: Stage, slug: str, told: Told, now: datetime) -> None:
    publish(
        stage.session, stage.challenge(slug), actor=stage.actor(told["published"]["by"]),
        now=now, content_dir=stage.settings.content_dir,
    )  # fmt: skip


def _solve(stage: Stage, slug: str, told: Told, now: datetime) -> None:
    said = told["solved"]
    need = stage.challenge(slug).need
    assert need is not None, f"{slug} was made of no need"
    solve(stage.session, need, reasons=said["reasons"], actor=stage.actor(said["by"]), now=now)
