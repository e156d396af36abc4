"""From five submitted applications to the public result: once in each language, once without
scripts. Every mail is read: who gets which, that nobody else gets one, and that none leaks.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from govmatch.kit.db import Database
from govmatch.kit.i18n import Lang
from tests.browser import selecting_decision as decision
from tests.browser import selecting_pilot as pilot
from tests.browser import selecting_triage as triage
from tests.browser.running import make_site
from tests.browser.selecting import DAYS_TO_DEADLINE, Case, make_case
from tests.browser.selecting_mails import Mails
from tests.browser.selecting_people import cast_of

WAYS: list[tuple[Lang, str]] = [
    ("de", "with scripts"),
    ("da", "with scripts"),
    ("en", "without scripts"),
]


@pytest.fixture
def case(tmp_path: Path, way: tuple[Lang, str], browser: Browser) -> Iterator[Case]:
    """A site of its own, since the clock moves, with five submitted applications."""
    site = make_site(tmp_path, "")
    made = make_case(site, way[0])
    site.start()
    yield made
    site.stop()


@pytest.fixture
def mails(case: Case) -> Iterator[Mails]:
    database = Database(case.settings.database)
    yield Mails(case.site.base, database, case=case)
    database.close()


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]}, {way[1]}")
def test_five_applications_become_a_public_result(
    browser: Browser, case: Case, mails: Mails, way: tuple[Lang, str]
) -> None:
    with cast_of(browser, case, with_scripts=way[1] == "with scripts") as cast:
        triage.receive(mails)
        triage.stay_sealed(cast, case)
        case.site.move_clock(by="day", times=DAYS_TO_DEADLINE + 1)
        triage.open_applications(cast, case, mails)
        triage.check_formally(cast, case, mails)
        triage.review(cast, case, mails)
        decision.decide(cast, case, mails)
        decision.read_letters(cast, case, mails)
        decision.answer(cast, case, mails)
        decision.move_up(cast, case, mails)
        pilot.plan(cast, case, mails)
        pilot.deliver(cast, case, mails)
        pilot.end(cast, case, mails)
        pilot.complete(cast, case, mails)
        pilot.publish(cast, case)
        assert cast.problems == {}
    case.site.command("audit", "verify")
