"""Choosing a procurement route: with its reason, and with the figures as they were shown."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from govmatch.challenges.actions.holding import hold, note_editor
from govmatch.challenges.events import ProcurementRouteChosen
from govmatch.challenges.models import Challenge, RouteChoice
from govmatch.challenges.queries.routing import route_choices
from govmatch.challenges.routing import Chosen, facts_of
from govmatch.challenges.rules.routing import may_choose_route, may_route_from_file
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session, canonical_json
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.ids import digest

MOST_REASON = 2_000
MOST_NAME = 150


def choose_route(
    session: Session,
    challenge: Challenge,
    chosen: Chosen,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
) -> RouteChoice:
    """Keep by which route the challenge is to be awarded; earlier choices stay beside it.

    Whoever chooses counts as one who wrote in it, so that somebody else approves it. Raises
    `Invalid` without a reason, for a route that is not open to the value, and for one that is in no
    table and has no name.
    """
    hold(session, challenge)
    require(may_choose_route(actor, challenge))
    if wrong := _wrong(chosen, reason):
        raise Invalid(wrong)
    facts = facts_of(challenge, chosen)
    row = RouteChoice(
        challenge_id=challenge.id,
        at=now,
        person_id=actor.person_id,
        facts=facts,
        reason=reason.strip(),
    )
    session.add(row)
    note_editor(challenge, actor)
    session.flush()
    event = ProcurementRouteChosen(
        subject_id=challenge.id, choice_id=row.id, facts=digest(canonical_json(facts))
    )
    journal.record(session, event, actor=actor, now=now)
    return row


def choose_route_from_file(
    session: Session,
    challenge: Challenge,
    chosen: Chosen,
    *,
    reasons: Mapping[str, str],
    at: datetime,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the route that its files name, chosen `at` that time; nothing where they said it before.

    A route that somebody chose on the site meanwhile counts until the files say another one. What
    is wrong with a route of a file is said before, with its line.
    """
    hold(session, challenge)
    require(may_route_from_file(actor, challenge))
    facts = {**facts_of(challenge, chosen), "reasons": dict(reasons), "on": _day(challenge, at)}
    said = digest(canonical_json([facts[key] for key in _SAID] + [_id_of(chosen)]))
    facts["file"] = said
    if any(one.facts.get("file") == said for one in route_choices(session, challenge)):
        return
    reason = reasons.get(challenge.main_lang) or next(iter(reasons.values()), "")
    row = RouteChoice(challenge_id=challenge.id, at=at, person_id=None, facts=facts, reason=reason)
    session.add(row)
    session.flush()
    event = ProcurementRouteChosen(
        subject_id=challenge.id, choice_id=row.id, facts=digest(canonical_json(facts))
    )
    journal.record(session, event, actor=actor, now=now)


_SAID = ("total", "each", "pilots", "follow_on", "currency", "buyer", "budget", "named", "reasons",
         "on")  # fmt: skip
"""What files say of a route themselves; figures that changed since are no new choice."""


def _id_of(chosen: Chosen) -> str:
    return chosen.option.id if chosen.option else ""


def _day(challenge: Challenge, at: datetime) -> str:
    return at.astimezone(ZoneInfo(challenge.zone)).date().isoformat()


def _wrong(chosen: Chosen, reason: str) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    if not reason.strip():
        wrong["reason"] = msg("Please give the reason.")
    if len(reason) > MOST_REASON:
        wrong["reason"] = msg("At most {limit} characters fit here.", limit=MOST_REASON)
    if chosen.option is None and not chosen.named.strip():
        wrong["named"] = msg("Please name the route.")
    if len(chosen.named) > MOST_NAME:
        wrong["named"] = msg("At most {limit} characters fit here.", limit=MOST_NAME)
    if chosen.option is not None:
        threshold, one = chosen.option.threshold, chosen.estimate
        is_open = threshold.currency == one.currency and threshold.is_open_to(one.total)
        if not is_open:
            wrong["route"] = msg("This route is not open to the value.")
    return wrong
