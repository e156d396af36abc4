"""/pilots/{id}/messages: both sides write, mentors and auditors read, strangers are not there."""

from tests.site import text_of
from tests.unit.pilots.making import READERS, STRANGERS
from tests.web.pilots.world import Stage


def test_both_sides_write_and_the_other_is_told(running: Stage) -> None:
    path = f"{running.path}/messages"
    bo, astrid = running.as_("bo"), running.as_("astrid")
    running.site.work()
    running.site.postbox.letters.clear()
    sent = bo.submit(path, path, {"text": "Is Friday <b>right</b>?"})
    assert (sent.status_code, sent.headers["location"]) == (303, path)
    running.site.work()
    letters = running.site.postbox.letters
    assert {letter.to for letter in letters} == {running.world.people["astrid"].email}
    assert all(path in one.body and "Friday" not in one.body + one.subject for one in letters)
    assert "Is Friday &lt;b&gt;right&lt;/b&gt;?" in astrid.get(path).text
    assert astrid.submit(path, path, {"text": "It is."}).status_code == 303
    shown = text_of(bo.get(path).text)
    assert shown.index("Is Friday") < shown.index("It is.")


def test_others_read_at_most(running: Stage) -> None:
    path = f"{running.path}/messages"
    running.as_("bo").submit(path, path, {"text": "Between us"})
    for name in READERS:
        browser = running.as_(name)
        page = browser.get(path).text
        assert "Between us" in page and "<textarea" not in page, name
        assert browser.post(path, {"text": "x"}).status_code == 403, name
    for name in STRANGERS:
        browser = running.as_(name)
        assert browser.get(path).status_code == 404, name
        assert browser.post(path, {"text": "x"}).status_code == 404, name


def test_nothing_and_too_much_are_said_and_kept(running: Stage) -> None:
    path = f"{running.path}/messages"
    bo = running.as_("bo")
    empty = bo.submit(path, path, {"text": " "})
    assert empty.status_code == 422 and "Please write a message." in empty.text
    long = bo.submit(path, path, {"text": "word " * 1200})
    assert long.status_code == 422 and "word word" in long.text
