"""Names are revealed on purpose, and read by whoever has declared their ties since."""

from sqlalchemy import select

from govmatch.applications.models import Access, Application, How
from govmatch.kit.journal import rows_about
from govmatch.reviews.models import Review
from govmatch.reviews.reveal_models import NameReveal
from tests.site import text_of
from tests.web.explore.results_world import Told
from tests.web.interviews.doing import NAMES, PATH, booked, declare, reveal
from tests.web.panels.doing import call

PANEL = "/desk/challenges/labels/panel"


def ways(case: Told, who: str) -> dict[str, str]:
    """Return by firm how somebody of the jury sees its application."""
    with case.site.database.reading() as session:
        found = select(Application.reference, Access.how).join(
            Access, Access.application_id == Application.id
        )
        own = found.where(Access.person_id == case.world.people[who].id)
        return {name.removeprefix("A-"): how for name, how in session.execute(own)}


def test_revealing_alone_shows_nobody_a_name(case: Told) -> None:
    here = booked(case)
    finn = case.as_("finn")
    before = text_of(finn.get(here).text)
    assert "Applicant 48" in before
    assert reveal(case, "weser", "nordlys").status_code == 303
    assert ways(case, "finn") == dict.fromkeys(("nordlys", "weser", "fjord"), "blind")
    after = finn.get(here).text
    assert "Weser" not in after
    assert "Danish, please" not in after, "what the firm wrote may name it"
    assert f'href="{NAMES}"' in after


def test_a_reviewer_declares_anew_and_then_reads_the_names(case: Told) -> None:
    here = booked(case)
    assert reveal(case, "weser", "nordlys").status_code == 303
    case.site.work()
    told = {one.to for one in case.site.postbox.letters if "Names are shown" in one.subject}
    assert told == {case.world.finn.email, case.world.rosa.email}
    finn = case.as_("finn")
    assert finn.submit(NAMES, NAMES, {"other_ties": ""}).status_code == 422, "unsaid"
    assert declare(case, "finn").status_code == 303
    assert ways(case, "finn") == {"nordlys": "full", "weser": "full", "fjord": "blind"}
    assert ways(case, "rosa") == dict.fromkeys(("nordlys", "weser", "fjord"), "blind")
    assert "Weser" in text_of(finn.get(here).text)
    assert "Danish, please" in text_of(finn.get(here).text)
    with case.site.database.reading() as session:
        own = select(Review).where(Review.person_id == case.world.finn.id)
        named = {one.application_id for one in session.scalars(own) if not one.is_blind}
        assert named == {case.world.of(name).id for name in ("nordlys", "weser")}


def test_what_a_tie_closes_is_closed_before_its_name_is_shown(case: Told) -> None:
    here = booked(case)
    assert reveal(case, "weser", "nordlys").status_code == 303
    assert declare(case, "finn", case.world.firms["weser"].name).status_code == 303
    assert ways(case, "finn") == {"nordlys": "full", "weser": How.CLOSED, "fjord": "blind"}
    finn = case.as_("finn")
    assert finn.get(here).status_code == 404
    listed = text_of(finn.get(PATH).text)
    assert "Weser" not in listed
    assert "Applicant 48" not in listed
    assert reveal(case, "fjord").status_code == 303
    assert declare(case, "finn").status_code == 303
    assert ways(case, "finn") == {"nordlys": "full", "weser": How.CLOSED, "fjord": "full"}


def test_who_revealed_what_and_why_is_kept(case: Told) -> None:
    assert reveal(case, "weser", why="").status_code == 422
    assert reveal(case, "weser", why="The jury meets them on Monday.").status_code == 303
    assert declare(case, "finn").status_code == 303
    with case.site.database.reading() as session:
        row = session.scalars(select(NameReveal)).one()
        assert (row.by, row.why) == (case.world.eva.id, "The jury meets them on Monday.")
        rows = rows_about(session, "challenge", case.world.case.id)
        assert [one.event for one in rows][-2:] == ["NamesRevealed", "TiesConfirmed"]
        assert rows[-2].data == {"application_ids": [case.world.of("weser").id]}
    told = text_of(case.as_("jens").get("/audit/challenges/labels?thing=conflict").text)
    assert "Names of 1 application revealed" in told
    assert "Finn declared conflicts of interest anew, to read names" in told
    assert "on Monday" in text_of(case.as_("astrid").get(PATH).text)
    assert "on Monday" not in text_of(case.as_("finn").get(PATH).text)


def test_a_meeting_shows_names_to_those_who_declared_since_and_to_nobody_else(case: Told) -> None:
    assert reveal(case, "weser", "nordlys").status_code == 303
    assert declare(case, "finn").status_code == 303
    assert call(case).status_code == 303
    assert "Weser" in text_of(case.as_("finn").get(PANEL).text)
    seen = text_of(case.as_("rosa").get(PANEL).text)
    assert "Weser" not in seen
    assert "Applicant 48" in seen


def test_only_a_manager_reveals_and_only_what_is_on_the_shortlist(case: Told) -> None:
    path = f"{PATH}/names"
    for who in ("finn", "astrid", "bo", "jens"):
        assert case.as_(who).get(path).status_code == 403, who
        assert case.as_(who).post(path, {}).status_code == 403, who
    assert reveal(case, "klar").status_code == 422
    with case.site.database.reading() as session:
        assert session.scalars(select(NameReveal)).all() == []
