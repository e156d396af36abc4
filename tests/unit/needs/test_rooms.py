"""What happens behind the pages: due rankings, the search entries, one person's data."""

from datetime import timedelta

import pytest

from govmatch.accounts.models import Role, RoleRow
from govmatch.kit.background import Background
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.signing import Signer
from govmatch.needs import actions, personal, queries
from govmatch.needs.handlers import rank_anew
from govmatch.needs.index_entries import entries
from govmatch.needs.models import Need, Ranking
from govmatch.needs.notices import NOTICES
from govmatch.notifications.topics import SET_HERE, Topic
from govmatch.settings import Settings
from tests.unit.needs.world import NOW, World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def background(*, days: int = 0) -> Background:
    at = NOW + timedelta(days=days)
    return Background(Settings(), Signer("x" * 40), at, at)


def latest(world: World) -> Ranking:
    found = queries.latest(world.session, world.programme.id)
    assert found is not None
    return found


def test_a_ranking_follows_new_voices_and_the_firms_once_a_day(world: World) -> None:
    need = world.need("Forms")
    world.support(need, "bo")
    commit(world.session)
    rank_anew(background(), world.session)
    first = latest(world)
    assert queries.places(world.session, first)[need.id].score == 200
    rank_anew(background(), world.session)
    assert latest(world) is first
    world.firms["bo"].closed_at = NOW
    world.session.flush()
    rank_anew(background(), world.session)
    assert latest(world) is first
    rank_anew(background(days=1), world.session)
    assert queries.places(world.session, latest(world))[need.id].score == 0


def test_a_need_is_found_while_it_stands_in_lists(world: World) -> None:
    need = world.need("Forms", authority_id=world.economy.id)
    (entry,) = entries(background(), world.session, need.id)
    assert (entry.kind, entry.title, entry.lang) == ("need", "Forms", "en")
    assert entry.facets["authority"] == ("bremen-wirtschaft",)
    assert "Handelsregister" in entry.labels or "Register" in entry.labels
    eva = world.actor("eva")
    actions.hide(world.session, need, reason="Names a person", actor=eva, now=NOW)
    assert entries(background(), world.session, need.id) == []
    actions.show(world.session, need, actor=eva, now=NOW)
    actions.decline(world.session, need, reasons={"en": "No"}, actor=eva, now=NOW)
    assert len(entries(background(), world.session, need.id)) == 1


def test_a_person_takes_along_what_they_said_and_their_own_voice_goes_with_them(
    world: World,
) -> None:
    need = world.need("Forms", by="bo", firm=world.firms["bo"])
    world.support(need, "bo", "holger")
    actions.support(world.session, need, actor=world.actor("bo"), now=NOW)
    bo = world.people["bo"].id
    found = personal.export(world.session, bo)
    assert [one["title"] for one in found["needs"]] == ["Forms"]  # type: ignore[attr-defined]
    assert [one["for"] for one in found["need_supports"]] == ["firm", "person"]  # type: ignore[attr-defined]
    personal.erase(world.session, bo, now=NOW)
    standing = queries.standing(world.session, [need.id])[need.id]
    assert (standing.firms, standing.people) == (1, 1)  # the firm's voice, and Holger's


def told(world: World, need: Need, event: str) -> set[tuple[str, str, str]]:
    """Return who is told of the newest event of a need: (person, mail, topic)."""
    commit(world.session)
    row = (
        world.session.query(JournalRow)
        .filter_by(event=event, subject_id=need.id)
        .order_by(JournalRow.id.desc())
        .first()
    )
    assert row is not None
    names = {one.id: name for name, one in world.people.items()}
    found = NOTICES[event](background(), world.session, row)
    return {(names[one.person_id or 0], one.mail, one.topic) for one in found}


def test_who_loses_their_voice_at_a_merge_is_told_so_and_nothing_else(world: World) -> None:
    world.give("carla", Role.STAFF, "authority", world.economy.id)
    need = world.need("Forms")
    other = world.need("Papers", by="agnes", authority_id=world.economy.id)
    own, firm = world.actor("ida"), world.firms["bo"]
    world.support(need, "ida", "holger", "bo")
    actions.support(world.session, need, actor=world.actor("carla"), now=NOW)
    actions.support(world.session, other, actor=world.actor("bo"), now=NOW, firm=firm)
    eva = world.actor("eva")
    actions.merge(
        world.session, need, other, reasons={"en": "The same"}, actor=eva, now=NOW, real_now=NOW
    )
    assert queries.own_support(world.session, other, own, []) == (False, set())
    assert told(world, need, "NeedMerged") == {
        ("gro", "needs/merged", "messages"),
        ("holger", "needs/supported_merged", "needs"),
        ("bo", "needs/supported_both", "needs"),
        ("ida", "needs/supported_lost", "needs"),
        ("carla", "needs/supported_lost", "needs"),
    }


def test_who_supports_a_need_is_told_what_became_of_it_and_may_switch_that_off(
    world: World,
) -> None:
    need, other = world.need("Forms", by="gro"), world.need("Papers", by="agnes")
    world.support(need, "bo", "holger", "birte", "lea")
    world.support(other, "dieter", "birte", "lea")
    eva = world.actor("eva")
    assert queries.standing(world.session, [other.id])[other.id].people == 1
    actions.merge(
        world.session, need, other, reasons={"en": "The same"}, actor=eva, now=NOW, real_now=NOW
    )
    assert told(world, need, "NeedMerged") == {
        ("gro", "needs/merged", "messages"),
        ("bo", "needs/supported_merged", "needs"),
        ("holger", "needs/supported_merged", "needs"),
        # Who stood behind both is told that it counts once.
        ("birte", "needs/supported_both", "needs"),
        ("lea", "needs/supported_both", "needs"),
    }
    now = queries.standing(world.session, [other.id])[other.id]
    assert (now.firms, now.people) == (3, 2), "bo, dieter and lea; holger and birte, once each"
    actions.decline(world.session, other, reasons={"en": "No"}, actor=eva, now=NOW)
    assert told(world, other, "NeedDeclined") == {
        ("agnes", "needs/declined", "messages"),
        *(
            (name, "needs/supported_declined", "needs")
            for name in ("bo", "holger", "dieter", "birte", "lea")
        ),
    }
    # Who has left the firm speaks for it no more, and is told nothing of its voice.
    world.session.query(RoleRow).filter_by(person_id=world.people["dieter"].id).delete()
    names = {name for name, *_ in told(world, other, "NeedDeclined")}
    assert names == {"agnes", "bo", "holger", "birte", "lea"}
    assert "never" in {how.value for how in SET_HERE[Topic.NEEDS].choices}
