"""Asking for a copy of everything about oneself, and taking it."""

import io
import json
import zipfile
from datetime import timedelta

from govmatch.files.actions import Owner, store
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.privacy import archive
from govmatch.privacy.models import Export
from govmatch.web.visit import Upload
from tests.site import Site, text_of
from tests.web.accounts.acting import age_sessions, events, person
from tests.web.privacy.people import Someone

PAGE = "/account/export"


def the_export(site: Site) -> Export:
    with site.database.reading() as session:
        return session.query(Export).one()


def ask(bo: Someone) -> Export:
    bo.browser.submit(PAGE, PAGE, {})
    bo.site.work()
    return the_export(bo.site)


def opened(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_copy_is_made_told_of_and_holds_everything_about_its_person_alone(
    site: Site, bo: Someone
) -> None:
    person(site, "Carla")
    assert "You have not asked for one yet." in text_of(bo.browser.get(PAGE).text)
    sent = bo.browser.submit(PAGE, PAGE, {})
    assert sent.headers["location"] == PAGE
    assert "Your copy is being made" in text_of(bo.browser.get(PAGE).text)
    site.work()
    made = the_export(site)
    (letter,) = [one for one in site.postbox.letters if "is ready" in one.subject]
    assert letter.to == "bo@example.org"
    assert PAGE in letter.body
    assert made.public_id not in letter.body  # the way is by signing in, never by the mail
    assert "is ready" in text_of(bo.browser.get("/inbox").text)
    answer = bo.browser.get(f"{PAGE}/{made.public_id}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["cache-control"] == "no-store"
    inside = opened(answer.content)
    assert inside.namelist() == ["about-you.html", "about-you.json"]
    data = json.loads(inside.read("about-you.json"))
    assert data["accounts"]["person"]["email"] == "bo@example.org"
    assert [one["kind"] for one in data["following"]["follows"]] == ["theme"]
    read = inside.read("about-you.html").decode()
    assert "bo@example.org" in read
    assert "carla" not in (read + json.dumps(data)).lower()
    assert "<script" not in read


def test_it_carries_the_files_that_its_person_may_still_open_and_names_the_others(
    site: Site, bo: Someone
) -> None:
    with site.database.writing() as session:
        for kind in ("application", "pilot"):
            store(
                session, Upload(f"{kind}.txt", b"words of " + kind.encode()),
                settings=site.settings, owner=Owner(kind, 7), slot="", allowed=(), max_mb=1,
                actor=Actor(person_id=bo.person.id), now=real_now(),
            )  # fmt: skip
        commit(session)
    made = ask(bo)
    inside = opened(bo.browser.get(f"{PAGE}/{made.public_id}").content)
    data = json.loads(inside.read("about-you.json"))
    assert {one["name"] for one in data["files"]["files"]} == {"application.txt", "pilot.txt"}
    assert [name for name in inside.namelist() if name.startswith("files/")] == []


def test_the_page_in_the_copy_speaks_the_language_of_its_person(site: Site, bo: Someone) -> None:
    bo.browser.post("/account/details", {"name": "Bo", "lang": "de", "zone": ""})
    made = ask(bo)
    read = opened(bo.browser.get(f"{PAGE}/{made.public_id}").content).read("about-you.html")
    assert 'lang="de"' in read.decode()
    assert "E-Mail-Adresse" in read.decode()


def test_nobody_else_finds_it_and_a_guest_signs_in_first(site: Site, bo: Someone) -> None:
    made = ask(bo)
    dieter = site.as_(person(site, "Dieter"))
    assert dieter.get(f"{PAGE}/{made.public_id}").status_code == 404
    assert site.visit().get(f"{PAGE}/{made.public_id}").status_code in {303, 401, 403}


def test_asking_and_taking_want_a_fresh_sign_in(site: Site, bo: Someone) -> None:
    made = ask(bo)
    age_sessions(site, timedelta(minutes=31))
    taken = bo.browser.get(f"{PAGE}/{made.public_id}")
    assert taken.headers["location"].startswith("/account/fresh?next=")
    asked = bo.browser.submit(PAGE, PAGE, {})
    assert asked.headers["location"].startswith("/account/fresh?next=")
    assert [one.id for one in [the_export(site)]] == [made.id]


def test_it_is_noted_when_it_was_taken_once_a_day(site: Site, bo: Someone) -> None:
    made = ask(bo)
    assert made.fetched_at is None
    for _ in range(2):
        bo.browser.get(f"{PAGE}/{made.public_id}")
    assert the_export(site).fetched_at is not None
    assert events(site).count("ExportTaken") == 1


def test_two_requests_are_one_copy_while_it_is_being_made(site: Site, bo: Someone) -> None:
    for _ in range(2):
        bo.browser.post(PAGE, {"form_key": real_now().isoformat()})
    with site.database.reading() as session:
        assert session.query(Export).count() == 1


def test_its_file_is_gone_when_its_time_is_over(site: Site, bo: Someone) -> None:
    made = ask(bo)
    place = archive.path_of(site.settings.data_dir, made.public_id)
    assert place.stat().st_mode & 0o077 == 0
    with site.database.writing() as session:
        session.get_one(Export, made.id).expires_at = real_now() - timedelta(seconds=1)
        commit(session)
    assert bo.browser.get(f"{PAGE}/{made.public_id}").status_code == 403
    site.work()
    assert not place.exists()
    assert "Deleted" in text_of(bo.browser.get(PAGE).text)
