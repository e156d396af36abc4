"""Needs: what firms and citizens suffer from, supported, ranked, merged, taken up or declined."""
