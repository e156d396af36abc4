"""Decisions: prepared, proposed, confirmed by a second person, read, released."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.decisions import actions, queries
from govmatch.decisions.models import Decision, Outcome
from govmatch.decisions.queries.letters import letters_of
from govmatch.decisions.standing import Choice
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.records import dataclass

BEGINNING, PROPOSING, CONFIRMING, READING, RELEASING = 9, 10, 11, 13, 14


@dataclass(frozen=True)
class Course:
    """What a file tells of the decision about one challenge."""

    stage: Stage
    slug: str
    told: Told

    @property
    def challenge(self) -> Challenge:
        return self.stage.challenge(self.slug)

    @property
    def last(self) -> Decision:
        return queries.decisions_of(self.stage.session, self.challenge)[-1]

    def application(self, firm: str) -> Application:
        return self.stage.application(self.slug, firm)


def steps(course: Course, manager: str) -> Iterator[Step]:
    """Take a selection, or the end of a challenge that does not proceed, to its release."""
    for name, hour, act in (
        ("begun", BEGINNING, _begin),
        ("proposed", PROPOSING, _propose),
        ("ended", PROPOSING, _propose_ending),
        ("confirmed", CONFIRMING, _confirm),
        ("read", READING, _read),
        ("released", RELEASING, _release),
    ):
        if name in course.told:
            entry = course.told[name]
            at = course.stage.at(entry["on"], hour)
            yield Step(at, partial(act, course, entry.get("by", manager)))


def _begin(course: Course, by: str, now: datetime) -> None:
    """Prepare the whole proposal: who is selected, why, and what each firm is told."""
    session, actor = course.stage.session, course.stage.actor(by)
    decision = actions.begin(session, course.challenge, actor=actor, now=now)
    proposal = actions.Proposal(
        choices={
            course.application(firm).public_id: _choice(outcome)
            for firm, outcome in course.told["outcomes"].items()
        },
        reasons=course.told["reasons"],
        deviation=course.told.get("deviation", ""),
        confirm_days=course.told.get("days", 14),
    )
    actions.save(session, decision, proposal, revision=decision.revision, actor=actor, now=now)
    lines = queries.determinations_of(session, decision)
    for firm, reasons in course.told.get("written", {}).items():
        line = lines[course.application(firm).id]
        actions.save_reasons(
            session, decision, line, {**line.reasons, **reasons},
            revision=line.revision, actor=actor, now=now,
        )  # fmt: skip


def _choice(said: str) -> Choice:
    """Return what a word such as selected or «reserve 2» says."""
    outcome, _, place = said.partition(" ")
    return Choice(Outcome(outcome), int(place) if place else None)


def _propose(course: Course, by: str, now: datetime) -> None:
    decision = course.last
    actions.propose(
        course.stage.session, decision, revision=decision.revision,
        actor=course.stage.actor(by), now=now,
    )  # fmt: skip


def _propose_ending(course: Course, by: str, now: datetime) -> None:
    actions.propose_ending(
        course.stage.session, course.challenge, reasons=course.told["reasons"],
        actor=course.stage.actor(by), now=now,
    )  # fmt: skip


def _confirm(course: Course, by: str, now: datetime) -> None:
    decision = course.last
    actions.confirm(
        course.stage.session, decision, revision=decision.revision,
        actor=course.stage.actor(by), now=now, real_now=course.stage.now,
    )  # fmt: skip


def _read(course: Course, by: str, now: datetime) -> None:
    """Mark every letter as read."""
    decision = course.last
    letters = letters_of(course.stage.session, decision)
    revisions = [(letter.public_id, letter.revision) for letter in letters]
    actions.check_several(
        course.stage.session, decision, revisions, actor=course.stage.actor(by), now=now
    )


def _release(course: Course, by: str, now: datetime) -> None:
    actions.release(
        course.stage.session, course.last,
        actor=course.stage.actor(by), now=now, real_now=course.stage.now,
    )  # fmt: skip
