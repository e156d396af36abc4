"""The way of one application, as its firm sees it: what is done, where it stands, what follows.

No internal move shows in it: between the opening and the release there is one step for all.
"""

from datetime import datetime
from enum import StrEnum

from govmatch.applications.models import Application, State
from govmatch.challenges.rules import ended_early
from govmatch.kit.i18n import Message, msg


class Stage(StrEnum):
    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


Step = tuple[Message, Stage, datetime | None]
"""What happens, how far it is, and when it happened or is to happen, where that is known."""

_TAKES_PLACE = frozenset({State.SELECTED, State.CONFIRMED, State.DECLINED})


def way_of(application: Application, now: datetime, *, until: datetime | None) -> list[Step]:
    """Return the steps in their order; at most one of them is the current one.

    `until` is until when the reader can submit. What was withdrawn, and a draft that was not
    submitted in time, has no way any more. Where the challenge ended early, nothing is ahead.
    """
    if application.state == State.WITHDRAWN or _came_too_late(application, now, until):
        return []
    is_submitted = application.state != State.DRAFT
    opened = application.challenge.opened_at
    is_closed = opened is not None or (until is not None and now >= until)
    released = application.decision_released_at
    steps: list[tuple[Message, bool, datetime | None]] = [
        (msg("Written and submitted"), is_submitted, application.submitted_at),
        (msg("Deadline"), is_submitted and is_closed, until),
        (msg("Opened together with all others"), opened is not None, opened),
        *_interview(application, now),
    ]
    if ended_early(application.challenge):
        return _ended(steps, released)
    steps += [
        (msg("Assessed by the published criteria"), released is not None, None),
        (msg("Letter with points and reasons"), released is not None, released),
    ]
    if released is not None and application.state in _TAKES_PLACE:
        is_answered = application.state != State.SELECTED
        steps.append((msg("Your answer"), is_answered, application.confirm_by))
    if released is None:
        steps.append((msg("Pilot, if you are selected"), False, None))
    elif application.state in {State.SELECTED, State.CONFIRMED}:
        steps.append((msg("Pilot"), application.is_pilot_agreed, None))
    return _with_current(steps)


def _ended(
    steps: list[tuple[Message, bool, datetime | None]], released: datetime | None
) -> list[Step]:
    """Return what came about before the challenge ended, and the letter where there was one.

    How far the reviews were then nothing here says, so that they are not told as done.
    """
    told = [
        *(step for step in steps if step[1]),
        (msg("The challenge ended early"), True, None),
        (msg("Letter with the reasons"), released is not None, released),
    ]
    return [(name, Stage.DONE, when) for name, is_done, when in told if is_done]


def _interview(
    application: Application, now: datetime
) -> list[tuple[Message, bool, datetime | None]]:
    """Return the step of an interview, for whoever is or was invited to one."""
    at = application.interview_at
    if at is None and application.interview_until is None:
        return []
    return [(msg("Interview"), at is not None and now >= at, at)]


def _came_too_late(application: Application, now: datetime, until: datetime | None) -> bool:
    return application.state == State.DRAFT and until is not None and now >= until


def _with_current(steps: list[tuple[Message, bool, datetime | None]]) -> list[Step]:
    first = next((place for place, (_, is_done, _) in enumerate(steps) if not is_done), len(steps))
    return [
        (name, Stage.DONE if is_done else Stage.CURRENT if place == first else Stage.AHEAD, when)
        for place, (name, is_done, when) in enumerate(steps)
    ]
