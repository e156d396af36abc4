"""The verbs of challenges; none of them commits."""

from govmatch.challenges.actions.amend import Planned, amend, plan
from govmatch.challenges.actions.approval import (
    approve,
    approve_from_file,
    return_,
    submit_for_approval,
    take_back,
)
from govmatch.challenges.actions.faulty import Faulty
from govmatch.challenges.actions.from_need import draft_from_need
from govmatch.challenges.actions.papers import hold_paper, put_up_papers
from govmatch.challenges.actions.previews import make_preview_link, revoke_preview_link
from govmatch.challenges.actions.publication import (
    cancel,
    move_on,
    move_publication,
    publish,
    publish_from_file,
    withdraw_publication,
)
from govmatch.challenges.actions.remarks import Answered, Written, answer_remarks, keep_remarks
from govmatch.challenges.actions.routing import choose_route, choose_route_from_file
from govmatch.challenges.actions.sections import Clashing, restore, save_section
from govmatch.challenges.actions.writing import create, delete_draft, save

__all__ = [
    "Answered",
    "Clashing",
    "Faulty",
    "Planned",
    "Written",
    "amend",
    "answer_remarks",
    "approve",
    "approve_from_file",
    "cancel",
    "choose_route",
    "choose_route_from_file",
    "create",
    "delete_draft",
    "draft_from_need",
    "hold_paper",
    "keep_remarks",
    "make_preview_link",
    "move_on",
    "move_publication",
    "plan",
    "publish",
    "publish_from_file",
    "put_up_papers",
    "restore",
    "return_",
    "revoke_preview_link",
    "save",
    "save_section",
    "submit_for_approval",
    "take_back",
    "withdraw_publication",
]
