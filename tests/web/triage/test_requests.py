"""/applications/{id}/requests/{request}: the firm answers until the date; nobody else is there."""

from datetime import timedelta

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.triage.models import Deficiency
from tests.site import Site, text_of
from tests.web.triage.conftest import Case, request_of


def over(site: Site) -> None:
    with site.database.writing() as session:
        session.query(Deficiency).one().due_at = real_now() - timedelta(seconds=1)
        commit(session)


def test_the_firm_reads_what_is_asked_and_answers(site: Site, asked: Case) -> None:
    bo = site.as_(asked.world.bo)
    page = bo.get(asked.path).text
    assert "Please send the extract &lt;of&gt; the register." in page
    assert "Waits for you" in text_of(page)
    files = [("files", ("extract.txt", b"words of the register", "text/plain"))]
    answer = bo.submit(asked.path, asked.path, {"answer": "Here it is"}, files=files)
    assert answer.status_code == 303
    shown = bo.get(asked.path).text
    assert "Here it is" in shown and "extract.txt" in shown and "Answered" in text_of(shown)
    kept = request_of(site)
    assert (kept.answer, kept.answered_by) == ("Here it is", asked.world.bo.id)
    address = shown.partition(f'href="{asked.path}/files/')[2].partition('"')[0]
    for name in ("carla", "eva", "astrid", "jens"):
        got = site.as_(asked.world.people[name]).get(f"{asked.path}/files/{address}")
        assert got.content == b"words of the register"
        assert got.headers["content-disposition"].startswith("attachment")
    for name in ("dieter", "ida", "finn", "kim", "gro"):
        got = site.as_(asked.world.people[name]).get(f"{asked.path}/files/{address}")
        assert got.status_code == 404, name
    removed = bo.submit(asked.path, asked.path, {"answer": "Without", "remove": address})
    assert removed.status_code == 303
    assert bo.get(f"{asked.path}/files/{address}").status_code == 404


def test_an_empty_answer_and_a_bad_file_are_said_at_the_field(site: Site, asked: Case) -> None:
    bo = site.as_(asked.world.bo)
    empty = bo.submit(asked.path, asked.path, {"answer": " "})
    assert empty.status_code == 422
    assert "Please write an answer or add a file." in empty.text
    files = [("files", ("virus.exe", b"MZ\x00\x01", "application/pdf"))]
    bad = bo.submit(asked.path, asked.path, {"answer": "kept words"}, files=files)
    assert bad.status_code == 422
    assert "virus.exe" in bad.text and "kept words" in bad.text
    assert request_of(site).answered_at is None


def test_a_colleagues_answer_is_shown_beside_the_own(site: Site, asked: Case) -> None:
    bo, carla = site.as_(asked.world.bo), site.as_(asked.world.carla)
    assert carla.submit(asked.path, asked.path, {"answer": "from Carla"}).status_code == 303
    late = bo.post(asked.path, {"answer": "from Bo", "seen": "", "form_key": "k" * 43})
    assert late.status_code == 409
    assert "from Carla" in late.text and "from Bo" in late.text
    assert request_of(site).answer == "from Carla"


def test_after_the_date_it_is_over(site: Site, asked: Case) -> None:
    bo = site.as_(asked.world.bo)
    over(site)
    page = bo.get(asked.path).text
    assert "The time for an answer is over." in page and 'id="main-form"' not in page
    answer = bo.post(asked.path, {"answer": "too late", "seen": "", "form_key": "k" * 43})
    assert answer.status_code == 410
    assert "The time for an answer is over." in answer.text and "too late" in answer.text
    assert request_of(site).answered_at is None


@pytest.mark.parametrize("name", ["dieter", "gro", "astrid", "eva", "ida", "finn", "jens", "kim"])
def test_nobody_else_has_the_page(site: Site, asked: Case, name: str) -> None:
    browser = site.as_(asked.world.people[name])
    assert browser.get(asked.path).status_code == 404
    fields = {"answer": "x", "seen": "", "form_key": "k" * 43}
    assert browser.post(asked.path, fields).status_code == 404
    assert request_of(site).answered_at is None


def test_a_request_belongs_to_its_application(site: Site, asked: Case) -> None:
    dieter = site.as_(asked.world.dieter)
    assert dieter.get(f"/applications/{asked.weser}/requests/{asked.request}").status_code == 404
    bo = site.as_(asked.world.bo)
    assert bo.get(f"/applications/{asked.nordlys}/requests/unknown").status_code == 404
    assert bo.get(f"{asked.path}/files/unknown").status_code == 404
    assert site.visit().get(asked.path).status_code == 303


def test_the_mails_come_and_say_nothing_of_it(site: Site, asked: Case) -> None:
    site.work()
    letters = [one for one in site.postbox.letters if "Please answer by" in one.subject]
    assert {one.to for one in letters} == {"bo@example.org", "carla@example.org"}
    for one in site.postbox.letters:
        assert "extract" not in one.body and "Nordlys" not in one.body
    assert all(asked.path in one.body for one in letters)


@pytest.mark.parametrize(
    ("lang", "word"),
    [("de", "Rückfrage der Behörde"), ("da", "Henvendelse fra myndigheden")],
)
def test_it_speaks_the_readers_language(site: Site, asked: Case, lang: str, word: str) -> None:
    page = site.as_(asked.world.bo, lang=lang).get(f"{asked.path}?lang={lang}").text
    assert f"<h1>{word}</h1>" in page


def test_switching_the_language_keeps_what_was_typed(site: Site, asked: Case) -> None:
    bo = site.as_(asked.world.bo)
    fields = {"answer": "half a sen", "switch_lang": "de"}
    answer = bo.submit(asked.path, asked.path, fields)
    assert answer.status_code == 200
    assert "half a sen" in answer.text
    assert request_of(site).answered_at is None


def test_the_list_leads_to_what_waits_and_else_shows_all(site: Site, asked: Case) -> None:
    bo, every = site.as_(asked.world.bo), f"/applications/{asked.nordlys}/requests"
    assert bo.get(every).headers["location"] == asked.path
    over(site)
    listed = bo.get(every).text
    assert f'href="{asked.path}"' in listed and "Closed" in text_of(listed)
    assert (
        "Nothing was asked"
        in site.as_(asked.world.dieter).get(f"/applications/{asked.weser}/requests").text
    )
    for name in ("dieter", "eva", "astrid", "jens", "finn"):
        assert site.as_(asked.world.people[name]).get(every).status_code == 404


def test_the_application_says_until_when_and_whether_it_was_sent(site: Site, asked: Case) -> None:
    bo, page = site.as_(asked.world.bo), asked.path.partition("/requests")[0]
    assert "Next: send what is missing until" in text_of(bo.get(page).text)
    assert bo.submit(asked.path, asked.path, {"answer": "Here it is"}).status_code == 303
    assert "You have sent what was missing. You can change it until" in text_of(bo.get(page).text)
