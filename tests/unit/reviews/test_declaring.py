"""What a declaration closes and opens."""

from typing import Any

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.applications.models import Access, Application, How
from govmatch.applications.queries import get_visible, visible_among
from govmatch.challenges.models import State as ChallengeState
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict as Changed
from govmatch.kit.errors import NotAllowed, NotFound
from govmatch.reviews import actions, queries
from govmatch.reviews.models import Conflict, Declaration, State
from govmatch.reviews.queries import Outcome
from tests.unit.applications.acting import NOW, acting, begun
from tests.unit.reviews.reviewing import assign, declare, review_of, submitted
from tests.web.applications.world import give
from tests.web.reviews.world import Selection


def access_of(session: Session, made: Selection, who: str) -> dict[str, str]:
    """Return by firm what the table of access says about a person."""
    found = select(Application, Access.how).join(Access, Access.application_id == Application.id)
    mine = found.where(Access.person_id == made.world.people[who].id)
    return {one.firm.slug: how for one, how in session.execute(mine)}


def kinds(session: Session, made: Selection, who: str) -> dict[str, str]:
    found = select(Application, Conflict.kind).join(
        Conflict, Conflict.application_id == Application.id
    )
    mine = found.where(Conflict.person_id == made.world.people[who].id)
    return {one.firm.slug: kind for one, kind in session.execute(mine)}


def test_naming_a_firm_closes_its_application(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", firms=["nordlys", "fjord"])
    assert access_of(session, selection, "greta") == {"nordlys": How.CLOSED}
    assert kinds(session, selection, "greta") == {"nordlys": "declared"}


def test_what_is_declared_before_the_opening_holds_at_it(
    session: Session, selection: Selection
) -> None:
    selection.challenge.opened_at = None
    selection.challenge.state = ChallengeState.PUBLISHED.value
    declare(session, selection, "greta", firms=["weser"])
    assert access_of(session, selection, "greta") == {"weser": How.CLOSED}


def test_a_firm_that_is_not_listed_is_closed_by_its_whole_name(
    session: Session, selection: Selection
) -> None:
    selection.world.firms["nordlys"].is_public = False
    declare(session, selection, "greta", words="My neighbour\nNORDLYS ApS")
    assert access_of(session, selection, "greta") == {"nordlys": How.CLOSED}


def test_a_word_of_a_name_closes_nothing(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", words="I like nordlys and weser a lot")
    assert access_of(session, selection, "greta") == {}


def test_who_belongs_to_an_applying_firm_is_shut_out_by_that(
    session: Session, selection: Selection
) -> None:
    firm = selection.world.firms["nordlys"]
    give(session, selection.world.greta, Role.MEMBER, "firm", firm.id, NOW)
    declare(session, selection, "greta")
    assert kinds(session, selection, "greta") == {"nordlys": "member"}
    plan = assign(session, selection, "greta")
    assert [one.application.firm.slug for one in plan.new] == ["weser"]


def test_a_firm_that_applies_later_is_closed_by_the_background(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta", firms=["fjord"])
    selection.challenge.opened_at, selection.challenge.state = None, "published"
    selection.challenge.closes = NOW.replace(year=NOW.year + 1)
    give(session, selection.world.gro, Role.MEMBER, "firm", selection.world.firms["fjord"].id, NOW)
    begun(session, selection.world, "gro", "fjord")
    assert actions.settle(session, now=NOW, real_now=NOW) > 0
    assert access_of(session, selection, "greta") == {"fjord": How.CLOSED}
    # Finn is on the jury and belongs to that firm.
    assert kinds(session, selection, "finn") == {"fjord": "member"}
    assert actions.settle(session, now=NOW, real_now=NOW) == 0


def test_until_the_declaration_an_assigned_application_is_not_found(
    session: Session, selection: Selection
) -> None:
    assign(session, selection, "greta")
    greta = acting(session, selection.world.greta)
    application = selection.applications["nordlys"]
    with pytest.raises(NotFound):
        get_visible(session, greta, application.public_id)
    with pytest.raises(NotFound):
        queries.get_own(session, greta, review_of(session, selection, "greta", "nordlys").public_id)
    declare(session, selection, "greta", firms=["weser"])
    assert get_visible(session, greta, application.public_id).id == application.id
    assert access_of(session, selection, "greta") == {"nordlys": "blind", "weser": "closed"}
    assert review_of(session, selection, "greta", "weser").state == State.RECUSED


def test_ties_are_added_and_never_taken_back(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", firms=["fjord"], words="First")
    actions.declare(
        session, selection.challenge, firm_ids=[selection.world.firms["weser"].id],
        other_ties="Second", revision=1,
        actor=acting(session, selection.world.greta), now=NOW, real_now=NOW,
    )  # fmt: skip
    kept = session.scalars(select(Declaration)).one()
    assert [firm.slug for firm in queries.ties_of(session, kept)] == ["fjord", "weser"]
    assert kept.other_ties == "First\nSecond"
    assert access_of(session, selection, "greta") == {"weser": How.CLOSED}


def test_an_old_page_does_not_declare_twice(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    with pytest.raises(Changed):
        declare(session, selection, "greta", firms=["weser"])


@pytest.mark.parametrize("who", ["astrid", "eva", "hanne", "bo", "ida", "kim"])
def test_who_is_not_on_the_jury_declares_nothing(
    session: Session, selection: Selection, who: str
) -> None:
    with pytest.raises(NotAllowed):
        declare(session, selection, who)


def test_after_the_decision_nothing_is_declared(session: Session, selection: Selection) -> None:
    selection.challenge.state = ChallengeState.DECIDED.value
    with pytest.raises(NotAllowed):
        declare(session, selection, "greta")


def test_a_conflict_before_scoring_recuses(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    review = review_of(session, selection, "greta", "nordlys")
    greta = acting(session, selection.world.greta)
    actions.declare_conflict(session, review, "A friend", actor=greta, now=NOW)
    assert review.state == State.RECUSED
    assert access_of(session, selection, "greta") == {"nordlys": "closed", "weser": "blind"}
    with pytest.raises(NotFound):
        queries.get_own(session, greta, review.public_id)


def test_a_conflict_after_scoring_sets_aside_and_keeps(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta")
    declare(session, selection, "lea")
    assign(session, selection, "greta", "lea")
    mine = submitted(session, selection, "greta", "nordlys", fit=5, team=5)
    submitted(session, selection, "lea", "nordlys", fit=3, team=3)
    greta = acting(session, selection.world.greta)
    actions.declare_conflict(session, mine, "A friend", actor=greta, now=NOW)
    assert mine.state == State.WITHDRAWN
    assert {one.criterion: one.points for one in mine.scores} == {"fit": 5, "team": 5}
    application = selection.applications["nordlys"]
    assert queries.summaries(session, [application.id])[application.id].mean == 3.0
    found = {
        one.application.firm.slug: one for one in queries.ranking(session, selection.challenge)
    }
    assert (found["nordlys"].mean, found["nordlys"].count) == (3.0, 1)
    assert not visible_among(session, [application.id], actor=greta, now=NOW)


def test_staff_note_a_conflict_they_found(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    eva = acting(session, selection.world.eva)
    application, greta = selection.applications["weser"], selection.world.greta
    more: dict[str, Any] = {"actor": eva, "now": NOW, "real_now": NOW}
    actions.find_conflict(session, application, greta.id, "Shares", **more)
    assert kinds(session, selection, "greta") == {"weser": "found"}
    with pytest.raises(Changed):
        actions.find_conflict(session, application, greta.id, "Again", **more)
    with pytest.raises(NotAllowed):
        actions.find_conflict(session, application, selection.world.gro.id, "No juror", **more)
    plan = assign(session, selection, "greta", to=["weser"])
    assert [one.outcome for one in plan.pairs] == [Outcome.CONFLICT]


@pytest.mark.parametrize("who", ["astrid", "hanne", "greta", "jens", "ida"])
def test_only_managers_note_conflicts_of_others(
    session: Session, selection: Selection, who: str
) -> None:
    with pytest.raises(NotAllowed):
        actions.find_conflict(
            session, selection.applications["weser"], selection.world.greta.id, "Why",
            actor=acting(session, selection.world.people[who]), now=NOW, real_now=NOW,
        )  # fmt: skip


def test_who_leaves_the_jury_reads_nothing_any_more(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    greta = selection.world.greta
    for row in session.scalars(select(RoleRow).where(RoleRow.person_id == greta.id)):
        row.until = NOW
    actions.end_left_behind(session, now=NOW, real_now=NOW)
    assert access_of(session, selection, "greta") == {}
