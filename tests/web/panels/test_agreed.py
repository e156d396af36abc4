"""The consensus of a jury stands beside the mean wherever that is shown, and with nobody else."""

import re

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.panels import consensus, queries
from tests.site import text_of
from tests.web.explore.results_world import Told
from tests.web.panels.doing import PATH, held, sign

AGREED = f"{PATH}/agreed"
DESK = "/desk/challenges/labels/reviewing"


def signed(case: Told) -> None:
    """Hold a meeting that agrees on 3 for Weser's fit, signed by all."""
    held(case)
    for name in ("rosa", "finn"):
        assert sign(case, name).status_code == 303


def test_nothing_is_called_consensus_before_all_have_signed(case: Told) -> None:
    held(case)
    assert "consensus" not in case.as_("eva").get("/triage").text.casefold()
    page = text_of(case.as_("eva").get(AGREED).text)
    assert "Not signed by all yet" in page
    assert "3.40" not in page


def test_table_board_export_and_application_show_it_beside_the_mean(case: Told) -> None:
    signed(case)
    eva, weser = case.as_("eva"), case.world.of("weser").public_id
    table = eva.get("/triage").text
    row = next(part for part in table.split("<tr") if f'data-gm-one="{weser}"' in part)
    assert "mean 3.10" in text_of(row)
    assert "consensus 3.40" in text_of(row)
    assert table.count("consensus 3.40") == 1, "only what was agreed on"
    assert "consensus 3.40" in text_of(eva.get("/triage/board").text)
    head, *lines = eva.get("/triage.csv").text.splitlines()
    assert "Mean" in head
    assert "Consensus" in head
    [line] = [one for one in lines if "Weser" in one]
    assert re.search(r"3[.,]1\D+3[.,]4", line)
    one = eva.get(f"/triage/{weser}").text
    assert "With what the jury agreed on: 3.40 of 5" in text_of(one)
    assert f'href="{PATH}"' in one


def test_the_reviewing_desk_leads_to_the_meeting_and_shows_both_means(case: Told) -> None:
    signed(case)
    eva = case.as_("eva")
    desk = eva.get(DESK).text
    assert f'data-hx-get="{AGREED}"' in desk
    assert f'href="{PATH}"' in desk
    part = eva.get(AGREED, **{"HX-Request": "true"}).text
    assert "<html" not in part
    assert "<h1" in eva.get(AGREED).text
    assert re.search(r">3\.10<.*>3\.40<.*>Fit<", part, re.DOTALL)
    weser, nordlys = (case.world.of(name).public_id for name in ("weser", "nordlys"))
    assert f"{AGREED}?application={weser}" in eva.get(f"{DESK}/{weser}").text
    assert "Weser" in eva.get(f"{AGREED}?application={weser}").text
    assert "agreed on no points here" in eva.get(f"{AGREED}?application={nordlys}").text


def test_whoever_scores_or_has_no_part_in_it_is_shown_none(case: Told) -> None:
    signed(case)
    assert case.as_("finn").get(AGREED).status_code == 403
    assert case.as_("dieter").get(AGREED).status_code in {403, 404}
    assert "3.40" not in case.as_("finn").get(AGREED).text


def test_it_is_the_mean_that_the_decision_goes_by(case: Told) -> None:
    signed(case)
    with case.site.database.reading() as session:
        every = list(session.scalars(select(Application.id)))
        found = consensus.means_of(session, every)
        ranked = queries.ranking(session, session.get_one(Challenge, case.world.case.id))
        assert found == {one.application.id: one.mean for one in ranked if one.agreed}
        assert len(found) == 1
