"""The verbs of pilots; none of them commits."""

from govmatch.pilots.actions.agreeing import agree, return_plan
from govmatch.pilots.actions.changing import (
    Wish,
    agree_to_change,
    decline_change,
    propose_change,
    withdraw_change,
)
from govmatch.pilots.actions.delivering import Reported, accept, deliver, measure, return_delivery
from govmatch.pilots.actions.ending import complete, state_outcome, stop
from govmatch.pilots.actions.mentors import end_mentor, invite_mentor, revoke_mentor
from govmatch.pilots.actions.noting import (
    add_document,
    hold_presentation,
    note,
    plan_presentation,
    remove_document,
)
from govmatch.pilots.actions.planning.kpi import KpiData, add_kpi, change_kpi
from govmatch.pilots.actions.planning.milestone import (
    MilestoneData,
    add_milestone,
    change_milestone,
)
from govmatch.pilots.actions.planning.plan import PlanData, change_plan, make
from govmatch.pilots.actions.planning.revision import remove_from_plan

__all__ = [
    "KpiData",
    "MilestoneData",
    "PlanData",
    "Reported",
    "Wish",
    "accept",
    "add_document",
    "add_kpi",
    "add_milestone",
    "agree",
    "agree_to_change",
    "change_kpi",
    "change_milestone",
    "change_plan",
    "complete",
    "decline_change",
    "deliver",
    "end_mentor",
    "hold_presentation",
    "invite_mentor",
    "make",
    "measure",
    "note",
    "plan_presentation",
    "propose_change",
    "remove_document",
    "remove_from_plan",
    "return_delivery",
    "return_plan",
    "revoke_mentor",
    "state_outcome",
    "stop",
    "withdraw_change",
]
