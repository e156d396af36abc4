"""Who sees a pilot, and how much of it: the rule and the query say the same."""

from itertools import product

import pytest

from govmatch.accounts.models import Role
from govmatch.applications.models import Access, How, Partner, PartnerState
from govmatch.kit.actor import Actor, Held
from govmatch.kit.db import Session
from govmatch.kit.errors import NotFound
from govmatch.kit.ids import public_id
from govmatch.pilots import queries, rules
from govmatch.pilots.index_entries import audience
from govmatch.pilots.models import Pilot, Side, State
from govmatch.pilots.rules import Sight
from tests.unit.pilots.making import (
    AUTHORITY,
    FIRM,
    MONEY,
    NOW,
    READERS,
    STRANGERS,
    Case,
    acting,
    case,
    confirmed,
    first,
    planned,
    running,
)
from tests.web.applications.world import give


def sights(session: Session, of: Case, pilot: Pilot) -> dict[str, Sight | None]:
    found: dict[str, Sight | None] = {}
    for name, who in of.world.people.items():
        try:
            seen = queries.get_visible(session, acting(session, who), pilot.public_id)
        except NotFound:
            found[name] = None
        else:
            found[name] = seen.sight
    return found


def test_both_sides_readers_and_the_mentor_see_it_in_full_finance_the_money_others_nothing(
    session: Session,
) -> None:
    of = case(session)
    pilot = running(session, of)
    give(session, of.world.mona, Role.MENTOR, "pilot", pilot.id + 1, NOW)
    session.flush()
    assert sights(session, of, pilot) == {
        **dict.fromkeys((*FIRM, *AUTHORITY, *READERS), Sight.FULL),
        **dict.fromkeys(MONEY, Sight.MONEY),
        **dict.fromkeys(STRANGERS, None),
    }


def test_a_conflict_closes_it_to_every_office_and_never_to_the_firm(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    for who in of.world.people.values():
        session.add(
            Access(
                application_id=pilot.application_id,
                person_id=who.id,
                how=How.CLOSED.value,
                why="conflict",
                since=NOW,
            )
        )
    session.flush()
    seen = sights(session, of, pilot)
    assert {name for name, sight in seen.items() if sight} == {*FIRM, "fie"}
    for name in (*AUTHORITY, *READERS, "finja"):
        actor = acting(session, of.world.people[name])
        assert queries.visible_among(session, [pilot.id], actor=actor) == set()
        assert sum(queries.counts(session, actor).values()) == 0


def with_partner(session: Session, of: Case, pilot: Pilot) -> None:
    """Have Dieter's firm take part in what the pilot was made from."""
    of.application.partner_firms = [of.world.firms["weser"].id]
    session.add(
        Partner(
            public_id=public_id(), application_id=of.application.id,
            firm_id=of.world.firms["weser"].id, lang="en", share=40, invited_by=of.world.bo.id,
            state=PartnerState.ACCEPTED.value, invited_at=NOW,
        )
    )  # fmt: skip
    session.flush()


def test_partners_of_the_firm_read_the_whole_pilot_and_act_in_none_of_it(
    session: Session,
) -> None:
    of = case(session)
    pilot = running(session, of)
    with_partner(session, of, pilot)
    assert sights(session, of, pilot)["dieter"] is Sight.FULL
    dieter = acting(session, of.world.dieter)
    assert rules.side_of(dieter, pilot) is None
    milestone = first(session, pilot)
    assert not rules.may_deliver(dieter, pilot, milestone)
    assert not rules.may_write(dieter, pilot)
    assert not rules.may_note(dieter, pilot)
    assert queries.counts(session, dieter)[State.RUNNING] == 1
    assert f"member@firm:{of.world.firms['weser'].id}" in audience(pilot)
    # Whoever is on the firms' side does not decide for the authority as well.
    give(session, of.world.dieter, Role.STAFF, "authority", of.challenge.authority_id, NOW)
    session.flush()
    assert rules.side_of(acting(session, of.world.dieter), pilot) is None


def test_a_firm_that_declined_or_was_only_asked_sees_no_pilot(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    with_partner(session, of, pilot)
    session.query(Partner).update({"state": PartnerState.DECLINED.value})
    of.application.partner_firms = []
    session.flush()
    session.expire_all()
    assert sights(session, of, pilot)["dieter"] is None
    assert (
        queries.visible_among(session, [pilot.id], actor=acting(session, of.world.dieter)) == set()
    )


ROLES = [
    (role, kind)
    for role in Role
    for kind in ("site", "programme", "authority", "firm", "challenge", "pilot")
]


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_query_finds_exactly_what_the_rule_shows(session: Session, is_closed: bool) -> None:
    of = case(session)
    pilot = running(session, of)
    if is_closed:
        row = Access(
            application_id=pilot.application_id, person_id=of.world.gro.id,
            how=How.CLOSED.value, why="conflict", since=NOW,
        )  # fmt: skip
        session.add(row)
        session.flush()
    own = {
        "site": 0,
        "programme": of.challenge.programme_id,
        "authority": of.challenge.authority_id,
        "firm": pilot.firm_id,
        "challenge": of.challenge.id,
        "pilot": pilot.id,
    }
    for (role, kind), other in product(ROLES, (0, 1000)):
        held = Held(role, kind, own[kind] + (other if kind != "site" else 0))
        actor = Actor(person_id=of.world.gro.id, roles=frozenset({held}))
        by_rule = rules.sight(actor, pilot, is_closed=is_closed) is not None
        by_query = pilot.id in queries.visible_among(session, [pilot.id], actor=actor)
        assert by_rule == by_query, held


def test_who_reads_along_in_the_firm_sees_all_of_it_and_acts_for_no_side(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    staff = Held(Role.STAFF, "authority", of.challenge.authority_id)
    reader = Held(Role.READER, "firm", pilot.firm_id)
    actor = Actor(person_id=of.world.gro.id, roles=frozenset({reader, staff}))
    assert rules.sight(actor, pilot, is_closed=True) is rules.Sight.FULL
    assert rules.side_of(actor, pilot) is None
    assert not rules.may_write(actor, pilot)


def test_whoever_is_in_the_firm_acts_for_the_firm_alone(session: Session) -> None:
    of = case(session)
    pilot = running(session, of)
    assert of.world.authority is not None
    give(session, of.world.bo, Role.STAFF, "authority", of.world.authority.id, NOW)
    session.flush()
    bo = acting(session, of.world.bo)
    assert rules.side_of(bo, pilot) is Side.FIRM
    assert not rules.may_state_outcome(bo, pilot, unsettled=0)
    assert {
        name: rules.side_of(acting(session, who), pilot) for name, who in of.world.people.items()
    } == {
        **dict.fromkeys(of.world.people, None),
        **dict.fromkeys(FIRM, Side.FIRM),
        **dict.fromkeys(AUTHORITY, Side.AUTHORITY),
    }


def test_a_pilot_needs_a_confirmed_application_and_a_place(session: Session) -> None:
    of = case(session)
    astrid = acting(session, of.world.astrid)
    assert rules.may_make(astrid, of.application, made=1)
    assert not rules.may_make(astrid, of.application, made=2)
    for state in ("selected", "declined", "withdrawn", "reserve"):
        other = confirmed(session, of.world, "fjord", state=state)
        assert not rules.may_make(astrid, other, made=0)
    for name in (*FIRM, *READERS, *MONEY, *STRANGERS):
        assert not rules.may_make(acting(session, of.world.people[name]), of.application, made=0)


def test_confirmed_applications_without_a_pilot_are_shown_to_the_authority_alone(
    session: Session,
) -> None:
    of = case(session)
    planned(session, of)
    waiting = confirmed(session, of.world, "weser")
    confirmed(session, of.world, "fjord", state="selected")
    found = {
        name: [one.id for one in queries.confirmed_without_pilot(session, acting(session, who))]
        for name, who in of.world.people.items()
    }
    assert {name: ids for name, ids in found.items() if ids} == {
        name: [waiting.id] for name in AUTHORITY
    }
