"""Matches on pages: how much, why, what is missing, and where that is mended."""
