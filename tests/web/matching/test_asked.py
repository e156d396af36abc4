"""/firm/{firm}/asked: what the challenges that fit a firm ask for and its profile does not say."""

from datetime import timedelta

import pytest

from govmatch.kit.db import Session
from govmatch.organisations import actions
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import EvidenceValues
from tests.site import text_of
from tests.unit.organisations.samples import NOW, lead_of
from tests.web.matching.world import MatchWorld

ENTRY = "Entry in a business register (2)"


def path_of(world: MatchWorld, key: str = "nordlys") -> str:
    return f"/firm/{world.firms[key].public_id}/asked"


def test_what_most_ask_for_is_counted_and_leads_to_where_it_is_entered(world: MatchWorld) -> None:
    html = world.desk.as_("bo").get(path_of(world)).text
    assert "Of the 2 open challenges that fit you best, so many ask for this" in text_of(html)
    assert ENTRY in text_of(html)
    firm = world.firms["nordlys"].public_id
    assert f'href="/firm/{firm}/evidence/new?kind=company-registration"' in html


def test_it_is_a_panel_of_the_firms_own_page(world: MatchWorld) -> None:
    browser = world.desk.as_("bo")
    assert f'data-hx-get="{path_of(world)}"' in browser.get("/firm").text
    part = browser.get(path_of(world), **{"hx-request": "true"}).text
    assert ENTRY in text_of(part)
    assert "<html" not in part
    assert part.strip() in browser.get(path_of(world)).text


def test_once_it_is_in_the_profile_nothing_is_missing(world: MatchWorld) -> None:
    def add(session: Session, firm: Firm) -> None:
        values = EvidenceValues(kind="company-registration")
        actions.add_evidence(session, firm, values, actor=lead_of(firm), now=NOW)

    world.change_firm("nordlys", add)
    text = text_of(world.desk.as_("bo").get(path_of(world)).text)
    assert "Your profile says everything" in text
    assert "Entry in a business register" not in text


@pytest.mark.security(4)
def test_what_is_not_published_yet_is_not_counted(world: MatchWorld) -> None:
    later = world.desk.now + timedelta(days=2)
    world.desk.set_challenge(world.invoices, published_at=later, opens=later)
    text = text_of(world.desk.as_("bo").get(path_of(world)).text)
    assert "The open challenge that fits you asks for this" in text
    assert ENTRY not in text


@pytest.mark.security(1)
def test_another_firms_panel_is_not_there(world: MatchWorld) -> None:
    assert world.desk.as_("bo").get(path_of(world, "weser")).status_code == 404
    assert world.site.visit().get(path_of(world)).status_code == 303
