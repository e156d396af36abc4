"""Until the opening nobody outside the firm sees that an application exists: not by any page."""

from collections.abc import Iterator

import pytest

from govmatch.app.routes import all_routes
from tests.site import Browser, Site
from tests.unit.files import samples
from tests.web.applications.doing import begin, close, fill, kept, save, submit, versions
from tests.web.applications.world import World

CANARY = "quokkaphon"
OTHERS = ["dieter", "gro", "astrid", "eva", "finn", "ida", "jens", "kim"]


@pytest.fixture
def address(site: Site, world: World) -> str:
    """The address of Bo's submitted application, with a rare word in all it says."""
    bo = site.as_(world.bo)
    found = begin(bo)
    fill(bo, found)
    upload = {"q-papers": (f"{CANARY}.pdf", samples.pdf(CANARY.encode()), "application/pdf")}
    assert save(bo, found, "team", {"q-skills": CANARY}, files=upload).status_code == 303
    assert save(bo, found, "idea", {"q-solution": f"{CANARY} idea"}).status_code == 303
    assert submit(bo, found).status_code == 303
    return found


def addresses(site: Site, address: str) -> list[str]:
    (application,) = [one for one in kept(site) if address.endswith(one.public_id)]
    (file_id,) = application.answers["papers"]
    return [
        address,
        f"{address}/check",
        f"{address}/submit",
        f"{address}/sections/idea",
        f"{address}/receipts/1",
        f"{address}/receipts/1.txt",
        f"{address}/files/{file_id}",
    ]


def browsers(site: Site, world: World) -> Iterator[tuple[str, Browser]]:
    yield "visitor", site.visit()
    for name in OTHERS:
        yield name, site.as_(world.people[name])


@pytest.mark.parametrize("closed", [False, True])
def test_nobody_else_reaches_any_page_of_it(
    site: Site, world: World, address: str, closed: bool
) -> None:
    if closed:
        close(site, "long")
    pages = addresses(site, address)
    for name, browser in browsers(site, world):
        for page in pages:
            answer = browser.get(page)
            assert answer.status_code == (303 if name == "visitor" else 404), (name, page)
            assert CANARY not in answer.text
            if name == "visitor":
                assert answer.headers["location"].startswith("/login?next=")


def test_nobody_else_changes_anything_about_it(site: Site, world: World, address: str) -> None:
    before = (kept(site)[0].answers, kept(site)[0].state, len(versions(site)))
    posts = {
        f"{address}/sections/idea": {"q-solution": "overwritten", "page": "p"},
        f"{address}/submit": {"confirmed": "yes", "revision": "9", "form_key": "k"},
        f"{address}/withdraw": {"final": "yes", "form_key": "k"},
    }
    for name, browser in browsers(site, world):
        for page, fields in posts.items():
            answer = browser.post(page, fields)
            assert answer.status_code == (403 if name == "visitor" else 404), (name, page)
    assert (kept(site)[0].answers, kept(site)[0].state, len(versions(site))) == before


def test_another_firms_ids_open_nothing_under_ones_own_address(
    site: Site, world: World, address: str
) -> None:
    dieter = site.as_(world.dieter)
    own = begin(dieter)
    (file_id,) = kept(site)[0].answers["papers"]
    assert dieter.get(f"{own}/files/{file_id}").status_code == 404
    assert dieter.get(f"{own}/receipts/1").status_code == 404
    save(dieter, own, "team", {"q-skills": "x", "q-papers": file_id})
    save(dieter, own, "team", {"q-skills": "y", "remove-papers": file_id})
    mine, other = kept(site)[1], kept(site)[0]
    assert "papers" not in mine.answers
    assert other.answers["papers"] == [file_id]
    assert site.as_(world.bo).get(f"{address}/files/{file_id}").status_code == 200


def test_no_page_of_the_site_holds_a_word_of_it(site: Site, world: World, address: str) -> None:
    """Every page that takes no id, and those of the challenge, for everybody else."""
    site.work()
    plain = {r.path for r in all_routes(site.settings) if r.method == "GET" and "{" not in r.path}
    # The demonstration shows every mail to everybody; in production it does not exist.
    pages = sorted(path for path in plain if not path.startswith("/demo"))
    pages += [f"/search?q={CANARY}", f"/suggest?q={CANARY[:5]}", "/challenges/long"]
    reference = kept(site)[0].reference
    receipt = versions(site)[0].public_id
    for name, browser in browsers(site, world):
        for path in pages:
            text = browser.get(path).text.replace(f"q={CANARY}", "").replace(f'"{CANARY}"', "")
            text = text.replace(f"Search: {CANARY}", "")
            for word in (f"{CANARY} idea", reference, receipt, address):
                assert word not in text, (name, path, word)


def test_search_finds_it_for_its_firm_and_for_nobody_else(
    site: Site, world: World, address: str
) -> None:
    site.work()
    for name in ("bo", "carla"):
        assert address in site.as_(world.people[name]).get(f"/search?q={CANARY}").text
    for name, browser in browsers(site, world):
        found = browser.get(f"/search?q={CANARY}").text
        nothing = browser.get("/search?q=zyxwvutsrq").text
        assert address not in found, name
        assert len(found.replace(CANARY, "")) == len(nothing.replace("zyxwvutsrq", "")), name


def test_the_list_of_another_firm_is_empty(site: Site, world: World, address: str) -> None:
    for name in OTHERS:
        page = site.as_(world.people[name]).get("/applications")
        assert page.status_code == 200
        assert CANARY not in page.text
        assert address not in page.text


def test_mails_say_nothing_of_what_is_in_it(site: Site, world: World, address: str) -> None:
    site.work()
    letters = site.postbox.letters
    assert {letter.to for letter in letters} == {"bo@example.org"}
    assert all(CANARY not in letter.subject + letter.body for letter in letters)


def test_a_download_is_an_attachment_that_nothing_runs_in(
    site: Site, world: World, address: str
) -> None:
    (file_id,) = kept(site)[0].answers["papers"]
    answer = site.as_(world.carla).get(f"{address}/files/{file_id}")
    assert answer.status_code == 200
    assert answer.content == samples.pdf(CANARY.encode())
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["cache-control"] == "no-store"


def test_a_content_that_was_lost_is_not_found(site: Site, world: World, address: str) -> None:
    (file_id,) = kept(site)[0].answers["papers"]
    for path in site.settings.files_dir.rglob("*"):
        if path.is_file():
            path.unlink()
    assert site.as_(world.bo).get(f"{address}/files/{file_id}").status_code == 404
