"""Sealed until two people have opened it; then everything that was there stands in the journal."""

from datetime import timedelta

import pytest

from govmatch.applications import queries as applications
from govmatch.applications.actions import withdraw
from govmatch.applications.models import State
from govmatch.challenges.models import State as Phase
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import NotAllowed
from govmatch.kit.journal import JournalRow, verify
from govmatch.triage import actions, queries
from govmatch.triage.models import Handling, Opening
from govmatch.triage.queries import Filters
from tests.unit.applications.acting import NOW, acting, begun, save, sent
from tests.unit.triage.doing import AFTER, entered, open_up, staffed
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    return staffed(session, fill(session))


def test_two_people_open_what_was_submitted(session: Session, world: World) -> None:
    first, second = entered(session, world)
    open_up(session, world)
    challenge = world.challenges["long"]
    opening = queries.opening_of(session, challenge)
    assert opening is not None
    assert (opening.begun_by, opening.completed_by, opening.entries) == (
        world.eva.id,
        world.astrid.id,
        2,
    )
    assert (challenge.opened_at, challenge.state) == (AFTER, Phase.IN_SELECTION)
    assert {first.alias, second.alias} <= set(range(1, 100))
    assert first.alias != second.alias
    assert session.query(Handling).count() == 2


def test_the_journal_lists_each_entry_with_its_hash(session: Session, world: World) -> None:
    found = entered(session, world)
    open_up(session, world)
    commit(session)
    (row,) = session.query(JournalRow).filter(JournalRow.event == "ApplicationsOpened").all()
    hashes = {(one.id, 1, applications.get_version(session, one, 1).content_hash) for one in found}
    assert {tuple(entry) for entry in row.data["entries"]} == hashes  # type: ignore[attr-defined]
    assert (row.data["begun_by"], row.actor_id) == (world.eva.id, world.astrid.id)
    assert (row.subject_kind, row.subject_id) == ("challenge", world.challenges["long"].id)
    assert verify(session).bad_id is None


def test_drafts_and_what_was_withdrawn_are_no_entries(session: Session, world: World) -> None:
    kept, gone = entered(session, world)
    withdraw(session, gone, actor=acting(session, world.dieter), now=NOW)
    draft = begun(session, world, "per", "baltic")
    open_up(session, world)
    assert kept.alias is not None
    assert (gone.alias, draft.alias) == (None, None)
    eva = acting(session, world.eva)
    commit(session)
    assert queries.found_ids(session, eva, Filters(), now=AFTER) == [kept.id]
    assert queries.count_readable(session, eva, world.challenges["long"]) == 1


def test_what_was_typed_after_the_submission_never_shows(session: Session, world: World) -> None:
    found, _ = entered(session, world)
    save(session, found, "idea", sent({"q-solution": "quokkaphon"}), who=world.bo)
    assert found.title == "quokkaphon"
    open_up(session, world)
    assert found.title == "Scan the label and look it up"


def test_none_at_all_is_an_opening_too(session: Session, world: World) -> None:
    open_up(session, world)
    opening = queries.opening_of(session, world.challenges["long"])
    assert opening is not None and opening.entries == 0
    assert world.challenges["long"].opened_at == AFTER


def test_nobody_does_both_steps(session: Session, world: World) -> None:
    challenge, eva = world.challenges["long"], acting(session, world.eva)
    actions.begin(session, challenge, actor=eva, now=AFTER)
    with pytest.raises(NotAllowed, match="Somebody else"):
        actions.complete(session, challenge, actor=eva, now=AFTER)
    assert challenge.opened_at is None
    with pytest.raises(NotAllowed, match="begun already"):
        actions.begin(session, challenge, actor=acting(session, world.ole), now=AFTER)


@pytest.mark.parametrize("name", ["ole", "hanne", "astrid"])
def test_another_manager_and_the_authority_complete(
    session: Session, world: World, name: str
) -> None:
    challenge = world.challenges["long"]
    actions.begin(session, challenge, actor=acting(session, world.eva), now=AFTER)
    actions.complete(session, challenge, actor=acting(session, world.people[name]), now=AFTER)
    assert challenge.opened_at == AFTER


@pytest.mark.parametrize("name", ["astrid", "hanne", "ida", "jens", "kim", "finn", "bo"])
def test_only_a_manager_begins(session: Session, world: World, name: str) -> None:
    who = acting(session, world.people[name])
    with pytest.raises(NotAllowed):
        actions.begin(session, world.challenges["long"], actor=who, now=AFTER)


@pytest.mark.parametrize("name", ["ida", "jens", "kim", "finn", "bo"])
def test_nobody_else_completes(session: Session, world: World, name: str) -> None:
    challenge = world.challenges["long"]
    actions.begin(session, challenge, actor=acting(session, world.eva), now=AFTER)
    with pytest.raises(NotAllowed):
        actions.complete(session, challenge, actor=acting(session, world.people[name]), now=AFTER)
    assert challenge.opened_at is None


def test_before_the_deadline_nothing_is_opened(session: Session, world: World) -> None:
    challenge = world.challenges["long"]
    assert challenge.closes is not None
    eva, astrid = acting(session, world.eva), acting(session, world.astrid)
    early = challenge.closes - timedelta(microseconds=1)
    with pytest.raises(NotAllowed, match="deadline"):
        actions.begin(session, challenge, actor=eva, now=early)
    actions.begin(session, challenge, actor=eva, now=challenge.closes)
    with pytest.raises(NotAllowed, match="deadline"):
        actions.complete(session, challenge, actor=astrid, now=early)
    actions.complete(session, challenge, actor=astrid, now=challenge.closes)
    with pytest.raises(NotAllowed, match="already"):
        actions.complete(session, challenge, actor=astrid, now=AFTER)


def test_what_was_begun_can_be_taken_back(session: Session, world: World) -> None:
    challenge = world.challenges["long"]
    actions.begin(session, challenge, actor=acting(session, world.eva), now=AFTER)
    with pytest.raises(NotAllowed):
        actions.take_back(session, challenge, actor=acting(session, world.astrid), now=AFTER)
    actions.take_back(session, challenge, actor=acting(session, world.ole), now=AFTER)
    assert session.query(Opening).count() == 0
    actions.begin(session, challenge, actor=acting(session, world.ole), now=AFTER)
    actions.complete(session, challenge, actor=acting(session, world.eva), now=AFTER)
    with pytest.raises(NotAllowed):
        actions.take_back(session, challenge, actor=acting(session, world.ole), now=AFTER)


def test_one_person_is_enough_where_the_programme_says_so(session: Session, world: World) -> None:
    (found, _) = entered(session, world)
    world.programmes["long"].rules = {"opening_people": {"value": 1}}
    actions.begin(session, world.challenges["long"], actor=acting(session, world.eva), now=AFTER)
    opening = queries.opening_of(session, world.challenges["long"])
    assert opening is not None and opening.completed_by == world.eva.id
    assert found.alias is not None


def test_a_cancelled_challenge_stays_sealed(session: Session, world: World) -> None:
    found, _ = entered(session, world)
    world.challenges["long"].state = Phase.CANCELLED.value
    with pytest.raises(NotAllowed, match="nothing to open"):
        actions.begin(
            session, world.challenges["long"], actor=acting(session, world.eva), now=AFTER
        )
    assert found.state == State.SUBMITTED and found.alias is None
