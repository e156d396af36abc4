"""Conflicts of interest, assignments and scores."""
