"""The jury: assigned, declared, scored."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.models import Role
from govmatch.challenges.queries import text_for
from govmatch.demonstration.course.applying import Applied
from govmatch.demonstration.stage import LONG_AGO, Stage, Step, Told
from govmatch.kit.actor import VISITOR, Held
from govmatch.reviews import actions as reviews
from govmatch.reviews.actions.scoring import Sheet
from govmatch.reviews.models import Review
from govmatch.reviews.queries import review_of

DECLARING, ASSIGNING, SCORING, DUE = 12, 13, 15, 17


def seat(stage: Stage, challenge: str, jury: Sequence[Told], *, at: datetime | None = None) -> None:
    """Make everybody whom the file names a reviewer of the challenge, who is not one already.

    They are since `at`, or long ago.
    """
    row = stage.challenge(challenge)
    held = Held(Role.REVIEWER, "challenge", row.id)
    for told in jury:
        if held not in stage.actor(told["person"]).roles:
            give_role(
                stage.session, stage.person(told["person"]), Role.REVIEWER, "challenge", row.id,
                actor=VISITOR, now=at or stage.now - LONG_AGO, real_now=stage.now,
                object_label=text_for(row, "en").title,
            )  # fmt: skip


def declarations(stage: Stage, challenge: str, jury: Sequence[Told]) -> Iterator[Step]:
    """Let those declare their ties who have done so."""
    for told in jury:
        if "declared" in told:
            at = stage.at(told["declared"], DECLARING)
            yield Step(at, partial(_declare, stage, challenge, told))


def _declare(stage: Stage, challenge: str, told: Told, now: datetime) -> None:
    firms = [stage.firm(slug).id for slug in told.get("ties", ())]
    reviews.declare(
        stage.session, stage.challenge(challenge), firm_ids=firms, other_ties="", revision=0,
        actor=stage.actor(told["person"]), now=now, real_now=stage.now,
    )  # fmt: skip


def course(stage: Stage, manager: str, applications: Sequence[Applied]) -> Iterator[Step]:
    """Assign in batches, one for each reviewer and day, and do what each has done so far."""
    batches: dict[tuple[int, str, int], list[Applied]] = defaultdict(list)
    for applied in applications:
        for told in applied.told.get("reviews", ()):
            batches[told["assigned"], told["by"], told["due"]].append(applied)
            yield from _scored(applied, told)
    for (day, by, due), batch in batches.items():
        assign = partial(_assign, stage, manager, batch, by=by, due_at=stage.at(due, DUE))
        yield Step(stage.at(day, ASSIGNING), assign)


def _assign(
    stage: Stage,
    manager: str,
    batch: Sequence[Applied],
    now: datetime,
    *,
    by: str,
    due_at: datetime,
) -> None:
    reviews.assign(
        stage.session, [stage.application(one.challenge, one.firm) for one in batch],
        [stage.person(by)], due_at=due_at,
        actor=stage.actor(manager), now=now, real_now=stage.now,
    )  # fmt: skip


def _scored(applied: Applied, told: Told) -> Iterator[Step]:
    """Save the sheet on its day, and submit it unless the file calls it a draft."""
    if "on" in told:
        yield Step(applied.stage.at(told["on"], SCORING), partial(_score, applied, told))


def _score(applied: Applied, told: Told, now: datetime) -> None:
    stage = applied.stage
    session, actor = stage.session, stage.actor(told["by"])
    sheet = Sheet(
        told["points"], told.get("comments", {}), told.get("comment", ""), told.get("private", "")
    )
    review = _review(applied, told)
    reviews.save(session, review, sheet, revision=review.revision, actor=actor, now=now)
    if not told.get("draft"):
        reviews.submit(session, review, actor=actor, now=now)


def _review(applied: Applied, told: Told) -> Review:
    stage = applied.stage
    application = stage.application(applied.challenge, applied.firm)
    review = review_of(stage.session, application.id, stage.person(told["by"]).id)
    assert review is not None, f"{told['by']} reviews nothing of {applied.firm}"
    return review
