"""Asking a question: who may, until when, what is shown first, and what its asker reads later."""

from zoneinfo import ZoneInfo

import pytest

from tests.site import text_of
from tests.web.questions.world import TEXT, Asking

OTHER = "Which of the labels are printed on round bottles?"


def test_whoever_has_signed_in_asks_and_reads_the_question_on_a_page_of_their_own(
    asking: Asking,
) -> None:
    for who in ("bo", "gro"):
        answer = asking.ask(f"{TEXT} {who}", who)
        assert answer.headers["location"] == f"{asking.path}/own"
        own = asking.shows(f"{asking.path}/own", who)
        assert f"{TEXT} {who}" in own
        assert "Asked" in own
    assert f"{TEXT} gro" not in asking.shows(f"{asking.path}/own", "bo")
    assert TEXT not in asking.shows(asking.path)
    to = asking.desk.site.visit().get(f"{asking.path}/ask").headers["location"]
    assert to.startswith("/login?next=")


def test_those_who_answer_do_not_ask(asking: Asking) -> None:
    for who in ("astrid", "hanne", "eva"):
        answer = asking.desk.as_(who).get(f"{asking.path}/ask")
        assert "you answer its questions" in text_of(answer.text)
    sent = asking.desk.as_("astrid").post(f"{asking.path}/ask", {"text": TEXT, "lang": "en"})
    assert sent.status_code == 403


def test_a_late_question_is_refused_with_the_date_and_the_contact_and_is_not_lost(
    asking: Asking,
) -> None:
    asking.move_clock(days=10, hours=1)
    answer = asking.desk.as_("bo").post(f"{asking.path}/ask", {"text": TEXT, "lang": "en"})
    assert answer.status_code == 403
    said = text_of(answer.text)
    until = asking.desk.kept(asking.slug).questions_until
    assert until is not None
    there = until.astimezone(ZoneInfo("Europe/Copenhagen"))
    assert f"Questions were possible until {there.day} " in said
    assert "govtech@sik.example" in said
    assert TEXT in said
    assert "Questions are no longer accepted" in asking.shows(asking.path)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "Please fill in this field."),
        ({"text": "x" * 2001}, "at most 2,000 characters"),
        ({"lang": "fr"}, "choose one of the options"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    asking: Asking, wrong: dict[str, str], says: str
) -> None:
    answer = asking.ask(**{"text": TEXT, **wrong})
    assert answer.status_code == 422
    assert says in text_of(answer.text)
    assert wrong.get("text", TEXT) in answer.text


def test_one_person_asks_ten_questions_about_a_challenge_and_no_more(asking: Asking) -> None:
    for number in range(10):
        asking.asked(f"Question number {number}, quite another one?")
    answer = asking.desk.as_("bo").get(f"{asking.path}/ask")
    said = text_of(answer.text)
    assert "You have asked 10 questions" in said
    assert "govtech@sik.example" in said
    assert asking.ask(TEXT, "gro").status_code == 303


def test_what_is_answered_already_is_shown_before_a_question_is_sent(asking: Asking) -> None:
    asking.published(asking.asked(TEXT))
    asking.published(asking.asked(OTHER))
    near = asking.ask("Is reading the label with a drone allowed?", "gro")
    assert near.status_code == 200
    said = text_of(near.text)
    assert "Has this been answered already?" in said
    assert TEXT in said
    assert OTHER not in said
    german = asking.ask("Darf man das Etikett mit einer Drohne lesen?", "gro", lang="de")
    assert TEXT in text_of(german.text)
    seen = near.text.partition('name="seen" value="')[2].partition('"')[0]
    sent = asking.send(
        "gro", f"{asking.path}/ask", text="Is reading the label with a drone allowed?", seen=[seen]
    )
    assert sent.status_code == 303


@pytest.mark.parametrize(
    "text",
    [
        "We at Nordlys ask whether drones may fly",
        "May drones fly? Write to bo@example.org",
        "May drones fly? Regards, Karl Quist",
    ],
)
def test_whoever_names_themselves_is_warned_before_the_authority_reads_it(
    asking: Asking, text: str
) -> None:
    answer = asking.ask(text)
    assert answer.status_code == 200
    assert "This could tell who you are" in text_of(answer.text)
    assert asking.ask(text, anyway="yes").status_code == 303


def test_an_open_question_is_taken_back_with_its_words(asking: Asking) -> None:
    one = asking.asked()
    stranger = asking.desk.as_("gro").post(f"{asking.path}/{one}/withdraw")
    assert stranger.status_code == 404
    assert asking.desk.as_("bo").post(f"{asking.path}/{one}/withdraw").status_code == 303
    assert asking.kept(one).original == ""
    assert "asked nothing" in asking.shows(f"{asking.path}/own", "bo")
    assert TEXT not in asking.shows(asking.on_desk, "astrid")
    assert asking.desk.kept(asking.slug).open_questions == 0


def test_what_is_published_is_not_taken_back(asking: Asking) -> None:
    one = asking.asked()
    asking.published(one)
    assert asking.desk.as_("bo").post(f"{asking.path}/{one}/withdraw").status_code == 403
    assert TEXT in asking.shows(asking.path)


def test_switching_the_language_keeps_what_was_typed_and_sends_nothing(asking: Asking) -> None:
    answer = asking.ask(TEXT, switch_lang="da")
    assert answer.status_code == 200
    assert TEXT in answer.text
    assert "asked nothing" in asking.shows(f"{asking.path}/own", "bo")


def test_an_asker_does_not_see_that_an_answer_is_being_written(asking: Asking) -> None:
    one = asking.asked()
    assert asking.answer(one, step="save").status_code == 303
    own = asking.shows(f"{asking.path}/own", "bo")
    assert "Asked" in own
    assert "Answered, not yet published" not in own
    assert "from above" not in own.replace(TEXT, "")
