"""What reviewers read without names: shown to the manager, corrected, approved, and then read."""

import re

import pytest

from govmatch.kit.db import commit
from tests.site import Browser, Site, text_of
from tests.web.reviews.doing import address, assigned
from tests.web.reviews.world import Selection

BOX = re.compile(r'name="hide\[\]" value="([0-9a-f]+)"( checked)?><mark[^>]*>([^<]*)</mark>')


def path(made: Selection, firm: str = "nordlys") -> str:
    return f"/triage/{made.applications[firm].public_id}/names"


def sent(page: str, *, show: str = "", **more: object) -> dict[str, object]:
    """Return the form as it stands, with the boxes of one passage unticked."""
    boxes = BOX.findall(page)
    assert boxes, "nothing is hidden"
    kept = [key for key, ticked, text in boxes if ticked and text != show]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {**fields, "hide": kept, **more}


def save(browser: Browser, made: Selection, **more: object) -> str:
    page = browser.get(path(made)).text
    answer = browser.post(path(made), sent(page, **more))  # type: ignore[arg-type]
    assert answer.status_code == 303, text_of(answer.text)
    return str(browser.get(path(made)).text)


def test_the_manager_sees_what_is_hidden_and_why(site: Site, selection: Selection) -> None:
    page = site.as_(selection.world.eva).get(path(selection)).text
    found = {text for _, ticked, text in BOX.findall(page) if ticked}
    assert found == {"Nordlys", "bo@example.org", "nordlys.example", "Bo Quokka"}
    assert "(an address or a number)" in text_of(page)
    assert "Not checked yet" in text_of(page)


def test_what_is_unticked_is_shown_to_the_reviewer_and_what_is_typed_is_hidden(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "lea")
    page = save(site.as_(selection.world.eva), selection, show="Bo Quokka", hidden="scan labels")
    assert "Corrected, not approved yet" in text_of(page)
    read = site.as_(selection.world.people["lea"]).get(address(site, selection, "lea", "nordlys"))
    words = text_of(read.text)
    assert "Optics, led by Bo Quokka" in words
    assert "▒▒▒ would ▒▒▒; write to ▒▒▒ or ▒▒▒" in words
    assert "Nordlys" not in read.text


def test_approving_leads_on_to_the_next_and_to_the_list_at_last(
    site: Site, selection: Selection
) -> None:
    eva = site.as_(selection.world.eva)
    page = eva.get(path(selection)).text
    done = eva.post(path(selection), sent(page, do="approve"))
    assert done.headers["location"] == path(selection, "weser")
    page = eva.get(path(selection, "weser")).text
    last = path(selection, "weser")
    done = eva.post(last, sent(page, do="approve"))
    listing = f"/desk/challenges/{selection.challenge.slug}/names"
    assert done.headers["location"] == listing
    assert "2 of 2 approved" in text_of(eva.get(listing).text)
    assert "approved by Eva" in text_of(eva.get(path(selection)).text)


def test_an_old_page_changes_nothing_and_keeps_what_was_typed(
    site: Site, selection: Selection
) -> None:
    eva = site.as_(selection.world.eva)
    old = eva.get(path(selection)).text
    save(eva, selection, hidden="labels")
    late = eva.post(path(selection), sent(old, hidden="scan"))
    assert late.status_code == 409
    assert "Somebody else has corrected this copy" in text_of(late.text)
    assert ">\nscan</textarea>" in late.text
    assert ">\nlabels</textarea>" in eva.get(path(selection)).text


@pytest.mark.parametrize(("who", "status"), [("hanne", 403), ("lea", 403), ("bo", 403)])
def test_nobody_else_reads_the_page(
    site: Site, selection: Selection, who: str, status: int
) -> None:
    browser = site.as_(selection.world.people[who])
    for target in (path(selection), f"/desk/challenges/{selection.challenge.slug}/names"):
        assert browser.get(target).status_code in {status, 404}
        assert "labels" not in browser.get(target).text


def test_a_reviewer_waits_where_the_programme_says_so(site: Site, selection: Selection) -> None:
    assigned(site, selection, "lea")
    with site.database.writing() as session:
        programme = session.merge(selection.world.programmes["long"])
        programme.rules = {**programme.rules, "redaction_checked": {"value": True}}
        commit(session)
    lea = site.as_(selection.world.people["lea"])
    where = address(site, selection, "lea", "nordlys")
    waiting = text_of(lea.get(where).text)
    assert "Somebody still checks this copy" in waiting and "Optics" not in waiting
    eva = site.as_(selection.world.eva)
    assert "Reviewers wait for this copy" in text_of(eva.get(path(selection)).text)
    page = eva.get(path(selection)).text
    eva.post(path(selection), sent(page, do="approve"))
    assert "Optics" in text_of(lea.get(where).text)
