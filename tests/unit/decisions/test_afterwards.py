"""After the release: answers, dates that pass, reserves that move up, challenges that end."""

from datetime import timedelta

import pytest

from govmatch.applications.actions.moving import move
from govmatch.applications.models import State as Applied
from govmatch.challenges.models import State as Stage
from govmatch.decisions import actions, handlers, queries, rules
from govmatch.decisions.models import Answer, Decision, Kind, Letter, Reply, State
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.kit.errors import Gone, Invalid, NotAllowed
from govmatch.kit.signing import Signer
from govmatch.settings import Settings
from tests.unit.decisions.acting import (
    DAY,
    NOW,
    acting,
    begun,
    check_all,
    confirm,
    finish,
    letters,
    proposed,
    release,
    released,
    state_of,
)
from tests.web.decisions.world import World, fill

WHY = {"en": "There is no budget any more.", "de": "Es gibt kein Budget mehr."}


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def reply(
    session: Session, world: World, firm: str, who: str, what: Reply, *, now: timedelta = DAY
) -> Answer:
    actor = acting(session, world.people[who])
    found = world.of(firm)
    made = actions.answer(session, found, what, reason="Too busy", actor=actor, now=NOW + now)
    session.flush()
    return made


def background(after: timedelta) -> Background:
    return Background(Settings(), Signer("x" * 32), NOW + after, NOW + after)


def happened(session: Session) -> list[str]:
    return [type(one.event).__name__ for one in session.info["journal"]]


def test_a_selected_firm_takes_its_place(session: Session, world: World) -> None:
    released(session, world)
    made = reply(session, world, "nordlys", "carla", Reply.CONFIRMED)
    assert (made.answer, made.by, made.reason) == ("confirmed", world.carla.id, "")
    assert state_of(session, world, "nordlys") == "confirmed"
    assert reply(session, world, "nordlys", "bo", Reply.CONFIRMED).id == made.id
    with pytest.raises(NotAllowed):
        reply(session, world, "nordlys", "bo", Reply.DECLINED)


@pytest.mark.parametrize("what", [Reply.CONFIRMED, Reply.DECLINED])
def test_after_the_date_nothing_is_taken(session: Session, world: World, what: Reply) -> None:
    released(session, world)
    with pytest.raises(Gone):
        reply(session, world, "nordlys", "bo", what, now=20 * DAY)
    assert state_of(session, world, "nordlys") == "selected"
    handlers.miss_dates(background(20 * DAY), session)
    session.flush()
    assert state_of(session, world, "nordlys") == "declined"
    with pytest.raises(Gone):
        reply(session, world, "nordlys", "bo", what, now=20 * DAY)


@pytest.mark.parametrize(
    ("firm", "who"), [("fjord", "lea"), ("klar", "mia"), ("outside", "ove"), ("nordlys", "dieter")]
)
def test_nobody_else_answers(session: Session, world: World, firm: str, who: str) -> None:
    released(session, world)
    with pytest.raises(NotAllowed):
        reply(session, world, firm, who, Reply.CONFIRMED)


def test_before_the_release_there_is_nothing_to_answer(session: Session, world: World) -> None:
    decision = proposed(session, world)
    confirm(session, world, decision)
    with pytest.raises(NotAllowed):
        reply(session, world, "nordlys", "bo", Reply.CONFIRMED)


def test_a_date_is_missed_once(session: Session, world: World) -> None:
    released(session, world)
    reply(session, world, "weser", "dieter", Reply.CONFIRMED)
    for _ in range(2):
        handlers.miss_dates(background(20 * DAY), session)
    session.flush()
    found = session.query(Answer).filter_by(answer=Reply.MISSED.value).all()
    assert [one.application_id for one in found] == [world.of("nordlys").id]
    assert happened(session).count("AnswerMissed") == 1
    assert state_of(session, world, "weser") == "confirmed"


def test_firms_are_reminded_7_and_3_days_and_1_day_before_each_once(
    session: Session, world: World
) -> None:
    until = released(session, world).confirm_by
    assert until is not None
    last = until - NOW - timedelta(hours=1)
    counts = []
    for later in (3 * DAY, 8 * DAY, 9 * DAY, 12 * DAY, last, last):
        handlers.remind(background(later), session)
        session.flush()
        counts.append(happened(session).count("AnswerReminded"))
    assert counts == [0, 2, 2, 4, 6, 6]


def test_whoever_has_answered_is_not_reminded(session: Session, world: World) -> None:
    released(session, world)
    reply(session, world, "nordlys", "bo", Reply.CONFIRMED)
    reply(session, world, "weser", "dieter", Reply.DECLINED)
    handlers.remind(background(14 * DAY), session)
    assert "AnswerReminded" not in happened(session)


def succeed(
    session: Session,
    world: World,
    firm: str = "fjord",
    *,
    deviation: str = "",
    reasons: dict[str, str] | None = None,
) -> Decision:
    return actions.propose_successor(
        session,
        world.case,
        successor=world.of(firm).public_id,
        reasons={"en": "A place became free."} if reasons is None else reasons,
        deviation=deviation,
        confirm_days=7,
        actor=acting(session, world.eva),
        now=NOW,
    )


def test_the_first_reserve_moves_up_by_a_decision_of_two_people(
    session: Session, world: World
) -> None:
    released(session, world)
    with pytest.raises(NotAllowed, match="No place is free"):
        succeed(session, world)
    reply(session, world, "nordlys", "bo", Reply.DECLINED)
    decision = succeed(session, world)
    assert (decision.kind, decision.number) == (Kind.SUCCESSION, 2)
    assert list(letters(session, decision)) == ["fjord"]
    assert "Der er en ledig plads" in letters(session, decision)["fjord"].subject
    assert state_of(session, world, "fjord") == "reserve"
    with pytest.raises(NotAllowed):
        confirm(session, world, decision, "eva")
    finish(session, world, decision)
    assert state_of(session, world, "fjord") == "selected"
    assert world.of("fjord").confirm_by == decision.confirm_by
    reply(session, world, "fjord", "lea", Reply.CONFIRMED)
    assert queries.places(session, world.case).free == 0


def test_passing_over_the_first_reserve_wants_a_reason(session: Session, world: World) -> None:
    released(session, world)
    reply(session, world, "nordlys", "bo", Reply.DECLINED)
    with pytest.raises(Invalid) as refused:
        succeed(session, world, "klar", reasons={})
    assert set(refused.value.errors) == {"deviation", "reasons"}
    decision = succeed(session, world, "klar", deviation="Fjord was sold last week.")
    assert list(letters(session, decision)) == ["klar"]


@pytest.mark.parametrize("firm", ["nordlys", "outside"])
def test_only_a_reserve_moves_up(session: Session, world: World, firm: str) -> None:
    released(session, world)
    reply(session, world, "nordlys", "bo", Reply.DECLINED)
    with pytest.raises(Invalid) as refused:
        succeed(session, world, firm, deviation="x")
    assert set(refused.value.errors) == {"successor"}


def test_two_do_not_move_up_into_one_place(session: Session, world: World) -> None:
    released(session, world)
    reply(session, world, "nordlys", "bo", Reply.DECLINED)
    succeed(session, world)
    with pytest.raises(NotAllowed, match="being considered"):
        succeed(session, world, "klar", deviation="x")


def test_a_returned_succession_is_proposed_anew_for_another(session: Session, world: World) -> None:
    released(session, world)
    reply(session, world, "nordlys", "bo", Reply.DECLINED)
    first = succeed(session, world)
    actions.return_(
        session,
        first,
        remarks="Take Klar.",
        revision=first.revision,
        actor=acting(session, world.hanne),
        now=NOW,
        real_now=NOW,
    )
    again = succeed(session, world, "klar", deviation="As the remarks say.")
    assert again.id == first.id
    assert list(letters(session, again)) == ["klar"]


def test_a_withdrawal_frees_a_place_too(session: Session, world: World) -> None:
    released(session, world)
    reply(session, world, "nordlys", "bo", Reply.CONFIRMED)
    move(session, world.of("nordlys"), Applied.WITHDRAWN, actor=acting(session, world.bo), now=NOW)
    session.flush()
    assert queries.places(session, world.case).free == 1


def end(session: Session, world: World, who: str = "eva", **reasons: str) -> Decision:
    return actions.propose_ending(
        session,
        world.case,
        reasons=reasons or WHY,
        actor=acting(session, world.people[who]),
        now=NOW,
    )


def test_a_challenge_ends_in_selection_and_everybody_is_told_why(
    session: Session, world: World
) -> None:
    selection = begun(session, world)
    decision = end(session, world)
    made = letters(session, decision)
    assert set(made) == {"nordlys", "weser", "fjord", "klar", "outside"}
    assert "no budget" in made["nordlys"].body
    assert "kein Budget" in made["weser"].body
    assert "fit of Klar by Finn" in made["klar"].body
    finish(session, world, decision)
    assert world.case.state == Stage.DID_NOT_PROCEED
    assert world.case.end_reasons == WHY
    names = ("nordlys", "weser", "fjord", "klar", "outside")
    assert [state_of(session, world, name) for name in names] == [
        *["not_selected"] * 4,
        "ineligible",
    ]
    assert queries.without_letter(session, world.case) == []
    assert selection.state == State.OVERTAKEN


def test_after_the_decision_those_who_still_hope_are_told(session: Session, world: World) -> None:
    released(session, world)
    reply(session, world, "nordlys", "bo", Reply.CONFIRMED)
    decision = end(session, world)
    assert set(letters(session, decision)) == {"nordlys", "weser", "fjord", "klar"}
    assert "assessed" not in letters(session, decision)["klar"].body
    finish(session, world, decision)
    assert state_of(session, world, "nordlys") == "confirmed"
    assert state_of(session, world, "fjord") == "not_selected"
    with pytest.raises(NotAllowed, match="over"):
        reply(session, world, "weser", "dieter", Reply.CONFIRMED)
    handlers.miss_dates(background(20 * DAY), session)
    assert session.query(Answer).count() == 1


@pytest.mark.parametrize("state", [Applied.SUBMITTED, Applied.INCOMPLETE, Applied.SHORTLISTED])
def test_it_ends_in_the_middle_of_the_formal_check(
    session: Session, world: World, state: Applied
) -> None:
    world.of("klar").state = state.value
    session.flush()
    finish(session, world, end(session, world))
    assert state_of(session, world, "klar") == "not_selected"


def test_without_a_reason_nothing_ends(session: Session, world: World) -> None:
    with pytest.raises(Invalid):
        end(session, world, en="  ")


@pytest.mark.parametrize("who", ["hanne", "astrid", "finn", "bo", "ida", "jens", "kim"])
def test_only_managers_propose_the_end(session: Session, world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        end(session, world, who)


def test_the_end_wants_a_second_person(session: Session, world: World) -> None:
    decision = end(session, world)
    check_all(session, world, decision)
    with pytest.raises(NotAllowed):
        release(session, world, decision)
    with pytest.raises(NotAllowed):
        confirm(session, world, decision, "eva")
    assert world.case.state == Stage.IN_SELECTION


def test_before_the_opening_it_ends_without_anybody_seeing_a_name(
    session: Session, world: World
) -> None:
    seal(session, world)
    decision = end(session, world)
    assert letters(session, decision) == {}
    assert queries.opened_applications(session, world.case) == []
    confirm(session, world, decision)
    release(session, world, decision)
    session.flush()
    out = session.query(Letter).all()
    assert {one.application.firm.name_key for one in out} == {"weser", "fjord", "klar", "outside"}
    assert all(one.released_at == NOW for one in out)
    assert all("opened" in one.body or one.lang != "en" for one in out)
    assert world.case.opened_at is None
    assert queries.public_story(session, world.case).applications is None
    for letter in out:
        assert not rules.may_read_letter(acting(session, world.eva), letter)
        assert not rules.may_read_letter(acting(session, world.jens), letter)
    own = next(one for one in out if one.application_id == world.of("weser").id)
    assert rules.may_read_letter(acting(session, world.dieter), own)


def seal(session: Session, world: World) -> None:
    """Put the case back to before its opening; Nordlys has withdrawn, the others submitted."""
    world.case.opened_at, world.case.state = None, Stage.PUBLISHED.value
    for name, one in world.applications.items():
        one.alias = None
        one.state = (Applied.WITHDRAWN if name == "nordlys" else Applied.SUBMITTED).value
    session.flush()


def test_a_challenge_lacks_reasons_until_everybody_has_a_letter(
    session: Session, world: World
) -> None:
    assert rules.lacks_reasons(world.case, queries.without_letter(session, world.case))
    released(session, world)
    assert not rules.lacks_reasons(world.case, queries.without_letter(session, world.case))


def test_the_public_reads_who_takes_part_and_nobody_else(session: Session, world: World) -> None:
    decision = proposed(session, world)
    confirm(session, world, decision)
    story = queries.public_story(session, world.case)
    assert (story.applications, story.decisions, story.firms) == (5, [], [])
    check_all(session, world, decision)
    release(session, world, decision)
    session.flush()
    story = queries.public_story(session, world.case)
    assert (story.firms, story.waiting) == ([], 2)
    assert [dict(one.reasons) for one in story.decisions] == [
        {"en": "The best two by the published criteria."}
    ]
    reply(session, world, "nordlys", "bo", Reply.CONFIRMED)
    reply(session, world, "weser", "dieter", Reply.DECLINED)
    story = queries.public_story(session, world.case)
    assert [one.name for one in story.firms] == ["Nordlys"]
    assert [(one.id, one.weight, one.minimum) for one in story.criteria] == [
        ("fit", 60, 2),
        ("team", 40, None),
    ]


def test_where_results_are_not_public_only_the_criteria_are_told(session: Session) -> None:
    world = fill(session, results_public=False)
    released(session, world)
    story = queries.public_story(session, world.case)
    assert (story.applications, story.decisions, story.firms) == (None, [], [])
    assert len(story.criteria) == 2
