"""Interviews: slots to book, invitations, questions to prepare, and what was heard."""
