"""The verbs of interviews: offer slots, invite, book, prepare, hold."""

from govmatch.interviews.actions.booking import Taken, book, give_up
from govmatch.interviews.actions.holding import hold, note
from govmatch.interviews.actions.inviting import call_off, invite
from govmatch.interviews.actions.preparing import add, change, drop, prepare, release
from govmatch.interviews.actions.reminding import remind, settle
from govmatch.interviews.actions.slots import Room, Series, add_slots, change_slot, remove_slot

__all__ = [
    "Room",
    "Series",
    "Taken",
    "add",
    "add_slots",
    "book",
    "call_off",
    "change",
    "change_slot",
    "drop",
    "give_up",
    "hold",
    "invite",
    "note",
    "prepare",
    "release",
    "remind",
    "remove_slot",
    "settle",
]
