"""What happens to questions: their states, what is counted, what the journal says of whom."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, TooMany
from govmatch.kit.journal import verify
from govmatch.questions import actions
from govmatch.questions.models import Asking, PublicAnswer, State
from tests.unit.challenges.world import NOW
from tests.unit.questions.world import DAY, TEXT, UNTIL, World, fill


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def test_the_journal_says_that_and_on_which_day_somebody_asked_and_never_who(
    world: World,
) -> None:
    at = NOW + timedelta(hours=3, minutes=17)
    question = world.ask(at=at)
    actions.withdraw(world.session, question, now=at)
    asked, withdrawn = world.rows()
    for row in (asked, withdrawn):
        assert row.actor_id is None
        assert row.at.isoformat() == "2026-11-20T23:00:00+00:00"  # midnight in Copenhagen
        assert row.data == {"challenge_id": world.challenge.id}
    assert question.original == ""
    assert verify(world.session).bad_id is None


def test_who_answers_stands_in_the_journal(world: World) -> None:
    question = world.ask()
    world.publish(question, by="hanne")
    row = world.rows()[-1]
    assert (row.event, row.actor_id) == ("QuestionPublished", world.actor("hanne").person_id)
    assert row.data["is_late"] is False


def test_how_many_are_open_stands_with_the_challenge(world: World) -> None:
    one, two, three = (world.ask(f"Question {n}?") for n in range(3))
    assert world.open() == 3
    world.save(one)
    assert world.open() == 3
    world.publish(one)
    world.decline(two)
    assert world.open() == 1
    actions.withdraw(world.session, three, now=NOW)
    assert world.open() == 0
    world.save(two)
    assert world.open() == 1


def test_a_question_that_is_public_cannot_be_declined_answered_anew_or_taken_back(
    world: World,
) -> None:
    question = world.ask()
    world.publish(question)
    with pytest.raises(Conflict):
        world.decline(question)
    with pytest.raises(Conflict):
        world.publish(question, text="No.")
    with pytest.raises(NotAllowed):
        actions.withdraw(world.session, question, now=NOW)
    assert question.state == State.PUBLISHED


def test_questions_brought_together_share_one_draft_and_leave_none_behind(world: World) -> None:
    one, two = world.ask("One?"), world.ask("Two?", by="gro")
    world.save(one, text="To one.")
    first = one.answer_id
    world.save(two, text="To two.")
    world.publish(one, two, text="To both.")
    assert one.answer_id == two.answer_id == first
    count = world.session.execute(select(func.count()).select_from(PublicAnswer)).scalar_one()
    assert count == 1


def test_one_of_a_shared_draft_can_be_declined_and_the_other_published(world: World) -> None:
    one, two = world.ask("One?"), world.ask("Two?", by="gro")
    world.save(one, two)
    world.decline(one)
    assert one.answer_id is None
    world.publish(two)
    assert two.answer is not None
    assert [each.id for each in two.answer.questions] == [two.id]


def test_a_save_on_an_old_page_is_noticed(world: World) -> None:
    question = world.ask()
    world.save(question, text="First")
    with pytest.raises(Conflict):
        world.save(question, text="Second", revision=0)


def test_an_answer_after_its_day_is_late_for_good(world: World) -> None:
    early, late = world.ask("One?"), world.ask("Two?")
    due = UNTIL + timedelta(days=7)
    assert not world.publish(early, at=due - timedelta(seconds=1)).is_late
    assert world.publish(late, at=due).is_late
    assert [row.data.get("is_late") for row in world.rows()[-2:]] == [False, True]


def test_a_correction_keeps_every_earlier_answer_with_its_date(world: World) -> None:
    question = world.ask()
    answer = world.publish(question, text="First.")
    for number, text in enumerate(("Second.", "Third.")):
        actions.correct(
            world.session, answer, texts={"en": text, "da": ""}, revision=answer.revision,
            actor=world.actor("eva"), now=NOW + DAY * (number + 1),
        )  # fmt: skip
    assert [one["texts"] for one in answer.earlier] == [{"en": "First."}, {"en": "Second."}]
    assert [one["until"][:10] for one in answer.earlier] == ["2026-11-22", "2026-11-23"]
    assert answer.texts == {"en": "Third."}
    assert answer.corrected_at == NOW + DAY * 2
    with pytest.raises(Invalid):
        actions.correct(
            world.session, answer, texts={"en": "Third."}, revision=answer.revision,
            actor=world.actor("eva"), now=NOW,
        )  # fmt: skip


def test_nobody_asks_more_than_is_possible_in_a_day_about_all_challenges(world: World) -> None:
    gro = world.actor("gro")
    from govmatch.kit.limits import spend  # noqa: PLC0415 -- to use the limit up

    for _ in range(actions.asking.QUESTIONS.count):
        spend(world.session, actions.asking.QUESTIONS, str(gro.person_id), now=NOW)
    with pytest.raises(TooMany):
        world.ask(by="gro")
    assert world.ask(by="bo").state == State.ASKED


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_empty_or_endless_question_is_refused(world: World, text: str) -> None:
    with pytest.raises(Invalid):
        world.ask(text)


def test_others_neither_answer_nor_decline(world: World) -> None:
    question = world.ask()
    for who in ("ida", "pia", "jens", "bo"):
        with pytest.raises(NotAllowed):
            world.publish(question, by=who)
    assert question.state == State.ASKED


def test_when_the_asker_goes_what_is_public_stays_and_the_rest_goes_too(world: World) -> None:
    names = ("public", "open", "drafted", "quiet", "shown")
    made = {name: world.ask(f"{TEXT} {name}") for name in names}
    world.publish(made["public"])
    world.save(made["drafted"])
    world.decline(made["quiet"])
    world.decline(made["shown"], shows=True)
    bo = world.actor("bo").person_id
    assert bo is not None
    actions.forget_asker(world.session, bo, now=NOW)
    world.session.flush()
    assert {name: one.state for name, one in made.items()} == {
        "public": "published", "open": "withdrawn", "drafted": "withdrawn",
        "quiet": "declined", "shown": "declined",
    }  # fmt: skip
    assert {one.original for one in made.values()} == {""}
    assert made["public"].wordings == {"en": f"{TEXT} public"}
    assert made["shown"].wordings == {"en": "May it?"}
    assert made["quiet"].wordings == {}
    assert world.open() == 0
    left = select(func.count()).where(Asking.person_id == bo)
    assert world.session.execute(left).scalar_one() == 0
