"""The meeting of a jury: called, held, signed; and what its consensus changes."""

import re
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from govmatch.applications.actions.access import close
from govmatch.kit.db import Session
from govmatch.kit.journal import rows_about
from govmatch.panels import queries
from govmatch.panels.models import PanelMember, State
from govmatch.reviews.models import Conflict, ConflictKind, Review, Score
from tests.site import text_of
from tests.unit.decisions.acting import NOW, acting
from tests.web.decisions.world import World
from tests.web.explore.results_world import Told
from tests.web.panels.doing import (
    PATH,
    begin,
    call,
    end,
    held,
    item,
    means,
    note,
    panel,
    sign,
)

DECISION = "/desk/challenges/labels/decision"


def test_the_agenda_follows_from_disagreement(case: Told) -> None:
    html = case.as_("eva").get(f"{PATH}/call").text
    page = text_of(html)
    assert "Far apart in: Fit." in page
    assert page.index("Disagreement: 1.27 ± 0.9 points.") < page.index("Disagreement: 0 ± 0 points")
    numbers = text_of(case.as_("eva").get("/desk/challenges/labels/reviewing/numbers").text)
    assert "1.27 ± 0.9" in numbers, "agenda and numbers say the same"
    weser = case.world.of("weser").public_id
    assert f'value="{weser}" checked' in html


def test_members_are_told_and_read_the_points_only_once_it_begins(case: Told) -> None:
    assert call(case).status_code == 303
    case.site.work()
    told = {one.to for one in case.site.postbox.letters if "Meeting of the jury" in one.subject}
    assert told == {case.world.finn.email, case.world.rosa.email}
    page = text_of(case.as_("rosa").get(PATH).text)
    assert "Room 3, ground floor" in page
    assert "Induction loop" in page
    assert case.as_("rosa").get(item(case, "weser")).status_code == 404
    assert begin(case).status_code == 303
    points = text_of(case.as_("rosa").get(item(case, "weser")).text)
    assert "Finn" in points
    assert "2.50" in points


def test_consensus_counts_once_all_have_signed_and_the_decision_says_so(case: Told) -> None:
    before = means(case.as_("eva"))
    assert before["Weser"] == "3.10"
    held(case)
    assert "waits for signatures" in text_of(case.as_("eva").get(PATH).text)
    assert sign(case, "rosa").status_code == 303
    assert means(case.as_("eva")) == before
    assert "Consensus of the jury" not in case.as_("eva").get(DECISION).text
    assert sign(case, "finn").status_code == 303
    after = means(case.as_("eva"))
    assert after == {**before, "Weser": "3.40"}
    page = text_of(case.as_("eva").get(DECISION).text)
    assert "these count instead of the mean" in page
    assert page.count("Consensus of the jury") == 1
    with case.site.database.reading() as session:
        found = session.query(Score).join(Review).filter(Score.criterion == "fit")
        own = found.filter(Review.application_id == case.world.of("weser").id)
        assert {one.points for one in own} == {1, 4}, "the reviewers' points stay"


def test_minutes_are_frozen_told_in_the_log_and_printed(case: Told) -> None:
    held(case)
    for name in ("rosa", "finn"):
        assert sign(case, name).status_code == 303
    assert panel(case).state == State.FROZEN
    page = text_of(case.as_("jens").get(f"{PATH}/minutes").text)
    for said in ("On weser: muscat.", "Both heard the other.", "All were of one mind.", "Rosa"):
        assert said in page
    assert panel(case).digest in page
    for verb in ("begin", "end", "sign", "reopen"):
        fields = {"revision": str(panel(case).revision)}
        assert case.as_("finn").post(f"{PATH}/{verb}", fields).status_code in {403, 409, 422}, verb
    with case.site.database.reading() as session:
        rows = rows_about(session, "challenge", case.world.case.id)
        events = [row.event for row in rows]
        assert events[-6:] == ["MeetingPlanned", "MeetingBegun", "MeetingEnded", "MinutesSigned",
                               "MinutesSigned", "MinutesFrozen"]  # fmt: skip
        found = queries.panel_of(session, case.world.case)
        assert found is not None
        digest = queries.minutes_digest(
            found, queries.members_of(session, found), queries.items_of(session, found),
            queries.scores_of(session, found),
        )  # fmt: skip
        assert rows[-1].data["digest"] == digest == found.digest
    told = text_of(case.as_("jens").get("/audit/challenges/labels?thing=panel").text)
    assert "Minutes of the jury signed by all" in told


def test_taking_the_minutes_back_ends_every_signature(case: Told) -> None:
    held(case)
    assert sign(case, "rosa").status_code == 303
    finn = case.as_("finn")
    assert finn.submit(f"{PATH}/minutes", f"{PATH}/reopen", {}).status_code == 303
    given = {"points-fit": "2", "reason-fit": "Heard again."}
    assert note(case, "weser", **given).status_code == 303
    assert end(case).status_code == 303
    assert sign(case, "finn").status_code == 303
    assert panel(case).state == State.SIGNING, "Rosa signs anew"
    assert sign(case, "rosa").status_code == 303
    assert means(case.as_("eva"))["Weser"] == "2.80"


def test_all_that_is_wrong_with_a_call_is_said_at_once_in_the_order_of_the_page(
    case: Told,
) -> None:
    nothing: dict[str, Any] = {"starts": "", "place": "", "members[]": [], "items[]": []}
    answer = call(case, chair="", **nothing)
    assert answer.status_code == 422
    summary = answer.text.partition('id="error-summary"')[2].partition("</ul>")[0]
    found = re.findall(r'href="#f-([a-z]+)"', summary)
    assert found == ["starts", "place", "members", "chair", "items"]


def test_a_call_needs_one_chair_a_quorum_a_place_and_something_to_discuss(case: Told) -> None:
    finn = case.world.finn.public_id
    for more, said in (
        ({"chair": ""}, "Please choose the one chair among the members."),
        ({"members[]": [finn]}, "At least 2 members have to be called."),
        ({"place": ""}, "Please say where"),
        ({"items[]": []}, "Please choose at least one application."),
        ({"starts": ""}, "Please fill in this field."),
        ({"video": "javascript:alert(1)"}, "Please enter an address such as"),
    ):
        answer = call(case, **more)
        assert answer.status_code == 422, more
        assert said in text_of(answer.text), more
    with case.site.database.reading() as session:
        assert queries.panel_of(session, case.world.case) is None


def test_there_is_never_a_second_chair(case: Told) -> None:
    assert call(case).status_code == 303
    with case.site.database.writing() as session:
        for one in session.query(PanelMember):
            one.is_chair = True
        with pytest.raises(IntegrityError):
            session.flush()


def _conflict(who: str, firm: str) -> object:
    def noted(session: Session, world: World) -> None:
        application, person = world.of(firm), world.people[who]
        session.add(
            Conflict(
                application_id=application.id, person_id=person.id,
                kind=ConflictKind.FOUND, at=NOW,
            )
        )  # fmt: skip
        close(session, application, person.id, why="conflict",
              actor=acting(session, world.eva), now=NOW)  # fmt: skip

    return noted


@pytest.mark.security(1)
def test_a_conflict_bars_from_leading_and_from_the_quorum(case: Told) -> None:
    case.do(_conflict("finn", "weser"))  # type: ignore[arg-type]
    answer = call(case)
    assert answer.status_code == 422
    assert "The chair has a conflict of interest" in text_of(answer.text)
    answer = call(case, chair="rosa")
    assert answer.status_code == 422
    assert "too few members are left" in text_of(answer.text)
    assert call(case, "nordlys", chair="rosa").status_code == 303


@pytest.mark.security(1)
def test_a_conflict_that_is_found_later_closes_that_item_and_no_other(case: Told) -> None:
    held(case)
    path = item(case, "weser")
    case.do(_conflict("rosa", "weser"))  # type: ignore[arg-type]
    rosa = case.as_("rosa")
    assert rosa.get(path).status_code == 404
    minutes = text_of(rosa.get(f"{PATH}/minutes").text)
    assert "You left the room." in minutes
    assert "weser" not in minutes.casefold()
    assert "On nordlys: muscat." in minutes


def test_it_begins_only_with_a_quorum_and_with_every_review_in(case: Told) -> None:
    assert call(case).status_code == 303
    answer = begin(case, "finn")
    assert answer.status_code == 422
    assert "fewer are there than the programme wants" in text_of(answer.text)

    def take_up(session: Session, world: World) -> None:
        found = session.query(Review).filter(Review.application_id == world.of("weser").id)
        found.filter(Review.person_id == world.rosa.id).one().state = "draft"

    case.do(take_up)
    for name, is_told in (("finn", True), ("eva", True), ("rosa", False)):  # chair, manager, member
        page = text_of(case.as_(name).get(PATH).text)
        said = "It cannot begin yet 1 review of what is discussed is not submitted yet." in page
        assert said == is_told, name
    fields = {"revision": "1", "present[]": [case.world.finn.public_id, case.world.rosa.public_id]}
    assert case.as_("finn").post(f"{PATH}/begin", fields).status_code in {403, 422}
    assert panel(case).state == State.PLANNED


def test_it_ends_only_when_all_was_discussed_and_points_need_a_reason(case: Told) -> None:
    assert call(case).status_code == 303
    assert begin(case).status_code == 303
    answer = note(case, "weser", **{"points-fit": "3", "reason-fit": ""})
    assert answer.status_code == 422
    assert note(case, "weser").status_code == 303
    answer = end(case)
    assert answer.status_code == 422
    assert "1 application on the agenda was not discussed yet." in text_of(answer.text)
    assert "All were of one mind." in answer.text


def test_a_save_on_an_old_page_overwrites_nothing(case: Told) -> None:
    assert call(case).status_code == 303
    assert begin(case).status_code == 303
    assert note(case, "weser").status_code == 303
    path = item(case, "weser")
    old = {"note": "Late words", "revision": "1"}
    assert case.as_("finn").post(path, old).status_code == 409
    assert "On weser: muscat." in case.as_("finn").get(path).text


@pytest.mark.security(1)
def test_who_reads_calls_and_leads(case: Told) -> None:
    assert case.as_("astrid").get(f"{PATH}/call").status_code == 403
    assert call(case).status_code == 303
    for name, status in (
        *((name, 200) for name in ("eva", "astrid", "hanne", "jens", "finn", "rosa")),
        *((name, 403) for name in ("bo", "kim")),
        ("ida", 404),
    ):
        assert case.as_(name).get(PATH).status_code == status, name
    fields = {"revision": "1", "present[]": [case.world.rosa.public_id]}
    assert case.as_("rosa").post(f"{PATH}/begin", fields).status_code == 403
    assert case.as_("eva").post(f"{PATH}/begin", fields).status_code == 403
    assert begin(case).status_code == 303
    assert case.as_("rosa").post(item(case, "weser"), {"note": "x"}).status_code == 403
    assert case.as_("eva").get(f"{PATH}/call").status_code == 403, "it has begun"


@pytest.mark.parametrize("lang", ["de", "da"])
def test_the_pages_speak_each_language(case: Told, lang: str) -> None:
    held(case)
    for path in (PATH, f"{PATH}/minutes", item(case, "weser")):
        html = case.as_("jens").get(f"{path}?lang={lang}").text
        assert f'<html lang="{lang}">' in html
        assert "Meeting of the jury" not in html
