"""Procurement routes: thresholds as dated files, and which routes a value leaves open."""
