"""/matches/{slug}: the box beside a challenge, and the page behind it; and the method."""

from govmatch.matching.score import WEIGHTS
from tests.site import text_of
from tests.web.matching.test_list import page_of
from tests.web.matching.world import MatchWorld


def test_a_challenge_leads_a_firm_to_why_it_fits_and_nobody_else(world: MatchWorld) -> None:
    path = f"/challenges/{world.labels}"
    box = f'data-hx-get="/matches/{world.labels}"'
    assert box in world.desk.as_("bo").get(path).text
    for browser in (world.desk.as_("astrid"), world.desk.as_("gro"), world.site.visit()):
        assert "/matches/" not in browser.get(path).text.partition("<main")[2].partition("<foot")[0]


def test_the_box_is_part_of_the_page(world: MatchWorld) -> None:
    browser = world.desk.as_("bo")
    path = f"/matches/{world.labels}"
    box = browser.get(path, **{"HX-Request": "true"}).text
    assert "<html" not in box
    said = text_of(box)
    assert said.startswith("How it fits Nordlys Vision ApS Fits very well")
    assert said in page_of(browser, path)


def test_each_firm_sees_itself_alone(world: MatchWorld) -> None:
    path = f"/matches/{world.labels}"
    assert "Weserbeleg GmbH Little in common" in page_of(world.desk.as_("wanda"), path)
    nordlys = world.firms["nordlys"].public_id
    assert world.desk.as_("wanda").get(f"{path}?firm={nordlys}").status_code == 404
    assert world.desk.as_("wanda").get(f"/matches?firm={nordlys}").status_code == 404


def test_an_unlisted_firm_has_matches_of_its_own(world: MatchWorld) -> None:
    assert "Fits very well" in page_of(world.desk.as_("greta"), f"/matches/{world.labels}")


def test_the_method_says_the_weights_that_the_code_has(world: MatchWorld) -> None:
    page = page_of(world.site.visit(), "/matches/method")
    assert f"and all. {WEIGHTS.codes}" not in page
    for part, weight in (
        ("Words", WEIGHTS.text),
        ("Codes", WEIGHTS.codes),
        ("Facts", WEIGHTS.facts),
    ):
        row = page[page.index(f" {part} ", page.index("What the sum is made of")) :]
        assert f" {weight:g} " in row[:260]
    assert "What is never used" in page and "Switch matching off" in page


def test_the_method_is_read_in_three_languages(world: MatchWorld) -> None:
    browser = world.site.visit()
    assert "Was nie verwendet wird" in page_of(browser, "/matches/method?lang=de")
    assert "Det bruges aldrig" in page_of(browser, "/matches/method?lang=da")
