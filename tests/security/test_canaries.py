"""Rare words in every private field: nobody meets one who is not named beside it, nowhere.

The walks go over a site in production mode: what the demonstration shows on purpose is not there.
"""

import re
from functools import cache
from typing import Any

import pytest

from tests.security.asking import Got
from tests.security.canaries import word
from tests.security.crawling import crawl, starts
from tests.security.gates import EVERYBODY
from tests.security.house import House

pytestmark = [pytest.mark.security(1), pytest.mark.security(4)]

OUTSIDERS = ["visitor", "newcomer", "former", "finn", "lea"]
SEEKERS = ["visitor", "newcomer", "lea", "jens", "kim"]
RANDOM = re.compile(r'(name="(?:form_key|page)" value=")[^"]*|(data-key=")[^"]*')


@cache
def walked(house: House, who: str, lang: str = "") -> dict[str, Got]:
    return crawl(house, who, lang=lang)


def everywhere(got: Got) -> str:
    """Return everything that an answer says: its headers and its text."""
    return "\n".join(f"{name}: {value}" for name, value in got.headers) + got.text


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_meets_what_is_private_to_others(production: House, who: str) -> None:
    found = walked(production, who)
    assert len(found) > 120
    canaries = production.world.canaries
    met = {
        target: seen
        for target, got in found.items()
        if (seen := canaries.seen_in(everywhere(got).replace(target, ""), who))
    }
    assert met == {}


@pytest.mark.parametrize("lang", ["de", "da", "en"])
def test_visitors_meet_nothing_private_in_any_language(production: House, lang: str) -> None:
    canaries = production.world.canaries
    for target, got in walked(production, "visitor", lang).items():
        assert canaries.seen_in(everywhere(got).replace(target, ""), "visitor") == [], target


def test_every_word_is_met_by_somebody_who_may(production: House) -> None:
    """A word that nobody ever meets would prove nothing about those who must not."""
    canaries = production.world.canaries
    met = {
        text
        for who in {one for readers in canaries.readers.values() for one in readers}
        for got in walked(production, who).values()
        for text, readers in canaries.readers.items()
        if who in readers and text.lower() in got.text.lower()
    }
    unmet = {canaries.names[text] for text, readers in canaries.readers.items() if readers} - {
        canaries.names[text] for text in met
    }
    assert unmet == set()
