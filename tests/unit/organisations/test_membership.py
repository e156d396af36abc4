"""Who belongs to a firm: invited by its lead, never without one, closed and opened again."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.accounts import actions as accounts
from govmatch.accounts.models import Person, Role
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Gone, NotAllowed, NotFound
from govmatch.kit.journal import Head, rows_about
from govmatch.organisations import actions, queries
from govmatch.organisations.models import Firm
from govmatch.organisations.personal import erase, export
from tests.unit.organisations.samples import NOW, actor_for, add_firm, add_person, join

LATER = NOW + timedelta(days=1)


@pytest.fixture
def firm(session: Session) -> Firm:
    return add_firm(session)


@pytest.fixture
def bo(session: Session, firm: Firm) -> Actor:
    """Leads the firm."""
    return join(session, add_person(session, "Bo Madsen"), firm, Role.LEAD)


@pytest.fixture
def carla(session: Session, firm: Firm, bo: Actor) -> Actor:
    """Is a member of the firm."""
    return join(session, add_person(session, "Carla Ferrari"), firm)


def belonging(session: Session, firm: Firm) -> list[tuple[str, set[str]]]:
    return [
        (member.person.name, {row.role for row in member.rows})
        for member in queries.members_of(session, firm, real_now=LATER)
    ]


def member(session: Session, firm: Firm, actor: Actor) -> queries.Member:
    person = session.get_one(Person, actor.person_id)
    return queries.get_member(session, firm, person.public_id, real_now=LATER)


def end(session: Session, firm: Firm, whose: Actor, *, by: Actor) -> None:
    actions.end_membership(
        session, firm, member(session, firm, whose), actor=by, now=LATER, real_now=LATER
    )


def hand_over(session: Session, firm: Firm, to: Actor, *, by: Actor) -> None:
    actions.hand_over_lead(
        session, firm, member(session, firm, to), actor=by, now=LATER, real_now=LATER
    )


def invite(session: Session, firm: Firm, address: str, *, by: Actor) -> str:
    invitation = actions.invite_member(
        session, firm, address, Role.MEMBER, lang="da", actor=by, now=NOW, real_now=NOW
    )
    return invitation.public_id


def test_members_stand_by_name_after_the_leads(session: Session, firm: Firm, bo: Actor) -> None:
    for name in ("Dora", "Anna"):
        join(session, add_person(session, name), firm)
    assert belonging(session, firm) == [
        ("Bo Madsen", {"lead"}),
        ("Anna", {"member"}),
        ("Dora", {"member"}),
    ]


def test_who_is_invited_joins_by_accepting(session: Session, firm: Firm, bo: Actor) -> None:
    invited = add_person(session, "Anna")
    public_id = invite(session, firm, invited.email, by=bo)
    invitation = queries.get_invitation(session, firm, public_id, real_now=NOW)
    accounts.accept_invitation(
        session, invitation, name="", lang="da", actor=actor_for(invited), now=NOW, real_now=NOW
    )
    assert ("Anna", {"member"}) in belonging(session, firm)
    assert queries.invitations_of(session, firm, real_now=NOW) == []


def test_an_invitation_ends_after_two_weeks_and_when_it_is_taken_back(
    session: Session, firm: Firm, bo: Actor
) -> None:
    invite(session, firm, "one@firm.example", by=bo)
    second = invite(session, firm, "two@firm.example", by=bo)
    invitation = queries.get_invitation(session, firm, second, real_now=NOW)
    actions.revoke_invitation(session, firm, invitation, actor=bo, now=NOW, real_now=NOW)
    left = queries.invitations_of(session, firm, real_now=NOW)
    assert [one.address for one in left] == ["one@firm.example"]
    assert queries.invitations_of(session, firm, real_now=NOW + timedelta(days=15)) == []


@pytest.mark.security(2)
def test_an_invitation_of_another_firm_is_not_there(
    session: Session, firm: Firm, bo: Actor
) -> None:
    other = add_firm(session, "Other ApS")
    dieter = join(session, add_person(session, "Dieter"), other, Role.LEAD)
    theirs = invite(session, other, "x@firm.example", by=dieter)
    with pytest.raises(NotFound):
        queries.get_invitation(session, firm, theirs, real_now=NOW)


def test_a_member_neither_invites_nor_ends_nor_hands_over(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    with pytest.raises(NotAllowed):
        invite(session, firm, "x@firm.example", by=carla)
    with pytest.raises(NotAllowed):
        end(session, firm, bo, by=carla)
    with pytest.raises(NotAllowed):
        hand_over(session, firm, carla, by=carla)
    assert belonging(session, firm) == [("Bo Madsen", {"lead"}), ("Carla Ferrari", {"member"})]


def test_the_lead_of_another_firm_has_no_say(session: Session, firm: Firm, carla: Actor) -> None:
    other = add_firm(session, "Other ApS")
    dieter = join(session, add_person(session, "Dieter"), other, Role.LEAD)
    with pytest.raises(NotAllowed):
        end(session, firm, carla, by=dieter)
    with pytest.raises(NotAllowed):
        invite(session, firm, "x@firm.example", by=dieter)


def test_a_lead_ends_a_membership_and_a_member_leaves(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    anna = join(session, add_person(session, "Anna"), firm)
    end(session, firm, carla, by=bo)
    end(session, firm, anna, by=anna)
    assert belonging(session, firm) == [("Bo Madsen", {"lead"})]


def test_the_last_lead_stays(session: Session, firm: Firm, bo: Actor, carla: Actor) -> None:
    with pytest.raises(NotAllowed, match="Nobody else leads the firm"):
        end(session, firm, bo, by=bo)
    assert ("Bo Madsen", {"lead"}) in belonging(session, firm)


def test_a_lead_whose_account_is_closed_does_not_count(
    session: Session, firm: Firm, bo: Actor
) -> None:
    gone = add_person(session, "Gone")
    join(session, gone, firm, Role.LEAD)
    gone.disabled_at = NOW
    session.flush()
    with pytest.raises(NotAllowed):
        end(session, firm, bo, by=bo)


def test_one_of_two_leads_may_leave(session: Session, firm: Firm, bo: Actor) -> None:
    join(session, add_person(session, "Anna"), firm, Role.LEAD)
    end(session, firm, bo, by=bo)
    assert belonging(session, firm) == [("Anna", {"lead"})]


def test_the_lead_is_handed_over_and_the_old_one_stays_a_member(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    hand_over(session, firm, carla, by=bo)
    assert belonging(session, firm) == [("Carla Ferrari", {"lead"}), ("Bo Madsen", {"member"})]


def test_nobody_is_made_lead_twice_or_without_an_account(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    with pytest.raises(Conflict):
        hand_over(session, firm, bo, by=bo)
    session.get_one(Person, carla.person_id).disabled_at = NOW
    session.flush()
    with pytest.raises(Conflict):
        hand_over(session, firm, carla, by=bo)
    assert belonging(session, firm)[0] == ("Bo Madsen", {"lead"})


def test_a_closed_firm_is_gone_for_others_and_its_members_keep_it(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    invite(session, firm, "x@firm.example", by=bo)
    actions.close_firm(session, firm, actor=bo, now=LATER, real_now=LATER)
    commit(session)
    with pytest.raises(Gone):
        queries.get_visible_firm(session, Actor(), firm.slug)
    assert queries.visible_firms_among(session, [firm.id], actor=bo) == set()
    assert queries.own_firms(session, carla) == [firm]
    assert queries.invitations_of(session, firm, real_now=LATER) == []
    last = rows_about(session, "firm", firm.id)[-1]
    assert last.event == "ListedFirmClosed"
    assert last.id == session.execute(select(Head.public_id)).scalar_one()


def test_a_closed_firm_that_was_not_listed_was_never_there(session: Session, bo: Actor) -> None:
    hidden = add_firm(session, "Hidden ApS", is_public=False)
    lead = join(session, add_person(session), hidden, Role.LEAD)
    actions.close_firm(session, hidden, actor=lead, now=LATER, real_now=LATER)
    with pytest.raises(NotFound):
        queries.get_visible_firm(session, bo, hidden.slug)
    with pytest.raises(Gone):
        queries.get_visible_firm(session, lead, hidden.slug)


def test_a_closed_firm_is_opened_again_as_it_was(session: Session, firm: Firm, bo: Actor) -> None:
    actions.close_firm(session, firm, actor=bo, now=NOW, real_now=NOW)
    with pytest.raises(NotAllowed):
        actions.close_firm(session, firm, actor=bo, now=NOW, real_now=NOW)
    actions.reopen_firm(session, firm, actor=bo, now=LATER)
    assert queries.get_visible_firm(session, Actor(), "nordlys-vision") == firm
    with pytest.raises(NotAllowed):
        actions.reopen_firm(session, firm, actor=bo, now=LATER)


def test_only_the_lead_closes_and_opens(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    with pytest.raises(NotAllowed):
        actions.close_firm(session, firm, actor=carla, now=NOW, real_now=NOW)
    actions.close_firm(session, firm, actor=bo, now=NOW, real_now=NOW)
    with pytest.raises(NotAllowed):
        actions.reopen_firm(session, firm, actor=carla, now=NOW)


def test_a_person_takes_the_profiles_of_their_firms_along(
    session: Session, firm: Firm, bo: Actor
) -> None:
    add_firm(session, "Other ApS", summary="Not theirs")
    assert bo.person_id is not None
    exported = export(session, bo.person_id)
    assert [one["basics"]["name"] for one in exported["firms"]] == ["Nordlys Vision ApS"]  # type: ignore[attr-defined]


def test_a_firm_whose_last_lead_is_erased_goes_to_the_oldest_member(
    session: Session, firm: Firm, bo: Actor, carla: Actor
) -> None:
    assert bo.person_id is not None
    erase(session, bo.person_id, now=LATER)
    erase(session, bo.person_id, now=LATER)
    assert ("Carla Ferrari", {"lead", "member"}) in belonging(session, firm)
    assert firm.closed_at is None


@pytest.mark.parametrize("order", ["before", "after"])
def test_a_firm_without_anybody_is_closed(
    session: Session, firm: Firm, bo: Actor, order: str
) -> None:
    assert bo.person_id is not None
    if order == "after":
        for row in member(session, firm, bo).rows:
            row.until = LATER
        session.flush()
    erase(session, bo.person_id, now=LATER)
    assert firm.closed_at == LATER
