"""Remarks of approvers: for their writers alone until they are given, then answered and kept."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from govmatch.accounts.models import Role
from govmatch.challenges import actions, personal, queries
from govmatch.challenges.actions import Answered, Written
from govmatch.challenges.actions.remarks import MAX_NOTE, MAX_REMARK, MOST_REMARKS
from govmatch.challenges.keeping import from_data
from govmatch.challenges.models import Challenge, Remark
from govmatch.challenges.rounds import Round, rounds_of
from govmatch.challenges.sections import Section
from govmatch.challenges.statement import statement_of
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import say
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    World,
    approved,
    make_world,
    new_person,
    remark,
    submitted,
)

CLOCKS: dict[str, Any] = {"now": NOW, "real_now": NOW}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def keep(session: Session, challenge: Challenge, who: Actor, *written: Written) -> None:
    actions.keep_remarks(session, challenge, written, actor=who, **CLOCKS)


def give_back(session: Session, challenge: Challenge, who: Actor, *written: Written) -> None:
    actions.return_(session, challenge, written=written, actor=who, **CLOCKS)


def hand_in(session: Session, challenge: Challenge, who: Actor) -> None:
    actions.submit_for_approval(session, challenge, actor=who, now=NOW, content_dir=CONTENT)


def change(session: Session, challenge: Challenge, who: Actor, **changes: Any) -> None:
    wanted = replace(statement_of(challenge), **changes)
    actions.save(session, challenge, wanted, revision=challenge.revision, actor=who, now=NOW)


def rounds(session: Session, challenge: Challenge) -> list[Round]:
    """Keep what happened, and return the rounds as they are told."""
    commit(session)
    return rounds_of(session, challenge, lang="en", content=CONTENT)


def texts(found: Iterable[Remark]) -> list[str]:
    return [one.text for one in found]


def test_what_is_kept_is_for_its_writer_alone_until_it_is_given(
    session: Session, world: World
) -> None:
    challenge = submitted(session, world)
    keep(session, challenge, world.hanne, remark("Which region?", Section.GOAL), remark("Good."))
    assert queries.given_remarks(session, challenge) == []
    assert texts(queries.own_drafts(session, challenge, world.hanne.person_id or 0)) == [
        "Which region?",
        "Good.",
    ]
    assert queries.own_drafts(session, challenge, world.astrid.person_id or 0) == []
    give_back(session, challenge, world.hanne, remark("Later.", Section.TIMELINE))
    given = queries.remarks_of(session, challenge)
    assert [(one.section, one.text) for one in given] == [
        ("goal", "Which region?"),
        (None, "Good."),
        ("timeline", "Later."),
    ]
    assert {one.submission_id for one in given} == {queries.submissions(session, challenge)[0].id}


def test_a_kept_remark_is_changed_or_thrown_away(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    keep(session, challenge, world.hanne, remark("One"), remark("Two"))
    one, two = queries.own_drafts(session, challenge, world.hanne.person_id or 0)
    again = [
        Written(field="a", section=None, text="One and a half", id=one.public_id),
        Written(field="b", section=None, text=" ", id=two.public_id),
    ]
    keep(session, challenge, world.hanne, *again)
    kept = queries.own_drafts(session, challenge, world.hanne.person_id or 0)
    assert texts(kept) == ["One and a half"]


def test_nobody_changes_the_remark_of_another(session: Session, world: World) -> None:
    holm = new_person(session, "holm", Role.APPROVER, "authority", world.authority.id)
    challenge = submitted(session, world)
    keep(session, challenge, world.hanne, remark("Hers"))
    hers = queries.own_drafts(session, challenge, world.hanne.person_id or 0)[0]
    theft = Written(field="x", section=None, text="", id=hers.public_id)
    keep(session, challenge, holm, theft, remark("His"))
    give_back(session, challenge, holm)
    assert texts(queries.remarks_of(session, challenge)) == ["His"]
    assert texts(queries.own_drafts(session, challenge, world.hanne.person_id or 0)) == ["Hers"]


def test_it_is_not_returned_without_a_remark(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    with pytest.raises(Invalid) as refused:
        give_back(session, challenge, world.hanne, remark(" \n "))
    assert list(refused.value.errors) == ["remarks"]
    assert challenge.state == "in_review"


def test_a_long_remark_is_refused_at_its_field(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    with pytest.raises(Invalid) as refused:
        keep(session, challenge, world.hanne, remark("x" * (MAX_REMARK + 1), Section.GOAL))
    assert list(refused.value.errors) == ["new-goal"]
    keep(session, challenge, world.hanne, remark("x" * MAX_REMARK, Section.GOAL))


def test_so_many_remarks_fit_and_no_more(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    many = [remark(f"Remark {n}") for n in range(MOST_REMARKS)]
    keep(session, challenge, world.hanne, *many)
    with pytest.raises(Invalid):
        keep(session, challenge, world.hanne, remark("One more"))


@pytest.mark.parametrize("who", ["astrid", "eva", "ida", "pia", "jens", "kim", "bo", "visitor"])
def test_only_who_may_return_it_writes_remarks(session: Session, world: World, who: str) -> None:
    challenge = submitted(session, world)
    with pytest.raises(NotAllowed):
        keep(session, challenge, world.everybody[who], remark("Mine"))


def test_who_wrote_it_remarks_nothing_with_whatever_role(session: Session, world: World) -> None:
    both = replace(
        world.astrid,
        roles=world.astrid.roles | {Held(Role.APPROVER, "authority", world.authority.id)},
    )
    challenge = submitted(session, world)
    with pytest.raises(NotAllowed):
        keep(session, challenge, both, remark("My own"))


def test_a_manager_returns_with_remarks_what_was_approved(session: Session, world: World) -> None:
    challenge = approved(session, world)
    give_back(session, challenge, world.eva, remark("Dates.", Section.TIMELINE))
    assert challenge.state == "returned"
    found = rounds(session, challenge)
    assert [say(step.what, "en") for step in found[0].steps] == [
        "Submitted for approval",
        "Approved",
        "Returned with 1 remark",
    ]
    assert [one.text for one in found[0].remarks] == ["Dates."]


def test_the_journal_knows_how_many_and_not_what(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    give_back(session, challenge, world.hanne, remark("Confidential"), remark("Another"))
    answer = answers_to(session, challenge, note="Our own business")
    actions.answer_remarks(session, challenge, answer, actor=world.astrid, now=NOW)
    actions_kept = [item.event.data() for item in session.info["journal"]]
    assert {"from_state": "in_review", "remarks": 2} in actions_kept
    assert "Confidential" not in str(actions_kept)
    assert "business" not in str(actions_kept)


def answers_to(session: Session, challenge: Challenge, *, note: str) -> list[Answered]:
    return [
        Answered(id=one.public_id, is_done=True, note=note)
        for one in queries.remarks_of(session, challenge)
    ]


def test_its_authors_answer_each_remark(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    give_back(session, challenge, world.hanne, remark("Which region?", Section.GOAL))
    answers = answers_to(session, challenge, note="Jutland.")
    assert actions.answer_remarks(session, challenge, answers, actor=world.astrid, now=NOW) == 1
    assert actions.answer_remarks(session, challenge, answers, actor=world.astrid, now=NOW) == 0
    one = queries.remarks_of(session, challenge)[0]
    assert (one.is_done, one.note, one.answered_by) == (True, "Jutland.", world.astrid.person_id)


@pytest.mark.parametrize("who", ["hanne", "eva", "ida", "jens", "visitor"])
def test_nobody_else_answers(session: Session, world: World, who: str) -> None:
    challenge = submitted(session, world)
    give_back(session, challenge, world.hanne, remark("Which region?"))
    answers = answers_to(session, challenge, note="Jutland.")
    with pytest.raises(NotAllowed):
        actions.answer_remarks(session, challenge, answers, actor=world.everybody[who], now=NOW)


def test_a_remark_of_another_challenge_is_left_alone(session: Session, world: World) -> None:
    one, other = submitted(session, world), submitted(session, world)
    give_back(session, one, world.hanne, remark("About one"))
    give_back(session, other, world.hanne, remark("About the other"))
    answers = answers_to(session, one, note="Done")
    assert actions.answer_remarks(session, other, answers, actor=world.astrid, now=NOW) == 0
    assert queries.remarks_of(session, one)[0].note == ""


def test_a_long_answer_is_refused_at_its_field(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    give_back(session, challenge, world.hanne, remark("Which region?"))
    answers = answers_to(session, challenge, note="x" * (MAX_NOTE + 1))
    with pytest.raises(Invalid) as refused:
        actions.answer_remarks(session, challenge, answers, actor=world.astrid, now=NOW)
    assert list(refused.value.errors) == [f"note-{answers[0].id}"]


def test_each_round_keeps_what_was_submitted(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    first = statement_of(challenge)
    give_back(session, challenge, world.hanne, remark("More money.", Section.BUDGET))
    change(session, challenge, world.astrid, budget_max=700_000, pilots_max=2)
    hand_in(session, challenge, world.astrid)
    kept = queries.submissions(session, challenge)
    assert [one.number for one in kept] == [1, 2]
    assert from_data(kept[0].statement) == first
    assert from_data(kept[1].statement) == statement_of(challenge)
    found = rounds(session, challenge)
    assert [one.number for one in found] == [2, 1]
    changed = {
        say(label, "en"): [one.name for one in differences]
        for label, differences in found[0].changed
    }
    assert changed == {"Budget and procurement route": ["budget", "pilots_max"]}
    assert [one.text for one in found[1].remarks] == ["More money."]
    assert found[0].remarks == []


def test_the_whole_history_is_told_round_by_round(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    give_back(session, challenge, world.hanne, remark("More money."))
    hand_in(session, challenge, world.astrid)
    actions.approve(session, challenge, actor=world.hanne, **CLOCKS)
    later = NOW + timedelta(days=2)
    actions.publish(session, challenge, at=later, actor=world.eva, now=NOW, content_dir=CONTENT)
    actions.withdraw_publication(session, challenge, actor=world.eva, now=NOW)
    told = [
        [say(step.what, "en").partition(":")[0] for step in one.steps]
        for one in rounds(session, challenge)
    ]
    assert told == [
        ["Submitted for approval", "Approved", "Published", "Publication withdrawn"],
        ["Submitted for approval", "Returned with 1 remark"],
    ]


def test_remarks_that_were_never_given_are_gone_with_the_publication(
    session: Session, world: World
) -> None:
    challenge = submitted(session, world)
    keep(session, challenge, world.hanne, remark("For myself"))
    actions.approve(session, challenge, actor=world.hanne, **CLOCKS)
    assert texts(queries.own_drafts(session, challenge, world.hanne.person_id or 0)) != []
    actions.publish(session, challenge, actor=world.eva, now=NOW, content_dir=CONTENT)
    assert queries.own_drafts(session, challenge, world.hanne.person_id or 0) == []


def test_everybody_takes_along_their_own_remarks_answers_and_links(
    session: Session, world: World
) -> None:
    challenge = submitted(session, world)
    give_back(session, challenge, world.hanne, remark("Which region?", Section.GOAL))
    actions.answer_remarks(
        session, challenge, answers_to(session, challenge, note="Jutland."),
        actor=world.astrid, now=NOW,
    )  # fmt: skip
    secret = actions.make_preview_link(
        session, challenge, label="Law", actor=world.astrid, **CLOCKS
    )
    hanne, astrid = (
        personal.export(session, who.person_id or 0) for who in (world.hanne, world.astrid)
    )
    slug = challenge.slug
    assert hanne["challenge_remarks"] == [
        {
            "challenge": slug,
            "section": "goal",
            "text": "Which region?",
            "at": NOW.isoformat(),
            "given": True,
        }
    ]
    assert astrid["challenge_remarks"] == []
    assert astrid["challenge_remark_answers"] == [
        {"challenge": slug, "section": "goal", "note": "Jutland.", "done": True}
    ]
    assert astrid["challenge_previews"] == [
        {"challenge": slug, "label": "Law", "at": NOW.isoformat()}
    ]
    assert secret not in str(astrid)


def test_who_is_erased_leaves_what_was_given_and_nothing_that_was_not(
    session: Session, world: World
) -> None:
    challenge = submitted(session, world)
    give_back(session, challenge, world.hanne, remark("Given"))
    hand_in(session, challenge, world.astrid)
    keep(session, challenge, world.hanne, remark("Not given"))
    secret = actions.make_preview_link(session, challenge, label="Law", actor=world.hanne, **CLOCKS)
    personal.erase(session, world.hanne.person_id or 0, now=NOW)
    session.expire_all()
    assert texts(queries.given_remarks(session, challenge)) == ["Given"]
    assert queries.own_drafts(session, challenge, world.hanne.person_id or 0) == []
    link = queries.link_of_token(session, secret)
    assert link is not None
    assert link.revoked_at == NOW
