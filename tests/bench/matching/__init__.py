"""The speed of matching, beside a sparse product of scipy's where that is installed."""
