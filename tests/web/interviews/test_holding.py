"""Questions from the reviews, notes, and points before and after an interview."""

from sqlalchemy import select

from govmatch.interviews.models import EarlierSheet, InterviewQuestion
from govmatch.kit.db import commit
from govmatch.reviews.models import Review, State
from tests.site import hidden, text_of
from tests.web.explore.results_world import Told
from tests.web.interviews.doing import booked, come, declare, hold, of, own, page, reveal
from tests.web.panels.doing import begin, call, item

BECAUSE = ("Reviewers lie two points or more apart", "A reviewer was not sure")


def questions(case: Told) -> list[InterviewQuestion]:
    with case.site.database.reading() as session:
        found = list(session.scalars(select(InterviewQuestion).order_by(InterviewQuestion.id)))
        session.expunge_all()
        return found


def test_questions_follow_from_the_reviews_and_the_firm_reads_what_is_released(case: Told) -> None:
    here, eva = booked(case), case.as_("eva")
    assert eva.submit(here, f"{here}/prepare", {}).status_code == 303
    made = questions(case)
    assert [(one.criterion, one.because) for one in made] == [
        ("fit", ["disagreement"]), ("", ["confidence"]),
    ]  # fmt: skip
    assert "Eignung" in made[0].text, "in the language of the application"
    shown = text_of(eva.get(here).text)
    assert all(said in shown for said in BECAUSE)
    assert eva.submit(here, f"{here}/questions", {"text": "Who hosts it, muscat?"})
    assert "muscat" not in case.as_("dieter").get(own(case, "weser")).text
    chosen = {"released[]": [made[0].public_id]}
    assert eva.submit(here, f"{here}/release", chosen).status_code == 303
    seen = text_of(case.as_("dieter").get(own(case, "weser")).text)
    assert made[0].text in seen
    for secret in ("muscat", made[1].text, *BECAUSE):
        assert secret not in seen
    assert eva.submit(here, f"{here}/prepare", {}).status_code == 303
    assert len(questions(case)) == 3, "nothing is suggested twice"


def test_a_question_is_changed_and_dropped_until_the_firm_reads_it(case: Told) -> None:
    here, eva = booked(case), case.as_("eva")
    for text in ("One", "Two"):
        assert eva.submit(here, f"{here}/questions", {"text": text}).status_code == 303
    one, two = (f"{here}/questions/{each.public_id}" for each in questions(case))
    assert eva.submit(one, one, {"text": "First", "then": "save"}).status_code == 303
    assert eva.submit(two, two, {"then": "drop"}).status_code == 303
    assert [each.text for each in questions(case)] == ["First"]
    stale = {"revision": "1", "text": "Late", "then": "save"}
    assert eva.post(one, stale).status_code == 409
    chosen = {"released[]": [questions(case)[0].public_id]}
    assert eva.submit(here, f"{here}/release", chosen).status_code == 303
    assert eva.get(one).status_code == 200
    assert eva.submit(one, one, {"text": "Other", "then": "save"}).status_code == 403
    assert [each.text for each in questions(case)] == ["First"]


def test_questions_do_not_lead_whoever_still_scores(case: Told) -> None:
    here = booked(case)
    assert case.as_("eva").submit(here, f"{here}/prepare", {}).status_code == 303
    with case.site.database.writing() as session:
        mine = select(Review).where(
            Review.person_id == case.world.rosa.id,
            Review.application_id == case.world.of("weser").id,
        )
        session.scalars(mine).one().state = State.DRAFT.value
        commit(session)
    rosa = case.as_("rosa")
    shown = text_of(rosa.get(here).text)
    assert "once your own review is submitted" in shown
    assert not any(said in shown for said in BECAUSE)
    assert rosa.post(f"{here}/prepare").status_code == 403
    finn = text_of(case.as_("finn").get(here).text)
    assert BECAUSE[0] in finn


def test_a_blind_reader_finds_no_name_in_questions_or_notes(case: Told) -> None:
    here, eva = booked(case), case.as_("eva")
    name = case.world.firms["weser"].name
    assert eva.submit(here, f"{here}/questions", {"text": f"What does {name} do, muscat?"})
    assert eva.submit(here, f"{here}/notes", {"notes": f"{name} was late."}).status_code == 303
    seen = case.as_("finn").get(here).text
    assert "muscat" in seen
    assert name not in seen
    assert "was late" not in seen
    sent = {"notes": "x", "revision": "2"}
    assert case.as_("finn").post(f"{here}/notes", sent).status_code == 403


def test_it_is_held_once_its_time_has_come_by_those_who_run_it(case: Told) -> None:
    here = booked(case)
    assert "Write down that it was held" not in case.as_("eva").get(here).text
    come(case)
    there = {"people[]": case.world.finn.public_id}
    assert case.as_("finn").post(f"{here}/held", there).status_code == 403
    assert hold(case, there=()).status_code == 422
    assert hold(case, there=("finn",)).status_code == 303
    shown = text_of(case.as_("astrid").get(here).text)
    assert "Finn" in shown
    assert "The two who founded it" in shown


def test_points_after_the_interview_stand_beside_the_earlier_ones(case: Told) -> None:
    here = booked(case)
    assert reveal(case, "weser", "nordlys").status_code == 303
    for who in ("finn", "rosa"):
        assert declare(case, who).status_code == 303
    come(case)
    assert hold(case).status_code == 303
    with case.site.database.reading() as session:
        kept = {one.mean: one.points for one in session.scalars(select(EarlierSheet))}
        mine = select(Review).where(
            Review.person_id == case.world.rosa.id,
            Review.application_id == case.world.of("weser").id,
        )
        review = session.scalars(mine).one().public_id
    assert kept == {4.0: {"fit": 4, "team": 4}, 2.2: {"fit": 1, "team": 4}}
    rosa, path = case.as_("rosa"), f"/reviews/{review}"
    assert rosa.submit(here, f"{path}/take-up", {}).status_code == 303
    given = {"points-fit": "3", "comment-fit": "Heard them.", "points-team": "4",
             "comment-team": "x"}  # fmt: skip
    sent = {**hidden(rosa.get(path).text, path), **given}
    assert rosa.post(f"{path}/submit", sent).status_code == 303
    assert call(case).status_code == 303
    assert begin(case).status_code == 303
    shown = text_of(case.as_("finn").get(item(case, "weser")).text)
    assert "3 before the interview: 1" in shown
    assert shown.count("before the interview:") == 1, "what did not change is not said twice"
    assert "held" in shown
    told = text_of(case.as_("astrid").get(here).text)
    assert "Points before and after the interview" in told
    assert "Rosa Fit 1 3" in told
    assert "Your points after the interview" in text_of(rosa.get(here).text)
    assert "Rosa" not in text_of(case.as_("finn").get(here).text).split("Notes")[0].replace(
        "Finn, Rosa", ""
    )


def test_two_who_write_notes_at_once_lose_nothing(case: Told) -> None:
    here, eva, astrid = booked(case), case.as_("eva"), case.as_("astrid")
    first = {"notes": "Eva heard this.", "revision": "1"}
    assert eva.submit(here, f"{here}/notes", first).status_code == 303
    egon = case.as_("egon").submit(here, f"{here}/notes", {"notes": "Egon too.", "revision": "1"})
    assert egon.status_code == 409
    said = text_of(egon.text)
    assert "Eva heard this." in said
    assert "Egon too." in said
    assert of(case, "weser").notes == "Eva heard this."
    assert "Eva heard this." in text_of(astrid.get(here).text)
    assert astrid.post(f"{here}/notes", {"notes": "x"}).status_code == 403
    assert "Eva heard this." not in case.as_("dieter").get(own(case, "weser")).text
    assert page(case, "weser") == here


def test_a_programme_without_interviews_has_no_such_pages(case: Told) -> None:
    here = booked(case)

    def without(session: object, world: object) -> None:
        del session
        world.programmes["labels"].rules = {}  # type: ignore[attr-defined]

    case.do(without)
    for who in ("eva", "finn", "astrid"):
        assert case.as_(who).get(here).status_code == 404, who
    assert case.as_("dieter").get(own(case, "weser")).status_code == 404
    assert "Interviews" not in case.as_("eva").get("/desk/challenges/labels/reviewing").text
