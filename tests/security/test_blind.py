"""Reviews without names, conflicts of interest, and points of others: what a juror may not learn.

That no page at all says it is tried in test_canaries.py; here it is said page by page.
"""

import re

import pytest

from tests.security.acting import ACTS
from tests.security.canaries import word
from tests.security.filling import filled_form
from tests.security.house import IN_FILES, House

pytestmark = pytest.mark.security(5)

NORDLYS, WESER = "application judged nordlys", "application judged weser"
NUMBERED = re.compile(r"Ansøger \d+")  # Finn reads Danish
CLOSED = [
    "/applications/{}/check",
    "/applications/{}/messages",
    "/applications/{}/requests",
    "/applications/{}/letters",
    "/triage/{}/messages",
]


def test_a_blind_reviewer_reads_answers_and_no_name(house: House) -> None:
    """The firm stands in its own answer, with an address: both are masked there."""
    page = house.get("finn", f"/reviews/{house.ids['review judged weser by finn']}").text
    assert word("answer of application judged weser") in page
    assert NUMBERED.search(page) and "▒▒▒" in page
    for name in ("Weserbeleg", "weserbeleg", "Dieter", word("address in application judged weser")):
        assert name not in page, name
    assert word("site in application judged weser") not in page


@pytest.mark.parametrize("key", [NORDLYS, WESER])
@pytest.mark.parametrize(
    "path", [*CLOSED, "/applications/{}/files/{file}", "/applications/{}/files/{file}/preview"]
)
def test_a_blind_reviewer_has_no_other_way_to_the_application(
    house: House, key: str, path: str
) -> None:
    file = house.ids[key.replace("application", "file")]
    asked = path.replace("{file}", file).replace("{}", house.ids[key])
    assert house.get("finn", asked).status == 404
    assert house.get("greta", asked).status == 404


def test_what_stands_in_a_file_is_found_by_who_has_the_file_and_by_nobody_else(
    house: House,
) -> None:
    """The firm finds its own, those who read with names the opened ones, a blind reviewer none."""
    nordlys, weser = house.ids[NORDLYS], house.ids[WESER]
    found = {who: found_in_files(house, who) for who in ("bo", "eva", "finn", "ida")}
    assert nordlys in found["bo"] and weser not in found["bo"]
    assert nordlys in found["eva"] and weser in found["eva"]
    for who in ("finn", "ida"):
        assert nordlys not in found[who] and weser not in found[who]
    assert not NUMBERED.search(found["finn"])


def found_in_files(house: House, who: str) -> str:
    """Return two pages of what somebody finds: with names that is more than one page holds."""
    return "".join(house.get(who, f"/search?q={IN_FILES}{page}").text for page in ("", "&page=2"))


def test_a_firm_is_not_found_by_its_name_in_a_blind_review(house: House) -> None:
    """Whoever looks for an answer finds «Applicant n»; whoever looks for the firm finds nothing."""
    by_answer = house.get("finn", f"/search?q={word('answer of application judged weser')}").text
    assert "Weserbeleg" not in by_answer
    by_site = house.get("finn", f"/search?q={word('site in application judged weser')}").text
    assert house.ids["review judged weser by finn"] not in by_site
    assert NUMBERED.search(by_site) is None


def test_a_conflict_leaves_no_trace_of_the_application(house: House) -> None:
    """Greta named the firm: neither her list nor its counts know of a second application."""
    page = house.get("greta", "/reviews", lang="en").text
    assert house.ids["review judged weser by greta"] in page
    with_it = house.rows("SELECT count(*) FROM reviews WHERE person_id = ?",
                         house.world.numbers["greta"])  # fmt: skip
    assert with_it == [(1,)], "the assignment was refused when it was made"
    assert word("answer of application judged nordlys") not in page
    found = house.get("greta", f"/search?q={word('answer of application judged nordlys')}").text
    assert NUMBERED.search(found) is None


def test_others_points_are_read_once_ones_own_are_in_and_not_while_they_change(
    house: House,
) -> None:
    review = house.ids["review judged weser by finn"]
    theirs = word("comment by rosa on weser in judged")
    assert theirs in house.get("finn", f"/reviews/{review}").text
    take_up = next(row for row in ACTS if row.route == "POST /reviews/{id}/take-up")
    house.post("finn", f"/reviews/{review}/take-up", filled_form(house, take_up, "finn"))
    assert "ReviewTakenUp" in house.events()
    assert theirs not in house.get("finn", f"/reviews/{review}").text
    unfinished = house.ids["review judged weser by greta"]
    assert theirs not in house.get("greta", f"/reviews/{unfinished}").text


def test_a_juror_who_has_not_declared_reads_nothing(house: House) -> None:
    got = house.get("quinn", f"/reviews/{house.ids['review judged klar by quinn']}")
    assert got.location == f"/reviews/challenges/{house.ids['challenge judged']}/declaration"
    pages = [house.get("quinn", path).text for path in ("/reviews", got.location)]
    assert [page for page in pages if house.ids["application judged klar"] in page] == []
    assert word("answer of application judged klar") not in " ".join(pages)
