"""How interviews are put into words on pages. Texts, no HTML."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.interviews.models import Because, Interview, Offer, Slot, State
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg, say

STATES: Mapping[str, tuple[Message, str]] = {
    State.INVITED: (msg("invited, nothing booked yet"), "warning"),
    State.BOOKED: (msg("booked"), "info"),
    State.HELD: (msg("held"), "success"),
    State.CALLED_OFF: (msg("called off"), "neutral"),
}

OFFERS: Mapping[str, Message] = {
    Offer.STEP_FREE: msg("Way without steps"),
    Offer.LIFT: msg("Lift"),
    Offer.TOILET: msg("Accessible toilet"),
    Offer.HEARING_LOOP: msg("Hearing loop"),
    Offer.CAPTIONS: msg("Live captions"),
    Offer.SIGN_LANGUAGE: msg("Sign language"),
    Offer.INTERPRETATION: msg("Interpretation into another language"),
    Offer.PHONE: msg("Joining by phone"),
}

BECAUSE: Mapping[str, Message] = {
    Because.DISAGREEMENT: msg("Reviewers lie two points or more apart"),
    Because.CONFIDENCE: msg("A reviewer was not sure"),
    Because.ABSTENTION: msg("A reviewer gave no points"),
}


def offers_of(slot: Slot) -> list[Message]:
    """Return what the room or the call offers, in words."""
    return [OFFERS[one] for one in slot.offers if one in OFFERS]


def when_of(slot: Slot, lang: Lang, zone: str) -> str:
    """Return when it begins and how long it takes, in the zone of the authority."""
    starts = datetime_text(slot.starts, lang, zone)
    return say(msg("{when}, {n} minutes", when=starts, n=slot.minutes), lang)


def where_of(slot: Slot, lang: Lang) -> str:
    """Return the room, or that it is by video; the address at which to join stands apart."""
    if slot.place and slot.video:
        return say(msg("{place}, or by video", place=slot.place), lang)
    return slot.place or say(msg("By video"), lang)


def access_text(slot: Slot, lang: Lang) -> str:
    """Return what the room offers and what else was said of it, as one text."""
    said: Sequence[str] = [say(one, lang) for one in offers_of(slot)]
    return "\n".join(part for part in (", ".join(said), slot.access) if part)


def next_of(interview: Interview, now: datetime, lang: Lang, zone: str) -> Message:
    """Return what the firm does next about its interview."""
    slot = interview.slot
    if interview.state == State.CALLED_OFF:
        return msg("The interview was called off.")
    if interview.state == State.HELD:
        return msg("The interview was held. Nothing to do now: you will hear from the authority.")
    if slot is not None:
        return msg("Your interview is booked: {when}.", when=when_of(slot, lang, zone))
    if now >= interview.until:
        return msg("The time to book is over. Please write to the authority.")
    until = datetime_text(interview.until, lang, zone)
    return msg("Next: choose a time until {when}. First come, first served.", when=until)
