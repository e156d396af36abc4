"""The verbs of a jury's meeting: call it, begin it, note what is said, end it, sign, take back."""

from govmatch.panels.actions.calling import Call, call
from govmatch.panels.actions.holding import Noted, begin, end, note
from govmatch.panels.actions.signing import reopen, sign

__all__ = ["Call", "Noted", "begin", "call", "end", "note", "reopen", "sign"]
