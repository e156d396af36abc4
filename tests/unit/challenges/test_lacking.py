"""What a programme asks for before a challenge is submitted for approval."""

from datetime import timedelta
from typing import Any

import pytest

from govmatch.challenges import actions, queries
from govmatch.challenges.models import Challenge, RouteChoice, State
from govmatch.challenges.routing import Chosen, budget_digest, estimate_of
from govmatch.challenges.statement import Words
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.procurement.table import Buyer
from tests.unit.challenges.world import CONTENT, NOW, World, drafted, make_world

WHOLE = (
    "Why.\n\n## Who would use it\n\nInspectors.\n\n## Data and systems at hand\n\nPhotographs.\n"
)
DIRECTLY = 500_000
"""In kroner: the whole may be ordered directly by every kind of authority."""


@pytest.fixture
def world(session: Session) -> World:
    made = make_world(session)
    rules = dict(made.programme.rules)
    made.programme.rules = {
        **rules, "users_and_data": {"value": True}, "route_first": {"value": True}
    }  # fmt: skip
    return made


def draft(session: Session, world: World, body: str = WHOLE, **changes: Any) -> Challenge:
    words = {"en": Words(title="Read the label", summary="Who reads it?", body=body)}
    return drafted(session, world, words=words, **changes)


def submit(session: Session, world: World, challenge: Challenge) -> None:
    actions.submit_for_approval(
        session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
    )


def lacks(session: Session, challenge: Challenge) -> set[str]:
    found = queries.lacking(session, challenge, now=NOW, content_dir=CONTENT)
    return {fault.field for fault in found}


def choose(session: Session, world: World, challenge: Challenge) -> None:
    chosen = Chosen(
        estimate=estimate_of(challenge), buyer=Buyer.CENTRAL, option=None, named="Open procedure"
    )
    actions.choose_route(
        session, challenge, chosen, reason="Anybody may win", actor=world.astrid, now=NOW
    )


def test_users_and_data_are_asked_for_in_the_main_language(session: Session, world: World) -> None:
    small: dict[str, Any] = {"budget_min": 1, "budget_max": DIRECTLY, "pilots_max": 1}
    challenge = draft(session, world, "## The problem\n\nLabels.\n", **small)
    assert lacks(session, challenge) == {"users.en", "data.en"}
    with pytest.raises(Invalid) as refused:
        submit(session, world, challenge)
    assert set(refused.value.errors) == {"users.en", "data.en"}
    assert challenge.state == State.DRAFT
    empty = draft(session, world, WHOLE.replace("Photographs.", " "), **small)
    assert lacks(session, empty) == {"data.en"}
    whole = draft(session, world, **small)
    submit(session, world, whole)
    assert whole.state == State.IN_REVIEW


def test_a_programme_that_says_nothing_asks_for_neither(session: Session, world: World) -> None:
    rules = world.programme.rules
    names = {"users_and_data", "route_first"}
    world.programme.rules = {name: rules[name] for name in rules if name not in names}
    assert lacks(session, draft(session, world, "Labels.")) == set()


def test_above_what_may_be_ordered_directly_a_route_is_chosen_first(
    session: Session, world: World
) -> None:
    challenge = draft(session, world)  # 3 x 600,000 kroner
    assert lacks(session, challenge) == {"route"}
    with pytest.raises(Invalid):
        submit(session, world, challenge)
    choose(session, world, challenge)
    assert lacks(session, challenge) == set()
    challenge.budget_max = 900_000  # the route was chosen for another budget
    assert lacks(session, challenge) == {"route"}
    choose(session, world, challenge)
    submit(session, world, challenge)
    assert challenge.state == State.IN_REVIEW


def test_below_it_and_where_no_figure_is_known_a_missing_route_stops_nothing(
    session: Session, world: World
) -> None:
    small = draft(session, world, budget_min=1, budget_max=DIRECTLY, pilots_max=1)
    assert lacks(session, small) == set()
    foreign = draft(session, world, currency="SEK", questions=())
    assert not queries.lacks_route(session, foreign, now=NOW, content_dir=CONTENT)


def test_without_its_route_an_approved_challenge_is_not_published(
    session: Session, world: World
) -> None:
    challenge = draft(session, world)
    choose(session, world, challenge)
    submit(session, world, challenge)
    actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    session.query(RouteChoice).delete()
    with pytest.raises(Invalid) as refused:
        actions.publish(session, challenge, actor=world.eva, now=NOW, content_dir=CONTENT)
    assert set(refused.value.errors) == {"route"}
    assert challenge.state == State.APPROVED
    # With one it goes its way.
    session.add(
        RouteChoice(
            challenge_id=challenge.id, at=NOW, person_id=world.astrid.person_id, reason="R",
            facts={"budget": budget_digest(challenge)},
        )
    )  # fmt: skip
    session.flush()
    actions.publish(session, challenge, actor=world.eva, now=NOW, content_dir=CONTENT)
    assert challenge.state == State.PUBLISHED


def test_without_a_route_for_its_budget_no_other_time_of_publication_is_chosen(
    session: Session, world: World
) -> None:
    challenge = draft(session, world)
    choose(session, world, challenge)
    submit(session, world, challenge)
    actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    in_days = [NOW + timedelta(days=number) for number in range(5)]
    do: dict[str, Any] = {"actor": world.eva, "now": NOW, "content_dir": CONTENT}
    actions.publish(session, challenge, at=in_days[2], **do)
    actions.move_publication(session, challenge, at=in_days[3], **do)
    challenge.budget_max = 900_000  # amended meanwhile: the route was chosen for another budget
    for at in (in_days[4], None):
        with pytest.raises(Invalid) as refused:
            actions.move_publication(session, challenge, at=at, **do)
        assert set(refused.value.errors) == {"route"}
        assert challenge.published_at == in_days[3]
