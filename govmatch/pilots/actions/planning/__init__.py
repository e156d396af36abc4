"""Making a pilot and writing its plan, until both sides have agreed."""
