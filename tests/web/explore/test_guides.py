"""The guides for firms: whole in each language, linked from where they help, without dead ends."""

import re

import pytest

from govmatch.kit.i18n import LANGUAGES
from govmatch.settings import shipped
from tests.site import Site
from tests.web.applications.doing import LONG
from tests.web.applications.world import make_world

PAGES = shipped("content") / "pages"
GUIDES = (
    "challenge", "contract", "data", "e-invoicing", "accessibility", "security", "feedback",
)  # fmt: skip
ADDRESS = re.compile(r"\]\((/[^)#]*)\)")


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_the_same_parts_in_each_language(guide: str) -> None:
    texts = [(PAGES / f"guide-{guide}.{lang}.md").read_text("utf-8") for lang in LANGUAGES]
    shapes = [
        sorted(re.findall(r"(?m)^(##|\d+\.|-) ", text)) + sorted(ADDRESS.findall(text))
        for text in texts
    ]
    assert shapes[0] == shapes[1] == shapes[2]
    assert all(len(text) > 1_500 for text in texts)


def test_firms_are_led_to_every_guide(site: Site) -> None:
    listed = site.visit().get("/pages/for-firms").text
    mapped = site.visit().get("/sitemap.xml").text
    for guide in GUIDES:
        assert f'href="/pages/guide-{guide}"' in listed
        assert f"/pages/guide-{guide}<" in mapped


def test_no_page_of_ours_leads_nowhere(site: Site) -> None:
    leads = {
        address: path.name for path in sorted(PAGES.glob("*.md"))
        for address in ADDRESS.findall(path.read_text("utf-8"))
    }  # fmt: skip
    visitor = site.visit()
    dead = {
        address: name for address, name in leads.items()
        if visitor.get(address).status_code not in {200, 303}
    }  # fmt: skip
    assert len(leads) > 20
    assert dead == {}


def test_who_begins_an_application_is_shown_what_this_one_asks_for(site: Site) -> None:
    world = make_world(site.database)
    page = site.as_(world.bo).get(LONG).text
    for guide in ("challenge", "contract", "feedback"):
        assert f'href="/pages/guide-{guide}"' in page
    assert 'href="/pages/guide-accessibility"' not in page
