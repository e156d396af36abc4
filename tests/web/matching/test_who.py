"""/desk/challenges/{slug}/who: how many firms could answer a draft, and never which."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.challenges.actions import save
from govmatch.challenges.queries import find_by_slug
from govmatch.challenges.statement import statement_of
from govmatch.kit.db import Session
from govmatch.kit.journal import JournalRow
from govmatch.organisations.models import Firm
from tests.unit.organisations import samples
from tests.web.matching.test_list import page_of
from tests.web.matching.world import ABOUT_LABELS, LABELS, MatchWorld

NAMES = ("Nordlys", "Quibbleworks", "Zyzzyva", "Fjordsyn", "Etiket")


def who(slug: str) -> str:
    return f"/desk/challenges/{slug}/who"


def add(world: MatchWorld, count: int, **said: Any) -> None:
    """Add listed firms that do what Nordlys does."""
    facts: dict[str, Any] = {
        "summary": LABELS, "text_lang": "da", "cpv": ("72212328",), "size": "small",
        "themes": ("inspections",), "technologies": ("computer-vision",), **said,
    }  # fmt: skip

    def act(session: Session) -> None:
        start = len(session.scalars(select(Firm.id)).all())
        for number in range(start, start + count):
            samples.add_firm(session, f"Etiket {number} ApS", **facts)

    world.desk.change(act)
    world.work()


def draft_of(world: MatchWorld, **changes: Any) -> str:
    draft = world.desk.draft(words=ABOUT_LABELS, **changes)
    world.work()
    return draft


def looks(world: MatchWorld) -> list[dict[str, Any]]:
    with world.site.database.reading() as session:
        rows = session.scalars(select(JournalRow).where(JournalRow.event == "FirmsCounted"))
        return [row.data for row in rows]


def test_few_firms_are_only_few_and_nobody_is_named(world: MatchWorld) -> None:
    page = page_of(world.desk.as_("astrid"), who(draft_of(world)))
    assert "Firms that fit now: fewer than five" in page
    assert "By country" not in page and "By size" not in page
    assert not any(name in page for name in NAMES)


def test_firms_are_counted_in_steps_by_country_and_size(world: MatchWorld) -> None:
    add(world, 11)
    add(world, 6, country="DE", size="micro")
    add(world, 2, country="SE")
    page = page_of(world.desk.as_("astrid"), who(draft_of(world, countries=("EU",))))
    assert "Firms that fit now: 20 to 49" in page  # 20 with Nordlys
    assert "Denmark 10 to 19 Germany 5 to 9 All other countries together fewer than five" in page
    assert "Sweden" not in page
    assert "Micro 5 to 9 Small 10 to 19 Medium fewer than five Large fewer than five" in page
    assert not any(name in page for name in NAMES)


def test_each_requirement_says_how_many_it_alone_rules_out(world: MatchWorld) -> None:
    add(world, 6)
    add(world, 12, country="NO")
    add(world, 7, country="NO", size="large")  # ruled out by two, so by neither alone
    draft = draft_of(world, countries=("EU",), sizes=("small", "micro"))
    page = page_of(world.desk.as_("astrid"), who(draft))
    assert "Firms that fit now: 5 to 9" in page
    assert "Countries of the firms EU 10 to 19 20 to 49" in page  # 13 with Fjordsyn
    assert "Size of the firms Micro, Small fewer than five 5 to 9" in page


def test_evidence_rules_nobody_out_and_is_counted_beside(world: MatchWorld) -> None:
    add(world, 6)
    draft = draft_of(world, countries=("EU",), requires=("iso-27001",))
    page = page_of(world.desk.as_("astrid"), who(draft))
    assert "Firms that fit now: 5 to 9" in page
    assert "ISO/IEC 27001 certificate 5 to 9" in page


@pytest.mark.parametrize("change", [{"is_public": False}, {"matching": False}])
def test_a_firm_that_does_not_want_to_be_found_counts_no_more_at_once(
    world: MatchWorld, change: dict[str, bool]
) -> None:
    add(world, 4)
    draft = draft_of(world, countries=("EU",))
    assert "Firms that fit now: 5 to 9" in page_of(world.desk.as_("astrid"), who(draft))

    def leave(session: Session) -> None:
        firm = session.get_one(Firm, world.firms["nordlys"].id)
        for name, value in change.items():
            setattr(firm, name, value)

    world.desk.change(leave)
    assert "Firms that fit now: fewer than five" in page_of(world.desk.as_("astrid"), who(draft))


def test_none_and_a_few_read_alike(world: MatchWorld) -> None:
    some = page_of(world.desk.as_("astrid"), who(draft_of(world)))
    none = page_of(world.desk.as_("astrid"), who(draft_of(world, countries=("JP",))))
    one, other = (
        page.partition("Firms that fit now")[2].partition("Size of") for page in (some, none)
    )
    assert one[2] == other[2]
    assert one[0].split("Countries of")[0] == other[0].split("Countries of")[0]


def test_each_state_of_a_draft_that_somebody_looked_at_is_in_the_journal_once(
    world: MatchWorld,
) -> None:
    draft = draft_of(world)
    for name in ("astrid", "astrid", "hanne"):
        page_of(world.desk.as_(name), who(draft))
    first = looks(world)
    assert len(first) == 2 and first[0] == first[1]
    assert set(first[0]) == {"asked"} and len(first[0]["asked"]) == 16
    world.desk.change(_narrow(world, draft))
    world.work()
    page_of(world.desk.as_("astrid"), who(draft))
    later = looks(world)
    assert len(later) == 3 and later[2] != later[0]


def _narrow(world: MatchWorld, slug: str) -> Callable[[Session], None]:
    def act(session: Session) -> None:
        found = find_by_slug(session, slug)
        assert found is not None
        statement = replace(statement_of(found), countries=("DK",))
        actor, now = world.desk.actors["astrid"], world.desk.now
        save(session, found, statement, revision=found.revision, actor=actor, now=now)

    return act


def test_what_matching_has_not_read_yet_is_said_to_be_on_its_way(world: MatchWorld) -> None:
    draft = world.desk.draft(words=ABOUT_LABELS)
    page = page_of(world.desk.as_("astrid"), who(draft))
    assert "The firms are being looked for" in page
    assert looks(world) == []


def test_from_publication_on_nothing_is_counted_and_the_names_are_elsewhere(
    world: MatchWorld,
) -> None:
    html = world.desk.as_("astrid").get(who(world.labels)).text
    assert "It is published. Until the deadline its firms stand by name." in html
    assert f'href="/desk/challenges/{world.labels}/firms"' in html
    assert "Firms that fit now" not in html and looks(world) == []


@pytest.mark.parametrize("name", ["ida", "pia", "bo", "gro", "kim", "jens"])
def test_nobody_else_counts(world: MatchWorld, name: str) -> None:
    answer = world.desk.as_(name).get(who(draft_of(world)))
    assert answer.status_code in {403, 404}
    assert "fewer than five" not in answer.text


def test_the_page_takes_as_many_statements_for_many_firms_as_for_few(world: MatchWorld) -> None:
    draft = draft_of(world, countries=("EU",))
    browser = world.desk.as_("astrid")
    page_of(browser, who(draft))
    few = world.desk.statements(browser, who(draft))
    add(world, 20)
    assert world.desk.statements(browser, who(draft)) == few
