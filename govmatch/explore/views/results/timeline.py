"""One challenge's public story as one line of time, oldest first."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.decisions.models import Kind
from govmatch.decisions.queries import PublicDecision, Story
from govmatch.explore.queries import results
from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.kit.records import dataclass
from govmatch.pilots.queries import PublicPilot
from govmatch.pilots.showing import OUTCOMES
from govmatch.web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened; `kind` is its code in files, `text` the published reasons."""

    at: datetime
    kind: str
    words: Message
    text: str = ""
    text_lang: str | None = None
    """Set where the reasons are not in the reader's language."""
    pilot: str = ""
    firm: str = ""
    subject: str = ""
    state: str = ""
    value: int | None = None
    unit: str = ""


DECISIONS: Mapping[Kind, tuple[str, Message]] = {
    Kind.SELECTION: ("decided", msg("Decided")),
    Kind.SUCCESSION: ("succession", msg("A reserve moved up")),
}
ENDS: Mapping[str, Message] = {
    "completed": msg("Completed"),
    "did_not_proceed": msg("The challenge did not proceed"),
    "cancelled": msg("The challenge was cancelled"),
}


def timeline(
    visit: Visit, challenge: Challenge, story: Story, tried: list[PublicPilot]
) -> list[Happening]:
    """Return everything public that happened up to now; three statements.

    What happened at one instant stands in the order in which a challenge goes its way.
    """
    found = [
        *_dates(challenge, visit.now),
        *_amendments(visit, challenge),
        *_opening(story),
        *(one for said in story.decisions for one in _decision(visit, said)),
        *map(_agreement, tried),
        *_milestones(visit, challenge, tried),
        *(_outcome(visit, pilot) for pilot in tried if pilot.outcome is not None),
        *_end(visit, challenge),
    ]
    return sorted((one for one in found if one.at <= visit.now), key=lambda one: one.at)


def _dates(challenge: Challenge, now: datetime) -> Iterator[Happening]:
    if challenge.published_at is not None:
        yield Happening(at=challenge.published_at, kind="published", words=msg("Published"))
    if challenge.opens is not None:
        yield Happening(at=challenge.opens, kind="opens", words=msg("Open for applications"))
    is_over = challenge.closes is not None and challenge.closes <= now
    if challenge.closes is not None and is_over:
        yield Happening(at=challenge.closes, kind="closes", words=msg("Deadline passed"))


def _amendments(visit: Visit, challenge: Challenge) -> Iterator[Happening]:
    for one in challenges.amendments(visit.db, challenge):
        reason, lang = pick(one.reasons, visit.lang)
        yield Happening(
            at=one.at,
            kind="changed",
            words=msg("Changed"),
            text=reason,
            text_lang=_other(visit, lang),
        )


def _opening(story: Story) -> Iterator[Happening]:
    if story.opened_at is not None and story.applications is not None:
        yield Happening(
            at=story.opened_at,
            kind="opened",
            words=msgn(
                "{n} application was opened", "{n} applications were opened", n=story.applications
            ),
            value=story.applications,
            unit="applications",
        )


def _decision(visit: Visit, said: PublicDecision) -> Iterator[Happening]:
    """Yield a released decision; that nothing follows stands at the end of the story already."""
    if said.kind not in DECISIONS:
        return
    kind, words = DECISIONS[said.kind]
    reasons, lang = pick(said.reasons, visit.lang)
    yield Happening(
        at=said.released_at,
        kind=kind,
        words=words,
        text=reasons,
        text_lang=_other(visit, lang),
    )


def _agreement(pilot: PublicPilot) -> Happening:
    return Happening(
        at=pilot.agreed_at,
        kind="pilot_agreed",
        words=msg("Pilot agreed with {firm}: {title}", firm=pilot.firm, title=pilot.title),
        pilot=pilot.public_id,
        firm=pilot.firm,
        subject=pilot.title,
    )


def _outcome(visit: Visit, pilot: PublicPilot) -> Happening:
    assert pilot.outcome is not None
    reasons, lang = pick(pilot.reasons, visit.lang)
    return Happening(
        at=pilot.outcome_at or pilot.agreed_at,
        kind="outcome",
        words=msg(
            "Outcome of the pilot {title}: {outcome}",
            title=pilot.title,
            outcome=OUTCOMES[pilot.outcome][0],
        ),
        text=reasons,
        text_lang=_other(visit, lang),
        pilot=pilot.public_id,
        firm=pilot.firm,
        subject=pilot.title,
        state=pilot.outcome,
        value=pilot.cost,
        unit=pilot.currency if pilot.cost is not None else "",
    )


def _milestones(
    visit: Visit, challenge: Challenge, tried: list[PublicPilot]
) -> Iterator[Happening]:
    by_id = {pilot.public_id: pilot for pilot in tried}
    for one in results.accepted(visit.db, challenge):
        if one.pilot in by_id:
            yield Happening(
                at=one.at,
                kind="milestone_accepted",
                words=msg(
                    "Milestone {n} of the pilot {pilot} accepted: {title}",
                    n=one.number,
                    pilot=by_id[one.pilot].title,
                    title=one.title,
                ),
                pilot=one.pilot,
                firm=by_id[one.pilot].firm,
                subject=one.title,
                state="accepted",
            )


def _end(visit: Visit, challenge: Challenge) -> Iterator[Happening]:
    ended = results.ends_of(visit.db, [challenge.id]).get(challenge.id)
    if ended is None:
        return
    reasons, lang = pick(challenge.end_reasons, visit.lang)
    yield Happening(
        at=ended[1],
        kind=ended[0],
        words=ENDS[ended[0]],
        text=reasons,
        text_lang=_other(visit, lang) if reasons else None,
    )


def _other(visit: Visit, lang: str) -> str | None:
    return lang if lang != visit.lang else None
