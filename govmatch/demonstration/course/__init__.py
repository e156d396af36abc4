"""The course of a case, from its applications to its outcome, as steps in time."""
