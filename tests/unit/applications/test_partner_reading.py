"""What partners and readers without names see of firms that apply together, and the journal."""

import pytest
from sqlalchemy import select

from govmatch.applications import queries, reading, rules
from govmatch.applications.actions import partners as actions
from govmatch.applications.consortium import seen
from govmatch.applications.models import Application, How
from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from tests.unit.applications.acting import NOW, acting, begun, save, sent, submit
from tests.unit.applications.partnering import (
    accepted,
    acting_kwargs,
    arrange,
    asked,
    left,
    removed,
    together,
)
from tests.web.applications.world import World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


@pytest.fixture
def draft(session: Session, world: World) -> Application:
    return begun(session, world)


def test_blind_readers_see_shares_and_parts_and_no_name_of_a_partner(
    session: Session, world: World, draft: Application
) -> None:
    partner = together(session, world, draft)
    asked(session, draft, world.bo, world.firms["fjord"], share=10)
    counted = queries.counting_partners(session, draft, now=NOW)
    actions.set_shares(
        session, draft, {}, {partner.public_id: "Cameras of Weser, by Dieter"},
        lead_part="Nordlys scans", shown=seen(draft, counted),
        **acting_kwargs(session, world.bo, NOW),
    )  # fmt: skip
    accepted(session, partner, world.dieter, world.firms["weser"])
    removed(session, queries.partners_of(session, draft)[1], world.bo)
    fields = {"q-solution": "Nordlys asked Fjord and takes Weser with Dieter"}
    save(session, draft, "idea", sent(fields), who=world.bo)
    save(session, draft, "team", sent({"q-skills": "Optics"}), who=world.bo)
    consent = {"q-honest": "yes", "asked-honest": "1"}
    save(session, draft, "consent", sent(consent), who=world.bo)
    submit(session, draft, world.bo)
    blind = reading.submitted(session, draft, how=How.BLIND, lang="en", url=str)
    full = reading.submitted(session, draft, how=How.FULL, lang="en", url=str)
    assert blind is not None
    assert full is not None
    assert [(one.name, one.share, one.part) for one in blind.consortium] == [
        ("Firm that leads", 70, "▒▒▒ scans"),
        ("Partner 1", 30, "Cameras of ▒▒▒, by ▒▒▒"),
    ]
    assert [one.name for one in full.consortium] == ["Nordlys", "Weser"]
    said = str(blind.parts[0].rows[0])
    for name in ("Nordlys", "Weser", "Dieter", "Fjord"):
        assert name not in said
        assert name in str(full.parts[0].rows[0])


def test_what_sql_finds_for_partners_is_what_the_rule_allows(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, world.firms["weser"])
    acts = (
        lambda: None,
        lambda: accepted(session, partner, world.dieter, world.firms["weser"]),
        lambda: arrange(session, world, draft, partner, 12),
        lambda: left(session, partner, world.dieter),
    )
    for act in acts:
        act()
        session.flush()
        for who in world.people.values():
            actor = acting(session, who)
            found = session.query(Application).filter(queries.visible_to(actor)).all()
            assert (draft in found) is bool(rules.may_see(actor, draft))
            own = session.query(Application).filter(queries.own_to(actor)).all()
            assert (draft in own) is rules.is_applicant(actor, draft)


def test_the_journal_says_each_act_and_never_a_name(
    session: Session, world: World, draft: Application
) -> None:
    partner = asked(session, draft, world.bo, "dieter@example.org", part="Quokka cameras")
    accepted(session, partner, world.dieter, world.firms["weser"])
    arrange(session, world, draft, partner, 12)
    left(session, partner, world.dieter)
    commit(session)
    rows = list(session.scalars(select(JournalRow).order_by(JournalRow.id)))
    assert [row.event for row in rows][-4:] == [
        "PartnerInvited",
        "PartnerAccepted",
        "SharesChanged",
        "PartnerLeft",
    ]
    said = str([row.data for row in rows])
    assert not any(word in said for word in ("Quokka", "dieter", "Weser"))
