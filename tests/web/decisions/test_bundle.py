"""Letters that are read one after the other, and found right a page at a time."""

import re

from tests.site import Site, text_of
from tests.web.decisions.doing import act, letter_to, propose
from tests.web.decisions.world import FIRMS, World


def test_all_letters_stand_on_one_page_as_their_firms_will_read_them(
    site: Site, world: World
) -> None:
    path = propose(site, world)
    html = site.as_(world.jens).get(f"{path}/letters").text
    said, ids = text_of(html), re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))  # headings of letters have none of their own here
    assert "<h3>" in html
    for name in ("nordlys", "weser", "fjord", "klar"):
        assert f"Letter to {name.title()}" in said
        assert f"fit of {name.title()} by Finn" in said
    assert "The firm is too large." in said
    assert "are read and right" not in said  # who audits reads, and marks nothing
    assert "{confirm_by}" not in said


def test_who_has_read_a_page_marks_all_of_it_but_what_was_changed_meanwhile(
    site: Site, world: World
) -> None:
    path = propose(site, world)
    astrid, bundle = site.as_(world.astrid), f"{path}/letters"
    html = astrid.get(bundle).text
    assert f"These {len(FIRMS)} letters are read and right" in html
    seen = re.findall(r'name="read\[\]" value="([^"]+)"', html)
    changed = letter_to(site, world, "klar")
    at = f"{bundle}/{changed.public_id}"
    fields = {"subject": changed.subject, "body": f"{changed.body}\n\nMore."}
    assert site.as_(world.eva).submit(at, at, fields).status_code == 303
    answer = astrid.post(f"{path}/read", {"read[]": seen, "bundle": "yes"})
    assert answer.headers["location"] == f"{bundle}?page=1"
    said = text_of(astrid.get(bundle).text)
    assert "1 letter was changed meanwhile and is still to be read." in said
    assert "This letter is read and right" in said
    answer = act(astrid, path, "read", **{"read[]": f"{changed.public_id}:2", "bundle": "yes"})
    assert answer.headers["location"] == path
    assert "Every letter has been read and found right." in text_of(astrid.get(bundle).text)
