"""The verbs of needs."""

from govmatch.needs.actions.managing import (
    analyse,
    decline,
    hand_back,
    hide,
    merge,
    reopen,
    show,
    solve,
    take_up,
)
from govmatch.needs.actions.proposing import edit, propose, withdraw
from govmatch.needs.actions.ranking import rank
from govmatch.needs.actions.steering import give_opinion, lay_list, minute
from govmatch.needs.actions.surveying import set_survey
from govmatch.needs.actions.voicing import order, support, withdraw_support

__all__ = [
    "analyse",
    "decline",
    "edit",
    "give_opinion",
    "hand_back",
    "hide",
    "lay_list",
    "merge",
    "minute",
    "order",
    "propose",
    "rank",
    "reopen",
    "set_survey",
    "show",
    "solve",
    "support",
    "take_up",
    "withdraw",
    "withdraw_support",
]
