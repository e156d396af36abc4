"""A conflict that was noted wrongly: cleared by a manager, and what comes back by it."""

from typing import Any

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.applications.queries import visible_among
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict as Changed
from govmatch.kit.errors import Invalid, NotAllowed, NotFound
from govmatch.kit.journal import JournalRow, seal
from govmatch.reviews import actions, queries
from govmatch.reviews.models import Conflict, Declaration, Review, State
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews.reviewing import assign, declare, review_of, score, submitted
from tests.unit.reviews.test_declaring import access_of, kinds
from tests.web.applications.world import give
from tests.web.reviews.world import Selection


def clear(
    session: Session,
    made: Selection,
    who: str = "greta",
    firm: str = "nordlys",
    *,
    by: str = "eva",
    reason: str = "A slip: another firm was meant",
) -> None:
    actions.clear_conflict(
        session, made.applications[firm], made.world.people[who].id, reason,
        actor=acting(session, made.world.people[by]), now=NOW, real_now=NOW,
    )  # fmt: skip


def conflicted(session: Session, made: Selection, review: Review, reason: str = "A friend") -> None:
    greta = acting(session, made.world.greta)
    actions.declare_conflict(session, review, reason, actor=greta, now=NOW)


def ties(session: Session, made: Selection) -> list[str]:
    kept = session.scalars(select(Declaration)).one()
    return [firm.slug for firm in queries.ties_of(session, kept)]


def recorded(session: Session, *events: str) -> list[tuple[str, Any]]:
    seal(session)
    found = select(JournalRow).where(JournalRow.event.in_(events)).order_by(JournalRow.id)
    return [(row.event, row.data) for row in session.scalars(found)]


def test_a_firm_named_by_mistake_is_open_again(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", firms=["nordlys", "fjord"])
    clear(session, selection)
    assert access_of(session, selection, "greta") == {}
    assert kinds(session, selection, "greta") == {"nordlys": "cleared"}
    assert ties(session, selection) == ["fjord"]
    assert actions.settle(session, now=NOW, real_now=NOW) == 0
    assert access_of(session, selection, "greta") == {}
    assert len(assign(session, selection, "greta").new) == 2
    assert access_of(session, selection, "greta") == {"nordlys": "blind", "weser": "blind"}
    events = recorded(session, "ConflictCleared", "AccessReopened")
    greta = selection.world.greta.id
    assert events == [
        ("AccessReopened", {"person_id": greta, "why": "conflict"}),
        ("ConflictCleared", {"person_id": greta, "kind": "declared"}),
    ]


def test_what_was_never_scored_is_to_do_again(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    review = review_of(session, selection, "greta", "nordlys")
    conflicted(session, selection, review)
    clear(session, selection)
    assert review.state == State.ASSIGNED
    assert access_of(session, selection, "greta") == {"nordlys": "blind", "weser": "blind"}
    greta = acting(session, selection.world.greta)
    assert queries.get_own(session, greta, review.public_id) is review
    assert recorded(session, "ReviewReturned") == [
        (
            "ReviewReturned",
            {"review_id": review.id, "person_id": review.person_id, "state": "assigned"},
        )
    ]


def test_what_was_submitted_returns_as_a_draft_and_counts_once_it_is_in_again(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    review = submitted(session, selection, "greta", "nordlys", fit=5, team=5)
    conflicted(session, selection, review)
    clear(session, selection)
    assert (review.state, review.mean, review.set_aside_at) == (State.DRAFT, None, None)
    assert {one.criterion: one.points for one in review.scores} == {"fit": 5, "team": 5}
    application = selection.applications["nordlys"]
    assert queries.summaries(session, [application.id])[application.id].mean is None
    greta = acting(session, selection.world.greta)
    assert visible_among(session, [application.id], actor=greta, now=NOW)
    actions.submit(session, review, actor=greta, now=NOW)
    assert queries.summaries(session, [application.id])[application.id].mean == 5.0


def test_what_was_left_to_the_others_stays_left(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    review = review_of(session, selection, "greta", "nordlys")
    greta = acting(session, selection.world.greta)
    score(session, review, selection.world.greta)
    actions.abstain(session, review, "Too far from my field", actor=greta, now=NOW)
    conflicted(session, selection, review)
    clear(session, selection)
    assert (review.state, review.abstain_reason) == (State.ABSTAINED, "Too far from my field")
    assert access_of(session, selection, "greta") == {"weser": "blind"}


def test_what_was_set_aside_before_stays_set_aside(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    review = review_of(session, selection, "greta", "nordlys")
    score(session, review, selection.world.greta)
    eva = acting(session, selection.world.eva)
    before = NOW.replace(year=NOW.year - 1)
    actions.set_aside(session, review, "They are ill", actor=eva, now=before)
    find(session, selection)
    clear(session, selection)
    assert (review.state, review.set_aside_reason) == (State.WITHDRAWN, "They are ill")
    assert access_of(session, selection, "greta") == {"weser": "blind"}


def find(session: Session, made: Selection, who: str = "greta", reason: str = "Shares") -> None:
    actions.find_conflict(
        session, made.applications["nordlys"], made.world.people[who].id, reason,
        actor=acting(session, made.world.eva), now=NOW, real_now=NOW,
    )  # fmt: skip


def test_who_has_left_the_jury_gets_nothing_back(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta")
    assign(session, selection, "greta")
    review = review_of(session, selection, "greta", "nordlys")
    conflicted(session, selection, review)
    for row in session.scalars(select(RoleRow).where(RoleRow.person_id == review.person_id)):
        row.until = NOW
    clear(session, selection)
    assert review.state == State.RECUSED
    greta = acting(session, selection.world.greta)
    with pytest.raises(NotFound):
        queries.get_own(session, greta, review.public_id)


def test_both_reasons_are_kept_and_it_can_be_noted_and_cleared_again(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta")
    find(session, selection, reason="Owns shares")
    clear(session, selection, reason="Another Greta")
    find(session, selection, reason="This Greta after all")
    assert access_of(session, selection, "greta") == {"nordlys": "closed"}
    (kept,) = session.scalars(select(Conflict).where(Conflict.kind == "found"))
    assert kept.reason == "Owns shares\n\nAnother Greta\n\nThis Greta after all"
    clear(session, selection)
    assert access_of(session, selection, "greta") == {}


def test_an_old_word_does_not_name_a_cleared_firm_again_but_a_new_one_does(
    session: Session, selection: Selection
) -> None:
    declare(session, selection, "greta", words="Nordlys ApS")
    clear(session, selection)
    more(session, selection, "Somebody else", revision=1)
    assert ties(session, selection) == []
    assert access_of(session, selection, "greta") == {}
    more(session, selection, "Nordlys ApS", revision=2)
    assert ties(session, selection) == ["nordlys"]
    assert access_of(session, selection, "greta") == {"nordlys": "closed"}


def more(session: Session, made: Selection, words: str, *, revision: int) -> None:
    actions.declare(
        session, made.challenge, firm_ids=[], other_ties=words, revision=revision,
        actor=acting(session, made.world.greta), now=NOW, real_now=NOW,
    )  # fmt: skip


def test_it_takes_a_reason_and_a_conflict(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", firms=["nordlys"])
    with pytest.raises(Invalid):
        clear(session, selection, reason="")
    assert access_of(session, selection, "greta") == {"nordlys": "closed"}
    clear(session, selection)
    with pytest.raises(Changed):
        clear(session, selection)
    with pytest.raises(Changed):
        clear(session, selection, firm="weser")


@pytest.mark.parametrize("by", ["astrid", "hanne", "greta", "lea", "jens", "ida", "kim", "bo"])
def test_only_managers_clear(session: Session, selection: Selection, by: str) -> None:
    declare(session, selection, "greta", firms=["nordlys"])
    with pytest.raises(NotAllowed):
        clear(session, selection, by=by)
    assert access_of(session, selection, "greta") == {"nordlys": "closed"}


def test_nobody_clears_what_is_about_themselves(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", firms=["nordlys"])
    programme = selection.challenge.programme_id
    give(session, selection.world.greta, Role.MANAGER, "programme", programme, NOW)
    with pytest.raises(NotAllowed, match="of their own"):
        clear(session, selection, by="greta")


def test_who_belongs_to_the_firm_stays_shut_out(session: Session, selection: Selection) -> None:
    nordlys = selection.world.firms["nordlys"].id
    give(session, selection.world.greta, Role.MEMBER, "firm", nordlys, NOW)
    declare(session, selection, "greta", firms=["nordlys"])
    with pytest.raises(NotAllowed, match="belongs to the firm"):
        clear(session, selection)
    assert access_of(session, selection, "greta") == {"nordlys": "closed"}


def test_from_the_proposal_on_nothing_is_cleared(session: Session, selection: Selection) -> None:
    declare(session, selection, "greta", firms=["nordlys"])
    assign(session, selection, "greta", to=["weser"])
    submitted(session, selection, "greta", "weser")
    eva = acting(session, selection.world.eva)
    actions.freeze(session, selection.challenge, actor=eva, now=NOW)
    with pytest.raises(NotAllowed, match="decision is proposed"):
        clear(session, selection)
    actions.thaw(session, selection.challenge, actor=eva, now=NOW)
    clear(session, selection)
    assert access_of(session, selection, "greta") == {"weser": "blind"}
