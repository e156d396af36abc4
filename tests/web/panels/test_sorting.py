"""The triage table sorts by what juries agreed on, for those alone who may know it."""

import csv
import re
from io import StringIO

import pytest

from govmatch.accounts.models import Role
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from tests.site import Browser
from tests.web.applications.world import give
from tests.web.decisions.world import World
from tests.web.explore.results_world import Told
from tests.web.panels.doing import begin, call, end, held, note, sign

AGREED = ["Weser", "Nordlys"]
"""By what was agreed on, the best first; by the means of the reviews it is the other way round."""


@pytest.fixture
def agreed(case: Told) -> Told:
    """A meeting that agreed on 3 for Weser's fit and on 1 for that of Nordlys, signed by all."""
    assert call(case).status_code == 303
    assert begin(case).status_code == 303
    for firm, points in (("weser", "3"), ("nordlys", "1")):
        given = {"points-fit": points, "reason-fit": "Both heard the other."}
        assert note(case, firm, **given).status_code == 303
    assert end(case).status_code == 303
    for name in ("rosa", "finn"):
        assert sign(case, name).status_code == 303
    return case


def firms(browser: Browser, query: str) -> list[str]:
    html = browser.get(f"/triage?{query}").text
    return re.findall(r'<th class="[^"]*" scope="row"[^>]*><a [^>]*>([^<]+)</a>', html)


def test_the_best_or_the_worst_stands_first_and_what_has_none_last(agreed: Told) -> None:
    eva = agreed.as_("eva")
    usual = firms(eva, "")
    rest = [one for one in usual if one not in AGREED]
    assert len(rest) == 3
    assert firms(eva, "sort=-consensus") == [*AGREED, *rest]
    assert firms(eva, "sort=consensus") == [*reversed(AGREED), *rest]


@pytest.mark.parametrize("word", ["consensus", "Konsens", "enighed"])
def test_it_is_typed_as_every_other_order(agreed: Told, word: str) -> None:
    eva = agreed.as_("eva")
    assert firms(eva, f"q=sort:-{word}")[:2] == AGREED
    assert "Nothing was looked for" not in eva.get(f"/triage?q=sort:-{word}").text
    assert "sort:-consensus" in eva.get("/triage/suggest?q=sort:-con").text


def test_the_column_says_how_it_is_sorted_and_turns_round(agreed: Told) -> None:
    eva = agreed.as_("eva")
    plain = eva.get("/triage").text
    assert re.search(r'Reviews<br><a href="/triage\?sort=-consensus">Consensus</a>', plain)
    down = eva.get("/triage?sort=-consensus").text
    wanted = r'aria-sort="descending">Reviews<br><a href="/triage\?sort=consensus">Consensus'
    assert re.search(wanted, down)
    up = eva.get("/triage?sort=consensus").text
    assert re.search(r'aria-sort="ascending">Reviews<br><a href="/triage\?sort=-consensus">', up)


def test_board_and_file_stand_in_the_same_order(agreed: Told) -> None:
    eva = agreed.as_("eva")
    board = eva.get("/triage/board?sort=-consensus").text
    assert board.index(">Weser<") < board.index(">Nordlys<")
    turned = eva.get("/triage/board?sort=consensus").text
    assert turned.index(">Nordlys<") < turned.index(">Weser<")
    text = eva.get("/triage.csv?sort=-consensus").text.removeprefix("\ufeff")
    assert [one["Firm"] for one in csv.DictReader(StringIO(text))][:2] == AGREED


def test_whoever_scores_the_challenge_learns_nothing_by_the_order(agreed: Told) -> None:
    eva = agreed.as_("eva")
    assert firms(eva, "sort=-consensus") != firms(eva, "")

    def join(session: Session, world: World) -> None:
        give(session, world.eva, Role.REVIEWER, "challenge", world.case.id, real_now())

    agreed.do(join)
    usual = firms(eva, "")
    assert len(usual) == 5
    for path in ("sort=-consensus", "sort=consensus", "q=sort:-consensus"):
        assert firms(eva, path) == usual, path
    asked = eva.get("/triage.csv?sort=-consensus").text
    assert asked == eva.get("/triage.csv").text


def test_before_all_have_signed_nothing_is_sorted_by_it(case: Told) -> None:
    held(case)
    eva = case.as_("eva")
    assert "sort=-consensus" not in eva.get("/triage").text, "nothing is offered"
    assert firms(eva, "sort=-consensus") == firms(eva, "sort=consensus") == firms(eva, "")


def test_one_and_five_rows_take_the_same_statements(agreed: Told) -> None:
    eva = agreed.as_("eva")
    few, many = "/triage?q=weser", "/triage?more=yes"
    for path in (few, many):
        eva.get(path)
    more = [
        agreed.statements(eva, f"{path}&sort=-consensus") - agreed.statements(eva, path)
        for path in (few, many)
    ]
    assert len(firms(eva, "q=weser")) == 1 and more[0] == more[1] <= 5
