"""Saving searches; following with an account and without one; ending it."""

from govmatch.following.actions.ending import end, end_all, forget
from govmatch.following.actions.holding import Thing, change, follow, next_digest
from govmatch.following.actions.opting import ask, confirm, forget_requests
from govmatch.following.actions.saving import delete, save

__all__ = [
    "Thing",
    "ask",
    "change",
    "confirm",
    "delete",
    "end",
    "end_all",
    "follow",
    "forget",
    "forget_requests",
    "next_digest",
    "save",
]
