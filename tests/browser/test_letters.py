"""Two hundred letters: proposed by one person, confirmed by another, read as a bundle and by
themselves, one corrected, released in one moment; each firm finds its own in its inbox, and the
mail says no more than that something is there.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import func, select

from govmatch.accounts.models import Role
from govmatch.decisions.models import Letter
from govmatch.decisions.showing import OUTCOMES
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.i18n import Lang, msgn, say
from govmatch.notifications.models import Mail
from govmatch.settings import load
from tests.bench.cases import sign_in
from tests.browser.running import MAIL_WITHIN, RunningSite, make_empty
from tests.browser.selecting_people import Cast, cast_of
from tests.web.applications.world import firm, give, person
from tests.web.decisions.world import FIRMS, World, entry, fill, reviewed

A_PAGE = 20
WAYS: list[tuple[Lang, bool, int]] = [("de", True, 200), ("da", False, 50)]
"""Language, with scripts, letters: without scripts fewer, since nothing else differs."""
CASE = "/desk/challenges/labels/decision"
WHY = "The two best by the published criteria."
LOT = "Equal means were parted by lot."
CORRECTION = "Zimtstern: we especially liked the first page."
UNMET = "Holunder: the entry in the register is missing."
LETTER_MAILS = ("decisions/letter", "decisions/letter_to_answer")
FIRST, ONE_OF_MANY = "bo", "member7"
SIGNED_IN = ("eva", "hanne", "astrid", FIRST, "ove", ONE_OF_MANY)


@dataclass
class Stand:
    """A running site with a case of two hundred applications that wait for their decision."""

    site: RunningSite
    lang: Lang
    letters: int
    database: Database
    world: World
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def members(self) -> list[str]:
        """Return who belongs to a firm, besides those of the small world."""
        return [name for name in self.world.people if name.startswith("member")]

    def unread(self) -> int:
        with self.database.reading() as session:
            counted = select(func.count()).where(Letter.checked_at.is_(None))
            return session.scalar(counted) or 0

    def mails(self) -> list[Mail]:
        with self.database.reading() as session:
            found = list(session.scalars(select(Mail).where(Mail.kind.in_(LETTER_MAILS))))
            session.expunge_all()
            return found


def add_many(session: Session, world: World, number: int) -> None:
    """Add reviewed applications of as many firms, each with a member; all below the best two."""
    now = real_now()
    for n in range(number):
        name = f"firm{n}"
        world.firms[name] = firm(session, name, "DE", now)
        member = world.people[f"member{n}"] = person(session, f"member{n}", now)
        give(session, member, Role.MEMBER, "firm", world.firms[name].id, now)
        made = world.applications[name] = entry(session, world, name, 1000 + n, now)
        reviewed(session, made, world.finn, (3, n % 3), now)


@pytest.fixture
def stand(tmp_path: Path, way: tuple[Lang, bool, int]) -> Iterator[Stand]:
    site = make_empty(tmp_path)
    database = Database(load(site.environ).database)
    with database.writing() as session:
        session.expire_on_commit = False
        world = fill(session)
        add_many(session, world, way[2] - len(FIRMS))
        made = Stand(site, way[0], way[2], database, world)
        for one in world.people.values():
            one.lang = way[0]
        for name in SIGNED_IN:
            made.tokens[name] = sign_in(session, world.people[name].id, now=real_now())
        commit(session)
    site.start()
    yield made
    site.stop()
    database.close()


def propose_and_confirm(cast: Cast, stand: Stand) -> str:
    """One prepares and proposes, another confirms; return the address of the decision."""
    eva, hanne = cast["eva"], cast["hanne"]
    eva.visit(CASE)
    eva.post("/decision/begin")
    eva.visit(f"{CASE}/applications/{stand.world.of('outside').public_id}")
    eva.send({"r-": UNMET})
    eva.visit(CASE)
    reasons = {f"reasons-{stand.lang}": WHY, "deviation": LOT}
    eva.send(reasons, button='[value="propose"]')
    path = eva.page.url.partition("?")[0]
    assert "/decisions/" in path
    assert not eva.page.locator('form[action*="/confirm"]').count(), "nobody does both"
    hanne.visit(path)
    hanne.post("/confirm")
    return path


def read_all(cast: Cast, stand: Stand, path: str) -> None:
    """Two by themselves, one of them corrected; all others a page at a time."""
    astrid = cast["astrid"]
    assert stand.unread() == stand.letters
    astrid.visit(path)
    astrid.follow(f'.gm-next a[href*="{path.removeprefix(stand.site.base)}/letters"]')
    expect(astrid.page.locator(".gm-bundle")).to_have_count(A_PAGE)
    astrid.follow('.gm-bundle a.kern-link:has-text("Nordlys")')
    text = astrid.page.locator('#main-form [name="body"]').input_value()
    assert "fit of Nordlys by Finn" in text
    astrid.send({"body": f"{text}\n\n{CORRECTION}"}, button=".kern-btn--secondary")
    for _ in range(2):
        astrid.post("/read")  # and on to the next one
    assert stand.unread() == stand.letters - 2
    astrid.visit(f"{path}/letters")
    while left := stand.unread():
        on_page = astrid.page.locator('[name="read[]"]').count()
        assert 0 < on_page <= A_PAGE
        says = msgn(
            "This letter is read and right", "These {n} letters are read and right", n=on_page
        )
        expect(astrid.page.locator('form[action*="/read"] button')).to_have_text(
            say(says, stand.lang)
        )
        astrid.post("/read")
        assert stand.unread() == left - on_page
    expect(astrid.page.locator('[name="read[]"]')).to_have_count(0)
    assert "/letters" not in astrid.page.url


def release(cast: Cast, stand: Stand, path: str) -> None:
    """Until then no firm has anything; then all have, and each was written to once."""
    bo, eva = cast[FIRST], cast["eva"]
    letters = f"/applications/{stand.world.of('nordlys').public_id}/letters"
    bo.visit(letters)
    assert not bo.page.locator('main a[href*="/letters/"]').count()
    eva.visit(path)
    eva.post("/release")
    assert str(stand.letters) in eva.page.locator('[role="status"]').first.inner_text()
    people = {"carla", "bo", "dieter", "lea", "mia", "ove", *stand.members}
    wanted = sorted(stand.world.people[name].email for name in people)
    end = time.monotonic() + 2 * MAIL_WITHIN
    while len(stand.mails()) < len(wanted) and time.monotonic() < end:
        time.sleep(0.2)
    mails = stand.mails()
    assert sorted(one.address for one in mails) == wanted
    results = [say(words, stand.lang) for words, _kind in OUTCOMES.values()]
    firms = [one.name for one in stand.world.firms.values()]
    words = [CORRECTION, UNMET, WHY, LOT, *results, *firms]
    wrong = re.compile("|".join(rf"\b{re.escape(one)}\b" for one in words), re.IGNORECASE)
    for one in mails:
        assert one.lang == stand.lang
        assert not wrong.search(f"{one.subject}\n{one.body}"), one.body
        assert stand.site.base in one.body


def read_own(cast: Cast, stand: Stand) -> None:
    """From the inbox each comes to its own letter, and to nobody else's."""
    said = {name: _from_inbox(cast, name) for name in (FIRST, "ove", ONE_OF_MANY)}
    assert CORRECTION in said[FIRST]
    assert UNMET in said["ove"]
    assert "team of Firm7 by Finn" in said[ONE_OF_MANY]
    for name, own in ((FIRST, "Nordlys"), ("ove", "Outside"), (ONE_OF_MANY, "Firm7")):
        others = {one.name for one in stand.world.firms.values()} - {own}
        assert not re.findall(rf"\b({'|'.join(others)})\b", said[name]), name
    cast["ove"].visit(cast[FIRST].page.url, status=404)


def _from_inbox(cast: Cast, name: str) -> str:
    somebody = cast[name]
    somebody.visit("/inbox")
    somebody.follow('main form[action*="/inbox/"] button')
    expect(somebody.page.locator("article.gm-letter")).to_be_visible()
    return somebody.says()


@pytest.mark.parametrize("way", WAYS, ids=["de, with scripts", "da, without scripts"])
def test_two_hundred_letters_are_read_and_go_out_in_one_moment(
    browser: Browser, stand: Stand, way: tuple[Lang, bool, int]
) -> None:
    with cast_of(browser, stand, with_scripts=way[1]) as cast:
        path = propose_and_confirm(cast, stand)
        read_all(cast, stand, path)
        release(cast, stand, path)
        read_own(cast, stand)
        assert cast.problems == {}
