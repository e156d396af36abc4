"""Pairs of texts that say the same, and pairs that do not, made from the shipped challenges."""
