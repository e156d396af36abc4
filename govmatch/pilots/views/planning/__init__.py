"""/pilots/{id}/plan: what is tried, milestones and key figures, until both sides have agreed."""

from govmatch.pilots.views.planning import kpi, milestone, plan

routes = [*plan.routes, *milestone.routes, *kpi.routes]
