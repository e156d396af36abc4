"""The sections in which a challenge is written, approved and remarked upon."""

from collections.abc import Mapping
from enum import StrEnum

from govmatch.challenges.parts import Part
from govmatch.kit.i18n import Message, msg


class Section(StrEnum):
    """In the order in which they are written."""

    TOPIC = "topic"
    PROBLEM = "problem"
    USERS = "users"
    GOAL = "goal"
    DATA = "data"
    CONSTRAINTS = "constraints"
    OFFER = "offer"
    ELIGIBILITY = "eligibility"
    FORM = "form"
    CRITERIA = "criteria"
    BUDGET = "budget"
    TIMELINE = "timeline"
    CONTACT = "contact"
    TRANSLATIONS = "translations"


LABELS: Mapping[Section, Message] = {
    Section.TOPIC: msg("Title and topic"),
    Section.PROBLEM: msg("Problem"),
    Section.USERS: msg("Users"),
    Section.GOAL: msg("Goal"),
    Section.DATA: msg("Data and systems"),
    Section.CONSTRAINTS: msg("Constraints"),
    Section.OFFER: msg("Offer and afterwards"),
    Section.ELIGIBILITY: msg("Who can take part"),
    Section.FORM: msg("Application form"),
    Section.CRITERIA: msg("Criteria and weights"),
    Section.BUDGET: msg("Budget and procurement route"),
    Section.TIMELINE: msg("Timeline"),
    Section.CONTACT: msg("Contact"),
    Section.TRANSLATIONS: msg("Translations"),
}

PARTS: Mapping[Section, tuple[Part, ...]] = {
    Section.PROBLEM: (Part.INTRODUCTION, Part.PROBLEM),
    Section.USERS: (Part.USERS,),
    Section.GOAL: (Part.GOAL,),
    Section.DATA: (Part.DATA,),
    Section.CONSTRAINTS: (Part.CONSTRAINTS,),
    Section.OFFER: (Part.OFFER, Part.AFTERWARDS),
}
"""Which parts of the description are written in which section."""

PART_LABELS: Mapping[Part, Message] = {
    Part.INTRODUCTION: msg("Text before the first heading"),
    Part.PROBLEM: msg("Problem"),
    Part.USERS: msg("Users"),
    Part.GOAL: msg("Goal"),
    Part.DATA: msg("Data and systems"),
    Part.CONSTRAINTS: msg("Constraints"),
    Part.OFFER: msg("Offer in the pilot"),
    Part.AFTERWARDS: msg("What happens afterwards"),
}

_FIELDS: Mapping[Section, tuple[str, ...]] = {
    Section.TOPIC: (
        "title",
        "summary",
        "main_lang",
        "theme",
        "themes",
        "technology",
        "technologies",
        "cpv",
        "round",
    ),
    Section.PROBLEM: ("body",),
    Section.ELIGIBILITY: ("countries", "size", "sizes", "languages", "requires"),
    Section.FORM: ("questions",),
    Section.CRITERIA: ("criteria",),
    Section.BUDGET: ("budget", "budget_min", "budget_max", "currency", "pilots_max", "route"),
    Section.TIMELINE: ("zone", "opens", "questions_until", "closes"),
    Section.CONTACT: ("contact",),
}
_BY_FIELD = {name: section for section, names in _FIELDS.items() for name in names} | {
    part.value: section for section, parts in PARTS.items() for part in parts
}


def section_of(name: str) -> Section:
    """Return where a field is written: `closes`, `title.de`, `users.da`, `contact.email`.

    What no section has, such as the authority, stands with the topic.
    """
    return _BY_FIELD.get(name.partition(".")[0], Section.TOPIC)
