"""/desk/challenges/{slug}/opening: sealed, begun by one, opened by another."""

import re
from datetime import timedelta

import pytest

from govmatch.challenges.models import Challenge
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.programmes.models import Programme
from govmatch.triage.models import Opening
from tests.site import Site, text_of
from tests.unit.triage.doing import entered
from tests.web.applications.doing import close
from tests.web.applications.world import World
from tests.web.triage.conftest import Case

PAGE = "/desk/challenges/long/opening"
DESK = "/desk/challenges/long"


def opened_at(site: Site) -> object:
    with site.database.reading() as session:
        return session.query(Challenge.opened_at).filter(Challenge.slug == "long").scalar()


def without_keys(html: str) -> str:
    """Return a page without what differs each time: form keys, and the hour on its clock."""
    return re.sub(r'name="form_key" value="[^"]+"|\b\d\d:\d\d\b', "", html)


def test_before_the_deadline_it_says_when(site: Site, world: World) -> None:
    for name in ("eva", "astrid", "hanne"):
        said = text_of(site.as_(world.people[name]).get(PAGE).text)
        assert "Everything is sealed until the deadline" in said
        assert "can be opened from" in said
        assert "<form" not in site.as_(world.people[name]).get(PAGE).text.split("<main")[1]
    answer = site.as_(world.eva).post(PAGE, {"form_key": "k" * 43})
    assert answer.status_code == 403
    assert "has not passed yet" in answer.text


def test_two_people_open_and_the_page_follows(site: Site, sealed: Case) -> None:
    eva, astrid = site.as_(sealed.world.eva), site.as_(sealed.world.astrid)
    desk = eva.get(DESK).text
    assert "open the applications" in text_of(desk) and f'href="{PAGE}"' in desk
    waiting = text_of(astrid.get(PAGE).text)
    assert "It is with: Eva, Ole" in waiting
    assert eva.submit(PAGE, PAGE, {}).status_code == 303
    own = text_of(eva.get(PAGE).text)
    assert "You began it" in own and "Astrid, Hanne, Ole" in own
    assert opened_at(site) is None
    assert astrid.submit(PAGE, f"{PAGE}/complete", {}).status_code == 303
    done = text_of(astrid.get(PAGE).text)
    assert "2 applications were opened" in done
    assert "Eva" in done and "Astrid" in done
    assert "/triage?challenge=long" in astrid.get(PAGE).text
    assert opened_at(site) is not None
    assert "Open the applications" not in text_of(eva.get(DESK).text)


def test_it_reads_the_same_with_and_without_applications(site: Site, world: World) -> None:
    """Before the opening nothing tells of existence or number."""
    pages = (PAGE, DESK, "/desk?part=published", "/audit/challenges/long")
    at = real_now() - timedelta(seconds=1)
    close(site, "long", at=at)
    readers = [site.as_(world.people[name]) for name in ("eva", "astrid", "jens", "kim")]
    empty = [without_keys(one.get(path).text) for one in readers for path in pages]
    close(site, "long", at=real_now() + timedelta(days=1))
    with site.database.writing() as session:
        made = {name: session.merge(row) for name, row in world.challenges.items()}
        firms = {name: session.merge(row) for name, row in world.firms.items()}
        entered(session, World(people=world.people, firms=firms, challenges=made))
        commit(session)
    close(site, "long", at=at)
    assert empty == [without_keys(one.get(path).text) for one in readers for path in pages]


def test_pressing_twice_or_by_the_same_person_opens_nothing(site: Site, sealed: Case) -> None:
    eva = site.as_(sealed.world.eva)
    assert eva.submit(PAGE, PAGE, {}).status_code == 303
    again = eva.post(f"{PAGE}/complete", {"form_key": "k" * 43})
    assert again.status_code == 403
    assert "Somebody else has to complete it" in again.text
    assert opened_at(site) is None


def test_it_is_taken_back(site: Site, sealed: Case) -> None:
    eva, astrid = site.as_(sealed.world.eva), site.as_(sealed.world.astrid)
    eva.submit(PAGE, PAGE, {})
    assert astrid.post(f"{PAGE}/take-back", {"form_key": "k" * 43}).status_code == 403
    assert eva.submit(PAGE, f"{PAGE}/take-back", {}).status_code == 303
    with site.database.reading() as session:
        assert session.query(Opening).count() == 0
    assert astrid.post(f"{PAGE}/complete", {"form_key": "k" * 43}).status_code == 403


def test_one_person_opens_where_the_programme_says_so(site: Site, sealed: Case) -> None:
    with site.database.writing() as session:
        programme = session.query(Programme).filter(Programme.slug == "long").one()
        programme.rules = {"opening_people": {"value": 1}}
        commit(session)
    eva = site.as_(sealed.world.eva)
    assert eva.submit(PAGE, PAGE, {}).status_code == 303
    assert "2 applications were opened" in text_of(eva.get(PAGE).text)


@pytest.mark.parametrize("name", ["ida", "jens", "kim", "finn", "bo", "gro"])
def test_others_have_no_such_page(site: Site, sealed: Case, name: str) -> None:
    browser = site.as_(sealed.world.people[name])
    allowed = 404 if name == "ida" else 403
    assert browser.get(PAGE).status_code == allowed
    for path in (PAGE, f"{PAGE}/complete", f"{PAGE}/take-back"):
        assert browser.post(path, {"form_key": "k" * 43}).status_code == allowed
    assert opened_at(site) is None


def test_a_visitor_signs_in_first_and_a_draft_has_none(site: Site, sealed: Case) -> None:
    assert site.visit().get(PAGE).status_code == 303
    eva = site.as_(sealed.world.eva)
    assert eva.get("/desk/challenges/unknown/opening").status_code == 404
    assert eva.get(f"{PAGE}/complete").headers["location"] == PAGE


@pytest.mark.parametrize(
    ("lang", "word"), [("de", "Öffnung der Bewerbungen"), ("da", "Åbning af ansøgningerne")]
)
def test_it_speaks_the_readers_language(site: Site, sealed: Case, lang: str, word: str) -> None:
    page = site.as_(sealed.world.eva, lang=lang).get(f"{PAGE}?lang={lang}").text
    assert f"<h1>{word}</h1>" in page
