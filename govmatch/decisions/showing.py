"""How decisions are put into words on pages: states, outcomes, replies. Texts, no HTML."""

from collections.abc import Mapping

from govmatch.decisions.models import Kind, Outcome, Reply, State
from govmatch.kit.i18n import Message, msg

STATES: Mapping[str, tuple[Message, str]] = {
    State.DRAFT: (msg("Being prepared"), "neutral"),
    State.PROPOSED: (msg("Waits for confirmation"), "warning"),
    State.RETURNED: (msg("Returned"), "warning"),
    State.CONFIRMED: (msg("Confirmed, not released"), "info"),
    State.RELEASED: (msg("Released"), "success"),
    State.OVERTAKEN: (msg("Not released: the challenge ended before"), "neutral"),
}

KINDS: Mapping[str, Message] = {
    Kind.SELECTION: msg("Selection"),
    Kind.SUCCESSION: msg("A reserve moves up"),
    Kind.ENDING: msg("The challenge does not proceed"),
}

OUTCOMES: Mapping[str, tuple[Message, str]] = {
    Outcome.SELECTED: (msg("Selected"), "success"),
    Outcome.RESERVE: (msg("Reserve"), "info"),
    Outcome.NOT_SELECTED: (msg("Not selected"), "neutral"),
    Outcome.INELIGIBLE: (msg("Ineligible"), "danger"),
    Outcome.WITHDRAWN: (msg("Withdrawn"), "neutral"),
    Outcome.ENDED: (msg("Told of the end"), "neutral"),
}

REPLIES: Mapping[str, tuple[Message, str]] = {
    Reply.CONFIRMED: (msg("Place taken"), "success"),
    Reply.DECLINED: (msg("Place declined"), "neutral"),
    Reply.MISSED: (msg("No answer in time"), "warning"),
}

AWAITED = (msg("Answer awaited"), "info")
