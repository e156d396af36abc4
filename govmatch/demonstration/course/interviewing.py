"""Interviews of a case that is being judged: times on offer, and firms that are invited."""

from collections.abc import Iterator
from datetime import datetime

from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.interviews import actions
from govmatch.interviews.actions import Room, Series

FORENOON, AFTERNOON, NOON = 10, 14, 12


def steps(stage: Stage, challenge: str, manager: str, told: Told) -> Iterator[Step]:
    """Offer times in one room, then invite firms to book one of them."""
    offered, invited = told["slots"], told["invited"]

    def offer(now: datetime) -> None:
        room = Room(
            place=offered["place"],
            video=offered.get("video", ""),
            offers=tuple(offered["offers"]),
            access=offered.get("access", ""),
        )
        series = Series(
            starts=stage.at(offered["day"], FORENOON),
            minutes=offered["minutes"],
            pause=offered["pause"],
            count=offered["count"],
            room=room,
        )
        actor = stage.actor(manager)
        actions.add_slots(stage.session, stage.challenge(challenge), series, actor=actor, now=now)

    def invite(now: datetime) -> None:
        applications = [stage.application(challenge, firm) for firm in invited["firms"]]
        actions.invite(
            stage.session, stage.challenge(challenge), applications,
            until=stage.at(invited["until"], NOON), message=invited["message"],
            actor=stage.actor(manager), now=now,
        )  # fmt: skip

    yield Step(stage.at(offered["on"], AFTERNOON), offer)
    yield Step(stage.at(invited["on"], AFTERNOON), invite)
