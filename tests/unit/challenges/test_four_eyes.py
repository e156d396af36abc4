"""Who may do what: nobody does two steps of one case, and every no has its reason."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.challenges import actions, rules
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.queries import approvers, managers, own_approvers, remarks_of
from govmatch.kit.actor import VISITOR, Actor, Held, No
from govmatch.kit.content import FILES
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.organisations.queries.authorities import by_slug
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    World,
    approved,
    drafted,
    happened,
    make_world,
    new_person,
    published,
    remark,
    statement,
    submitted,
)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def allowed(world: World, may: Callable[[Actor], object]) -> set[str]:
    """Return who of everybody may."""
    return {name for name, actor in world.everybody.items() if may(actor)}


def with_role(actor: Actor, role: Role, kind: str, object_id: int) -> Actor:
    return replace(actor, roles=actor.roles | {Held(role, kind, object_id)})


def test_each_step_is_open_to_one_role_only(session: Session, world: World) -> None:
    draft = drafted(session, world)
    assert allowed(world, lambda who: rules.may_create(who, world.authority.id)) == {"astrid"}
    assert allowed(world, lambda who: rules.may_edit(who, draft)) == {"astrid"}
    assert allowed(world, lambda who: rules.may_delete(who, draft)) == {"astrid"}
    assert allowed(world, lambda who: rules.may_submit_for_approval(who, draft)) == {"astrid"}
    assert allowed(world, lambda who: rules.may_cancel(who, draft)) == {"astrid", "hanne", "eva"}
    assert allowed(world, lambda who: rules.may_publish(who, draft)) == set()
    assert allowed(world, lambda who: rules.may_amend(who, draft)) == set()

    waiting = submitted(session, world)
    own = own_approvers(session, waiting, now=NOW)
    assert allowed(world, lambda w: rules.may_approve(w, waiting, own_approvers=own)) == {"hanne"}
    assert allowed(world, lambda w: rules.may_return(w, waiting, own_approvers=own)) == {"hanne"}
    assert allowed(world, lambda who: rules.may_edit(who, waiting)) == set()
    assert allowed(world, lambda who: rules.may_cancel(who, waiting)) == set()

    ready = approved(session, world)
    assert allowed(world, lambda who: rules.may_publish(who, ready)) == {"eva"}
    assert allowed(world, lambda w: rules.may_return(w, ready, own_approvers=own)) == {
        "hanne",
        "eva",
    }
    out = published(session, world)
    assert allowed(world, lambda who: rules.may_amend(who, out)) == {"hanne", "eva"}
    assert allowed(world, lambda who: rules.may_cancel(who, out)) == {"hanne", "eva"}
    assert allowed(world, lambda who: rules.may_edit(who, out)) == set()
    assert allowed(world, lambda who: rules.may_see(who, out, NOW)) == {*world.everybody}


def test_a_no_says_why(session: Session, world: World) -> None:
    draft = drafted(session, world)
    ruling = rules.may_edit(world.ida, draft)
    assert isinstance(ruling, No)
    assert ruling.reason.text == "Only staff of the authority may write its challenges."


def test_who_wrote_or_submitted_does_not_approve(session: Session, world: World) -> None:
    """Astrid becomes an approver too; Hanne writes too, as staff."""
    astrid = with_role(world.astrid, Role.APPROVER, "authority", world.authority.id)
    hanne = with_role(world.hanne, Role.STAFF, "authority", world.authority.id)
    challenge = drafted(session, world)
    actions.save(session, challenge, statement(), revision=1, actor=hanne, now=NOW)
    actions.submit_for_approval(session, challenge, actor=astrid, now=NOW, content_dir=CONTENT)
    for who in (astrid, hanne):
        with pytest.raises(NotAllowed):
            actions.approve(session, challenge, actor=who, now=NOW, real_now=NOW)
    # Now no approver of the authority is left, so that the programme's steps in.
    assert [person.name for person in approvers(session, challenge, now=NOW)] == ["pia"]
    actions.approve(session, challenge, actor=world.pia, now=NOW, real_now=NOW)
    assert (challenge.state, challenge.approved_by) == ("approved", world.pia.person_id)


def test_the_programme_approves_only_where_the_authority_cannot(
    session: Session, world: World
) -> None:
    challenge = submitted(session, world)
    with pytest.raises(NotAllowed) as caught:
        actions.approve(session, challenge, actor=world.pia, now=NOW, real_now=NOW)
    assert caught.value.reason.text == "The authority has an approver of its own, who decides."


def test_no_clock_of_the_site_brings_an_ended_role_back(session: Session, world: World) -> None:
    """Hanne's role ended an hour ago; the site's clock stands where she still held it."""
    row = session.scalars(
        select(RoleRow).where(
            RoleRow.person_id == world.hanne.person_id, RoleRow.role == Role.APPROVER
        )
    ).one()
    row.until = NOW + timedelta(hours=1)
    session.flush()
    clocks = {"now": NOW, "real_now": NOW + timedelta(hours=2)}
    returned = submitted(session, world)
    actions.return_(session, returned, written=[remark("Say more.")], actor=world.pia, **clocks)
    assert returned.state == State.RETURNED
    challenge = submitted(session, world)
    actions.approve(session, challenge, actor=world.pia, **clocks)
    assert challenge.approved_by == world.pia.person_id


def test_an_authority_without_an_approver_borrows_the_programmes(
    session: Session, world: World
) -> None:
    challenge = actions.create(
        session,
        statement(authority="historic-environment-scotland", round="open-1"),
        actor=(staff := _staff_of(session, "historic-environment-scotland")),
        now=NOW,
    )
    actions.submit_for_approval(session, challenge, actor=staff, now=NOW, content_dir=CONTENT)
    assert [person.name for person in approvers(session, challenge, now=NOW)] == ["pia"]
    with pytest.raises(NotAllowed):
        actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    actions.approve(session, challenge, actor=world.pia, now=NOW, real_now=NOW)
    assert challenge.state == State.APPROVED


def _staff_of(session: Session, slug: str) -> Actor:
    return new_person(session, "sam", Role.STAFF, "authority", by_slug(session, slug).id)


@pytest.mark.parametrize("step", ["wrote", "approved"])
def test_who_took_another_step_does_not_publish(session: Session, world: World, step: str) -> None:
    challenge = approved(session, world)
    who = world.astrid if step == "wrote" else world.hanne
    manager = with_role(who, Role.MANAGER, "programme", world.programme.id)
    with pytest.raises(NotAllowed):
        actions.publish(session, challenge, actor=manager, now=NOW, content_dir=CONTENT)
    assert challenge.state == State.APPROVED
    assert [person.name for person in managers(session, challenge, now=NOW)] == ["eva"]


def test_a_role_that_ended_counts_no_more(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    assert own_approvers(session, challenge, now=NOW) == {world.hanne.person_id}
    assert own_approvers(session, challenge, now=NOW - timedelta(days=1)) == frozenset()


def test_what_lives_in_files_is_read_only_on_the_site(session: Session, world: World) -> None:
    challenge = actions.create(
        session, statement(), actor=FILES, now=NOW, slug="x", source_path="challenges/x"
    )
    for may in (rules.may_edit, rules.may_delete):
        ruling = may(world.astrid, challenge)
        assert isinstance(ruling, No)
        assert ruling.reason.text == (
            "This challenge lives in files, and is changed there: content/{path}."
        )
    # The decisions about it are made by people all the same.
    actions.submit_for_approval(
        session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
    )
    actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    actions.publish(session, challenge, actor=world.eva, now=NOW, content_dir=CONTENT)
    assert not rules.may_amend(world.eva, challenge)
    assert rules.may_amend(FILES, challenge)
    assert rules.may_cancel(world.eva, challenge)


def test_once_applications_are_open_nobody_cancels_and_the_way_with_letters_is_named(
    session: Session, world: World
) -> None:
    challenge = drafted(session, world)
    challenge.state = State.IN_SELECTION
    for who in world.everybody.values():
        ruling = rules.may_cancel(who, challenge)
        assert not ruling
        assert "does not proceed" in ruling.reason.text
    with pytest.raises(NotAllowed):
        actions.cancel(session, challenge, reasons={"en": "x"}, actor=world.eva, now=NOW)
    assert challenge.state == State.IN_SELECTION


def test_files_do_not_act_on_what_was_written_on_the_site(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    with pytest.raises(NotAllowed):
        actions.approve_from_file(session, challenge, by="Office", actor=FILES, now=NOW)
    with pytest.raises(NotAllowed):
        actions.publish_from_file(
            session, challenge, at=NOW, actor=FILES, now=NOW, content_dir=CONTENT
        )
    with pytest.raises(NotAllowed):
        actions.take_back(session, challenge, actor=FILES, now=NOW)
    with pytest.raises(NotAllowed):
        actions.save(session, challenge, statement(), revision=1, actor=FILES, now=NOW)


def test_a_person_cannot_act_as_files(session: Session, world: World) -> None:
    challenge = actions.create(
        session, statement(), actor=FILES, now=NOW, slug="x", source_path="challenges/x"
    )
    for who in world.everybody.values():
        with pytest.raises(NotAllowed):
            actions.approve_from_file(session, challenge, by="Office", actor=who, now=NOW)


def test_the_whole_way_is_in_the_journal(session: Session, world: World) -> None:
    challenge = submitted(session, world)
    with pytest.raises(Invalid):
        actions.return_(
            session, challenge, written=[remark("  ")], actor=world.hanne, now=NOW, real_now=NOW
        )
    actions.return_(
        session, challenge, written=[remark("Say more.")], actor=world.hanne, now=NOW, real_now=NOW
    )
    assert (challenge.state, challenge.version) == ("returned", None)
    assert [one.text for one in remarks_of(session, challenge)] == ["Say more."]
    actions.save(
        session, challenge, statement(pilots_max=2), revision=1, actor=world.astrid, now=NOW
    )
    actions.submit_for_approval(
        session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
    )
    actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    actions.return_(
        session, challenge, written=[remark("Dates.")], actor=world.eva, now=NOW, real_now=NOW
    )
    assert challenge.approved_by is None
    actions.submit_for_approval(
        session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
    )
    actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
    actions.publish(session, challenge, actor=world.eva, now=NOW, content_dir=CONTENT)
    assert happened(session) == [
        "ChallengeDrafted",
        "ChallengeSubmitted",
        "ChallengeReturned",
        "ChallengeSaved",
        "ChallengeSubmitted",
        "ChallengeApproved",
        "ChallengeReturned",
        "ChallengeSubmitted",
        "ChallengeApproved",
        "ChallengePublished",
    ]


class TestPublishing:
    """The instant of publication is now, or chosen up to the opening."""

    def errors(self, session: Session, world: World, challenge: Challenge, **more: object) -> str:
        given = {"actor": world.eva, "now": NOW, "content_dir": CONTENT, **more}
        with pytest.raises(Invalid) as caught:
            actions.publish(session, challenge, **given)  # type: ignore[arg-type]
        assert challenge.state == State.APPROVED
        return caught.value.errors["at"].text

    def test_it_may_be_later_but_not_after_the_opening(
        self, session: Session, world: World
    ) -> None:
        challenge = approved(session, world)
        assert challenge.opens is not None
        late = challenge.opens + timedelta(seconds=1)
        assert self.errors(session, world, challenge, at=late) == (
            "It cannot be published after its opening."
        )
        past = NOW - timedelta(seconds=1)
        assert self.errors(session, world, challenge, at=past) == "This time is past."
        actions.publish(
            session, challenge, actor=world.eva, now=NOW, at=challenge.opens, content_dir=CONTENT
        )
        assert challenge.published_at == challenge.opens
        assert not rules.may_see(VISITOR, challenge, NOW)
        assert rules.phase(challenge, NOW) is rules.Phase.APPROVED

    def test_what_should_have_opened_already_is_not_published(
        self, session: Session, world: World
    ) -> None:
        challenge = approved(session, world)
        assert challenge.opens is not None
        message = self.errors(session, world, challenge, now=challenge.opens + timedelta(hours=1))
        assert message == "Its opening is past. Return it, so that its dates are changed."


def test_cancelling_needs_a_reason_that_everybody_reads(session: Session, world: World) -> None:
    challenge = published(session, world)
    with pytest.raises(Invalid) as caught:
        actions.cancel(session, challenge, reasons={"en": " ", "fr": "x"}, actor=world.eva, now=NOW)
    assert set(caught.value.errors) == {"reason"}
    actions.cancel(session, challenge, reasons={"en": "No\n money."}, actor=world.eva, now=NOW)
    assert (challenge.state, challenge.end_reasons) == ("cancelled", {"en": "No money."})
    assert rules.may_see(VISITOR, challenge, NOW)
