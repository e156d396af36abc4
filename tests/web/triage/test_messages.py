"""Messages about an application: between its firm and those who run or own the challenge."""

import re

from tests.site import Site, text_of
from tests.web.triage.conftest import Case


def paths(case: Case) -> tuple[str, str]:
    return f"/applications/{case.nordlys}/messages", f"/triage/{case.nordlys}/messages"


def test_both_sides_write_and_read(site: Site, opened: Case) -> None:
    firm, staff = paths(opened)
    eva, bo = site.as_(opened.world.eva), site.as_(opened.world.bo)
    assert "Nothing was written yet" in text_of(eva.get(staff).text)
    sent = eva.submit(staff, staff, {"text": "May we visit <b>you</b>?"})
    assert (sent.status_code, sent.headers["location"]) == (303, staff)
    shown = bo.get(firm).text
    assert "May we visit &lt;b&gt;you&lt;/b&gt;?" in shown
    assert bo.submit(firm, firm, {"text": "On Friday."}).status_code == 303
    read = text_of(eva.get(staff).text)
    assert read.index("May we visit") < read.index("On Friday.")


def test_the_other_side_alone_is_told_and_of_nothing_but_that(site: Site, opened: Case) -> None:
    firm, staff = paths(opened)
    site.work()
    site.postbox.letters.clear()
    site.as_(opened.world.eva).submit(staff, staff, {"text": "A secret visit"})
    site.work()
    told = {letter.to for letter in site.postbox.letters}
    assert told == {opened.world.bo.email, opened.world.carla.email}
    assert all("secret" not in letter.body + letter.subject for letter in site.postbox.letters)
    assert all(firm in letter.body for letter in site.postbox.letters)
    site.postbox.letters.clear()
    site.as_(opened.world.bo).submit(firm, firm, {"text": "Our answer"})
    site.work()
    assert opened.world.eva.email in {letter.to for letter in site.postbox.letters}
    assert opened.world.bo.email not in {letter.to for letter in site.postbox.letters}


def test_nobody_else_is_there(site: Site, opened: Case) -> None:
    firm, staff = paths(opened)
    site.as_(opened.world.eva).submit(staff, staff, {"text": "Between us"})
    for name in ("dieter", "ida", "finn", "kim"):
        browser = site.as_(opened.world.people[name])
        for path in (firm, staff):
            assert browser.get(path).status_code == 404, (name, path)
            assert browser.post(path, {"text": "x"}).status_code == 404, (name, path)
    assert site.as_(opened.world.eva).get(firm).status_code == 404
    assert site.as_(opened.world.bo).get(staff).status_code == 404


def test_an_auditor_reads_and_does_not_write(site: Site, opened: Case) -> None:
    _, staff = paths(opened)
    site.as_(opened.world.eva).submit(staff, staff, {"text": "Between us"})
    jens = site.as_(opened.world.people["jens"])
    page = jens.get(staff).text
    assert "Between us" in page and "<textarea" not in page
    assert jens.post(staff, {"text": "x"}).status_code == 403


def test_before_the_opening_there_is_nothing_to_write(site: Site, sealed: Case) -> None:
    firm, staff = paths(sealed)
    assert site.as_(sealed.world.eva).get(staff).status_code == 404
    bo = site.as_(sealed.world.bo)
    assert "once the applications are opened" in text_of(bo.get(firm).text)
    assert bo.post(firm, {"text": "Hello"}).status_code == 403


def test_nothing_and_too_much_are_said_and_kept(site: Site, opened: Case) -> None:
    firm, _ = paths(opened)
    bo = site.as_(opened.world.bo)
    empty = bo.submit(firm, firm, {"text": "  "})
    assert empty.status_code == 422 and "Please write a message." in empty.text
    long = bo.submit(firm, firm, {"text": "word " * 1200})
    assert long.status_code == 422 and "word word" in long.text
    assert not re.search("gm-thread__one", bo.get(firm).text)
