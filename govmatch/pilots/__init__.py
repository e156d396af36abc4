"""Pilots: plan, milestones, key figures, log and outcome."""
