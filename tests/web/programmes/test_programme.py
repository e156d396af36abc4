"""/programmes/{slug}: how a programme works, for everybody."""

from typing import Any

import pytest

from govmatch.kit.clock import real_now
from govmatch.kit.content import FILES, Folder, Problem
from govmatch.kit.db import commit
from govmatch.organisations.actions.authorities import create_authority
from govmatch.organisations.content import read_authorities
from govmatch.programmes import actions
from govmatch.programmes.content.programmes import read_programmes
from govmatch.programmes.content.rounds import read_rounds
from govmatch.settings import shipped
from tests.site import Site, text_of


@pytest.fixture
def shown(site: Site) -> Site:
    """A site with the programmes, rounds and authorities that ship."""
    folder, problems, now = Folder(shipped("content")), list[Problem](), real_now()
    given: dict[str, Any] = {"actor": FILES, "now": now}
    with site.database.writing() as session:
        authorities = {
            slug: create_authority(session, data, **given)
            for slug, data in read_authorities(folder, problems).items()
        }
        programmes = {
            slug: actions.load_programme(session, data, **given)[0]
            for slug, data in read_programmes(folder, problems).items()
        }
        rounds = read_rounds(folder, problems, programmes=programmes, authorities=authorities)
        for one in rounds.values():
            programme = programmes[one.programme]
            actions.load_round(session, programme, one, **given)
            taking_part = [authorities[slug] for slug in one.authorities]
            actions.add_authorities(session, programme, taking_part, **given)
        commit(session)
    assert problems == []
    return site


def test_phases_criteria_rules_and_rounds_are_public(shown: Site) -> None:
    answer = shown.visit().get("/programmes/govtech")
    assert answer.status_code == 200
    text = text_of(answer.text)
    for words in (
        "Phase 2: 6 weeks Open call It ends when this holds: The deadline has passed.",
        "Fit to the challenge · weight 16 · at least 3 points",
        "0 Does not address the problem",
        "A challenge may add",
        "Applications stay sealed until they are opened: Yes",
        "Nobody can gain or give an advantage by knowing who has applied",
        "Number of people who open the applications together: 2",
        "Denmark, first round",
        "Danish Safety Technology Authority",
        "Pilots per challenge at most 3",
    ):
        assert words in text
    assert 'href="/challenges?programme=govtech"' in answer.text
    assert 'href="/authorities/sikkerhedsstyrelsen"' in answer.text


def test_whose_data_it_is_and_how_long_it_is_kept_is_said(shown: Site) -> None:
    text = text_of(shown.visit(lang="de").get("/programmes/govtech").text)
    assert "Jede Behörde ist für die Daten ihrer eigenen Vorgänge verantwortlich." in text
    assert "3 Jahre ab der Vergabe aufbewahrt; das gilt für Vorgänge ab dem 18. April 2016" in text
    assert "Directive 2014/24/EU, article 84(2)" in text


def test_a_programme_shows_what_differs_from_its_template(shown: Site) -> None:
    text = text_of(shown.visit().get("/programmes/bremen-wirtschaft-digital").text)
    assert "Fit to the challenge · weight 18" in text
    assert "Data protection and ethics · weight 10 · at least 2 points" in text
    assert "Phase 6: 16 weeks" in text


@pytest.mark.parametrize("lang", ["de", "da"])
def test_nothing_of_it_stays_in_english(shown: Site, lang: str) -> None:
    english = text_of(shown.visit().get("/programmes/govtech").text)
    text = text_of(shown.visit(lang=lang).get("/programmes/govtech").text)
    for words in ("weight", "weeks", "Rules, and why", "It ends when", "at most", "kept for"):
        assert words in english
        assert words not in text


def test_a_programme_that_is_not_there_is_not_found(shown: Site) -> None:
    assert shown.visit().get("/programmes/nope").status_code == 404
