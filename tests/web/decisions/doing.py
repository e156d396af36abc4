"""What people do on the pages of decisions, in few words."""

import re
from typing import Any

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.decisions.models import Decision, Letter
from tests.site import Browser, Site
from tests.web.decisions.world import World

CASE = "/desk/challenges/labels/decision"
REASONS = {"reasons-en": "The best two by the published criteria."}


def begin(site: Site, world: World) -> Browser:
    """Begin the selection as Eva, with the one reason that no review gives."""
    eva = site.as_(world.eva)
    assert eva.post(f"{CASE}/begin").status_code == 303
    path = f"{CASE}/applications/{world.of('outside').public_id}"
    assert eva.submit(path, path, {"r-": "The firm is too large."}).status_code == 303
    return eva


def fields(browser: Browser) -> dict[str, str]:
    """Return what the form of a selection holds."""
    html = browser.get(CASE).text
    chosen = {
        found[0]: found[1]
        for found in re.findall(
            r'<select[^>]*name="(outcome-\w+)".*?<option value="(\w+)" selected', html, re.DOTALL
        )
    }
    typed = dict(
        re.findall(r'name="(place-\w+|confirm_days)" (?:type="text" )?value="(\d*)"', html)
    )
    revision = re.search(r'name="revision" value="(\d+)"', html)
    assert revision is not None
    return {**chosen, **typed, "confirm_days": "14", "revision": revision[1], **REASONS}


def propose(site: Site, world: World) -> str:
    """Propose the selection that the ranking suggests; return the address of the decision."""
    eva = begin(site, world)
    answer = eva.post(CASE, {**fields(eva), "do": "propose"})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def act(browser: Browser, path: str, verb: str, **more: Any) -> Any:
    return browser.submit(path, f"{path}/{verb}", more)


def read_all(browser: Browser, path: str) -> Any:
    chosen = re.findall(r'name="read\[\]" value="([^"]+)"', browser.get(path).text)
    return browser.post(f"{path}/read", {"read[]": chosen})


def release(site: Site, world: World) -> str:
    """Propose, confirm, read and release; return the address of the decision."""
    path = propose(site, world)
    assert act(site.as_(world.hanne), path, "confirm").status_code == 303
    assert read_all(site.as_(world.astrid), path).status_code == 303
    assert site.as_(world.eva).post(f"{path}/release").status_code == 303
    return path


def buttons(html: str) -> list[tuple[str, str]]:
    """Return the links that look like buttons in their order, as (kind, address)."""
    return re.findall(r'<a class="kern-btn kern-btn--(\w+)" href="([^"]+)"', html)


def letter_to(site: Site, world: World, firm: str) -> Letter:
    """Return the newest letter to a firm."""
    with site.database.reading() as session:
        found = select(Letter).where(Letter.application_id == world.of(firm).id)
        letter = session.scalars(found.order_by(Letter.id.desc())).first()
        assert letter is not None
        session.expunge(letter)
        return letter


def kept(site: Site, world: World, firm: str) -> Application:
    with site.database.reading() as session:
        found = session.get_one(Application, world.of(firm).id)
        session.expunge(found)
        return found


def decisions(site: Site) -> list[Decision]:
    with site.database.reading() as session:
        found = list(session.scalars(select(Decision).order_by(Decision.id)))
        session.expunge_all()
        return found
