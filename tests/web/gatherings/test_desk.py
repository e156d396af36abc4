"""The host's pages: writing, publishing, participants, certificates, notes."""

import csv
import re
from io import StringIO

import pytest

from govmatch.gatherings import queries
from govmatch.gatherings.models import Kind, Registration
from govmatch.kit.db import commit
from govmatch.kit.journal import Head
from tests.site import Browser, Site, hidden, text_of
from tests.unit.gatherings.making import NOW, STARTS, open_hall
from tests.web.gatherings.world import Stage, stage

FORM = {
    "host": "safety/", "kind": "workshop", "mode": "on_site", "zone": "Europe/Copenhagen",
    "starts": "2030-05-02T10:00", "ends": "2030-05-02T12:00", "place": "Hall 3", "country": "DK",
    "registers": "yes", "places": "5", "main_lang": "da", "title-da": "Værksted",
    "summary-da": "Om døre.", "contact_name": "Office", "contact_email": "office@safety.example",
}  # fmt: skip


def begin(stage: Stage) -> None:
    """Let the event have begun."""
    with stage.site.database.writing() as session:
        session.get_one(Head, 1).clock_offset = int((STARTS - NOW).total_seconds()) + 600
        commit(session)


def keys(stage: Stage) -> dict[str, str]:
    with stage.site.database.reading() as session:
        return {one.name: one.public_id for one in session.query(Registration)}


def test_an_event_is_made_published_changed_and_cancelled_on_the_desk(site: Site) -> None:
    of = stage(site)
    astrid = of.as_("astrid")
    made = astrid.submit("/desk/events/new", "/desk/events/new", FORM)
    path = made.headers["location"]
    assert path == "/desk/events/vaerksted"
    assert site.visit().get("/events/vaerksted").status_code == 404
    assert astrid.submit(path, f"{path}/publish", {}).status_code == 303
    page = text_of(site.visit().get("/events/vaerksted").text)
    assert "2 May 2030, 10:00–12:00 CEST" in page
    edited = astrid.submit(f"{path}/edit", f"{path}/edit", {**FORM, "ends": "2030-05-02T13:00"})
    assert edited.headers["location"] == path
    assert "10:00–13:00" in text_of(site.visit().get("/events/vaerksted").text)
    missing = astrid.submit(path, f"{path}/cancel", {})
    assert (missing.status_code, "Please give the reason" in missing.text) == (422, True)
    astrid.submit(path, f"{path}/cancel", {"reason-en": "Flood"})
    assert "Flood" in site.visit().get("/events/vaerksted").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Site) -> None:
    of = stage(site)
    astrid = of.as_("astrid")
    wrong = {**FORM, "ends": "2030-05-02T09:00", "title-da": "Døre der står åbne"}
    answer = astrid.submit("/desk/events/new", "/desk/events/new", wrong)
    assert answer.status_code == 422
    assert "The end has to be after the beginning." in answer.text
    assert "Døre der står åbne" in answer.text
    foreign = astrid.submit("/desk/events/new", "/desk/events/new", {**FORM, "host": "elsewhere/"})
    assert foreign.status_code == 422


def test_of_two_hosts_who_save_at_once_the_second_loses_nothing(open_event: Stage) -> None:
    astrid, path = open_event.as_("astrid"), f"{open_event.desk}/edit"
    page = astrid.get(path).text
    old = hidden(page, path)
    open_event.do(lambda hall: hall.save(place="Hall 2"))
    answer = astrid.post(path, {**old, **FORM, "title-da": "Mit", "title-en": "Mine to keep"})
    assert answer.status_code == 409
    assert "Mine to keep" in answer.text


@pytest.mark.parametrize("name", ["ida", "bo", "jens", "kim", "eva"])
def test_nobody_but_the_host_reads_who_registered(open_event: Stage, name: str) -> None:
    open_event.register("bo")
    browser = open_event.as_(name)
    for path in ("", "/edit", "/participants", "/participants.csv", "/participants/print"):
        got = browser.get(f"{open_event.desk}{path}")
        assert got.status_code in {403, 404}, path
        assert open_event.world.people["carla"].email not in got.text


def test_the_list_says_who_comes_who_waits_and_what_they_need(open_event: Stage) -> None:
    open_event.register("bo", needs="A ramp", organisation="=cmd()")
    open_event.register("carla")
    open_event.register("dieter")
    astrid = open_event.as_("astrid")
    html = astrid.get(f"{open_event.desk}/participants").text
    assert 'data-label="Access needs">–</td>' in html
    assert not re.search(r'data-label="[^"]*"></td>', html), "no label on a phone with nothing"
    page = text_of(html)
    assert "A ramp" in page
    assert "2 places taken" in page
    assert "Waiting list" in page
    sheet = astrid.get(f"{open_event.desk}/participants.csv")
    rows = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Name", "Bo", "Carla", "Dieter"]
    assert rows[1][2] == "'=cmd()"
    assert [row[4] for row in rows[1:]] == ["", "", "1"]
    paper = text_of(astrid.get(f"{open_event.desk}/participants/print").text)
    assert "Signature" in paper
    assert "A ramp" not in paper


def test_a_list_that_nobody_can_change_any_more_is_no_form(open_event: Stage) -> None:
    open_event.register("bo")
    astrid, path = open_event.as_("astrid"), f"{open_event.desk}/participants"
    form = f'<form class="gm-stack" method="post" action="{path}"'
    assert form in astrid.get(path).text
    astrid.submit(open_event.desk, f"{open_event.desk}/cancel", {"reason-en": "Flood"})
    page = astrid.get(path).text
    assert "Bo" in text_of(page)
    assert form not in page


def test_the_host_cancels_a_registration_of_this_event_alone(open_event: Stage) -> None:
    open_event.register("bo")
    other = stage_another(open_event)
    path = f"{open_event.desk}/participants"
    astrid = open_event.as_("astrid")
    assert astrid.post(path, {"remove": other}).status_code == 404
    assert astrid.submit(path, path, {"remove": keys(open_event)["Bo"]}).status_code == 303
    assert open_event.seats()["Bo"] == "given_up"


def stage_another(of: Stage) -> str:
    """Register Carla for another event, and return the id of that registration."""
    of.do(lambda hall: open_hall(hall.session, hall.world).register("carla"))
    return keys(of)["Carla"]


def certified(site: Site) -> tuple[Stage, Browser, str]:
    """Let Bo and a guest have been at a course; return the guest's place."""
    of = stage(site, kind=Kind.COURSE)
    of.register("bo")
    guest = site.visit()
    place = guest.post(of.come()).headers["location"]
    begin(of)
    path, astrid = f"{of.desk}/participants", of.as_("astrid")
    known = keys(of)
    fields = {"shown[]": list(known.values()), "present[]": [known["Bo"], known["Olga Ohlsen"]]}
    assert astrid.submit(path, path, fields).status_code == 303
    return of, guest, place


def test_a_certificate_is_printed_by_its_holder_and_checked_as_far_as_they_agreed(
    site: Site,
) -> None:
    of, guest, place = certified(site)
    bo = of.as_("bo")
    page = text_of(bo.get(f"{of.path}/certificate").text)
    assert "Bo took part in this course: Labels seen by machines" in page
    assert of.as_("carla").get(f"{of.path}/certificate").status_code == 404
    with site.database.reading() as session:
        codes = {one.name: one.certificate for one in session.query(Registration)}
        assert queries.by_certificate(session, "nothing") is None
    check = f"/certificates/{codes['Olga Ohlsen']}"
    assert site.visit().get(check).status_code == 404
    for choice, course, name in (("course", True, False), ("name", True, True)):
        assert guest.submit(place, place, {"act": "show", "shows": choice}).status_code == 303
        shown = site.visit().get(check).text
        assert ("Labels seen by machines" in shown, "Olga Ohlsen" in shown) == (course, name)
    guest.submit(place, place, {"act": "show", "shows": "nothing"})
    assert site.visit().get(check).status_code == 404
    certificate = place.replace("/place/", "/certificate/")
    assert "Olga Ohlsen" in guest.get(certificate).text


def test_notes_recordings_and_files_are_public_and_safe(site: Site) -> None:
    of = stage(site)
    of.register("bo")
    astrid = of.as_("astrid")
    early = astrid.post(f"{of.desk}/notes", {"notes-en": "Too early"})
    assert early.status_code == 403
    begin(of)
    fields = {
        "notes-en": "## Slides\n\n<script>x</script>", "recording-title-1": "Film",
        "recording-url-1": "https://films.example/1", "tells": "yes",
    }  # fmt: skip
    assert astrid.submit(of.desk, f"{of.desk}/notes", fields).status_code == 303
    page = site.visit().get(of.path).text
    assert "https://films.example/1" in page
    assert "<script>x" not in page
    bad = {**fields, "recording-url-1": "javascript:alert(1)"}
    assert astrid.submit(of.desk, f"{of.desk}/notes", bad).status_code == 422
    files = {"paper": ("slides.txt", b"Slides of the day\n", "text/plain")}
    assert astrid.post(f"{of.desk}/papers", {}, files=files).status_code == 303
    assert "slides.txt" in site.visit().get(of.path).text
    site.work()
    assert site.postbox.letters[-1].subject.startswith("Notes and recordings")
