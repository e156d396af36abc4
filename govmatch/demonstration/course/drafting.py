"""Challenges that are still being written: begun, submitted, returned with remarks, mended."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from govmatch.challenges.actions.approval import return_, submit_for_approval
from govmatch.challenges.actions.remarks import Answered, Written, answer_remarks
from govmatch.challenges.actions.routing import choose_route
from govmatch.challenges.actions.writing import create, save
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import remarks_of
from govmatch.challenges.routing import Chosen, estimate_of
from govmatch.challenges.sections import Section
from govmatch.challenges.statement import Words, statement_of
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.i18n import as_lang
from govmatch.procurement.kept import tables
from govmatch.procurement.suggesting import suggest
from govmatch.procurement.table import Buyer

WRITING = timedelta(hours=5)
CHOOSING = timedelta(hours=4)


def steps(stage: Stage, told: Told) -> Iterator[Step]:
    """Return what is done with each draft, by the people who write and approve it."""
    for draft in told.get("drafts", ()):
        written: list[Challenge] = []
        at = stage.at(draft["on"])
        yield Step(at, partial(_write, stage, draft, written))
        if "route" in draft:
            yield Step(at + CHOOSING, partial(_choose_route, stage, draft, written))
        yield Step(at + WRITING, partial(_hand_in, stage, draft["by"], written))
        if "returned" in draft:
            returned = draft["returned"]
            yield Step(stage.at(returned["on"]), partial(_return, stage, returned, written))
        if "mended" in draft:
            mended, at = draft["mended"], stage.at(draft["mended"]["on"])
            yield Step(at, partial(_mend, stage, mended, written))
            yield Step(at + WRITING, partial(_hand_in, stage, mended["by"], written))


def _write(stage: Stage, told: Told, written: list[Challenge], now: datetime) -> None:
    """Write a challenge that is like another one, in words of its own."""
    author, like = stage.person(told["by"]), stage.challenge(told["like"])
    statement = replace(
        statement_of(like),
        words={lang: Words(**words) for lang, words in told["words"].items()},
        opens=stage.at(10),
        questions_until=stage.at(38, hour=12),
        closes=stage.at(52, hour=12),
        questions=(),
        main_lang=as_lang(author.lang),
    )
    actor = stage.actor(told["by"])
    written.append(create(stage.session, statement, actor=actor, now=now))


def _choose_route(stage: Stage, told: Told, written: list[Challenge], now: datetime) -> None:
    choose(stage, written[0], told["route"], by=told["by"], now=now)


def choose(stage: Stage, challenge: Challenge, said: Told, *, by: str, now: datetime) -> None:
    """Choose the procurement route of a procedure, for the challenge's own budget."""
    estimate, buyer = estimate_of(challenge), Buyer(said["buyer"])
    found = suggest(
        tables(stage.settings.content_dir).every,
        value=estimate.total,
        currency=estimate.currency,
        country=challenge.authority.country,
        region=challenge.authority.region,
        buyer=buyer,
        on=now.date(),
    )
    option = next(one for one in found.open if one.threshold.procedure == said["procedure"])
    choose_route(
        stage.session, challenge, Chosen(estimate=estimate, buyer=buyer, option=option),
        reason=said["reason"], actor=stage.actor(by), now=now,
    )  # fmt: skip


def _hand_in(stage: Stage, by: str, written: list[Challenge], now: datetime) -> None:
    hand_in(stage, written[0], by=by, now=now)


def hand_in(stage: Stage, challenge: Challenge, *, by: str, now: datetime) -> None:
    """Submit a challenge for approval."""
    submit_for_approval(
        stage.session, challenge,
        actor=stage.actor(by), now=now, content_dir=stage.settings.content_dir,
    )  # fmt: skip


def _return(stage: Stage, told: Told, written: list[Challenge], now: datetime) -> None:
    remarks = [
        Written(
            field=str(place),
            section=Section(one["section"]) if "section" in one else None,
            text=one["text"],
        )
        for place, one in enumerate(told["remarks"])
    ]
    return_(
        stage.session, written[0],
        written=remarks, actor=stage.actor(told["by"]), now=now, real_now=stage.now,
    )  # fmt: skip


def _mend(stage: Stage, told: Told, written: list[Challenge], now: datetime) -> None:
    """Change some words, and answer the remarks in their order."""
    challenge, actor = written[0], stage.actor(told["by"])
    before = statement_of(challenge)
    save(
        stage.session, challenge,
        replace(before, words=_changed(before.words, told["instead"])),
        revision=challenge.revision, actor=actor, now=now,
    )  # fmt: skip
    remarks = remarks_of(stage.session, challenge)
    answers = [
        Answered(id=remark.public_id, is_done=one.get("done", True), note=one["note"])
        for remark, one in zip(remarks, told["answers"], strict=True)
    ]
    answer_remarks(stage.session, challenge, answers, actor=actor, now=now)


def _changed(words: Mapping[str, Words], instead: Iterable[Mapping[str, Any]]) -> dict[str, Words]:
    changed = dict(words)
    for one in instead:
        body = changed[one["lang"]].body
        assert one["of"] in body, f"the draft does not say: {one['of']}"
        changed[one["lang"]] = replace(
            changed[one["lang"]], body=body.replace(one["of"], one["say"])
        )
    return changed
