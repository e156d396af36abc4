"""The journey from the opening to the last review."""

import re
from datetime import timedelta

from govmatch.kit.clock import real_now
from tests.browser.entering import name_of
from tests.browser.mails import address_of
from tests.browser.selecting import (
    DECLINES,
    ENTRIES,
    FIRST,
    PEOPLE,
    RESERVE,
    SLUG,
    TOO_LOW,
    Case,
    Entry,
)
from tests.browser.selecting_mails import COPY, RECEIPT, ROLE, Mails
from tests.browser.selecting_people import Cast, Somebody

CRITERIA = ("fit", "team", "traction", "technology", "innovation", "scaling", "motivation")
NOTE = "Quillback: the references sound thin."
TAG = "ask again"


def day(*, days: int) -> str:
    """Return a day counted from the site's today, once the deadline lies behind."""
    return (real_now() + timedelta(days=days)).date().isoformat()


def receive(mails: Mails) -> None:
    """Each firm has a receipt, the address in its answers a copy, and everybody their role."""
    mails.expect_all(
        {(address_of(entry.people[0]), RECEIPT) for entry in ENTRIES}
        | {(f"office@{entry.firm}.example", COPY) for entry in ENTRIES}
        | {(address_of(name), ROLE) for name in PEOPLE}
    )


def stay_sealed(cast: Cast, case: Case) -> None:
    """Before the deadline nobody but the firms finds anything."""
    for name in ("eva", "astrid", "hanne"):
        someone = cast[name]
        assert "Nordlys" not in someone.visit(f"{case.desk}/opening")
        assert not someone.page.locator("main form").count()
        someone.visit(case.triage(FIRST), status=404)
        assert FIRST.mark not in someone.visit("/triage")
    assert case.name(FIRST) in cast["bo"].visit(f"/applications/{case.application(FIRST)}")


def open_applications(cast: Cast, case: Case, mails: Mails) -> None:
    """Eva begins, and only somebody else can complete it."""
    eva, astrid = cast["eva"], cast["astrid"]
    eva.visit(f"{case.desk}/opening")
    eva.post("/opening")
    assert not eva.page.locator('form[action*="/complete"]').count()
    eva.visit(case.triage(FIRST), status=404)
    mails.expect("triage/opening", "astrid", "hanne")
    astrid.visit(mails.link("triage/opening", "astrid"))
    assert "5" in astrid.post("/opening/complete")
    said = astrid.visit(f"/triage?challenge={SLUG}")
    for entry in ENTRIES:
        assert case.name(entry) in said


def check_formally(cast: Cast, case: Case, mails: Mails) -> None:
    """Ask one firm for something, rule on a gate, note, tag, and move all the others at once."""
    eva = cast["eva"]
    eva.visit(case.triage(TOO_LOW))
    eva.post("/requests", {"text": "Please send the extract again.", "due": day(days=20)})
    mails.expect("triage/request", *TOO_LOW.people)
    _annotate(cast["astrid"], case)
    _move_all(eva, case)
    _answer_request(cast, case, mails)
    eva.visit(mails.link("triage/answered", "eva"))
    assert "It is attached now." in eva.says()
    eva.send(form='main form[action*="/settle"]:has([name="mended"][value="yes"])')
    eva.visit(f"/triage/board?challenge={SLUG}")
    eva.post(f"{case.triage(TOO_LOW)}/move", {"state": "in_review"})
    for entry in ENTRIES:
        _sees_nothing_internal(cast[entry.people[0]], case, entry)


def _annotate(astrid: Somebody, case: Case) -> None:
    astrid.visit(case.triage(FIRST))
    gate = astrid.page.locator('main form[action*="/gates/"]').first
    kind = re.search(r"/gates/([\w-]+)", gate.get_attribute("action") or "")
    assert kind
    astrid.post(
        f"/gates/{kind[1]}", {f"met-{kind[1]}": "yes", f"evidence-{kind[1]}": "Found in CVR."}
    )
    assert "Found in CVR." in astrid.says()
    astrid.post("/tag", {"tag": TAG})
    assert TAG in astrid.says()
    astrid.follow('main nav a[href*="show=notes"]')
    assert NOTE in astrid.post("/notes", {"note": NOTE})


def _move_all(eva: Somebody, case: Case) -> None:
    """Four can go on; the one that waits for its firm stays, and the preview says so."""
    eva.visit(f"/triage?challenge={SLUG}")
    eva.post("/triage/bulk", {"which": "all", "act": "state:in_review"})
    changing = eva.page.locator('section[aria-labelledby="changes-title"] tbody th')
    staying = eva.page.locator('section[aria-labelledby="stays-title"] tbody th')
    assert changing.count() == 4
    assert staying.all_inner_texts() == [case.name(TOO_LOW)]
    eva.send(button='[name="then"][value="change"]')


def _answer_request(cast: Cast, case: Case, mails: Mails) -> None:
    person = cast[TOO_LOW.people[0]]
    path = mails.link("triage/request", person.name)
    assert "Please send the extract again." in person.visit(path)
    cast["bo"].visit(path, status=404)
    person.send({"answer": "It is attached now."})
    mails.expect("triage/answered", "eva")


def _sees_nothing_internal(person: Somebody, case: Case, entry: Entry) -> None:
    """A firm reads of no note, tag, evidence or internal state, and of no other firm."""
    said = person.visit(f"/applications/{case.application(entry)}")
    said += person.visit(f"/applications/{case.application(entry)}/messages")
    for word in (NOTE, TAG, "Found in CVR.", "Astrid"):
        assert word not in said
    others = [other for other in ENTRIES if other is not entry]
    for other in others:
        assert case.name(other) not in said
    person.visit(f"/applications/{case.application(others[0])}", status=404)
    person.visit(case.triage(entry), status=403)


def review(cast: Cast, case: Case, mails: Mails) -> None:
    """Finn and Greta declare, are given everything, and score all but what is closed to Greta."""
    declare(cast["finn"], None)
    declare(cast["greta"], case.name(DECLINES))
    eva = cast["eva"]
    eva.visit(f"{case.desk}/reviewing")
    for name in ("finn", "greta"):
        eva.page.locator("label", has_text=name_of(name)).first.click()
    eva.send({"which": "all", "due": day(days=20)})
    assert case.name(DECLINES) in eva.page.locator("main table").inner_text()
    eva.send(button='[name="then"][value="assign"]')
    mails.expect("reviews/assigned", "finn", "greta")
    _score_all(cast["finn"], case, mails, 5, comments=True)
    _score_all(cast["greta"], case, mails, 4, comments=False)
    _finds_nothing(cast["greta"], case, DECLINES)


def declare(reviewer: Somebody, firm: str | None) -> None:
    reviewer.visit("/reviews")
    reviewer.follow('main a[href*="/declaration"]')
    if firm is not None:
        reviewer.send({"q": firm.split()[0]}, button='[name="then"][value="search"]')
        reviewer.page.locator("#main-form label", has_text=firm).first.click()
    boxes = {"confidential": "yes", "impartial": "yes"}
    reviewer.send(boxes, button='[name="then"][value="declare"]')


def _score_all(reviewer: Somebody, case: Case, mails: Mails, count: int, *, comments: bool) -> None:
    """Score what is to do, one after the other; nobody's name stands anywhere."""
    reviewer.visit(mails.link("reviews/assigned", reviewer.name))
    links = reviewer.page.locator('main tbody a[href*="/reviews/"]')
    paths = [link.get_attribute("href") or "" for link in links.all()]
    assert len(paths) == count
    for path in paths:
        said = reviewer.visit(path)
        entry = next(one for one in ENTRIES if one.mark in said)
        for other in ENTRIES:
            assert case.name(other) not in said
            assert name_of(other.people[0]) not in said
        said = reviewer.send(_points(entry, comments=comments), button='[formaction*="/submit"]')
        if not comments and entry is not DECLINES:
            assert name_of("finn") in said, "others appear once the own one is in"


def _points(entry: Entry, *, comments: bool) -> dict[str, str]:
    points = {f"points-{one}": str(entry.points) for one in CRITERIA}
    if entry is DECLINES:
        points["points-team"] = "3"
    if entry is RESERVE:
        points["points-team"] = "4"
    if comments:
        points |= {f"comment-{one}": f"{entry.mark} on {one}." for one in CRITERIA}
    return points


def _finds_nothing(reviewer: Somebody, case: Case, entry: Entry) -> None:
    """What is closed for a conflict is nowhere: no page, no hit, no count, no file."""
    reviewer.visit(case.triage(entry), status=403)
    for path in ("/reviews", "/reviews?part=done", "/inbox"):
        said = reviewer.visit(path)
        assert entry.mark not in said
        assert case.name(entry) not in said
    said = reviewer.visit(f"/search?q={entry.mark}")
    assert f"{entry.mark}:" not in said
    assert case.application(entry) not in reviewer.page.content()
