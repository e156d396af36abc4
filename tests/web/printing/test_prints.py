"""Pages made for paper as PDF files: asked for, made, taken by one person, gone after a day."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from govmatch import printing
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.limits import Limit
from govmatch.printing import actions, making, shelf
from govmatch.printing.models import Print
from govmatch.printing.views import companions
from govmatch.web.answers import Answer, redirect, text
from govmatch.web.routes import anyone, get
from tests.printing import inside, needs_rendering
from tests.site import Browser, Site, text_of
from tests.web.decisions.doing import letter_to, propose, release
from tests.web.decisions.world import World


def ask(browser: Browser, page: str) -> str:
    """Have a page made a PDF by its button, and return where it stands."""
    answer = browser.submit(page, f"{page}/pdf", {})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def events(site: Site) -> list[str]:
    with site.database.reading() as session:
        return list(session.scalars(select(JournalRow.event).order_by(JournalRow.id)))


def prints(site: Site) -> list[Print]:
    with site.database.reading() as session:
        return list(session.scalars(select(Print).order_by(Print.id)))


def made(site: Site, monkeypatch: pytest.MonkeyPatch, content: bytes | None) -> None:
    """Let the background make what is waiting, as if this had come of it."""
    monkeypatch.setattr(making, "render", lambda *_given: content)
    site.work()


@needs_rendering()
@pytest.mark.pdf
def test_the_letters_of_a_decision_become_a_tagged_pdf(site: Site, world: World) -> None:
    bundle = f"{propose(site, world)}/letters"
    jens = site.as_(world.jens)
    there = ask(jens, bundle)
    waiting = jens.get(there).text
    assert "The PDF is being made" in text_of(waiting)
    assert f'href="{there}"' in waiting
    assert jens.get(f"{there}/file").status_code == 404
    site.work()
    page = jens.get(there).text
    assert "The PDF is there" in text_of(page)
    assert f'href="{there}/file"' in page
    answer = jens.get(f"{there}/file")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.content.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in inside(answer.content)


def test_only_its_reader_finds_a_print(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = f"{propose(site, world)}/letters"
    there = ask(site.as_(world.jens), bundle)
    made(site, monkeypatch, b"%PDF-1.7 canary")
    assert site.as_(world.jens).get(f"{there}/file").content == b"%PDF-1.7 canary"
    for other in (world.eva, world.astrid, world.people["ida"]):
        assert site.as_(other).get(there).status_code == 404
        assert site.as_(other).get(f"{there}/file").status_code == 404
    assert site.visit().get(there).headers["location"].startswith("/login?next=")
    halfway = site.as_(world.jens, factor=False)
    assert halfway.get(f"{there}/file").status_code == 303


def test_whoever_may_not_read_the_page_is_refused_as_on_the_page(site: Site, world: World) -> None:
    bundle = f"{propose(site, world)}/letters"
    for name in ("ida", "bo", "finn"):
        browser = site.as_(world.people[name])
        assert browser.post(f"{bundle}/pdf").status_code == browser.get(bundle).status_code != 200
    assert site.visit().post(f"{bundle}/pdf").status_code == 403
    assert prints(site) == []
    assert "PrintAsked" not in events(site)
    assert not shelf.folder(site.settings.data_dir).exists()


def test_the_same_form_sent_twice_makes_one_print(site: Site, world: World) -> None:
    bundle = f"{propose(site, world)}/letters"
    jens = site.as_(world.jens)
    [key] = re.findall(r'name="form_key" value="([^"]+)"', jens.get(bundle).text)
    first, second = (jens.post(f"{bundle}/pdf", {"form_key": key}) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert len(prints(site)) == 1
    assert events(site).count("PrintAsked") == 1


def test_what_is_shown_by_the_print_is_written_down_as_read(site: Site, world: World) -> None:
    release(site, world)
    letter = f"/letters/{letter_to(site, world, 'nordlys').public_id}"
    firm = site.as_(world.people["bo"])
    before = events(site).count("LetterRead")
    assert firm.post(f"{letter}/pdf").status_code == 303
    assert events(site).count("LetterRead") == before + 1
    firm.get(letter)
    assert events(site).count("LetterRead") == before + 1


def test_the_address_of_the_button_leads_to_its_page_and_keeps_what_was_asked(
    site: Site, world: World
) -> None:
    propose(site, world)
    jens = site.as_(world.jens)
    answer = jens.get("/audit/challenges/labels/pdf?thing=decision")
    assert answer.headers["location"] == "/audit/challenges/labels?thing=decision"
    page = jens.get("/audit/challenges/labels?thing=decision&lang=de").text
    assert 'action="/audit/challenges/labels/pdf?thing=decision&amp;lang=de"' in page
    assert "Als PDF" in page
    there = jens.post("/audit/challenges/labels/pdf?thing=decision").headers["location"]
    [one] = prints(site)
    assert there == f"/prints/{one.public_id}"
    assert one.page == "/audit/challenges/labels?thing=decision"
    kept = shelf.page_of(site.settings.data_dir, one.public_id)
    assert 'value="decision" selected' in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
    assert one.title.startswith("Case: ")


def test_the_address_of_the_button_may_hold_letters_of_any_script(site: Site, world: World) -> None:
    answer = site.as_(world.jens).get("/letters/１２/pdf")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/letters/%EF%BC%91%EF%BC%92"


def test_what_cannot_be_made_says_so_and_leads_to_the_browsers_print(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = f"{propose(site, world)}/letters"
    jens = site.as_(world.jens)
    there = ask(jens, bundle)
    made(site, monkeypatch, None)
    page = jens.get(there).text
    assert "use the print command of your browser" in text_of(page)
    assert f'href="{bundle}"' in page
    assert jens.get(f"{there}/file").status_code == 404
    monkeypatch.setattr(actions, "LARGEST", 100)
    at_once = jens.get(ask(jens, bundle)).text
    assert "No PDF could be made of this page" in text_of(at_once)


def test_after_a_day_nothing_is_left_of_it(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = f"{propose(site, world)}/letters"
    jens = site.as_(world.jens)
    there = ask(jens, bundle)
    made(site, monkeypatch, b"%PDF-1.7 canary")
    folder = shelf.folder(site.settings.data_dir)
    kept = sorted(path.suffix for path in folder.iterdir())
    assert kept == [".html", ".pdf"]
    age(folder)
    site.work()
    assert [path.suffix for path in folder.iterdir()] == [".pdf"]
    with site.database.writing() as session:
        session.execute(update(Print).values(expires_at=real_now() - timedelta(seconds=1)))
        commit(session)
    assert jens.get(f"{there}/file").status_code == 404
    assert "This PDF is not there any more" in text_of(jens.get(there).text)
    site.work()
    assert list(folder.iterdir()) == []
    [one] = prints(site)
    assert (one.title, one.page) == ("", "")
    assert "This PDF is not there any more" in text_of(jens.get(there).text)


def age(folder: Path) -> None:
    """Let what lies there have been written an hour ago."""
    for path in folder.iterdir():
        at = path.stat().st_mtime - 3600
        os.utime(path, (at, at))


def test_only_a_page_that_is_shown_becomes_a_print(site: Site, world: World) -> None:
    answers = {
        "/over": Answer(status=410, body=b"It is over"),
        "/table": text("a;b", "text/csv"),
        "/elsewhere": redirect("/over"),
        "/shown": Answer(body=b"<title>A &amp; B \xe2\x80\x93 govmatch</title>"),
    }
    shown = [get(path, lambda visit: answers[visit.path], anyone, prints=True) for path in answers]
    own = Site(site.database, site.settings.data_dir, routes=companions(shown))
    jens = own.as_(world.jens)
    sent = {path: jens.post(f"{path}/pdf").status_code for path in answers}
    assert sent == {"/over": 410, "/table": 404, "/elsewhere": 303, "/shown": 303}
    [one] = prints(site)
    assert (one.title, one.page) == ("A & B", "/shown")


def test_nobody_has_more_than_thirty_made_on_a_day(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (actions.PRINTS.count, actions.PRINTS.per) == (30, timedelta(days=1))
    monkeypatch.setattr(actions, "PRINTS", Limit("prints", 2, timedelta(days=1)))
    jens = site.as_(world.jens)
    sent = [jens.post("/audit/challenges/labels/pdf").status_code for _ in range(3)]
    assert sent == [303, 303, 429]
    assert site.as_(world.eva).post("/reports/pdf").status_code == 303


def test_a_site_without_the_extra_prints_with_the_browser(
    site: Site, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(site, world)
    monkeypatch.setattr(printing, "is_there", lambda: False)
    without = Site(site.database, site.settings.data_dir)
    jens = without.as_(world.jens)
    page = jens.get("/audit/challenges/labels").text
    assert "data-gm-print" in page
    assert "As PDF" not in page
    assert jens.post("/audit/challenges/labels/pdf").status_code in {404, 405}
