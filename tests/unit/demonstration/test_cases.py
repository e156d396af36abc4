"""Each case of the demonstration stands where it is told to, asked by the packages' queries."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.applications.actions.messaging import SUBJECT
from govmatch.applications.models import Application, How, State
from govmatch.applications.queries import how_of
from govmatch.correspondence import queries as correspondence
from govmatch.decisions import queries as decisions
from govmatch.decisions.models import State as Decided
from govmatch.decisions.queries.letters import for_firm, receipts_of
from govmatch.demonstration.stage import Stage
from govmatch.explore.queries.results import ends_of
from govmatch.kit.i18n import LANGUAGES
from govmatch.overview.queries import reports
from govmatch.overview.queries.reports import Scope
from govmatch.pilots import plan, rules
from govmatch.pilots import queries as pilots
from govmatch.pilots.models import MilestoneState, Outcome, Pilot
from govmatch.pilots.queries.public import public_story
from govmatch.reviews import queries as reviews
from govmatch.reviews.models import State as Reviewed
from govmatch.reviews.proposal_models import Expertise
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import slugs
from govmatch.triage import actions as triage
from govmatch.triage import queries as triage_queries
from govmatch.triage.models import GateRuling, Handling, Note, Tag
from govmatch.triage.rules import may_begin, may_complete

SEALED, SELECTING, DECIDED = "safety-and-inspections", "consumer-complaints", "invoicing"
PILOTING, COMPLETED, ENDED = (
    "commercial-register-entry",
    "plain-language",
    "tax-clearance-certificate",
)
FROM_NEED = "tische-vor-dem-lokal-die-erlaubnis-kommt-zu-spaet"
BO, DIETER = "nordlys-vision", "weserbeleg"


def applications(stage: Stage, slug: str) -> list[Application]:
    found = select(Application).where(Application.challenge_id == stage.challenge(slug).id)
    return list(stage.session.scalars(found))


def pilots_of(stage: Stage, slug: str) -> list[Pilot]:
    return list(pilots.of_challenge(stage.session, stage.challenge(slug)))


# Who reviews


def test_everybody_of_a_jury_says_what_they_know_and_read(stage: Stage) -> None:
    kept = stage.session.execute(select(Person.name, Expertise).join(Expertise)).all()
    assert {name.partition(" ")[0] for name, _ in kept} == {
        "Finn", "Greta", "Agnes", "Holger", "Niamh",
    }  # fmt: skip
    themes, technologies = (
        slugs(stage.session, kind) for kind in (TermKind.THEME, TermKind.TECHNOLOGY)
    )
    known = cpv.codes(stage.settings.content_dir)
    for name, one in kept:
        assert set(one.themes) <= themes and set(one.technologies) <= technologies, name
        assert all(known.has(code) for code in one.cpv), name
        assert one.languages and one.most


# Past its deadline


def test_sealed_applications_wait_and_nobody_but_their_firms_sees_one(stage: Stage) -> None:
    waiting = applications(stage, SEALED)
    assert 5 <= len(waiting) <= 6
    assert {one.state for one in waiting} == {State.SUBMITTED}
    for key in ("eva", "astrid", "hanne", "jens", "kim", "finn"):
        ways = {how_of(stage.session, stage.actor(key), one) for one in waiting}
        assert ways == {None}, key
    own = stage.application(SEALED, BO)
    assert how_of(stage.session, stage.actor("bo"), own) is How.FULL


@pytest.mark.parametrize("second", ["astrid", "hanne"])
def test_eva_and_somebody_of_the_authority_can_open_them(stage: Stage, second: str) -> None:
    challenge, eva = stage.challenge(SEALED), stage.actor("eva")
    assert may_begin(eva, challenge, None, now=stage.now)
    opening = triage.begin(stage.session, challenge, actor=eva, now=stage.now)
    assert may_complete(stage.actor(second), challenge, opening, now=stage.now)
    triage.complete(stage.session, challenge, actor=stage.actor(second), now=stage.now)
    assert opening.entries == len(applications(stage, SEALED))


# In selection


def test_applications_of_a_selection_stand_in_every_state_of_triage(stage: Stage) -> None:
    found = {one.firm.slug: one.state for one in applications(stage, SELECTING)}
    assert found == {
        "skrzynka-danych": State.SUBMITTED,
        BO: State.INCOMPLETE,
        "klagevej": State.IN_REVIEW,
        "klarsprak-lab": State.IN_REVIEW,
        "plainford": State.SHORTLISTED,
        "granslod": State.INELIGIBLE,
    }


def test_staff_have_handled_tagged_noted_and_ruled(stage: Stage) -> None:
    ids = [one.id for one in applications(stage, SELECTING)]
    for model in (Tag, Note, GateRuling, Handling):
        found = select(model).where(model.application_id.in_(ids))
        assert list(stage.session.scalars(found)), model
    handled = select(Handling.handler_id).where(
        Handling.application_id.in_(ids), Handling.handler_id.is_not(None)
    )
    assert len(list(stage.session.scalars(handled))) >= 3


def test_bo_has_a_request_to_answer_for_some_days(stage: Stage) -> None:
    asked = triage_queries.open_request(stage.session, stage.application(SELECTING, BO))
    assert asked is not None
    assert timedelta(days=2) < asked.due_at - stage.now < timedelta(days=10)


def test_finn_has_reviews_done_to_do_and_overdue_all_without_names(stage: Stage) -> None:
    finn = stage.actor("finn")
    done = reviews.own(stage.session, finn, is_done=True, offset=0, size=25)
    to_do = reviews.own(stage.session, finn, is_done=False, offset=0, size=25)
    assert {one.state for one in done} == {Reviewed.SUBMITTED}
    assert [one.due_at < stage.now for one in to_do] == [True, False]
    assert all(one.is_blind for one in (*done, *to_do))


def test_gretas_conflict_closes_one_application_and_leaves_the_others(stage: Stage) -> None:
    greta = stage.actor("greta")
    closed = stage.application(SELECTING, "klagevej")
    review = reviews.review_of(stage.session, closed.id, stage.person("greta").id)
    assert review is not None
    assert review.state == Reviewed.RECUSED
    assert how_of(stage.session, greta, closed) is None
    to_do = reviews.own(stage.session, greta, is_done=False, offset=0, size=25)
    assert sorted(one.state for one in to_do) == [Reviewed.ASSIGNED, Reviewed.DRAFT]
    ways = {how_of(stage.session, greta, one.application) for one in to_do}
    assert ways == {How.BLIND}


# Decided


def test_a_released_decision_waits_for_bo_to_take_the_place(stage: Stage) -> None:
    decision = decisions.selection_of(stage.session, stage.challenge(DECIDED))
    assert decision is not None
    assert decision.state == Decided.RELEASED
    assert decision.confirmed_by not in {None, decision.proposed_by}
    own = stage.application(DECIDED, BO)
    assert own.state == State.SELECTED
    assert own.confirm_by is not None
    assert timedelta(days=1) < own.confirm_by - stage.now < timedelta(days=8)
    found = {one.state for one in applications(stage, DECIDED)}
    assert found >= {State.CONFIRMED, State.RESERVE, State.NOT_SELECTED}
    assert set(decision.reasons) == set(LANGUAGES)


def test_dieter_has_a_letter_with_points_and_reasons_that_nobody_has_read(stage: Stage) -> None:
    (letter,) = for_firm(stage.session, stage.application(DECIDED, DIETER))
    assert letter.lang == "en"
    assert "Danish part is still to be built" in letter.body
    assert "works with the programs firms have" in letter.body
    assert letter.checked_by is not None
    receipts = receipts_of(stage.session, [letter.id])[letter.id]
    assert [one.read_at for one in receipts] == [None]


def test_firm_and_authority_have_written_to_each_other(stage: Stage) -> None:
    own = stage.application(DECIDED, BO)
    sides = [one.side for one in correspondence.lines(stage.session, SUBJECT, own.id)]
    assert sides == ["firm", "authority"]


# Piloting


def test_a_pilot_has_milestones_accepted_delivered_overdue_and_to_come(stage: Stage) -> None:
    pilot = next(one for one in pilots_of(stage, PILOTING) if one.firm.slug == "klarsprak-lab")
    milestones = pilots.milestones(stage.session, pilot)
    assert [one.state for one in milestones] == [
        MilestoneState.ACCEPTED,
        MilestoneState.ACCEPTED,
        MilestoneState.DELIVERED,
        MilestoneState.PLANNED,
        MilestoneState.PLANNED,
    ]
    overdue = [rules.is_overdue(one, pilot, stage.now) for one in milestones]
    assert overdue == [False, False, False, True, False]
    assert sum(one.amount for one in milestones) == pilot.budget


def test_key_figures_were_measured_over_weeks_and_the_presentation_is_near(stage: Stage) -> None:
    pilot = next(one for one in pilots_of(stage, PILOTING) if one.firm.slug == "klarsprak-lab")
    for kpi in pilots.kpis(stage.session, pilot):
        days = [one.measured for one in pilots.values(stage.session, kpi)]
        assert len(days) >= 5
        assert days[-1] - days[0] > timedelta(weeks=8)
        assert set(kpi.name) == set(LANGUAGES)
    assert pilot.presentation_at is not None
    assert timedelta(0) < pilot.presentation_at - stage.now < timedelta(days=14)
    names = {one.by for one in pilots.log(stage.session, pilot, offset=0, size=25)}
    assert names == {stage.person(key).id for key in ("ida", "silke", "lea")}


def test_lea_silke_and_ida_see_the_pilot_and_dieter_does_not(stage: Stage) -> None:
    ids = [one.id for one in pilots_of(stage, PILOTING) if one.firm.slug == "klarsprak-lab"]
    seen = {
        key: pilots.visible_among(stage.session, ids, actor=stage.actor(key))
        for key in ("lea", "silke", "ida", "eva", "dieter", "bo", "finn")
    }
    allowed = {"lea", "silke", "ida", "eva"}
    assert {key for key, found in seen.items() if found} == allowed


def test_another_pilot_waits_for_an_answer_to_a_wished_change(stage: Stage) -> None:
    pilot = next(one for one in pilots_of(stage, PILOTING) if one.firm.slug == "hansaregister")
    assert pilots.open_change(stage.session, pilot) is not None


# Over


def test_a_completed_challenge_has_outcomes_for_everybody_in_three_languages(stage: Stage) -> None:
    told = public_story(stage.session, stage.challenge(COMPLETED))
    assert {one.outcome for one in told} == {Outcome.SCALE, Outcome.HAND_OVER}
    for one in told:
        assert one.cost
        assert set(one.reasons) == set(one.summary) == set(LANGUAGES)
    scaled = next(one for one in pilots_of(stage, COMPLETED) if one.outcome == Outcome.SCALE)
    latest = pilots.latest_values(stage.session, scaled)
    for kpi in pilots.kpis(stage.session, scaled):
        assert plan.reaches_target(kpi, latest[kpi.id].value)


def test_everybody_of_an_ended_challenge_has_a_letter(stage: Stage) -> None:
    for slug in (COMPLETED, ENDED, DECIDED, PILOTING):
        assert decisions.without_letter(stage.session, stage.challenge(slug)) == []


def test_a_challenge_that_did_not_proceed_says_why_in_three_languages(stage: Stage) -> None:
    challenge = stage.challenge(ENDED)
    assert set(challenge.end_reasons) == set(LANGUAGES)
    assert set(ends_of(stage.session, [challenge.id])) == {challenge.id}


# From a need


def test_one_need_is_told_from_its_proposal_to_what_solved_it(stage: Stage) -> None:
    scope = Scope(stage.actor("eva"), "Europe/Copenhagen")
    counts = reports.steps(stage.session, scope)
    assert counts[reports.Step.TAKEN_UP] == 2, "another draft is still being written"
    came_far = [counts[step] for step in list(reports.Step)[2:]]
    assert came_far == [1, 1, 1, 1, 1]
    (row,) = reports.trace(stage.session, scope, now=stage.now).rows
    assert row.challenge.slug == FROM_NEED
    assert (row.applications, row.selected) == (2, 1)
    assert [one.outcome for one in row.pilots] == [Outcome.SCALE]
    assert all(row.need.reasons.get(lang) for lang in LANGUAGES)
