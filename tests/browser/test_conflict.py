"""A review whose reviewer discovers a conflict of interest halfway: with scripts and without.

The review is frozen and counts no more, the application is nowhere for the reviewer, the manager is
told and finds a substitute; what the site suspects of somebody else has to be decided first.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.i18n import Lang
from govmatch.organisations.models import Firm
from tests.browser import selecting_triage as triage
from tests.browser.entering import find, name_of
from tests.browser.running import make_site
from tests.browser.selecting import DAYS_TO_DEADLINE, FIRST, RESERVE, Case, make_case
from tests.browser.selecting_mails import Mails
from tests.browser.selecting_people import Cast, Somebody, cast_of

WAYS: list[tuple[Lang, bool]] = [("de", True), ("da", False)]
WHY = "Ravensbourne: a cousin of mine leads that firm."
FOUND_OUT = "Thistlewood: she left that firm ten years ago, nothing is left of it."


@pytest.fixture
def case(tmp_path: Path, way: tuple[Lang, bool]) -> Iterator[Case]:
    """A site of its own, since the clock moves; Greta once belonged to one of the firms."""
    site = make_site(tmp_path, "")
    made = make_case(site, way[0])
    _belonged(made, "greta", RESERVE.firm)
    site.start()
    yield made
    site.stop()


def _belonged(case: Case, who: str, firm: str) -> None:
    database, now = Database(case.settings.database), real_now()
    with database.writing() as session:
        number = session.scalars(select(Firm.id).where(Firm.slug == firm)).one()
        row = RoleRow(
            person_id=find(session, who).id, role=Role.MEMBER, object_kind="firm",
            object_id=number, since=now - timedelta(days=90), until=now - timedelta(days=60),
        )  # fmt: skip
        session.add(row)
        commit(session)
    database.close()


@pytest.fixture
def mails(case: Case) -> Iterator[Mails]:
    database = Database(case.settings.database)
    yield Mails(case.site.base, database, case=case)
    database.close()


@pytest.mark.parametrize("way", WAYS, ids=["with scripts", "without scripts"])
def test_a_conflict_is_discovered_halfway_and_a_substitute_takes_over(
    browser: Browser, case: Case, mails: Mails, way: tuple[Lang, bool]
) -> None:
    with cast_of(browser, case, with_scripts=way[1]) as cast:
        triage.receive(mails)
        case.site.move_clock(by="day", times=DAYS_TO_DEADLINE + 1)
        triage.open_applications(cast, case, mails)
        for name in ("finn", "greta"):
            triage.declare(cast[name], None)
        _assign(cast["eva"], case, "finn")
        mails.expect("reviews/assigned", "finn")
        _score_half(cast["finn"], case)
        _discover(cast["finn"], case)
        _find_substitute(cast, case, mails)
        _decide_what_is_suspected(cast["eva"], case)
        assert cast.problems == {}
    case.site.command("audit", "verify")


def _assign(eva: Somebody, case: Case, name: str) -> None:
    eva.visit(f"{case.desk}/reviewing")
    eva.page.locator("label", has_text=name_of(name)).first.click()
    eva.send({"which": "all", "due": triage.day(days=20)})
    eva.send(button='[name="then"][value="assign"]')


def _review_of(reviewer: Somebody, mark: str) -> str:
    """Return the address of the review whose application has this word."""
    reviewer.visit("/reviews")
    links = reviewer.page.locator('main tbody a[href*="/reviews/"]').all()
    paths = [link.get_attribute("href") or "" for link in links]
    return next(path for path in paths if mark in reviewer.visit(path))


def _score_half(finn: Somebody, case: Case) -> None:
    finn.visit(_review_of(finn, FIRST.mark))
    finn.send(
        {"points-fit": "4", "comment-fit": "Sound so far."},
        button="[type=submit]:not([formaction])",
    )
    assert case.name(FIRST) not in finn.says()


def _discover(finn: Somebody, case: Case) -> None:
    """From the moment at which it is said nothing leads to the application any more."""
    path = finn.page.url
    finn.post("/conflict", {"conflict_reason": WHY})
    finn.visit(path, status=404)
    for address in ("/reviews", "/reviews?part=done", f"/search?q={FIRST.mark}", "/inbox"):
        said = finn.visit(address)
        assert f"{FIRST.mark}:" not in said, address
        assert case.name(FIRST) not in said, address
        assert case.application(FIRST) not in finn.page.content(), address


def _find_substitute(cast: Cast, case: Case, mails: Mails) -> None:
    """Eva is told that somebody is missing, and gives it to Greta."""
    eva, greta = cast["eva"], cast["greta"]
    mails.expect("reviews/ended", "eva")
    said = eva.visit(mails.link("reviews/ended", "eva"))
    assert WHY in said
    assert case.name(FIRST) in said
    assert "Sound so far." in said, "what was typed is kept, set aside"
    eva.post("/reviewing/assign", {"due": triage.day(days=20)})
    assert name_of("greta") in eva.says()
    eva.send(button='[name="then"][value="assign"]')
    mails.expect("reviews/assigned", "greta")
    assert FIRST.mark in greta.visit(_review_of(greta, FIRST.mark))


def _decide_what_is_suspected(eva: Somebody, case: Case) -> None:
    """Greta gets nothing of the firm that she was in before it is said that this is no conflict."""
    assert name_of("greta") in eva.visit(f"{case.desk}/reviewing")
    path = f"{case.desk}/reviewing/{case.application(RESERVE)}"
    eva.visit(path)
    sheet = 'main form[action*="/suspicion"]'
    eva.send({"suspicion_reason": FOUND_OUT}, form=sheet, button='[name="verdict"][value="none"]')
    assert FOUND_OUT in eva.says()
    assert not eva.page.locator(sheet).count()
    eva.visit(f"{case.desk}/reviewing")
    eva.page.locator("label", has_text=name_of("greta")).first.click()
    eva.send({"which": "all", "due": triage.day(days=20)})
    names = eva.page.locator("main table tbody th, main table tbody td").all_inner_texts()
    assert case.name(RESERVE) not in names, "it is among what will be assigned"
