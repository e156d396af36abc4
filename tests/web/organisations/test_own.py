"""/firm: one's own firm, and nobody else's."""

import pytest

from govmatch.accounts.models import Role
from tests.site import text_of
from tests.unit.organisations import samples
from tests.web.organisations.acting import World, statements

PAGES = (
    "",
    "/edit/basics",
    "/edit/offer",
    "/edit/topics",
    "/edit/codes",
    "/edit/visibility",
    "/evidence/new",
    "/members",
    "/close",
)
FOR_THE_LEAD = {"/close"}


def test_a_member_sees_the_whole_profile_and_what_is_missing(world: World) -> None:
    answer = world.as_carla().get("/firm")
    text = text_of(answer.text)
    for words in (
        "Nordlys Vision ApS",
        "In the directory",
        "Registration number CVR 00 19",
        "Summary Læser skilte på billeder",
        "Themes Inspections",
        "72212328 Image-processing software development services",
        "Certificate ISO/IEC 27001 no end · Own",
        "Profile in the directory, seen by everybody",
        "Strength for matching",
        "References: say more",
    ):
        assert words in text
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_missing_links_to_where_it_is_mended(world: World) -> None:
    answer = world.as_dieter().get("/firm")
    assert "What is missing, and what it brings" in text_of(answer.text)
    for section in ("offer", "topics", "basics", "codes", "visibility"):
        assert f'href="/firm/{world.hemmelig.public_id}/edit/{section}"' in answer.text


def test_somebody_with_two_firms_chooses(world: World) -> None:
    def join(session: samples.Session) -> None:
        person = session.get_one(samples.Person, world.carla.id)
        samples.join(session, person, world.hemmelig)

    world.change(join)
    browser = world.as_carla()
    answer = browser.get("/firm")
    text = text_of(answer.text)
    assert "You belong to several firms." in text
    for firm in (world.nordlys, world.hemmelig):
        assert f"Open {firm.name}" in text
        assert firm.name in text_of(browser.get(f"/firm/{firm.public_id}").text)


@pytest.mark.security(1)
@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_finds_no_page_of_a_firm(world: World, page: str) -> None:
    for public_id in (world.nordlys.public_id, "nordlys-vision", str(world.nordlys.id), "x" * 12):
        answer = world.as_dieter().get(f"/firm/{public_id}{page}")
        assert answer.status_code == 404
        assert "Nordlys" not in answer.text


@pytest.mark.security(3)
@pytest.mark.parametrize("page", PAGES)
def test_a_member_opens_every_page_but_those_of_the_lead(world: World, page: str) -> None:
    expected = 403 if page in FOR_THE_LEAD else 200
    assert world.as_carla().get(f"{world.path}{page}").status_code == expected
    assert world.as_bo().get(f"{world.path}{page}").status_code == 200


@pytest.mark.security(3)
@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith(("/edit", "/evi"))])
def test_the_finance_contact_reads_and_does_not_write(world: World, page: str) -> None:
    def join(session: samples.Session) -> samples.Person:
        person = samples.add_person(session, "Fritz")
        samples.join(session, person, world.nordlys, Role.FINANCE)
        return person

    browser = world.site.as_(world.change(join))
    overview = browser.get("/firm")
    assert "Nordlys Vision ApS" in text_of(overview.text)
    assert "/edit/" not in overview.text
    assert browser.get(f"{world.path}{page}").status_code == 403
    assert browser.post(f"{world.path}{page}", {"summary": "Mine"}).status_code == 403
    assert world.profile().offer.summary == "Læser skilte på billeder"


def test_one_and_fifty_pieces_of_evidence_take_the_same_statements(world: World) -> None:
    browser = world.as_bo()
    few = statements(world.site, browser, "/firm")

    def add(session: samples.Session) -> None:
        for number in range(50):
            session.add(
                samples.Evidence(
                    public_id=f"e{number}",
                    firm_id=world.nordlys.id,
                    kind="iso-27001",
                    valid_until=samples.TODAY,
                )
            )

    world.change(add)
    assert statements(world.site, browser, "/firm") == few
