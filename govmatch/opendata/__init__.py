"""Feeds and calendars of what is public."""
