"""One act on many: previewed, done to what is still as previewed, undone within a day."""

import pytest

from govmatch.applications.actions import withdraw
from govmatch.applications.models import Application, State
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from govmatch.triage import actions, queries
from govmatch.triage.actions import Seen
from govmatch.triage.models import Move
from govmatch.triage.rules import Change, Kind
from tests.unit.applications.acting import NOW, acting, submitted
from tests.unit.triage.doing import AFTER, DAY, entered, open_up, seen, staffed
from tests.web.applications.world import World, fill

TO_REVIEW = Change(Kind.STATE, "in_review")


@pytest.fixture
def world(session: Session) -> World:
    return staffed(session, fill(session))


@pytest.fixture
def three(session: Session, world: World) -> list[Application]:
    found = [*entered(session, world), submitted(session, world, "per", "baltic")]
    open_up(session, world)
    return found


def apply(
    session: Session, world: World, asked: list[Seen], change: Change, who: str = "eva"
) -> actions.Done:
    actor = acting(session, world.people[who])
    return actions.apply(session, asked, change, actor=actor, now=AFTER, real_now=NOW)


def test_the_preview_says_what_will_change_and_what_not(
    session: Session, world: World, three: list[Application]
) -> None:
    withdraw(session, three[2], actor=acting(session, world.per), now=AFTER)
    eva = acting(session, world.eva)
    ids = [one.public_id for one in reversed(three)]
    planned = actions.preview(session, [*ids, "unknown"], TO_REVIEW, actor=eva, real_now=NOW)
    assert [one.case.application for one in planned] == list(reversed(three))
    assert [one.will_change for one in planned] == [False, True, True]
    assert [(one.before, one.after) for one in planned[1:]] == [("submitted", "in_review")] * 2
    assert planned[0].why is not None and "not possible" in planned[0].why.text
    assert {one.state for one in three[:2]} == {State.SUBMITTED}


def test_one_act_is_done_to_all_and_undone_as_one(
    session: Session, world: World, three: list[Application]
) -> None:
    done = apply(session, world, seen(session, *three), TO_REVIEW)
    assert {one.state for one in three} == {State.IN_REVIEW}
    assert (len(done.changed), done.left, done.gone) == (3, [], 0)
    assert session.query(Move).count() == 1
    eva = acting(session, world.eva)
    assert queries.last_move(session, eva, now=AFTER) is done.move
    undone = actions.undo(session, done.move, actor=eva, now=AFTER + DAY)
    assert (len(undone.back), undone.left) == (3, [])
    assert {one.state for one in three} == {State.SUBMITTED}
    with pytest.raises(NotAllowed, match="already"):
        actions.undo(session, done.move, actor=eva, now=AFTER + DAY)
    assert queries.last_move(session, eva, now=AFTER) is None


def test_what_changed_since_the_preview_is_left_and_named(
    session: Session, world: World, three: list[Application]
) -> None:
    asked = seen(session, *three)
    ole = acting(session, world.ole)
    actions.tag(session, three[1], "drone", revision=1, actor=ole, now=AFTER)
    done = apply(session, world, [*asked, Seen("unknown", 1)], TO_REVIEW)
    assert [one.case.application for one in done.left] == [three[1]]
    assert [one.state for one in three] == ["in_review", "submitted", "in_review"]
    assert done.gone == 1


def test_where_nothing_can_be_changed_nothing_is_kept(
    session: Session, world: World, three: list[Application]
) -> None:
    with pytest.raises(Conflict):
        apply(session, world, [Seen(three[0].public_id, 7)], TO_REVIEW)
    with pytest.raises(Conflict):
        apply(session, world, seen(session, *three), TO_REVIEW, "ida")
    with pytest.raises(Invalid):
        apply(session, world, [], TO_REVIEW)
    with pytest.raises(Invalid):
        apply(session, world, [Seen(str(n), 1) for n in range(5_001)], TO_REVIEW)
    assert session.query(Move).count() == 0
    assert {one.state for one in three} == {State.SUBMITTED}


def test_undoing_leaves_what_was_changed_again(
    session: Session, world: World, three: list[Application]
) -> None:
    done = apply(session, world, seen(session, *three), TO_REVIEW)
    apply(session, world, seen(session, three[0]), Change(Kind.STATE, "shortlisted"), "ole")
    withdraw(session, three[1], actor=acting(session, world.dieter), now=AFTER)
    undone = actions.undo(session, done.move, actor=acting(session, world.eva), now=AFTER)
    assert undone.back == [three[2]]
    assert {one for one, _ in undone.left} == {three[0], three[1]}
    assert [one.state for one in three] == ["shortlisted", "withdrawn", "submitted"]


def test_only_who_did_it_undoes_it_and_only_for_a_day(
    session: Session, world: World, three: list[Application]
) -> None:
    done = apply(session, world, seen(session, *three), TO_REVIEW)
    ole, eva = acting(session, world.ole), acting(session, world.eva)
    with pytest.raises(NotFound):
        queries.get_own_move(session, ole, done.move.public_id)
    with pytest.raises(NotAllowed):
        actions.undo(session, done.move, actor=ole, now=AFTER)
    with pytest.raises(NotAllowed, match="more than a day"):
        actions.undo(session, done.move, actor=eva, now=AFTER + 2 * DAY)
    assert {one.state for one in three} == {State.IN_REVIEW}


def test_many_are_assigned_and_tagged_and_put_back(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    assigned = apply(
        session, world, seen(session, *three), Change(Kind.HANDLER, str(world.astrid.id))
    )
    tagged = apply(session, world, seen(session, *three), Change(Kind.TAG, "drone"), "astrid")
    cases = queries.cases_of(session, three)
    assert {(one.handler_id, one.tags) for one in cases} == {(world.astrid.id, ("drone",))}
    with pytest.raises(Conflict):
        actions.undo(session, assigned.move, actor=eva, now=AFTER)
    actions.undo(session, tagged.move, actor=acting(session, world.astrid), now=AFTER)
    assert {one.tags for one in queries.cases_of(session, three)} == {()}


def test_one_and_many_previews_take_the_same_way(
    session: Session, world: World, three: list[Application]
) -> None:
    eva = acting(session, world.eva)
    both = [
        actions.preview(session, ids, TO_REVIEW, actor=eva, real_now=NOW)
        for ids in ([three[0].public_id], [one.public_id for one in three])
    ]
    assert both[0][0] == both[1][0]
