"""Phases of a programme's file, each checked where it stands."""

import re
from collections.abc import Mapping

from govmatch.kit.content import Place
from govmatch.kit.i18n import msg
from govmatch.programmes.schedule import CALL

MOST_DAYS = 730

_FACTS: Mapping[str, tuple[int, int]] = {
    "number": (0, 30),
    "days": (1, MOST_DAYS),
    "questions_until_day": (1, MOST_DAYS),
    "answers_by_day": (1, MOST_DAYS),
    "keep_at_most": (1, 100),
    "reviews_each": (1, 20),
}
_CLOCKS = ("opens_at", "closes_at")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
ONLY_IN_CALL = ("questions_until_day", "answers_by_day", *_CLOCKS)


def check_phases(place: Place) -> None:
    phases = place.items(low=1, high=20)
    refuse_twins(phases)
    for phase in phases:
        if phase.is_mapping():
            _check_phase(phase)


def phase_ids(place: Place) -> list[str]:
    """Return the ids that phases have, whatever else is wrong with them."""
    phases = place.value if isinstance(place.value, list) else []
    ids = (phase.get("id") for phase in phases if isinstance(phase, Mapping))
    return [found for found in ids if isinstance(found, str)]


def _check_phase(phase: Place) -> None:
    phase.only(("id", "name", "exit", *_FACTS, *_CLOCKS, "asked_again_after_months"))
    phase.needed("id").slug()
    phase.needed("name").texts(limit=120)
    phase.needed("exit").texts(limit=600)
    phase.needed("days")
    found = {key: phase.child(key).whole(low=low, high=high) for key, (low, high) in _FACTS.items()}
    for key in _CLOCKS:
        _check_clock(phase.child(key))
    for month in phase.child("asked_again_after_months").items(low=0, high=10):
        month.whole(low=1, high=120)
    _check_call(phase, found)


def _check_clock(place: Place) -> None:
    if not place.absent and not _CLOCK.fullmatch(str(place.value)):
        place.wrong(
            msg("{value} is no time of day.", value=str(place.value)[:60]),
            msg("Write hours and minutes in quotation marks, as in {example}.", example='"12:00"'),
        )


def _check_call(phase: Place, found: Mapping[str, int | None]) -> None:
    """Note dates of a call that lie outside it, or outside any call."""
    if phase.value.get("id") != CALL:
        for key in ONLY_IN_CALL:
            if not phase.child(key).absent:
                phase.child(key).wrong(
                    msg("Only the open call has this."),
                    msg("Leave it out, or move it to the phase with the id {id}.", id=CALL),
                )
        return
    days, until, answered = (
        found[key] for key in ("days", "questions_until_day", "answers_by_day")
    )
    for key in ("questions_until_day", "answers_by_day"):
        if days and (found[key] or 0) > days:
            phase.child(key).wrong(
                msg("This day lies after the deadline."),
                msg("Give a day of the call, at most {n}.", n=days),
            )
    if until and answered and answered < until:
        phase.child("answers_by_day").wrong(
            msg("Answers are due before the end of questions."),
            msg("Give a day from {n} on.", n=until),
        )


def refuse_twins(places: list[Place]) -> None:
    """Note each id that stands a second time."""
    seen: set[object] = set()
    for place in places:
        found = place.child("id")
        if isinstance(found.value, str) and found.value in seen:
            found.wrong(
                msg("The id {id} stands here a second time.", id=found.value[:60]),
                msg("Give each its own id."),
            )
        seen.add(found.value if isinstance(found.value, str) else None)
