"""A selection: from the ranking to the letters, by two people, released once."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from govmatch.accounts.models import Role
from govmatch.applications.actions import access
from govmatch.applications.actions.moving import move
from govmatch.applications.models import Application
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import State as Stage
from govmatch.decisions import actions, queries
from govmatch.decisions.models import Letter, Outcome, Receipt, State
from govmatch.decisions.standing import Choice
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.reviews.models import Review
from govmatch.reviews.models import State as Reviewed
from tests.unit.decisions.acting import (
    DAY,
    NOW,
    acting,
    begun,
    check_all,
    confirm,
    explained,
    letters,
    propose,
    proposed,
    release,
    released,
    saved,
    state_of,
)
from tests.web.applications.world import give
from tests.web.decisions.world import CANARY, World, fill

SELECTED, RESERVE, NOT = Outcome.SELECTED, Outcome.RESERVE, Outcome.NOT_SELECTED


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def outcomes(session: Session, world: World) -> dict[str, tuple[str, int | None]]:
    decision = queries.selection_of(session, world.case)
    assert decision is not None
    said = queries.determinations_of(session, decision)
    names = {one.id: name for name, one in world.applications.items()}
    return {names[number]: (one.outcome, one.reserve_place) for number, one in said.items()}


def review_of(session: Session, world: World, name: str) -> Review:
    return session.query(Review).filter_by(application_id=world.of(name).id).first()  # type: ignore[return-value]


def test_the_ranking_suggests_the_best_and_as_many_reserves(session: Session, world: World) -> None:
    begun(session, world)
    assert outcomes(session, world) == {
        "nordlys": ("selected", None),
        "weser": ("selected", None),
        "fjord": ("reserve", 1),
        "klar": ("reserve", 2),
        "outside": ("ineligible", None),
    }


def test_begun_twice_it_is_one_decision(session: Session, world: World) -> None:
    assert begun(session, world).id == begun(session, world, "egon").id


def test_reasons_begin_as_what_reviewers_wrote_for_the_firm_and_never_a_private_note(
    session: Session, world: World
) -> None:
    decision = begun(session, world)
    line = queries.determinations_of(session, decision)[world.of("nordlys").id]
    assert line.reasons["fit"] == "fit of Nordlys by Finn\n\nfit of Nordlys by Rosa"
    assert CANARY not in str(line.reasons)


def test_a_save_on_an_old_page_overwrites_nothing(session: Session, world: World) -> None:
    decision = begun(session, world)
    old = decision.revision
    saved(session, world, decision, deviation="first")
    with pytest.raises(Conflict):
        actions.save(
            session,
            decision,
            actions.Proposal(deviation="second"),
            revision=old,
            actor=acting(session, world.egon),
            now=NOW,
        )
    assert decision.deviation == "first"


def test_no_decision_is_proposed_while_a_review_is_open(session: Session, world: World) -> None:
    decision = begun(session, world)
    saved(session, world, decision)
    explained(session, world, decision)
    review = review_of(session, world, "klar")
    review.state = Reviewed.DRAFT.value
    session.flush()
    with pytest.raises(Invalid) as refused:
        propose(session, world, decision)
    assert "review is still open" in refused.value.errors[""].text
    assert letters(session, decision) == {}
    review.state = Reviewed.ABSTAINED.value
    session.flush()
    propose(session, world, decision)
    assert decision.state == State.PROPOSED


@pytest.mark.parametrize("state", [Applied.SUBMITTED, Applied.INCOMPLETE])
def test_everybody_has_passed_the_formal_check_before(
    session: Session, world: World, state: Applied
) -> None:
    decision = begun(session, world)
    saved(session, world, decision)
    explained(session, world, decision)
    world.of("klar").state = state.value
    session.flush()
    with pytest.raises(Invalid, match="formal check"):
        propose(session, world, decision)


def test_against_the_ranking_a_reason_is_written(session: Session, world: World) -> None:
    decision = begun(session, world)
    against = {"weser": Choice(NOT), "fjord": Choice(SELECTED), "klar": Choice(RESERVE, 1)}
    saved(session, world, decision, against)
    explained(session, world, decision)
    with pytest.raises(Invalid) as refused:
        propose(session, world, decision)
    assert "against the ranking" in refused.value.errors["deviation"].text
    saved(session, world, decision, deviation="Weser cannot start before autumn.")
    propose(session, world, decision)
    assert decision.state == State.PROPOSED


def test_between_equals_a_reason_is_written(session: Session, world: World) -> None:
    for score in session.query(Review).filter_by(application_id=world.of("fjord").id):
        for one in score.scores:
            one.points = 4
    session.flush()
    decision = begun(session, world)
    saved(session, world, decision)
    explained(session, world, decision)
    with pytest.raises(Invalid) as refused:
        propose(session, world, decision)
    assert "equal means" in refused.value.errors["deviation"].text


def test_more_than_the_places_and_nobody_at_all_are_refused(session: Session, world: World) -> None:
    decision = begun(session, world)
    explained(session, world, decision)
    saved(session, world, decision, {"fjord": Choice(SELECTED)})
    with pytest.raises(Invalid, match="At most"):
        propose(session, world, decision)
    saved(session, world, decision, dict.fromkeys(world.applications, Choice(NOT)))
    with pytest.raises(Invalid, match="Nobody is selected"):
        propose(session, world, decision)


def test_below_a_minimum_score_nobody_is_selected(session: Session, world: World) -> None:
    for review in session.query(Review).filter_by(application_id=world.of("klar").id):
        for one in review.scores:
            one.points = 1 if one.criterion == "fit" else 5
    session.flush()
    decision = begun(session, world)
    assert outcomes(session, world)["klar"] == ("not_selected", None)
    explained(session, world, decision)
    saved(session, world, decision, {"klar": Choice(RESERVE, 2)})
    with pytest.raises(Invalid) as refused:
        propose(session, world, decision)
    assert list(refused.value.errors) == [f"outcome-{world.of('klar').public_id}"]


def test_without_reasons_for_somebody_nothing_is_proposed(session: Session, world: World) -> None:
    decision = begun(session, world)
    saved(session, world, decision)
    with pytest.raises(Invalid) as refused:
        propose(session, world, decision)
    assert list(refused.value.errors) == ["feedback"]


def test_where_the_programme_asks_for_none_reasons_may_be_missing(session: Session) -> None:
    world = fill(session, feedback_required=False)
    decision = begun(session, world)
    saved(session, world, decision)
    propose(session, world, decision)
    assert decision.state == State.PROPOSED


@pytest.mark.parametrize("days", [4, 61])
def test_a_date_too_near_or_too_far_is_refused(session: Session, world: World, days: int) -> None:
    decision = begun(session, world)
    explained(session, world, decision)
    saved(session, world, decision, days=days)
    with pytest.raises(Invalid) as refused:
        propose(session, world, decision)
    assert list(refused.value.errors) == ["confirm_days"]


def test_public_reasons_are_wanted_in_one_language(session: Session, world: World) -> None:
    decision = begun(session, world)
    explained(session, world, decision)
    saved(session, world, decision, reasons={})
    with pytest.raises(Invalid) as refused:
        propose(session, world, decision)
    assert list(refused.value.errors) == ["reasons"]


@pytest.mark.parametrize("who", ["astrid", "hanne", "finn", "bo", "ida", "jens", "kim"])
def test_only_managers_prepare_and_propose(session: Session, world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        begun(session, world, who)
    decision = begun(session, world)
    for act in (saved, explained, propose):
        with pytest.raises(NotAllowed):
            act(session, world, decision, who=who)


def test_every_applicant_gets_a_letter_in_the_language_of_the_application(
    session: Session, world: World
) -> None:
    made = letters(session, proposed(session, world))
    assert {name: one.lang for name, one in made.items()} == {
        "nordlys": "en",
        "weser": "de",
        "fjord": "da",
        "klar": "en",
        "outside": "en",
    }
    assert made["nordlys"].subject == "You are selected: Challenge labels"
    assert "ausgewählt" in made["weser"].body
    assert "nummer 1 på reservelisten" in made["fjord"].body
    assert "The firm is too large." in made["outside"].body
    assert "fit of Klar by Finn" in made["klar"].body
    assert "3 of 5 points, weight 60 of 100" in made["klar"].body
    assert all(CANARY not in one.body for one in made.values())


def test_a_firms_name_is_never_markup(session: Session, world: World) -> None:
    world.firms["nordlys"].name = "[Nordlys](https://evil.example) <b>&"
    session.flush()
    made = letters(session, proposed(session, world))
    assert "<a" not in made["nordlys"].html
    assert "<b>" not in made["nordlys"].html


def test_whoever_withdrew_after_the_opening_is_written_to_and_not_chosen(
    session: Session, world: World
) -> None:
    world.of("weser").state = Applied.WITHDRAWN.value
    world.of("weser").withdrawn_at = NOW
    session.flush()
    decision = proposed(session, world)
    assert outcomes(session, world)["weser"] == ("withdrawn", None)
    assert "zurückgezogen" in letters(session, decision)["weser"].body


def test_what_was_withdrawn_before_the_opening_gets_no_letter(
    session: Session, world: World
) -> None:
    gone = world.of("klar")
    gone.state, gone.alias = Applied.WITHDRAWN.value, None
    gone.withdrawn_at = NOW - 10 * DAY
    session.flush()
    assert set(letters(session, proposed(session, world))) == {
        "nordlys",
        "weser",
        "fjord",
        "outside",
    }


def test_whoever_prepared_it_does_not_confirm(session: Session, world: World) -> None:
    assert world.authority is not None
    give(session, world.egon, Role.APPROVER, "authority", world.authority.id, NOW)
    session.flush()
    decision = begun(session, world)
    saved(session, world, decision, who="egon")
    explained(session, world, decision)
    propose(session, world, decision)
    with pytest.raises(NotAllowed, match="prepared or proposed"):
        confirm(session, world, decision, "egon")
    confirm(session, world, decision, "hanne")
    assert decision.confirmed_by == world.hanne.id


def test_whoever_reviewed_does_not_confirm(session: Session, world: World) -> None:
    review_of(session, world, "klar").person_id = world.hanne.id
    session.flush()
    decision = proposed(session, world)
    with pytest.raises(NotAllowed, match="reviewed"):
        confirm(session, world, decision, "hanne")
    confirm(session, world, decision, "holm")


def test_whoever_wrote_the_challenge_may_confirm(session: Session, world: World) -> None:
    world.case.author_id = world.hanne.id
    world.case.editors = [world.hanne.id]
    session.flush()
    decision = proposed(session, world)
    confirm(session, world, decision, "hanne")
    assert decision.state == State.CONFIRMED


def test_the_programmes_approver_steps_in_only_where_nobody_is_left(
    session: Session, world: World
) -> None:
    decision = proposed(session, world)
    with pytest.raises(NotAllowed, match="approver of its own"):
        confirm(session, world, decision, "paul")
    for number, name in enumerate(("hanne", "holm")):
        found = session.query(Review).filter_by(application_id=world.of("klar").id)
        found.order_by(Review.id).all()[number].person_id = world.people[name].id
    session.flush()
    confirm(session, world, decision, "paul")
    assert decision.confirmed_by == world.paul.id


@pytest.mark.parametrize("who", ["eva", "egon", "astrid", "finn", "bo", "ida", "jens", "kim"])
def test_nobody_else_confirms(session: Session, world: World, who: str) -> None:
    decision = proposed(session, world)
    with pytest.raises(NotAllowed):
        confirm(session, world, decision, who)
    assert decision.state == State.PROPOSED


def test_a_conflict_of_interest_keeps_an_approver_out(session: Session, world: World) -> None:
    decision = proposed(session, world)
    access.close(
        session,
        world.of("klar"),
        world.hanne.id,
        why="conflict",
        actor=acting(session, world.eva),
        now=NOW,
    )
    with pytest.raises(NotAllowed, match="conflict of interest"):
        confirm(session, world, decision, "hanne")


def test_returned_it_carries_remarks_and_reviews_go_on(session: Session, world: World) -> None:
    decision = proposed(session, world)
    assert review_of(session, world, "klar").frozen_at is not None
    actor = acting(session, world.hanne)
    rest: dict[str, Any] = {"revision": decision.revision, "actor": actor}
    rest |= {"now": NOW, "real_now": NOW}
    with pytest.raises(Invalid):
        actions.return_(session, decision, remarks=" ", **rest)
    actions.return_(session, decision, remarks="Klar is better.", **rest)
    assert (decision.state, decision.remarks) == (State.RETURNED, "Klar is better.")
    session.expire_all()
    assert review_of(session, world, "klar").frozen_at is None


def test_a_letter_follows_the_proposal_until_somebody_corrected_it(
    session: Session, world: World
) -> None:
    decision = proposed(session, world)
    before = letters(session, decision)
    actor = acting(session, world.astrid)
    corrected = before["fjord"].body + "\nMed venlig hilsen Astrid\n"
    actions.correct(
        session,
        before["fjord"],
        subject=before["fjord"].subject,
        body=corrected,
        revision=before["fjord"].revision,
        actor=actor,
        now=NOW,
    )
    check_all(session, world, decision)
    actions.take_back(
        session, decision, revision=decision.revision, actor=acting(session, world.eva), now=NOW
    )
    swapped = {"fjord": Choice(RESERVE, 2), "klar": Choice(RESERVE, 1)}
    saved(session, world, decision, swapped, deviation="Klar can start at once.")
    propose(session, world, decision)
    after = letters(session, decision)
    assert "place 1 on the reserve list" in after["klar"].body
    assert (after["klar"].checked_at, after["klar"].is_stale) == (None, False)
    assert (after["fjord"].body, after["fjord"].is_stale) == (corrected, True)
    assert after["fjord"].checked_at is None
    assert after["nordlys"].checked_at is not None


def test_a_corrected_letter_is_read_again_and_keeps_its_date(
    session: Session, world: World
) -> None:
    decision = proposed(session, world)
    check_all(session, world, decision)
    letter = letters(session, decision)["nordlys"]
    rest: dict[str, Any] = {"actor": acting(session, world.astrid), "now": NOW}
    rest["revision"] = letter.revision
    with pytest.raises(Invalid, match="date belongs"):
        actions.correct(session, letter, subject="x", body="Come at once.", **rest)
    text = "Answer by {confirm_by}."
    actions.correct(session, letter, subject="Yes", body=text, **rest)
    assert (letter.is_corrected, letter.checked_at) == (True, None)
    with pytest.raises(Conflict):
        actions.correct(session, letter, subject="No", body=text, **rest)
    with pytest.raises(Conflict):
        actions.check(session, letter, **rest)


def test_the_release_does_everything_at_once(session: Session, world: World) -> None:
    decision = released(session, world)
    names = ("nordlys", "weser", "fjord", "klar", "outside")
    assert [state_of(session, world, name) for name in names] == [
        "selected",
        "selected",
        "reserve",
        "reserve",
        "ineligible",
    ]
    session.expire_all()
    assert world.case.state == Stage.DECIDED
    assert all(world.of(name).decision_released_at == NOW for name in names)
    assert world.of("nordlys").confirm_by == decision.confirm_by
    assert world.of("fjord").confirm_by is None
    assert decision.confirm_by is not None
    here = ZoneInfo(world.case.zone)
    last, now = decision.confirm_by.astimezone(here), NOW.astimezone(here)
    assert (last.date() - now.date()).days == 14
    assert (last.hour, last.minute) == (23, 59)
    out = letters(session, decision)
    assert all(one.released_at == NOW for one in out.values())
    assert "{confirm_by}" not in out["nordlys"].body + out["nordlys"].html
    assert session.query(Receipt).count() == 6  # two in Nordlys, one in each other firm


def test_pressed_twice_it_is_released_once(session: Session, world: World) -> None:
    decision = released(session, world)
    pending = len(session.info["journal"])
    assert release(session, world, decision, "egon", NOW + DAY) is False
    assert decision.released_at == NOW
    assert len(session.info["journal"]) == pending
    assert session.query(Receipt).count() == 6


def test_an_unread_letter_holds_everything_back(session: Session, world: World) -> None:
    decision = proposed(session, world)
    confirm(session, world, decision)
    with pytest.raises(NotAllowed, match="not been read"):
        release(session, world, decision)
    assert session.query(Letter).filter(Letter.released_at.is_not(None)).count() == 0


@pytest.mark.parametrize("who", ["hanne", "astrid", "finn", "bo", "ida", "jens", "kim", "paul"])
def test_only_a_manager_releases(session: Session, world: World, who: str) -> None:
    decision = proposed(session, world)
    confirm(session, world, decision)
    check_all(session, world, decision)
    with pytest.raises(NotAllowed):
        release(session, world, decision, who)


def test_unconfirmed_nothing_is_released(session: Session, world: World) -> None:
    decision = proposed(session, world)
    check_all(session, world, decision)
    with pytest.raises(NotAllowed, match="confirmed"):
        release(session, world, decision)


def test_a_withdrawal_after_the_proposal_sends_it_back(session: Session, world: World) -> None:
    decision = proposed(session, world)
    confirm(session, world, decision)
    check_all(session, world, decision)
    move(session, world.of("nordlys"), Applied.WITHDRAWN, actor=acting(session, world.bo), now=NOW)
    session.flush()
    with pytest.raises(Conflict, match="withdrawn or changed"):
        release(session, world, decision)
    assert decision.state == State.CONFIRMED
    assert state_of(session, world, "weser") == "in_review"


def test_a_review_set_aside_after_the_proposal_sends_it_back(
    session: Session, world: World
) -> None:
    decision = proposed(session, world)
    review_of(session, world, "fjord").state = Reviewed.WITHDRAWN.value
    session.flush()
    with pytest.raises(Conflict, match="reviews that count"):
        confirm(session, world, decision)


def test_nobody_is_without_a_letter_after_the_release(session: Session, world: World) -> None:
    assert {one.id for one in queries.without_letter(session, world.case)} == {
        one.id for one in world.applications.values()
    }
    released(session, world)
    assert queries.without_letter(session, world.case) == []
    assert session.query(Application).count() == 5
