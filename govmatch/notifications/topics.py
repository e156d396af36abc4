"""What people are told about, and how each of it may reach them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from govmatch.kit.i18n import Message, msg


class How(StrEnum):
    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"


HOW_NAMES: Mapping[How, Message] = {
    How.AT_ONCE: msg("At once"),
    How.DAILY: msg("Once a day"),
    How.NEVER: msg("No mail"),
}


class Topic(StrEnum):
    REQUESTS = "requests"
    MESSAGES = "messages"
    REVIEWS = "reviews"
    TASKS = "tasks"
    AMENDMENTS = "amendments"


READ = msg("Read")


@dataclass(frozen=True)
class Described:
    label: Message
    help: Message
    leads: Message = READ
    """What the button of an inbox says."""
    usual: How = How.AT_ONCE
    is_binding: bool = False
    """Dates of the law hang on it, so that it cannot be switched off."""

    @property
    def choices(self) -> tuple[How, ...]:
        return (How.AT_ONCE, How.DAILY) if self.is_binding else tuple(How)


TOPICS: Mapping[Topic, Described] = {
    Topic.REQUESTS: Described(
        msg("Decisions and formal requests"),
        msg("Letters, missing documents, dates by which you have to answer."),
        is_binding=True,
    ),
    Topic.MESSAGES: Described(
        msg("Messages"), msg("Somebody wrote to you about an application or a pilot.")
    ),
    Topic.REVIEWS: Described(
        msg("Reviews"),
        msg("Applications that you are asked to review, and reminders."),
        leads=msg("Go to the review"),
    ),
    Topic.TASKS: Described(
        msg("Tasks"),
        msg("Something waits for you or your colleagues at an authority."),
        leads=msg("Go to the task"),
    ),
    Topic.AMENDMENTS: Described(
        msg("Changes to challenges"), msg("A challenge that you applied to or follow was amended.")
    ),
}


def is_allowed(topic: str, how: str) -> bool:
    """True where this topic may reach people this way."""
    return how in {one.value for one in TOPICS[Topic(topic)].choices}
