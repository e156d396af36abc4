"""Forty identifiers of one applicant, and a reviewer who reads without names: none is ever met.

They stand in its answers, its profile and that of its people, in names, words and properties of its
files, in what a partner does, and in the ids that the site gives; the reviewer walks over the whole
site that they can reach, searches for each of them, and reads all their mails.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.asking import Got
from tests.security.canaries import word
from tests.security.crawling import crawl
from tests.security.house import House, Template
from tests.security.identifying import (
    APPLICATION,
    FIRM,
    IDENTIFIERS,
    REVIEW,
    SAID,
    SCAN,
    plant,
)
from tests.security.test_canaries import mailed
from tests.site import Postbox

pytestmark = [pytest.mark.security(5), pytest.mark.security(25)]

MASKED = "▒▒▒"
HITS = re.compile(r"Ansøger \d+|Applicant \d+")


@pytest.fixture(scope="module")
def planted(
    templates: dict[str, Template], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[House, list[str]]]:
    """A site whose index and mails know of the firm, and what tells who it is."""
    folder: Path = tmp_path_factory.mktemp("forty")
    house = House(templates["whole"], folder / "forty.db", production=True, own_data=True)
    told = plant(house)
    house.work(Postbox())
    yield house, told
    house.close()


def met(got: Got, told: list[str], *, asked: str = "") -> list[str]:
    """Return what a page tells of the firm; what was asked for may stand there as it was typed."""
    said = "\n".join(f"{name}: {value}" for name, value in got.headers) + got.text
    low = said.lower()
    return [one for one in told if one.lower() in low and one.lower() not in asked.lower()]


def test_at_least_forty_identifiers_are_planted(planted: tuple[House, list[str]]) -> None:
    """And whoever reads with names meets those that stand in the answers: nothing was lost."""
    house, told = planted
    assert len(told) >= 40
    page = house.get("eva", f"/triage/{house.ids[APPLICATION]}?show=answers").text.lower()
    unseen = [one for one in IDENTIFIERS[:20] if one.lower() not in page]
    assert len(unseen) < 3, unseen


def test_a_blind_reviewer_reads_the_answers_and_not_who_wrote_them(
    planted: tuple[House, list[str]],
) -> None:
    house, told = planted
    got = house.get("finn", f"/reviews/{house.ids[REVIEW]}")
    assert word(f"answer of {APPLICATION}") in got.text
    assert got.text.count(MASKED) > 40
    assert met(got, told) == []


def test_nothing_that_a_blind_reviewer_can_reach_tells_who_applied(
    planted: tuple[House, list[str]],
) -> None:
    """Every address of the tables, then every link, with all headers."""
    house, told = planted
    found = crawl(house, "finn")
    asked = {target: met(got, told, asked=target) for target, got in found.items()}
    assert len(found) > 120
    assert {target: names for target, names in asked.items() if names} == {}


def test_a_blind_reviewer_finds_and_counts_nothing_by_an_identifier(
    planted: tuple[House, list[str]],
) -> None:
    """Hits, snippets, counts, suggestions and completions: the same as for a word of nobody."""
    house, told = planted
    for one in told:
        query = re.sub(r"[^\w]+", "+", one)
        for path in (f"/search?q={query}", f"/suggest?q={query}", f"/suggest?q={query[:-3]}"):
            got = house.get("finn", path)
            assert HITS.search(got.text) is None, (one, path)
            assert met(got, [other for other in told if other != one], asked=one) == [], one


def test_the_firm_is_found_by_who_reads_with_names(planted: tuple[House, list[str]]) -> None:
    """A search that finds nobody anything would prove nothing about the reviewer's."""
    house, _ = planted
    assert house.ids[APPLICATION] in house.get("eva", f"/search?q={FIRM}").text
    by_answer = house.get("finn", f"/search?q={word(f'answer of {APPLICATION}')}").text
    assert HITS.search(by_answer)


def test_words_of_a_paper_are_read_once_they_were_let_through(
    planted: tuple[House, list[str]],
) -> None:
    """And what the manager hid by hand is hidden, although no profile says it."""
    house, _ = planted
    page = house.get("finn", f"/reviews/{house.ids[REVIEW]}").text
    assert SAID not in page and SCAN not in page
    told = house.get("eva", f"/triage/{house.ids[APPLICATION]}/names").text
    assert SAID in told and SCAN.lower() in told.lower()
    for file in house.rows("SELECT public_id FROM files WHERE slot = 'documents'"):
        path = f"/applications/{house.ids[APPLICATION]}/files/{file[0]}"
        assert house.get("finn", path).status == 404
        assert house.get("finn", f"{path}/preview").status == 404


def test_no_mail_to_a_blind_reviewer_tells_who_applied(planted: tuple[House, list[str]]) -> None:
    house, told = planted
    mails = [text.lower() for who, text in mailed(house) if who == "finn"]
    assert mails
    assert [one for one in told for text in mails if one.lower() in text] == []


def test_the_order_of_applicants_is_not_that_in_which_they_came(
    planted: tuple[House, list[str]],
) -> None:
    """They stand by their numbers, and those were drawn by lot."""
    house, _ = planted
    page = house.get("finn", "/reviews", lang="en").text
    numbers = [int(found) for found in re.findall(r"Applicant (\d+)", page)]
    shown = dict.fromkeys(numbers)
    rows = house.rows(
        "SELECT a.alias FROM reviews r JOIN applications a ON a.id = r.application_id "
        "WHERE r.person_id = ? AND r.state IN ('assigned', 'draft') ORDER BY a.alias",
        house.world.numbers["finn"],
    )
    of_judged = [alias for (alias,) in rows if alias in shown]
    assert [one for one in shown if one in of_judged] == of_judged
