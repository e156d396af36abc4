"""sitemap.xml names every page that a search engine may read, and none that it may not."""

import re

from govmatch.challenges.content.loading_base import load_base
from govmatch.kit.clock import real_now
from govmatch.kit.content import Report
from govmatch.kit.db import commit
from tests.site import BASE, Site
from tests.unit.challenges.world import shipped_base
from tests.web.organisations.acting import world


def paths(site: Site) -> list[str]:
    body = site.visit().get("/sitemap.xml").text
    return [found.removeprefix(BASE) for found in re.findall(r"<loc>([^<]+)</loc>", body)]


def test_the_map_names_authorities_programmes_and_only_listed_firms(site: Site) -> None:
    made = world(site)
    with site.database.writing() as session:
        load_base(session, shipped_base(), Report(), now=real_now())
        commit(session)
    found = paths(site)
    assert "/authorities/sikkerhedsstyrelsen" in found
    assert {"/programmes", "/programmes/govtech"} <= set(found)
    assert f"/firms/{made.nordlys.slug}" in found
    assert f"/firms/{made.hemmelig.slug}" not in found
    assert len(found) == len(set(found))


def test_every_address_on_the_map_answers(site: Site) -> None:
    world(site)
    browser = site.visit()
    assert {path: browser.get(path).status_code for path in paths(site)} == dict.fromkeys(
        paths(site), 200
    )
