"""What was checked of an application, what says the same side by side, and what people find."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.applications.models import Application, Version
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from govmatch.triage.likeness_models import LikenessMark
from tests.bench.near_duplicates.building import bodies
from tests.site import text_of
from tests.web.overview.triage_world import READERS, Triage, fields

TEXTS = bodies()
SLUG = min(slug for slug, _ in TEXTS)
TO_JUDGE = r"Checks \(1\)|Checks 1"


def say(triage: Triage, firm: str, words: str, lang: str) -> None:
    """Let the version that counts of a firm's application say this, and the background read it."""
    with triage.site.database.writing() as session:
        found = session.query(Application).filter_by(public_id=triage.ids[firm]).one()
        version = session.query(Version).filter_by(application_id=found.id).one()
        version.answers = {**version.answers, "solution": words}
        version.lang = lang
        commit(session)


@pytest.fixture
def alike(triage: Triage) -> Triage:
    """Nordlys says in German what Weser says in Danish; Baltic says little."""
    say(triage, "nordlys", TEXTS[SLUG, "de"][:2_500], "de")
    say(triage, "weser", TEXTS[SLUG, "da"][:2_500], "da")
    triage.site.work()
    return triage


def beside(triage: Triage, one: str = "nordlys", other: str = "weser") -> str:
    return triage.path(one, f"/alike/{triage.ids[other]}")


def mark(triage: Triage, name: str, **given: str) -> Any:
    browser, here = triage.as_(name), beside(triage)
    sent = {
        **fields(browser.get(here).text, here),
        "verdict": "same",
        "reason": "Read both.",
        **given,
    }
    return browser.post(here, sent)


def test_every_check_stands_there_with_how_it_stands(alike: Triage) -> None:
    for name in READERS:
        page = alike.as_(name).get(alike.path("nordlys", "?show=checks")).text
        said = text_of(page[page.index("<main") : page.index("</main")])
        for label in (
            "Completeness", "Eligibility", "Arrived in time", "Changes after submitting",
            "Near-duplicates", "Same actor under several accounts", "Conflicts of interest",
        ):  # fmt: skip
            assert label in said, (name, label)
        assert "1 other application says the same" in said
        assert "match" not in said.lower()


def test_both_stand_side_by_side_and_both_are_written_down_as_read(alike: Triage) -> None:
    page = alike.as_("astrid").get(beside(alike))
    assert page.status_code == 200
    said = text_of(page.text)
    assert "Same content in another language" in said
    assert said.count("Nordlys") and said.count("Weser")
    assert 'lang="de"' in page.text and 'lang="da"' in page.text
    with alike.site.database.reading() as session:
        read = select(JournalRow.subject_id).where(JournalRow.event == "ApplicationRead")
        ids = {alike.application(one).id for one in ("nordlys", "weser")}
        assert set(session.scalars(read)) == ids


def test_what_somebody_found_stands_with_both_and_both_keep_their_histories(alike: Triage) -> None:
    answer = mark(alike, "eva", reason="Numbat: one team, two firms.")
    assert answer.status_code == 303
    for firm in ("nordlys", "weser"):
        browser = alike.as_("astrid")
        said = text_of(browser.get(alike.path(firm, "?show=checks")).text)
        assert "The same proposal" in said and "Numbat: one team, two firms." in said
        history = text_of(browser.get(alike.path(firm, "?show=history")).text)
        assert "found to be the same as another one" in history
    assert alike.state("nordlys") == alike.state("weser") == "submitted"


def test_without_a_reason_or_on_an_old_page_nothing_is_kept(alike: Triage) -> None:
    wrong = mark(alike, "eva", reason="")
    assert (wrong.status_code, 'id="f-reason-error"' in wrong.text) == (422, True)
    assert mark(alike, "eva", seen="7").status_code == 409
    assert alike.as_("jens").post(beside(alike), {"verdict": "same"}).status_code == 403
    with alike.site.database.reading() as session:
        assert session.query(LikenessMark).count() == 0


@pytest.mark.security(5)
def test_who_may_not_read_the_other_side_learns_nothing_of_it(alike: Triage) -> None:
    """A conflict of interest closes the other one: no page, no line, no count, no name."""
    assert re.search(TO_JUDGE, text_of(alike.as_("eva").get(alike.path("nordlys")).text))
    alike.close_to("weser", "eva")
    eva = alike.as_("eva")
    assert eva.get(beside(alike)).status_code == 404
    for path in ("", "?show=checks", "?show=history"):
        page = eva.get(alike.path("nordlys", path)).text
        assert "Weser" not in page and alike.ids["weser"] not in page
    assert not re.search(TO_JUDGE, text_of(eva.get(alike.path("nordlys")).text))
    for name in ("bo", "dieter", "finn", "ida", "kim"):
        assert alike.as_(name).get(beside(alike)).status_code in {403, 404}, name


def test_before_it_was_read_the_page_says_that_nothing_was_looked_for_yet(triage: Triage) -> None:
    said = text_of(triage.as_("eva").get(triage.path("nordlys", "?show=checks")).text)
    assert "Not looked for yet" in said
