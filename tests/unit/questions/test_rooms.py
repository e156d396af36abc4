"""What happens behind the pages: mornings, reminders, mails, search entries, one person's data."""

from datetime import UTC, datetime, timedelta

import pytest

from govmatch.kit.db import Session, commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.questions import actions, personal
from govmatch.questions.handlers import remind, tell_waiting
from govmatch.questions.index_entries import INDEXED, entries
from govmatch.questions.notices import NOTICES
from tests.unit.challenges.world import NOW
from tests.unit.questions.world import DAY, TEXT, UNTIL, World, background, fill

MORNING = datetime(2026, 11, 22, 7, tzinfo=UTC)  # eight o'clock in Copenhagen, the day after
DUE = UNTIL + timedelta(days=7)


@pytest.fixture
def world(session: Session) -> World:
    return fill(session)


def notices(world: World, row: JournalRow, at: datetime = NOW) -> list[Notice]:
    return list(NOTICES[row.event](background(at), world.session, row))


def test_who_answers_is_told_on_the_next_morning_once_for_all_that_came(world: World) -> None:
    world.ask("One?")
    world.ask("Two?", by="gro", at=NOW + timedelta(hours=9))
    commit(world.session)
    tell_waiting(background(MORNING - timedelta(minutes=1)), world.session)
    assert [row.event for row in world.rows("challenge_questions")] == []
    for _ in range(2):
        tell_waiting(background(MORNING), world.session)
    (row,) = world.rows("challenge_questions")
    assert (row.event, row.data, row.actor_id) == ("QuestionsWait", {"questions": 2}, None)
    (told,) = notices(world, row)
    assert told.person_id == world.actor("astrid").person_id
    assert told.values["n"] == 2
    assert set(told.values) == {"title", "n", "due"}
    assert told.path == f"/desk/challenges/{world.challenge.slug}/questions"


def test_nobody_is_told_of_what_was_decided_meanwhile(world: World) -> None:
    question = world.ask()
    commit(world.session)
    tell_waiting(background(MORNING), world.session)
    world.publish(question)
    world.session.refresh(world.challenge)
    (row,) = world.rows("challenge_questions")
    assert notices(world, row) == []


def test_overdue_answers_are_reminded_of_every_three_days_while_they_are_open(
    world: World,
) -> None:
    question = world.ask()
    commit(world.session)
    for at in (UNTIL, DUE - DAY, DUE, DUE + DAY, DUE + 2 * DAY, DUE + 3 * DAY + timedelta(hours=1)):
        remind(background(at), world.session)
        commit(world.session)
    rows = world.rows("challenge_questions")
    assert [(row.event, row.at) for row in rows] == [
        ("AnswersOverdue", DUE),
        ("AnswersOverdue", DUE + 3 * DAY + timedelta(hours=1)),
    ]
    told = notices(world, rows[0], DUE)
    assert {one.person_id for one in told} == {
        world.actor(who).person_id for who in ("astrid", "eva")
    }
    world.publish(question, at=DUE + 4 * DAY)
    commit(world.session)
    remind(background(DUE + 20 * DAY), world.session)
    assert len(world.rows("challenge_questions")) == 2


def test_the_asker_alone_is_told_what_became_of_a_question(world: World) -> None:
    answered, declined = world.ask("One?"), world.ask("Two?", by="gro")
    answer = world.publish(answered)
    world.decline(declined)
    actions.correct(
        world.session, answer, texts={"en": "No."}, revision=answer.revision,
        actor=world.actor("eva"), now=NOW,
    )  # fmt: skip
    told = {row.event: notices(world, row) for row in world.rows("question") if row.actor_id}
    assert {event: [one.person_id for one in some] for event, some in told.items()} == {
        "QuestionPublished": [world.actor("bo").person_id],
        "QuestionDeclined": [world.actor("gro").person_id],
        "AnswerCorrected": [world.actor("bo").person_id],
    }
    (first,) = told["QuestionPublished"]
    slug = world.challenge.slug
    assert first.path == f"/challenges/{slug}/questions#q-{answered.public_id}"
    assert set(first.values) == {"title"}
    assert told["QuestionDeclined"][0].path == f"/challenges/{slug}/questions/own"


def test_only_what_everybody_reads_has_an_entry_in_each_of_its_languages(world: World) -> None:
    made = {name: world.ask(f"{TEXT} {name}") for name in ("open", "draft", "quiet", "shown")}
    public = world.ask(f"{TEXT} public", lang="de")
    world.save(made["draft"])
    world.decline(made["quiet"])
    world.decline(made["shown"], shows=True)
    world.publish(public, text="Yes, **always**.", at=NOW + DAY)
    world.session.flush()

    def kept(number: int) -> list[tuple[str, str, str]]:
        found = entries(background(), world.session, number)
        return [(one.lang, one.title, one.url) for one in found]

    for name in ("open", "draft", "quiet"):
        assert kept(made[name].id) == [], name
    slug = world.challenge.slug
    assert kept(made["shown"].id) == [
        ("en", "May it?", f"/challenges/{slug}/questions#q-{made['shown'].public_id}")
    ]
    german, english = entries(background(), world.session, public.id)
    assert (german.lang, german.text) == ("de", f"{TEXT} public\n\nYes, always .")
    assert english.lang == "en"
    assert german.visible_from == NOW + DAY
    assert german.facets["authority"] == ("sikkerhedsstyrelsen",)
    assert "Bo" not in f"{german}"
    changed = INDEXED["question"].after["ChallengeAmended"](world.session, world.challenge.id)
    assert public.id in set(changed)


def test_a_person_takes_along_what_they_asked_and_not_the_draft_of_an_answer(
    world: World,
) -> None:
    public, draft = world.ask("One?"), world.ask("Two?")
    world.ask("Not mine?", by="gro")
    world.publish(public)
    world.save(draft, text="Not sure yet.")
    bo = world.actor("bo").person_id
    assert bo is not None
    found = personal.export(world.session, bo)["questions"]
    assert isinstance(found, list)
    assert [(one["text"], one["state"], one["answer"]) for one in found] == [
        ("One?", "published", {"en": "Yes."}),
        ("Two?", "asked", {}),
    ]
    assert "Not sure yet." not in str(found)
    personal.erase(world.session, bo, now=NOW)
    assert personal.export(world.session, bo)["questions"] == []
    assert public.wordings == {"en": "One?"}
