"""What may be a conflict is found in what the site knows; a manager decides, with a reason."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.applications.models import Partner, PartnerState
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict as Changed
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.journal import JournalRow, seal
from govmatch.reviews import actions, queries
from govmatch.reviews.queries.suspecting import suspected
from govmatch.reviews.queries.suspicions import open_suspicions, suspicion_of, to_suspect
from govmatch.reviews.suspicion_models import Suspicion, SuspicionKind
from govmatch.settings import shipped
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import assign, declare, review_of, score, submitted
from tests.unit.reviews.test_declaring import access_of
from tests.web.applications.world import firm, give
from tests.web.reviews.world import Selection

CONTENT = shipped("content")
BEFORE = NOW - timedelta(days=300)


def look(session: Session, made: Selection, content_dir: Path = CONTENT) -> int:
    return actions.suspect(session, made.challenge, content_dir=content_dir, now=NOW, real_now=NOW)


def kinds(session: Session, made: Selection, who: str = "greta") -> dict[str, set[str]]:
    """Return what is suspected of somebody, by the firm that applied, settled or not."""
    firms = {one.id: name for name, one in made.applications.items()}
    found = select(Suspicion).where(Suspicion.person_id == made.world.people[who].id)
    return {firms[row.application_id]: set(row.kinds) for row in session.scalars(found)}


def belonged(session: Session, made: Selection, who: str, name: str, *, ended: bool = True) -> None:
    row = RoleRow(
        person_id=made.world.people[who].id, role=Role.MEMBER, object_kind="firm",
        object_id=made.world.firms[name].id, since=BEFORE, until=NOW if ended else None,
    )  # fmt: skip
    session.add(row)
    session.flush()


def settle(
    session: Session, made: Selection, verb: str, by: str = "eva", reason: str = "Asked both"
) -> None:
    act = {"clear": actions.clear_suspicion, "confirm": actions.confirm_suspicion}[verb]
    person = made.world.people["greta"].id
    actor = acting(session, made.world.people[by])
    act(session, made.applications["nordlys"], person, reason, actor=actor, now=NOW)


def test_nothing_is_suspected_where_nothing_is_known(
    session: Session, selection: Selection
) -> None:
    assert look(session, selection) == 0
    assert kinds(session, selection) == {}


def test_who_belonged_to_the_firm_before_is_suspected(
    session: Session, selection: Selection
) -> None:
    belonged(session, selection, "greta", "nordlys")
    assert look(session, selection) == 1
    assert kinds(session, selection) == {"nordlys": {"organisation"}}
    assert look(session, selection) == 0


def test_an_address_of_the_same_domain_is_a_sign_unless_everybody_has_one_there(
    session: Session, selection: Selection
) -> None:
    selection.world.people["bo"].email = "bo@nordlys.example"
    selection.world.people["greta"].email = "greta@nordlys.example"
    selection.world.people["dieter"].email = "dieter@gmail.com"
    selection.world.people["lea"].email = "lea@gmail.com"
    session.flush()
    look(session, selection)
    assert kinds(session, selection) == {"nordlys": {"mail_domain"}}
    assert kinds(session, selection, "lea") == {}


def test_the_family_name_alone_is_no_sign_but_with_the_town_it_is(
    session: Session, selection: Selection
) -> None:
    selection.world.people["greta"].name = "Greta Quokka"
    look(session, selection)
    assert kinds(session, selection) == {}
    selection.world.firms["own"] = firm(session, "own", "DK", NOW)
    selection.world.firms["own"].city = "nordlysborg"
    selection.world.firms["nordlys"].country = "DK"
    belonged(session, selection, "greta", "own", ended=False)
    look(session, selection)
    assert kinds(session, selection) == {"nordlys": {"family"}}


def test_who_applied_with_the_firm_before_is_suspected(
    session: Session, selection: Selection
) -> None:
    selection.world.firms["own"] = firm(session, "own", "DK", NOW)
    belonged(session, selection, "greta", "own", ended=False)
    partner = Partner(
        public_id="partner", application_id=selection.applications["weser"].id,
        firm_id=selection.world.firms["own"].id, lang="en", share=40,
        state=PartnerState.ACCEPTED.value, invited_by=selection.world.people["dieter"].id,
        invited_at=NOW,
    )  # fmt: skip
    session.add(partner)
    selection.applications["nordlys"].firm_id = selection.world.firms["weser"].id
    session.flush()
    look(session, selection)
    assert kinds(session, selection)["nordlys"] == {"consortium"}


def test_a_suspicion_that_nothing_speaks_for_any_more_goes_by_itself(
    session: Session, selection: Selection
) -> None:
    selection.world.people["bo"].email = "bo@nordlys.example"
    selection.world.people["greta"].email = "greta@nordlys.example"
    session.flush()
    look(session, selection)
    selection.world.people["greta"].email = "greta@elsewhere.example"
    session.flush()
    look(session, selection)
    assert kinds(session, selection) == {}


def test_a_suspicion_closes_nothing_and_keeps_from_being_assigned_until_it_is_decided(
    session: Session, selection: Selection
) -> None:
    belonged(session, selection, "greta", "nordlys")
    look(session, selection)
    assert access_of(session, selection, "greta") == {}
    plan = assign(session, selection, "greta")
    outcomes = {one.application.id: one.outcome.value for one in plan.pairs}
    assert outcomes == {
        selection.applications["nordlys"].id: "suspected",
        selection.applications["weser"].id: "new",
    }
    settle(session, selection, "clear")
    assert [
        one.outcome.value for one in assign(session, selection, "greta", to=["nordlys"]).pairs
    ] == ["new"]


def test_what_is_confirmed_closes_the_application_and_ends_the_review(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    score(session, review_of(session, selection, "greta", "nordlys"), selection.world.greta)
    belonged(session, selection, "greta", "nordlys")
    look(session, selection)
    settle(session, selection, "confirm")
    assert access_of(session, selection, "greta")["nordlys"] == "closed"
    assert review_of(session, selection, "greta", "nordlys").state == "withdrawn"
    pair = selection.applications["nordlys"].id, selection.world.greta.id
    row = suspicion_of(session, *pair)
    assert row is not None
    assert (row.state, row.reason) == ("confirmed", "Asked both")
    assert queries.conflict_of(session, *pair) is not None
    seal(session)
    happened = session.scalars(select(JournalRow.event).order_by(JournalRow.id))
    assert [one for one in happened if "uspic" in one or "uspect" in one] == [
        "ConflictSuspected", "SuspicionConfirmed",
    ]  # fmt: skip


def test_only_a_manager_decides_once_with_a_reason_and_never_about_themselves(
    session: Session, selection: Selection
) -> None:
    belonged(session, selection, "greta", "nordlys")
    look(session, selection)
    with pytest.raises(Invalid):
        settle(session, selection, "clear", reason="")
    for who in ("astrid", "greta", "jens", "hanne"):
        with pytest.raises(NotAllowed):
            settle(session, selection, "clear", by=who)
    programme = selection.challenge.programme_id
    give(session, selection.world.greta, Role.MANAGER, "programme", programme, NOW)
    with pytest.raises(NotAllowed):
        settle(session, selection, "clear", by="greta")
    settle(session, selection, "clear")
    with pytest.raises(Changed):
        settle(session, selection, "confirm")


def test_what_was_cleared_opens_again_only_when_something_else_is_found(
    session: Session, selection: Selection
) -> None:
    belonged(session, selection, "greta", "nordlys")
    look(session, selection)
    settle(session, selection, "clear")
    assert look(session, selection) == 0
    selection.world.people["bo"].email = "bo@nordlys.example"
    selection.world.people["greta"].email = "greta@nordlys.example"
    session.flush()
    assert look(session, selection) == 1
    pair = selection.applications["nordlys"].id, selection.world.greta.id
    assert open_suspicions(session, [pair[0]], [pair[1]]) == {pair}
    row = suspicion_of(session, *pair)
    assert row is not None
    assert set(row.kinds) == {SuspicionKind.ORGANISATION, SuspicionKind.MAIL_DOMAIN}


def test_no_decision_rests_on_a_review_of_somebody_who_may_have_a_conflict(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    for name in ("nordlys", "weser"):
        submitted(session, selection, "greta", name)
    belonged(session, selection, "greta", "nordlys")
    look(session, selection)
    eva = acting(session, selection.world.eva)
    with pytest.raises(Changed):
        actions.freeze(session, selection.challenge, actor=eva, now=NOW)
    settle(session, selection, "clear")
    actions.freeze(session, selection.challenge, actor=eva, now=NOW)
    assert queries.is_frozen(session, selection.challenge)


def test_the_background_looks_again_only_where_something_changed(
    session: Session, selection: Selection
) -> None:
    def due() -> int:
        return actions.suspect_changed(session, content_dir=CONTENT, now=NOW, real_now=NOW)

    seal(session)
    assert due() == 1
    assert due() == 0
    declare(session, selection, "greta", firms=["nordlys"])
    seal(session)
    assert [one.id for one, _ in to_suspect(session)] == [selection.challenge.id]
    assert due() == 1
    seal(session)
    assert due() == 0


def test_a_conflict_in_an_earlier_selection_is_a_sign_in_the_next(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta", firms=["nordlys"])
    other = selection.world.challenges["short"]
    people = [selection.world.greta]
    applications = [selection.applications["nordlys"], selection.applications["weser"]]
    found = suspected(session, other, applications, people, content_dir=CONTENT, now=NOW)
    assert found == {
        (applications[0].id, people[0].id): (SuspicionKind.EARLIER,),
    }
