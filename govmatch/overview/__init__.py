"""Screens across domains for staff: administration, audit, desks."""
