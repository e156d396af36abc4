"""/pilots/{id}/plan/milestones: what is delivered, by when, for how much, and accepted by what."""

from govmatch.kit.formats import date_text, money_text
from govmatch.kit.i18n import msg
from govmatch.pilots import actions, plan, queries
from govmatch.pilots.actions import MilestoneData
from govmatch.pilots.forms import milestone_form, read_milestone, read_revision
from govmatch.pilots.models import Milestone, Pilot
from govmatch.pilots.views.planning.part import Kept, Kind, routes_of
from govmatch.web.visit import Visit, WritingVisit


def _keep(
    visit: WritingVisit, pilot: Pilot, milestone: Milestone | None, data: MilestoneData
) -> None:
    session, revision = visit.session, read_revision(visit.form)
    lang, actor, now = visit.lang, visit.actor, visit.now
    if milestone is None:
        actions.add_milestone(
            session, pilot, data, revision=revision, lang=lang, actor=actor, now=now
        )
    else:
        actions.change_milestone(
            session, pilot, milestone, data, revision=revision, lang=lang, actor=actor, now=now
        )


def _kept(visit: Visit, milestone: Milestone) -> Kept:
    return [
        (msg("Title"), milestone.title),
        (msg("Accepted when"), milestone.acceptance),
        (msg("Amount"), money_text(milestone.amount, milestone.pilot.currency, visit.lang)),
        (msg("Due"), date_text(milestone.due, visit.lang, visit.zone)),
    ]


def _rest(visit: Visit, pilot: Pilot, milestone: Milestone | None) -> int:
    others = [one for one in queries.milestones(visit.db, pilot) if one is not milestone]
    return pilot.budget - plan.sum_of_amounts(others)


routes = routes_of(
    Kind(
        folder="milestones",
        word="milestone",
        template="pilots/plan_milestone.html",
        get=queries.get_milestone,
        form=lambda _visit, milestone: milestone_form(milestone),
        read=lambda visit, pilot: read_milestone(visit.form, pilot.currency, visit.lang),
        keep=_keep,
        kept=_kept,
        rest=_rest,
    )
)
