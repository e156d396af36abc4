"""A reader of the firm: sees its applications as they are, and changes nothing."""

import pytest

from govmatch.accounts.actions import give_role
from govmatch.accounts.models import Role
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from tests.site import Browser, Site, text_of
from tests.web.applications.doing import applied, begin, save
from tests.web.applications.world import World

WHY = "You read along in this firm. Only its lead and its members may do this."


@pytest.fixture
def gro(site: Site, world: World) -> Browser:
    """Somebody who reads along in Bo's firm."""
    now = real_now()
    with site.database.writing() as session:
        give_role(
            session, session.merge(world.people["gro"]), Role.READER, "firm",
            world.firms["nordlys"].id, actor=VISITOR, now=now, real_now=now,
        )  # fmt: skip
        commit(session)
    return site.as_(world.people["gro"])


def test_a_draft_is_read_and_neither_saved_nor_submitted(
    site: Site, world: World, gro: Browser
) -> None:
    address = begin(site.as_(world.bo))
    save(site.as_(world.carla), address, "idea", {"q-solution": "Scan it all"})
    assert address in gro.get("/applications").text
    assert gro.get(address).status_code == 200
    for path in (f"{address}/sections/idea", f"{address}/submit", f"{address}/withdraw"):
        answer = gro.post(path, {"q-solution": "Mine", "confirmed": "yes"})
        assert answer.status_code == 403, path
    assert "Scan it all" in site.as_(world.bo).get(f"{address}/sections/idea").text


def test_nobody_who_reads_along_begins_one_or_takes_one_back(
    site: Site, world: World, gro: Browser
) -> None:
    address = applied(site.as_(world.bo))
    assert "Withdraw" not in text_of(gro.get(address).text)
    answer = gro.post(f"{address}/withdraw", {})
    assert (answer.status_code, WHY in text_of(answer.text)) == (403, True)
    start = gro.get("/challenges/long/apply")
    assert "Nordlys" not in text_of(start.text)
