"""What is followed and how often, in words."""

from collections.abc import Mapping

from govmatch.following.models import Follow, FollowRequest, HowOften
from govmatch.kit.i18n import Lang, Message, msg, pick

HOW_OFTEN: Mapping[str, Message] = {
    HowOften.AT_ONCE: msg("At once"),
    HowOften.DAILY: msg("Once a day"),
    HowOften.WEEKLY: msg("Once a week, on Mondays"),
}


def called(one: Follow | FollowRequest, lang: Lang) -> Message:
    """Return what is followed, with its kind."""
    return named(one.kind, one.titles, lang)


def named(kind: str, titles: Mapping[str, str], lang: Lang) -> Message:
    title = pick(titles, lang)[0]
    match kind:
        case "challenge":
            return msg("Challenge: {title}", title=title)
        case "theme":
            return msg("Theme: {title}", title=title)
        case "authority":
            return msg("Authority: {title}", title=title)
        case "matches":
            return msg("Matches of {firm}", firm=title)
    return msg("Search: {query}", query=title)
