"""Programmes and their rounds: phases, criteria, rules, limits and the form, as data."""
