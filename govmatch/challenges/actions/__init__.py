"""The verbs of challenges; none of them commits."""

from govmatch.challenges.actions.amend import amend
from govmatch.challenges.actions.approval import (
    approve,
    approve_from_file,
    return_,
    submit_for_approval,
    take_back,
)
from govmatch.challenges.actions.faulty import Faulty
from govmatch.challenges.actions.publication import cancel, move_on, publish, publish_from_file
from govmatch.challenges.actions.writing import create, delete_draft, save

__all__ = [
    "Faulty",
    "amend",
    "approve",
    "approve_from_file",
    "cancel",
    "create",
    "delete_draft",
    "move_on",
    "publish",
    "publish_from_file",
    "return_",
    "save",
    "submit_for_approval",
    "take_back",
]
