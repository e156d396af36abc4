"""One question of a firm about its letter, and one answer: who asks, who answers, who reads."""

from datetime import timedelta

import pytest

from govmatch.applications.models import Access, How
from govmatch.decisions.models import Letter
from govmatch.decisions.rules.questions_back import TIME_TO_ASK
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.programmes.models import Programme
from tests.site import Browser, Site, text_of
from tests.web.decisions.doing import letter_to, release
from tests.web.decisions.world import World

QUESTION = "Which of the points would have needed evidence?"
ANSWER = "The second one: a reference of any customer."


@pytest.fixture
def letter(site: Site, world: World) -> str:
    """Release the letters; return the address of the one to Klar, which was not selected."""
    release(site, world)
    return f"/letters/{letter_to(site, world, 'klar').public_id}"


def ask(browser: Browser, letter: str, text: str = QUESTION) -> int:
    return int(browser.submit(letter, f"{letter}/question", {"text": text}).status_code)


def reply(browser: Browser, letter: str, text: str = ANSWER) -> int:
    return int(browser.submit(letter, f"{letter}/question/answer", {"text": text}).status_code)


def posted(browser: Browser, letter: str, end: str) -> int:
    """Send a form that the page does not show."""
    return int(browser.post(f"{letter}/{end}", {"text": "x", "form_key": "k"}).status_code)


def test_a_firm_asks_once_and_is_answered_once(site: Site, world: World, letter: str) -> None:
    mia, astrid, eva = (site.as_(world.people[name]) for name in ("mia", "astrid", "eva"))
    assert ask(mia, letter) == 303
    said = text_of(mia.get(letter).text)
    assert QUESTION in said
    assert "The question waits for its answer." in said
    assert posted(mia, letter, "question") == 403
    assert reply(astrid, letter) == 303
    assert posted(eva, letter, "question/answer") == 403
    said = text_of(mia.get(letter).text)
    assert said.index(QUESTION) < said.index(ANSWER)
    assert "waits for its answer" not in said
    timeline = text_of(mia.get(f"/applications/{world.of('klar').public_id}").text)
    assert "You asked a question about the letter" in timeline
    assert "Your question about the letter was answered" in timeline


def test_both_sides_are_told_and_no_mail_says_what_was_written(
    site: Site, world: World, letter: str
) -> None:
    site.work()
    site.postbox.letters.clear()
    ask(site.as_(world.mia), letter)
    site.work()
    asked = {one.to: one for one in site.postbox.letters}
    assert asked.keys() == {
        f"{name}@example.org" for name in ("astrid", "hanne", "holm", "eva", "egon")
    }
    site.postbox.letters.clear()
    reply(site.as_(world.astrid), letter)
    site.work()
    (told,) = site.postbox.letters
    assert (told.to, told.subject) == (
        "mia@example.org", "Your question about the letter is answered: Challenge labels",
    )  # fmt: skip
    for mail in (*asked.values(), told):
        assert letter in mail.body
        for word in (QUESTION, ANSWER, "Klar"):
            assert word not in mail.subject + mail.body


@pytest.mark.parametrize(
    ("facts", "is_said"), [({}, False), ({"remedies": {"de": "Klagen Sie."}}, True)]
)
def test_the_mail_says_where_it_stands_what_else_can_be_done(
    site: Site, world: World, letter: str, facts: dict[str, object], is_said: bool
) -> None:
    with site.database.writing() as session:
        programme = session.query(Programme).filter_by(slug="labels").one()
        programme.facts = {**programme.facts, **facts}
        commit(session)
    ask(site.as_(world.mia), letter)
    site.work()
    site.postbox.letters.clear()
    reply(site.as_(world.astrid), letter)
    site.work()
    (told,) = site.postbox.letters
    assert told.subject == "Your question about the letter is answered: Challenge labels"
    assert ("what you can do if you want to take it further" in told.body) == is_said
    assert letter in told.body and "Klagen" not in told.body


def test_the_case_says_that_a_question_waits_until_it_is_answered(
    site: Site, world: World, letter: str
) -> None:
    ask(site.as_(world.mia), letter)
    astrid, jens = site.as_(world.astrid), site.as_(world.jens)
    case = "/desk/challenges/labels/decision"
    assert "Klar has a question about its letter" in text_of(astrid.get(case).text)
    assert f'href="{letter}#question"' in astrid.get(case).text
    assert f'href="{letter}#question"' not in jens.get(case).text
    listed = text_of(astrid.get("/decisions").text)
    assert "Waits for you" in listed
    assert "1 firm has a question about its letter." in listed
    reply(astrid, letter)
    assert "has a question" not in text_of(astrid.get(case).text)
    assert "has a question" not in text_of(astrid.get("/decisions").text)


def test_other_firms_and_readers_neither_write_nor_read_it(
    site: Site, world: World, letter: str
) -> None:
    ask(site.as_(world.mia), letter)
    for name in ("bo", "dieter", "lea", "ida", "finn", "kim"):
        browser = site.as_(world.people[name])
        assert browser.get(letter).status_code == 404, name
        assert posted(browser, letter, "question") == 404, name
        assert posted(browser, letter, "question/answer") == 404, name
    jens = site.as_(world.jens)
    assert QUESTION in text_of(jens.get(letter).text)
    assert "Send the answer" not in jens.get(letter).text
    assert posted(jens, letter, "question/answer") == 403
    assert posted(site.as_(world.mia), letter, "question/answer") == 403
    assert posted(site.as_(world.astrid), letter, "question") == 403


def test_whoever_has_a_conflict_of_interest_does_not_answer(
    site: Site, world: World, letter: str
) -> None:
    ask(site.as_(world.mia), letter)
    with site.database.writing() as session:
        session.add(
            Access(
                application_id=world.of("klar").id, person_id=world.astrid.id,
                how=How.CLOSED.value, why="conflict", since=real_now(),
            )
        )  # fmt: skip
        commit(session)
    assert posted(site.as_(world.astrid), letter, "question/answer") == 404
    assert reply(site.as_(world.eva), letter) == 303


def test_after_two_weeks_nobody_asks_any_more(site: Site, world: World, letter: str) -> None:
    mia = site.as_(world.mia)
    assert "One question about this letter" in text_of(mia.get(letter).text)
    with site.database.writing() as session:
        found = session.query(Letter).filter_by(public_id=letter.rpartition("/")[2]).one()
        found.released_at = real_now() - TIME_TO_ASK - timedelta(seconds=1)
        commit(session)
    assert "One question about this letter" not in text_of(mia.get(letter).text)
    assert posted(mia, letter, "question") == 403


@pytest.mark.parametrize("text", ["", "  ", "x" * 5_001])
def test_what_cannot_be_sent_is_shown_again(
    site: Site, world: World, letter: str, text: str
) -> None:
    mia = site.as_(world.mia)
    answer = mia.submit(letter, f"{letter}/question", {"text": text})
    assert answer.status_code == 422
    assert 'href="#f-text"' in answer.text
    assert ask(mia, letter) == 303


def test_switching_the_language_sends_nothing(site: Site, world: World, letter: str) -> None:
    mia = site.as_(world.mia)
    fields = {"text": QUESTION, "switch_lang": "de"}
    answer = mia.submit(letter, f"{letter}/question", fields)
    assert (answer.status_code, QUESTION in answer.text) == (200, True)
    assert ask(mia, letter) == 303


def test_the_answer_is_promised_by_a_date_reminded_of_and_overdue_after_it(
    site: Site, world: World, letter: str
) -> None:
    with site.database.writing() as session:
        run = session.get_one(Programme, world.case.programme_id)
        run.facts = {**run.facts, "question_days": 5, "remedies": {"de": "Klagen Sie."}}
        commit(session)
    mia, astrid = site.as_(world.mia), site.as_(world.astrid)
    assert "It is answered within 5 days." in text_of(mia.get(letter).text)
    ask(mia, letter)
    assert "It was promised until" in text_of(mia.get(letter).text)
    assert "Promised to the firm until" in text_of(astrid.get(letter).text)
    case = "/desk/challenges/labels/decision"
    assert "The answer is promised until" in text_of(astrid.get(case).text)
    for days, subject in ((1, "is due"), (0, "Overdue")):
        site.work()
        site.postbox.letters.clear()
        with site.database.writing() as session:
            found = session.query(Letter).filter_by(public_id=letter.rpartition("/")[2]).one()
            found.question_due_at = real_now() + timedelta(days=days, seconds=-60)
            commit(session)
        site.work()
        site.work()  # each step once
        assert {one.to for one in site.postbox.letters} == {
            f"{name}@example.org" for name in ("astrid", "hanne", "holm", "eva", "egon")
        }
        assert len(site.postbox.letters) == 5
        assert all(subject in one.subject for one in site.postbox.letters)
    assert "Overdue" in text_of(astrid.get(case).text)
    assert "Overdue" in text_of(mia.get(letter).text)
    assert "Klagen Sie." not in mia.get(letter).text
    reply(astrid, letter)
    assert 'lang="de">Klagen Sie.' in mia.get(letter).text
    assert "Overdue" not in text_of(mia.get(letter).text)
    site.work()
    site.postbox.letters.clear()
    site.work()
    assert site.postbox.letters == []
