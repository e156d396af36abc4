"""What people are told about, and how each of it may reach them."""

from collections.abc import Mapping
from enum import StrEnum

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass


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
    FIRM = "firm"
    EVENTS = "events"
    NEEDS = "needs"
    FOLLOWED = "followed"


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
    is_chosen_each: bool = False
    """How often is chosen for each thing on its own, and not for all at once."""

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
        msg("Changes to challenges"), msg("A challenge that you applied to was amended.")
    ),
    Topic.FIRM: Described(
        msg("Your firm"),
        msg("Somebody asks to join it, or something in its profile needs you."),
    ),
    Topic.EVENTS: Described(
        msg("Events"),
        msg("Events that you registered for: your place, changes, and a reminder the day before."),
        leads=msg("Go to the event"),
    ),
    Topic.NEEDS: Described(
        msg("Needs that you support"),
        msg("A need that you stand behind was taken up, declined or merged."),
        usual=How.DAILY,
    ),
    Topic.FOLLOWED: Described(
        msg("What you follow"),
        msg("News of challenges, themes, authorities and searches that you follow."),
        is_chosen_each=True,
    ),
}
SET_HERE: Mapping[Topic, Described] = {
    topic: one for topic, one in TOPICS.items() if not one.is_chosen_each
}
"""Topics for which people choose how they hear of them."""


def is_allowed(topic: str, how: str) -> bool:
    """True where this topic may reach people this way."""
    return Topic(topic) in SET_HERE and how in {one.value for one in TOPICS[Topic(topic)].choices}
