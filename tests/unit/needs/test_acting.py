"""Needs from their proposal on: who may, what is kept, what is refused and why."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.challenges.actions import delete_draft, draft_from_need
from govmatch.challenges.models import Challenge
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, TooMany
from govmatch.kit.journal import JournalRow
from govmatch.needs import actions, queries, rules
from govmatch.needs.models import NEXT_STATES, Need, Outcome, Rank, State, Support
from govmatch.needs.queries import visible_to
from govmatch.needs.survey import Counting, Rules
from govmatch.needs.wording import Words, wording_of
from tests.unit.needs.world import NOW, World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def events(world: World, need: Need) -> list[str]:
    commit(world.session)
    found = select(JournalRow.event).where(
        JournalRow.subject_kind == "need", JournalRow.subject_id == need.id
    )
    return list(world.session.scalars(found.order_by(JournalRow.id)))


def voices(world: World, need: Need) -> set[str]:
    """Return who stands behind a need: firms and people by name."""
    found = world.session.scalars(select(Support).where(Support.need_id == need.id))
    names = {who.id: name for name, who in world.people.items()}
    firms = {one.id: one.name for one in world.firms.values()}
    return {firms[v.firm_id] if v.firm_id else names[v.person_id or 0] for v in found}


def test_its_proposer_changes_a_need_until_somebody_else_stands_behind_it(world: World) -> None:
    need, gro = world.need("Forms"), world.actor("gro")
    wording = wording_of(need)
    world.support(need, "gro")
    assert need.state == State.PROPOSED
    actions.edit(world.session, need, wording, revision=1, actor=gro, now=NOW)
    with pytest.raises(Conflict):
        actions.edit(world.session, need, wording, revision=1, actor=gro, now=NOW)
    world.support(need, "holger")
    assert need.state == State.GATHERING
    with pytest.raises(NotAllowed, match="Others stand behind these words"):
        actions.edit(world.session, need, wording, revision=2, actor=gro, now=NOW)
    with pytest.raises(NotAllowed, match="Others stand behind it"):
        actions.withdraw(world.session, need, reasons={"en": "No"}, actor=gro, now=NOW)
    actions.edit(world.session, need, wording, revision=2, actor=world.actor("eva"), now=NOW)
    assert events(world, need) == [
        "NeedProposed", "NeedSupported", "NeedEdited", "NeedSupported", "NeedGathers", "NeedEdited",
    ]  # fmt: skip


def test_a_need_in_one_language_is_whole_and_one_without_a_title_is_not(world: World) -> None:
    need = world.need("Forms")
    wording = wording_of(need)
    assert list(wording.words) == ["en"]
    bare = type(wording)(
        words={"en": Words("", "It hurts")}, main_lang="en", theme="registers", country="DE"
    )
    with pytest.raises(Invalid, match="title"):
        actions.edit(world.session, need, bare, revision=1, actor=world.actor("gro"), now=NOW)


def test_a_firm_has_one_voice_whoever_of_it_gives_or_withdraws_it(world: World) -> None:
    need = world.need("Forms")
    world.support(need, "bo", "carla", "bo", "holger", "holger")
    assert voices(world, need) == {"Nordlys", "holger"}
    actions.withdraw_support(
        world.session, need, actor=world.actor("carla"), now=NOW, firm=world.firms["bo"]
    )
    assert voices(world, need) == {"holger"}
    assert queries.standing(world.session, [need.id])[need.id] == queries.Standing(0, 1, 0)


def test_who_only_keeps_a_firms_books_does_not_speak_for_it(world: World) -> None:
    need = world.need("Forms")
    world.give("agnes", Role.FINANCE, "firm", world.firms["bo"].id)
    with pytest.raises(NotAllowed, match="may speak for it"):
        actions.support(
            world.session, need, actor=world.actor("agnes"), now=NOW, firm=world.firms["bo"]
        )


def test_a_member_of_the_owning_authority_has_no_voice_and_reads_why(world: World) -> None:
    need = world.need("Forms", authority_id=world.economy.id)
    with pytest.raises(NotAllowed, match="work of your own authority"):
        actions.support(world.session, need, actor=world.actor("ida"), now=NOW)
    actions.support(world.session, need, actor=world.actor("uwe"), now=NOW)
    world.give("bo", Role.FINANCE, "authority", world.economy.id)
    with pytest.raises(NotAllowed, match="work of your own authority"):
        actions.support(
            world.session, need, actor=world.actor("bo"), now=NOW, firm=world.firms["bo"]
        )
    with pytest.raises(Invalid, match="your own authority"):
        order(world, "bo", need)
    assert voices(world, need) == {"uwe"}


def test_whoever_owes_a_second_factor_gives_no_voice(world: World) -> None:
    need = world.need("Forms", authority_id=world.economy.id)
    ida = world.actor("ida")
    halfway = type(ida)(person_id=ida.person_id, needs_factor=True)
    with pytest.raises(NotAllowed, match="second factor"):
        actions.support(world.session, need, actor=halfway, now=NOW)


def test_from_the_end_of_the_survey_on_nothing_is_proposed_or_supported(world: World) -> None:
    need = world.need("Forms")
    rules_ = Rules(Counting(), closes=NOW + timedelta(days=1))
    eva = world.actor("eva")
    actions.set_survey(world.session, world.programme, rules_, actor=eva, now=NOW)
    world.support(need, "holger")
    late = NOW + timedelta(days=1)
    for act in (
        lambda: world.need("Late", at=late),
        lambda: actions.support(world.session, need, actor=world.actor("agnes"), now=late),
        lambda: actions.withdraw_support(
            world.session, need, actor=world.actor("holger"), now=late
        ),
    ):
        with pytest.raises(NotAllowed, match="survey of this programme is closed"):
            act()


def test_a_person_proposes_at_most_twenty_needs_a_day(world: World) -> None:
    for number in range(20):
        world.need(f"Need {number}")
    with pytest.raises(TooMany):
        world.need("One more")


def order(world: World, who: str, *needs: Need) -> None:
    actions.order(
        world.session, world.firms[who], world.programme, needs, actor=world.actor(who), now=NOW
    )


def top(world: World, who: str) -> list[int]:
    return queries.top_of(world.session, world.firms[who], world.programme.id)


def test_a_firm_orders_at_most_ten_needs_and_each_once(world: World) -> None:
    needs = [world.need(f"Need {number}") for number in range(11)]
    order(world, "bo", needs[2], needs[0], needs[1])
    order(world, "bo", needs[0], needs[2])
    assert top(world, "bo") == [needs[0].id, needs[2].id]
    for wrong in (needs, [needs[0], needs[0]]):
        with pytest.raises(Invalid):
            order(world, "bo", *wrong)
    assert needs[0].state == State.GATHERING
    assert top(world, "bo") == [needs[0].id, needs[2].id]


def test_merging_keeps_each_supporter_once_and_the_better_place(world: World) -> None:
    old, new, other = (world.need(title) for title in ("Old", "New", "Other"))
    world.support(old, "bo", "dieter", "holger", "agnes")
    world.support(new, "bo", "agnes")
    order(world, "bo", old, other, new)
    order(world, "dieter", other, old)
    actions.merge(
        world.session, old, new,
        reasons={"en": "The same"}, actor=world.actor("eva"), now=NOW, real_now=NOW,
    )  # fmt: skip
    assert voices(world, new) == {"Nordlys", "Weserbeleg", "holger", "agnes"}
    assert voices(world, old) == set()
    assert top(world, "bo") == [new.id, other.id]
    assert top(world, "dieter") == [other.id, new.id]
    places = world.session.scalars(select(Rank.place).order_by(Rank.firm_id, Rank.place)).all()
    assert places == [1, 2, 1, 2]
    assert old.voices_at_end == {"firms": 2, "people": 2}
    assert queries.where_it_went(world.session, old) == [new]
    row = world.session.scalars(
        select(Support).where(Support.need_id == new.id, Support.person_id.is_not(None))
    ).all()
    assert {voice.given_to for voice in row} == {old.id, new.id}
    assert events(world, old)[-1] == "NeedMerged"


def test_merging_brings_no_voice_of_the_owning_authoritys_own_staff(world: World) -> None:
    old, new = world.need("Old"), world.need("New", authority_id=world.economy.id)
    world.support(old, "ida", "holger")
    actions.merge(
        world.session, old, new,
        reasons={"en": "The same"}, actor=world.actor("eva"), now=NOW, real_now=NOW,
    )  # fmt: skip
    assert voices(world, new) == {"holger"}


def test_a_need_is_not_merged_into_itself_or_into_what_is_over(world: World) -> None:
    need, gone = world.need("Need"), world.need("Gone")
    eva = world.actor("eva")
    actions.decline(world.session, gone, reasons={"en": "No"}, actor=eva, now=NOW)
    for into in (need, gone):
        with pytest.raises(NotAllowed, match="merged only into"):
            actions.merge(
                world.session, need, into,
                reasons={"en": "So"}, actor=eva, now=NOW, real_now=NOW,
            )  # fmt: skip


def test_only_a_manager_of_the_programme_decides_and_always_with_a_word(world: World) -> None:
    need = world.need("Need")
    said: dict[str, Any] = {"reasons": {"en": "No"}, "now": NOW}
    for name in ("gro", "ida", "bo", "jens", "enno"):
        with pytest.raises(NotAllowed, match="Only a manager"):
            actions.decline(world.session, need, actor=world.actor(name), **said)
        with pytest.raises(NotAllowed, match="Only a manager"):
            actions.hide(world.session, need, reason="No", actor=world.actor(name), now=NOW)
    eva = world.actor("eva")
    with pytest.raises(Invalid, match="at least one language"):
        actions.decline(world.session, need, reasons={"en": " "}, actor=eva, now=NOW)
    actions.decline(world.session, need, actor=eva, **said)
    actions.reopen(world.session, need, reasons={"en": "Better known"}, actor=eva, now=NOW)
    assert need.state == State.GATHERING
    actions.analyse(world.session, need, result={"de": "Machbar"}, actor=eva, now=NOW)
    actions.solve(world.session, need, reasons={"de": "Neues Portal"}, actor=eva, now=NOW)
    assert (need.state, need.analysis) == (State.SOLVED, {"de": "Machbar"})
    with pytest.raises(NotAllowed, match="In this state"):
        actions.decline(world.session, need, actor=eva, **said)


def test_a_taken_up_need_and_its_draft_name_each_other_until_the_draft_is_deleted(
    world: World,
) -> None:
    need = world.need("Forms are asked for three times")
    eva, ida = world.actor("eva"), world.actor("ida")
    challenge = draft_from_need(world.session, need, world.economy, actor=eva, now=NOW)
    assert (challenge.need_id, need.state) == (need.id, State.TAKEN_UP)
    text = challenge.texts[0]
    assert (text.title, text.lang) == ("Forms are asked for three times", "en")
    assert text.body.startswith("## The problem\n\n"), "its words stand in the sections"
    assert [term.slug for term in challenge.terms] == ["registers"]
    # A manager who takes a need up has written nothing, and may still publish.
    assert (challenge.author_id, challenge.editors) == (None, [])
    taken = events(world, need)
    assert taken[-1] == "NeedTakenUp"
    with pytest.raises(NotAllowed, match="cannot be taken up"):
        draft_from_need(world.session, need, world.economy, actor=eva, now=NOW)
    delete_draft(world.session, challenge, actor=ida, now=NOW)
    assert need.state == State.GATHERING
    assert world.session.scalars(select(Challenge.id)).all() == []
    again = draft_from_need(world.session, need, world.economy, actor=ida, now=NOW)
    assert (again.author_id, again.editors) == (ida.person_id, [ida.person_id])


def test_staff_take_up_what_is_about_their_work_or_nobodys(world: World) -> None:
    need = world.need("Forms", authority_id=world.finance.id)
    with pytest.raises(NotAllowed, match="staff of the authority"):
        draft_from_need(world.session, need, world.economy, actor=world.actor("ida"), now=NOW)
    with pytest.raises(NotAllowed, match="staff of the authority"):
        draft_from_need(world.session, need, world.finance, actor=world.actor("bo"), now=NOW)
    made = draft_from_need(world.session, need, world.finance, actor=world.actor("uwe"), now=NOW)
    assert made.authority is world.finance


def test_who_sees_a_need_by_the_rule_sees_it_by_the_query(world: World) -> None:
    shown, hidden = world.need("Shown"), world.need("Hidden", by="dieter")
    firms = world.need("Of the firm", by="bo", firm=world.firms["bo"])
    for need in (hidden, firms):
        actions.hide(
            world.session, need, reason="Names a person", actor=world.actor("eva"), now=NOW
        )
    actors = [VISITOR, *(world.actor(name) for name in world.people)]
    for actor, need in product(actors, (shown, hidden, firms)):
        found = select(Need.id).where(Need.id == need.id, visible_to(actor))
        by_query = world.session.scalars(found).first() is not None
        assert by_query == bool(rules.may_see(actor, need)), (actor.name, need.id)
    sees = {n for n in world.people if rules.may_see(world.actor(n), hidden)}
    assert sees == {"eva", "dieter", "jens"}
    assert {n for n in world.people if rules.may_see(world.actor(n), firms)} == {
        "eva", "bo", "carla", "jens",
    }  # fmt: skip


def test_what_is_hidden_neither_gathers_nor_counts(world: World) -> None:
    need, other = world.need("Need"), world.need("Other")
    world.support(need, "bo", "holger")
    world.support(other, "bo", "holger")
    actions.hide(world.session, need, reason="No", actor=world.actor("eva"), now=NOW)
    with pytest.raises(NotAllowed, match="no voices"):
        world.support(need, "agnes")
    ranking = actions.rank(world.session, world.programme.id, now=NOW)
    assert ranking is not None
    assert list(queries.places(world.session, ranking)) == [other.id]


def test_a_ranking_is_kept_with_what_it_follows_from_and_made_once_for_the_same_voices(
    world: World,
) -> None:
    first, second = world.need("First"), world.need("Second")
    world.support(first, "bo", "dieter", "holger")
    world.support(second, "lea")
    order(world, "bo", first, second)
    made = actions.rank(world.session, world.programme.id, now=NOW)
    assert made is not None
    places = queries.places(world.session, made)
    # Two firms 2 each, a citizen 1, a first place 10; then one firm 2 and a second place 9.
    assert [(one.place, one.score) for one in places.values()] == [(1, 1500), (2, 1100)]
    assert (made.ballots, made.firms, made.draws, made.missing) == (4, 3, 200, 1)
    assert (len(made.seed), made.survey["firm_points"]) == (16, 2)
    assert actions.rank(world.session, world.programme.id, now=NOW) is None
    counting = Counting(sizes={"micro": 300, "small": 100, "medium": 100, "large": 100, "": 100})
    actions.set_survey(
        world.session, world.programme, Rules(counting), actor=world.actor("eva"), now=NOW
    )
    again = actions.rank(world.session, world.programme.id, now=NOW)
    assert again is not None
    assert queries.places(world.session, again)[first.id].score == 1500 + 2 * 1200
    assert queries.latest(world.session, world.programme.id) is again


def laid(world: World) -> tuple[list[Need], object]:
    needs = [world.need(f"Need {number}") for number in range(3)]
    order(world, "bo", *needs)
    actions.rank(world.session, world.programme.id, now=NOW)
    sitting = actions.lay_list(world.session, world.programme, actor=world.actor("eva"), now=NOW)
    return needs, sitting


def speak(world: World, sitting: object, name: str, outcome: Outcome) -> None:
    actions.give_opinion(
        world.session, sitting, outcome,  # type: ignore[arg-type]
        remark="So", actor=world.actor(name), now=NOW,
    )  # fmt: skip


def test_the_steering_group_changes_the_list_by_most_votes_and_with_a_reason(world: World) -> None:
    rules_ = Rules(Counting(), chambers_vote=False)
    eva = world.actor("eva")
    actions.set_survey(world.session, world.programme, rules_, actor=eva, now=NOW)
    needs, sitting = laid(world)
    ids = [need.id for need in needs]
    speak(world, sitting, "enno", Outcome.ACCEPTED)  # a chamber: heard, without a vote
    more = {"minutes": {"en": "It was said"}, "actor": eva, "now": NOW}
    with pytest.raises(NotAllowed, match="most of the votes"):
        actions.minute(world.session, sitting, decided=ids, reasons={}, **more)  # type: ignore[arg-type]
    speak(world, sitting, "birte", Outcome.CHANGED)
    turned = list(reversed(ids))
    for decided, reasons in ((turned, {}), (ids, {"en": "So"}), ([*turned, ids[0]], {"en": "So"})):
        with pytest.raises(Invalid):
            actions.minute(world.session, sitting, decided=decided, reasons=reasons, **more)  # type: ignore[arg-type]
    actions.minute(world.session, sitting, decided=turned, reasons={"en": "Urgent"}, **more)  # type: ignore[arg-type]
    found = queries.decided(world.session, world.programme.id)
    assert found is not None
    assert (found.outcome, found.decided, found.laid) == (Outcome.CHANGED, turned, ids)
    with pytest.raises(NotAllowed, match="ended"):
        speak(world, sitting, "birte", Outcome.ACCEPTED)


def test_chambers_vote_where_the_programme_lets_them_and_a_tie_decides_nothing(
    world: World,
) -> None:
    _, sitting = laid(world)
    speak(world, sitting, "enno", Outcome.RETURNED)
    speak(world, sitting, "birte", Outcome.ACCEPTED)
    eva = world.actor("eva")
    more = {"decided": [], "reasons": {"en": "Too early"}, "minutes": {"en": "Said"}}
    with pytest.raises(NotAllowed, match="most of the votes"):
        actions.minute(world.session, sitting, **more, actor=eva, now=NOW)  # type: ignore[arg-type]
    speak(world, sitting, "birte", Outcome.RETURNED)
    actions.minute(world.session, sitting, **more, actor=eva, now=NOW)  # type: ignore[arg-type]
    assert queries.decided(world.session, world.programme.id) is None
    again = actions.lay_list(world.session, world.programme, actor=eva, now=NOW)
    with pytest.raises(NotAllowed, match="Only members"):
        speak(world, again, "gro", Outcome.ACCEPTED)


def test_no_act_leaves_the_table_of_states() -> None:
    assert set(NEXT_STATES) == set(State)
    assert all(after <= set(State) for after in NEXT_STATES.values())
