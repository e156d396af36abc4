"""Making a firm: its maker leads it, nobody else sees it, and the same one is shown first."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import NotAllowed, TooMany
from govmatch.kit.journal import rows_about
from govmatch.organisations import actions, queries
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import NewFirm, Visibility
from tests.unit.organisations.samples import NOW, actor_for, add_firm, add_person, lead_of

NORDLYS = NewFirm(name="Nordlys Vision ApS", country="DK", registration="CVR 12 34")


def test_who_makes_a_firm_leads_it_and_it_is_not_listed(session: Session) -> None:
    person = add_person(session)
    firm = actions.make_firm(session, NORDLYS, actor=actor_for(person), now=NOW, real_now=NOW)
    roles = session.scalars(select(RoleRow).where(RoleRow.person_id == person.id)).all()
    assert [(r.role, r.object_kind, r.object_id, r.object_label) for r in roles] == [
        (Role.LEAD, "firm", firm.id, "Nordlys Vision ApS")
    ]
    assert not firm.is_public
    assert queries.visible_firms_among(session, [firm.id], actor=VISITOR) == set()


def test_making_leaves_a_row_in_the_journal_without_a_name(session: Session) -> None:
    person = add_person(session)
    firm = actions.make_firm(session, NORDLYS, actor=actor_for(person), now=NOW, real_now=NOW)
    commit(session)
    (row,) = rows_about(session, "firm", firm.id)
    assert (row.event, row.actor_id, row.data) == ("FirmMade", person.id, {})


def test_a_visitor_makes_no_firm(session: Session) -> None:
    with pytest.raises(NotAllowed):
        actions.make_firm(session, NORDLYS, actor=VISITOR, now=NOW, real_now=NOW)
    assert session.scalars(select(Firm)).all() == []


@pytest.mark.security(33)
def test_five_firms_a_day_are_enough_for_one_person(session: Session) -> None:
    actor = actor_for(add_person(session))
    for number in range(5):
        new = NewFirm(name=f"Firm {number}", country="DK")
        actions.make_firm(session, new, actor=actor, now=NOW, real_now=NOW)
    with pytest.raises(TooMany):
        actions.make_firm(session, NORDLYS, actor=actor, now=NOW, real_now=NOW)
    tomorrow = NOW + timedelta(days=1, seconds=1)
    actions.make_firm(session, NORDLYS, actor=actor, now=tomorrow, real_now=tomorrow)


@pytest.mark.parametrize(
    ("name", "country", "registration", "found"),
    [
        ("nordlys-vision a/s", "SE", "", True),
        ("Another Name Ltd", "DK", "1234", True),
        ("Another Name Ltd", "DE", "1234", False),
        ("Another Name Ltd", "DK", "", False),
    ],
)
def test_a_listed_firm_that_may_be_the_same_is_found(
    session: Session, name: str, country: str, registration: str, found: bool
) -> None:
    firm = add_firm(session, registration="CVR 12 34")
    firm.registration_key = "DK:1234"
    like = queries.listed_like(session, name=name, country=country, registration=registration)
    assert [one.id for one in like] == ([firm.id] if found else [])


@pytest.mark.security(4)
def test_asking_for_the_same_name_does_not_reveal_an_unlisted_firm(session: Session) -> None:
    add_firm(session, registration="CVR 12 34", is_public=False)
    closed = add_firm(session, registration="CVR 12 34")
    actions.close_firm(session, closed, actor=lead_of(closed), now=NOW, real_now=NOW)
    like = queries.listed_like(
        session, name="Nordlys Vision", country="DK", registration="CVR 12 34"
    )
    assert like == []


@pytest.mark.security(4)
def test_an_unlisted_name_leaves_no_trace_in_the_address_of_another(session: Session) -> None:
    """That an address is taken tells that a firm of that name is listed, and nothing else."""
    hidden = add_firm(session, is_public=False)
    second = add_firm(session)
    third = add_firm(session)
    assert hidden.slug == hidden.public_id
    assert second.slug == "nordlys-vision"
    assert third.slug == f"nordlys-vision-{third.public_id[:4]}"


def test_a_listed_firm_keeps_its_address_whatever_it_is_called(session: Session) -> None:
    firm = add_firm(session)
    actor = lead_of(firm)
    actions.save_profile(session, firm, Visibility(is_public=False), actor=actor, now=NOW)
    firm.name = "Sydlys"
    actions.save_profile(session, firm, Visibility(is_public=True), actor=actor, now=NOW)
    assert firm.slug == "nordlys-vision"


def test_a_name_without_latin_letters_keeps_an_opaque_address(session: Session) -> None:
    firm = add_firm(session, "株式会社")
    assert firm.is_public
    assert firm.slug == firm.public_id
