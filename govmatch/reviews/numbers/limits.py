"""What pages say of how the numbers are worked out; here, so that they need not load it all."""

STRETCHES = 0.5, 2.0
"""Between these a stretch stays."""
DRAWS = 2_000
"""Draws of the Bayesian bootstrap."""
