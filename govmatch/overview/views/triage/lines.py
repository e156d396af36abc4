"""Applications as the triage table, the board and the export show them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from govmatch.applications.models import State
from govmatch.applications.showing import STAFF_STATES
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.panels import consensus
from govmatch.reviews import queries as reviews
from govmatch.reviews.rules import jury_of
from govmatch.reviews.showing import points_text
from govmatch.triage.queries import FLAGS, Row, challenge_titles
from govmatch.triage.rules import STEPS
from govmatch.web.visit import Visit

MARKS: Mapping[str, tuple[Message, str]] = {
    "asked": (msg("Firm was asked"), "info"),
    "answered": (msg("Firm has answered"), "warning"),
    "overdue": (msg("Answer overdue"), "danger"),
    "gate_open": (msg("Requirement open"), "warning"),
    "gate_failed": (msg("Requirement not met"), "danger"),
    "late": (msg("With a late code"), "info"),
    "form_changed": (msg("Form amended since"), "warning"),
    "unconfirmed": (msg("Not confirmed after a change"), "warning"),
    "conflict": (msg("Conflict of interest"), "neutral"),
    "note": (msg("With a note"), "neutral"),
}
"""What each of `triage.queries.FLAGS` is called, with the badge."""


FORWARD: Mapping[str, State] = {
    State.SUBMITTED: State.IN_REVIEW,
    State.IN_REVIEW: State.SHORTLISTED,
}
"""What a press of the button on a card does, where nothing else was chosen: never the worst."""


@dataclass(frozen=True)
class Line:
    """One application; `lang` and `challenge_lang` are None where they are the reader's.

    `mean` is a dash where nothing is submitted, and where the reader scores this challenge;
    `consensus` is empty there, and where no jury agreed on it in signed minutes.
    """

    key: str
    url: str
    firm: str
    reference: str
    title: str
    lang: str | None
    challenge: str
    challenge_lang: str | None
    state: str
    label: Message
    kind: str
    submitted_at: datetime
    days: int
    country: str
    handler: str
    marks: list[tuple[Message, str]]
    tags: tuple[str, ...]
    done: int
    assigned: int
    mean: str
    consensus: str
    revision: int

    @property
    def steps(self) -> list[tuple[str, Message]]:
        """Return the states that it can be moved to by hand."""
        return steps_of(self.state)

    @property
    def forward(self) -> str:
        """Return the state that usually follows; empty where none does, so that none is offered."""
        return FORWARD.get(self.state, "")

    @property
    def age(self) -> Message:
        return days_in_words(self.days)


def steps_of(state: str) -> list[tuple[str, Message]]:
    """Return the states to which a manager may move what is in this one, with their names."""
    reachable = STEPS.get(State(state), frozenset())
    return [(one.value, STAFF_STATES[one][0]) for one in State if one in reachable]


def days_in_words(days: int) -> Message:
    return msg("today") if days == 0 else msgn("{n} day", "{n} days", n=days)


def days_since(since: datetime, now: datetime) -> int:
    return max(0, (now - since).days)


def lines_of(visit: Visit, rows: Sequence[Row], people: Mapping[int, str]) -> list[Line]:
    """Return rows in the reader's words; the same number of statements, however many there are."""
    titles = challenge_titles(visit.db, {row.challenge for row in rows}, visit.lang)
    summaries = reviews.summaries(visit.db, [row.id for row in rows]) if rows else {}
    own_juries = jury_of(visit.actor)
    open_ids = [row.id for row in rows if row.challenge_id not in own_juries]
    agreed = consensus.means_of(visit.db, open_ids) if open_ids else {}
    return [
        _line(
            visit,
            row,
            titles.get(row.challenge, (row.challenge, visit.lang)),
            people.get(row.handler_id or 0, ""),
            summaries.get(row.id, reviews.NONE_YET),
            is_shown=row.challenge_id not in own_juries,
            agreed=agreed.get(row.id),
        )
        for row in rows
    ]


def _line(
    visit: Visit,
    row: Row,
    title: tuple[str, str],
    handler: str,
    summary: reviews.Summary,
    *,
    is_shown: bool,
    agreed: float | None,
) -> Line:
    label, kind = STAFF_STATES[row.state]
    return Line(
        key=row.public_id,
        url=visit.url(f"/triage/{row.public_id}"),
        firm=row.firm,
        reference=row.reference,
        title=row.title,
        lang=row.lang if row.lang != visit.lang else None,
        challenge=title[0],
        challenge_lang=title[1] if title[1] != visit.lang else None,
        state=row.state,
        label=label,
        kind=kind,
        submitted_at=row.submitted_at,
        days=days_since(row.state_since, visit.now),
        country=country_name(row.country, visit.lang),
        handler=handler,
        marks=marks_of(row.flags),
        tags=row.tags,
        done=summary.done,
        assigned=summary.assigned,
        mean=points_text(summary.mean if is_shown else None, visit.lang),
        consensus=points_text(agreed, visit.lang) if agreed is not None else "",
        revision=row.revision,
    )


def marks_of(flags: frozenset[str]) -> list[tuple[Message, str]]:
    """Return the marks in their order; what is overdue was asked for, so that is left out.

    That somebody has noted something is for facets and queries alone: most have a note one day.
    """
    shown = flags - ({"asked", "note"} if "overdue" in flags else {"note"})
    return [MARKS[flag] for flag in FLAGS if flag in shown]
