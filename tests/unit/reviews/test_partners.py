"""A partner's people and whoever has ties to it are kept from an application like the lead's."""

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.applications.models import Application, How, Partner, PartnerState
from govmatch.applications.rules import may_see
from govmatch.kit.db import Session
from govmatch.reviews import queries
from govmatch.reviews.queries import Outcome
from govmatch.triage import rules as triage
from govmatch.triage.queries import can_handle
from govmatch.triage.queries.seeing import readable_in, readable_to
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import assign, declare
from tests.unit.reviews.test_declaring import access_of, kinds
from tests.web.applications.world import firm, give
from tests.web.reviews.world import Selection


@pytest.fixture
def joined(session: Session, selection: Selection) -> Application:
    """Let Gamma take part in the application of Nordlys."""
    gamma = selection.world.firms["gamma"] = firm(session, "gamma", "DK", NOW, is_public=True)
    application = selection.applications["nordlys"]
    session.add(
        Partner(
            public_id="partnergamma", application=application, firm=gamma, lang="en",
            state=PartnerState.ACCEPTED.value, share=20, invited_by=selection.world.bo.id,
            invited_at=NOW,
        )
    )  # fmt: skip
    application.partner_firms = [gamma.id]
    session.flush()
    return application


def test_naming_a_partner_closes_the_application(
    session: Session, selection: Selection, joined: Application
) -> None:
    declare(session, selection, "greta", firms=["gamma"])
    assert access_of(session, selection, "greta") == {"nordlys": How.CLOSED}
    assert kinds(session, selection, "greta") == {"nordlys": "declared"}


def test_a_member_of_a_partner_is_not_assigned_and_is_closed_out(
    session: Session, selection: Selection, joined: Application
) -> None:
    give(session, selection.world.greta, Role.MEMBER, "firm", joined.partner_firms[0], NOW)
    session.flush()
    closing = queries.to_close(session, now=NOW, most=50)
    pairs = {(one.application.id, one.person_id, one.kind) for one in closing}
    assert (joined.id, selection.world.greta.id, "member") in pairs
    declare(session, selection, "greta")
    plan = assign(session, selection, "greta")
    outcomes = {one.application.id: one.outcome for one in plan.pairs}
    assert outcomes[joined.id] is Outcome.CONFLICT
    assert outcomes[selection.applications["weser"].id] is Outcome.NEW


def test_a_tie_to_a_firm_that_declined_closes_nothing(
    session: Session, selection: Selection, joined: Application
) -> None:
    partner = session.scalars(select(Partner)).one()
    partner.state, joined.partner_firms = PartnerState.DECLINED.value, []
    session.flush()
    declare(session, selection, "greta", firms=["gamma"])
    closing = queries.to_close(session, now=NOW, most=50)
    assert selection.world.greta.id not in {one.person_id for one in closing}
    assert access_of(session, selection, "greta") == {}


def test_a_partners_people_never_work_on_it_for_the_other_side(
    session: Session, selection: Selection, joined: Application
) -> None:
    astrid = selection.world.astrid
    assert triage.may_read(acting(session, astrid), joined)
    assert can_handle(session, astrid.id, [joined], real_now=NOW) == {joined.id}
    give(session, astrid, Role.MEMBER, "firm", joined.partner_firms[0], NOW)
    session.flush()
    actor = acting(session, astrid)
    assert may_see(actor, joined)
    assert not triage.may_read(actor, joined)
    assert can_handle(session, astrid.id, [joined], real_now=NOW) == frozenset()
    every = Application.id.is_not(None)
    for condition in (readable_to(actor), readable_in(actor, every)):
        assert joined not in session.query(Application).filter(condition).all()
