"""What is wrong with a plan, by the field of the form that mends it."""

from datetime import datetime, timedelta

from govmatch.gatherings.models import Mode
from govmatch.gatherings.plan import MOST_PLACES, Plan
from govmatch.kit.i18n import LANGUAGES, Message, msg

LONGEST = timedelta(days=31)


def faults(plan: Plan, *, taken: int = 0, now: datetime | None = None) -> dict[str, Message]:
    """Return what is wrong, nothing where it is right; `taken` places cannot be taken away again.

    With `now` a beginning that is past is wrong too.
    """
    return {**_of_times(plan, now), **_of_place(plan), **_of_seats(plan, taken), **_of_words(plan)}


def _of_times(plan: Plan, now: datetime | None) -> dict[str, Message]:
    if now is not None and plan.starts <= now:
        return {"starts": msg("This time is past.")}
    if plan.ends <= plan.starts:
        return {"ends": msg("The end has to be after the beginning.")}
    if plan.ends - plan.starts > LONGEST:
        return {"ends": msg("An event lasts at most {n} days.", n=LONGEST.days)}
    if plan.registers and plan.closes is not None and plan.closes > plan.starts:
        return {"closes": msg("Registration closes at the latest when the event begins.")}
    return {}


def _of_place(plan: Plan) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    if plan.mode != Mode.ONLINE and not plan.place:
        wrong["place"] = msg("Please say where people meet.")
    if plan.mode != Mode.ONLINE and not plan.country:
        wrong["country"] = msg("Please choose one of the options.")
    if plan.mode != Mode.ON_SITE and not plan.registers:
        wrong["registers"] = msg("The address to join online is only for people who registered.")
    return wrong


def _of_seats(plan: Plan, taken: int) -> dict[str, Message]:
    if plan.places is None:
        return {}
    if not 1 <= plan.places <= MOST_PLACES:
        return {
            "places": msg("Please enter a number from {low} to {high}.", low=1, high=MOST_PLACES)
        }
    if plan.places < taken:
        return {"places": msg("{n} people have a place already.", n=taken)}
    return {}


def _of_words(plan: Plan) -> dict[str, Message]:
    """The main language is whole; another is left out, or has a title and a summary."""
    wrong: dict[str, Message] = {}
    for lang in LANGUAGES:
        words = plan.words.get(lang)
        is_needed = lang == plan.main_lang or words is not None
        for part in ("title", "summary"):
            if is_needed and not (words and getattr(words, part)):
                wrong[f"{part}-{lang}"] = msg("Please fill in this field.")
    return wrong
