"""Those who assign and oversee reviews: the matrix, the preview, one application's reviews."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.kit.db import commit
from govmatch.reviews import actions
from govmatch.reviews.models import Review, State
from tests.site import Browser, Site, hidden, text_of
from tests.unit.applications.acting import NOW, acting
from tests.unit.reviews import reviewing
from tests.web.applications.test_opened import found_by, total
from tests.web.reviews.doing import address, assigned, loaded, review, submit
from tests.web.reviews.world import Selection

DAY = "2099-01-31"


def reviews(site: Site) -> list[Review]:
    with site.database.reading() as session:
        return list(session.scalars(select(Review).order_by(Review.id)))


def preview(browser: Browser, made: Selection, *who: str, **fields: object) -> str:
    """Send the form of the matrix and return the page of what will change."""
    people = [made.world.people[name].public_id for name in who]
    sent = {"which": "all", "people[]": people, "due": DAY, **fields}
    answer = browser.submit(made.path, f"{made.path}/assign", sent)
    assert answer.status_code == 200, text_of(answer.text)
    return str(answer.text)


def confirm(browser: Browser, made: Selection, page: str) -> None:
    """Press Assign on the preview: every hidden field goes along, also those of one name."""
    form = next(f for f in re.findall(r"<form\b.*?</form>", page, re.DOTALL) if "previewed" in f)
    fields: dict[str, list[str]] = {"then": ["assign"]}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)
    assert browser.post(f"{made.path}/assign", fields).status_code == 303


def test_an_application_that_is_named_twice_gets_one_review(
    site: Site, selection: Selection
) -> None:
    with site.database.writing() as session:
        reviewing.declare(session, loaded(session, selection), "lea")
        commit(session)
    eva = site.as_(selection.world.eva)
    fields = {
        "which": ["chosen"],
        "applications": [selection.applications["weser"].public_id] * 2,
        "people": [selection.world.people["lea"].public_id],
        "due": [DAY],
        "then": ["assign"],
    }
    assert eva.post(f"{selection.path}/assign", fields).status_code == 303
    assert len(reviews(site)) == 1


def test_what_will_change_is_shown_before_it_is_done(site: Site, selection: Selection) -> None:
    with site.database.writing() as session:
        reviewing.declare(session, loaded(session, selection), "greta", firms=["weser"])
        commit(session)
    site.work()
    site.postbox.letters.clear()
    eva = site.as_(selection.world.eva)
    page = preview(eva, selection, "greta", "lea")
    words = text_of(page)
    assert "3 reviews will be assigned" in words
    assert "1 stays as it is" in words
    assert "Weser Greta Conflict of interest" in words
    assert reviews(site) == []
    confirm(eva, selection, page)
    assert len(reviews(site)) == 3
    assert eva.get(selection.path).text.count("3 reviews assigned.") == 1
    assert {one.is_blind for one in reviews(site)} == {True}
    assert {one.due_at.isoformat() for one in reviews(site)} == {"2099-01-31T22:59:00+00:00"}
    site.work()
    told = {letter.to for letter in site.postbox.letters}
    assert told == {"greta@example.org", "lea@example.org"}
    for letter in site.postbox.letters:
        assert "Challenge long" in letter.body and "/reviews" in letter.body
        for word in ("Nordlys", "Weser", "Applicant", "Quokka"):
            assert word not in letter.body + letter.subject


def test_chosen_applications_to_chosen_people(site: Site, selection: Selection) -> None:
    eva = site.as_(selection.world.eva)
    keys = [selection.applications["weser"].public_id]
    page = preview(eva, selection, "lea", **{"which": "chosen", "applications[]": keys})
    confirm(eva, selection, page)
    (made,) = reviews(site)
    assert made.application_id == selection.applications["weser"].id


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"which": "chosen"}, "Please choose at least one application in the table."),
        ({"which": "all", "people[]": []}, "Please choose at least one option."),
        ({"which": "all", "due": "2001-01-01"}, "Please choose a day that has not passed."),
    ],
)
def test_what_is_missing_is_said(
    site: Site, selection: Selection, fields: dict[str, object], words: str
) -> None:
    eva = site.as_(selection.world.eva)
    sent = {"people[]": [selection.world.lea.public_id], "due": DAY, **fields}
    answer = eva.submit(selection.path, f"{selection.path}/assign", sent)
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert reviews(site) == []


def test_the_matrix_shows_who_is_how_far(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta")
    submit(site.as_(selection.world.greta), address(site, selection, "greta", "nordlys"))
    words = text_of(site.as_(selection.world.eva).get(selection.path).text)
    assert "2 people have not declared conflicts of interest yet" in words
    assert "Review submitted 4.4" in words and "Not begun" in words
    assert "1 review is still open" in words


@pytest.mark.parametrize("who", ["astrid", "hanne", "jens"])
def test_others_of_the_case_read_and_change_nothing(
    site: Site, selection: Selection, who: str
) -> None:
    assigned(site, selection, "greta")
    with site.database.writing() as session:
        here = loaded(session, selection)
        made = reviewing.review_of(session, here, "greta", "weser")
        actions.declare_conflict(
            session, made, "potoroo",
            actor=acting(session, here.world.greta), now=NOW,
        )  # fmt: skip
        commit(session)
    browser = site.as_(selection.world.people[who])
    page = browser.get(selection.path).text
    assert "Nordlys" in page and "Show what will change" not in page
    assert "Declared by the reviewer" in page and "potoroo" not in page
    one = f"{selection.path}/{selection.applications['weser'].public_id}"
    shown = browser.get(one).text
    assert "potoroo" not in shown and "Note the conflict" not in shown
    key = review(site, selection, "greta", "nordlys").public_id
    for act in ("unassign", "due", "set-aside", "conflict", "clear"):
        assert browser.post(f"{one}/{act}", {"review": key}).status_code == 403
    assert browser.post(f"{selection.path}/assign", {}).status_code == 403
    assert "potoroo" in site.as_(selection.world.eva).get(one).text


@pytest.mark.parametrize("who", ["bo", "gro", "greta", "kim"])
def test_nobody_else_oversees(site: Site, selection: Selection, who: str) -> None:
    browser = site.as_(selection.world.people[who])
    for page in (selection.path, f"{selection.path}/{selection.applications['weser'].public_id}"):
        assert browser.get(page).status_code == 403


def test_another_authority_finds_nothing(site: Site, selection: Selection) -> None:
    ida = site.as_(selection.world.ida)
    for page in (selection.path, f"{selection.path}/{selection.applications['weser'].public_id}"):
        assert ida.get(page).status_code == 404


def test_before_the_opening_nothing_says_that_there_is_an_application(
    site: Site, selection: Selection
) -> None:
    with site.database.writing() as session:
        here = loaded(session, selection)
        here.challenge.opened_at, here.challenge.state = None, "published"
        commit(session)
    for who in ("eva", "astrid", "jens"):
        page = site.as_(selection.world.people[who]).get(selection.path).text
        assert "have not been opened yet" in page
        for word in ("Nordlys", "Weser", "Applicant", "2 applications"):
            assert word not in page


def test_one_application_shows_what_was_set_aside_as_such(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta", "lea")
    for who in ("greta", "lea"):
        browser = site.as_(selection.world.people[who])
        submit(browser, address(site, selection, who, "nordlys"), private_note=f"numbat {who}")
    eva = site.as_(selection.world.eva)
    one = f"{selection.path}/{selection.applications['nordlys'].public_id}"
    fields = {"person": selection.world.greta.public_id, "conflict_reason": "Owns shares"}
    assert eva.submit(one, f"{one}/conflict", fields).status_code == 303
    words = text_of(eva.get(one).text)
    assert "1 of 1 submitted" in words
    assert "kept, and not counted" in words and "Owns shares" in words
    assert "numbat greta" in words and "numbat lea" in words
    assert review(site, selection, "greta", "nordlys").state == State.WITHDRAWN
    assert eva.submit(one, f"{one}/conflict", fields).status_code == 409


def test_a_conflict_that_was_noted_wrongly_is_cleared(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta")
    greta, eva = site.as_(selection.world.greta), site.as_(selection.world.eva)
    mine = address(site, selection, "greta", "nordlys")
    submit(greta, mine, private_note="numbat")
    one = f"{selection.path}/{selection.applications['nordlys'].public_id}"
    person = {"person": selection.world.greta.public_id}
    eva.submit(one, f"{one}/conflict", {**person, "conflict_reason": "Owns shares"})
    site.work()
    assert greta.get(mine).status_code == 404
    assert total(found_by(greta, "kind:assigned+scan")) == "1"
    empty = eva.submit(one, f"{one}/clear", {**person, "clear_reason": ""})
    assert empty.status_code == 422
    assert "Please fill in this field" in text_of(empty.text)
    cleared = eva.submit(one, f"{one}/clear", {**person, "clear_reason": "Another Greta"})
    assert cleared.status_code == 303
    words = text_of(eva.get(one).text)
    assert "Cleared: it was noted wrongly" in words
    assert "Owns shares Another Greta" in words
    assert "It was noted wrongly" not in words.replace("Cleared: it was noted wrongly", "")
    assert "Another Greta" not in site.as_(selection.world.astrid).get(one).text
    assert review(site, selection, "greta", "nordlys").state == State.DRAFT
    told = len(site.postbox.letters)
    site.work()
    assert [one.to for one in site.postbox.letters[told:]] == ["greta@example.org"]
    assert "Submit the review" in text_of(greta.get(mine).text)
    assert total(found_by(greta, "kind:assigned+scan")) == "2"
    again = eva.post(f"{one}/clear", {**person, "clear_reason": "Twice"})
    assert again.status_code == 409


def test_an_assignment_is_taken_back_and_its_date_moved(site: Site, selection: Selection) -> None:
    assigned(site, selection, "greta")
    eva = site.as_(selection.world.eva)
    one = f"{selection.path}/{selection.applications['weser'].public_id}"
    moved = eva.submit(one, f"{one}/due", {"due": DAY})
    assert moved.status_code == 303
    assert review(site, selection, "greta", "weser").due_at.year == 2099
    assert eva.submit(one, f"{one}/due", {"due": "2001-01-01"}).status_code == 422
    key = {"review": review(site, selection, "greta", "nordlys").public_id}
    assert eva.post(f"{one}/unassign", key).status_code == 404
    assert eva.submit(one, f"{one}/unassign", {}).status_code == 303
    assert [r.application_id for r in reviews(site)] == [selection.applications["nordlys"].id]


def test_who_scores_does_not_read_others_points_at_the_desk(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    submit(
        site.as_(selection.world.greta), address(site, selection, "greta", "nordlys"),
        comment="wallaby",
    )  # fmt: skip
    with site.database.writing() as session:
        here = loaded(session, selection)
        reviewing.give(session, here.world.astrid, here.challenge)
        commit(session)
    astrid = site.as_(selection.world.astrid)
    page = text_of(astrid.get(selection.path).text)
    assert "Review submitted" in page and "4.4" not in page
    one = f"{selection.path}/{selection.applications['nordlys'].public_id}"
    assert "wallaby" not in astrid.get(one).text
    assert "wallaby" in site.as_(selection.world.eva).get(one).text


def test_a_conflict_closes_the_desk_too(site: Site, selection: Selection) -> None:
    with site.database.writing() as session:
        here = loaded(session, selection)
        reviewing.give(session, here.world.astrid, here.challenge)
        session.flush()
        reviewing.declare(session, here, "astrid", firms=["weser"])
        commit(session)
    astrid = site.as_(selection.world.astrid)
    page = astrid.get(selection.path).text
    assert "Nordlys" in page and "Weser" not in page and "1 application" in text_of(page)
    one = f"{selection.path}/{selection.applications['weser'].public_id}"
    assert astrid.get(one).status_code == 404


def test_the_form_key_makes_a_second_press_do_nothing(site: Site, selection: Selection) -> None:
    eva = site.as_(selection.world.eva)
    page = preview(eva, selection, "lea")
    assert "form_key" in hidden(page, f"{selection.path}/assign")
    confirm(eva, selection, page)
    confirm(eva, selection, page)
    assert len(reviews(site)) == 2


def one(made: Selection, name: str = "nordlys") -> str:
    """Return the page on which the reviews of one application are overseen."""
    return f"{made.path}/{made.applications[name].public_id}"


def suspect(site: Site, made: Selection, who: str = "greta", name: str = "nordlys") -> None:
    """Let somebody have belonged to a firm, and the background look."""
    with site.database.writing() as session:
        row = RoleRow(
            person_id=made.world.people[who].id, role=Role.MEMBER, object_kind="firm",
            object_id=made.world.firms[name].id, since=NOW - timedelta(days=90),
            until=NOW - timedelta(days=30),
        )  # fmt: skip
        session.add(row)
        commit(session)
    site.work()


def test_a_manager_decides_what_is_suspected_and_it_closes_nothing_before(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    suspect(site, selection)
    eva, here = site.as_(selection.world.eva), one(selection)
    said = text_of(eva.get(here).text)
    assert "Belonged to the firm, or to one of its partners, before" in said
    assert "To be decided" in text_of(eva.get(selection.path).text)
    mine = address(site, selection, "greta", "nordlys")
    assert site.as_(selection.world.greta).get(mine).status_code == 200
    who = selection.world.greta.public_id
    sent = {"person": who, "verdict": "conflict"}
    wrong = eva.submit(here, f"{here}/suspicion", {**sent, "suspicion_reason": ""})
    assert wrong.status_code == 422
    assert 'id="f-suspicion_reason-error"' in wrong.text
    done = eva.submit(here, f"{here}/suspicion", {**sent, "suspicion_reason": "Wombat told us"})
    assert done.status_code == 303
    assert site.as_(selection.world.greta).get(mine).status_code == 404
    assert "Wombat told us" in eva.get(here).text
    for name in ("astrid", "hanne", "jens"):
        said = site.as_(selection.world.people[name]).get(here).text
        assert "Confirmed" in text_of(said) and "Wombat told us" not in said, name


def test_managers_are_told_of_a_review_that_a_conflict_has_ended_and_see_who_could_take_over(
    site: Site, selection: Selection
) -> None:
    assigned(site, selection, "greta")
    site.work()
    site.postbox.letters.clear()
    greta, eva = site.as_(selection.world.greta), site.as_(selection.world.eva)
    mine = address(site, selection, "greta", "nordlys")
    greta.submit(mine, f"{mine}/conflict", {"conflict_reason": "A cousin of mine"})
    site.work()
    told = [letter for letter in site.postbox.letters if "ended" in letter.subject]
    assert [letter.to for letter in told] == [selection.world.eva.email]
    assert "Nordlys" not in told[0].body and "Greta" not in told[0].body
    said = text_of(eva.get(one(selection)).text)
    assert "Find a substitute" in said
    assert re.search(r"Who takes over (Finn|Lea)\b.*: 0 reviews to do", said)
    assert "Find a substitute" not in text_of(eva.get(one(selection, "weser")).text)
