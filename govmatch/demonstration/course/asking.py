"""Questions about challenges: asked, answered, declined, corrected, and some that wait."""

from collections.abc import Iterator
from dataclasses import field
from datetime import datetime
from functools import partial

from govmatch.challenges.models import Challenge
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.i18n import as_lang
from govmatch.kit.records import dataclass
from govmatch.questions import actions
from govmatch.questions.actions.answering import Reply
from govmatch.questions.models import Question
from govmatch.questions.queries import draft_of

NOON = 12


@dataclass
class Course:
    """The questions of one challenge, by key."""

    stage: Stage
    slug: str
    asked: dict[str, Question] = field(default_factory=dict)

    @property
    def challenge(self) -> Challenge:
        return self.stage.challenge(self.slug)

    def named(self, told: Told) -> list[Question]:
        return [self.asked[key] for key in told["questions"]]


def steps(stage: Stage, told: Told) -> Iterator[Step]:
    """Do what the file says of each challenge's questions, in the order of its days."""
    for one in told.get("questions", ()):
        course = Course(stage, one["challenge"])
        for asked in one["asked"]:
            at = stage.at(asked["on"], asked["hour"])
            yield Step(at, partial(_ask, course, asked))
        for number, act in enumerate(one.get("acts", ())):
            at = stage.at(act["on"], NOON, number)
            yield Step(at, partial(_ACTS[act["act"]], course, act))


def _ask(course: Course, told: Told, now: datetime) -> None:
    stage = course.stage
    course.asked[told["key"]] = actions.ask(
        stage.session, course.challenge, told["text"], lang=as_lang(told["lang"]),
        actor=stage.actor(told["by"]), now=now, real_now=stage.now,
    )  # fmt: skip


def _reply(course: Course, told: Told) -> Reply:
    questions = course.named(told)
    draft = draft_of(questions)
    wordings = {course.asked[key].public_id: words for key, words in told["wordings"].items()}
    return Reply(told["texts"], wordings, draft.revision if draft else 0)


def _save(course: Course, told: Told, now: datetime) -> None:
    stage, actor = course.stage, course.stage.actor(told["by"])
    actions.save_draft(
        stage.session, course.challenge, course.named(told), _reply(course, told),
        actor=actor, now=now,
    )  # fmt: skip


def _publish(course: Course, told: Told, now: datetime) -> None:
    stage, actor = course.stage, course.stage.actor(told["by"])
    actions.publish(
        stage.session, course.challenge, course.named(told), _reply(course, told),
        actor=actor, now=now,
    )  # fmt: skip


def _decline(course: Course, told: Told, now: datetime) -> None:
    stage = course.stage
    (question,) = course.named(told)
    (key,) = told["questions"]
    actions.decline(
        stage.session, question,
        reasons=told["reasons"], shows_reason=told.get("shows_reason", False),
        wordings=told.get("wordings", {}).get(key, {}),
        actor=stage.actor(told["by"]), now=now,
    )  # fmt: skip


def _correct(course: Course, told: Told, now: datetime) -> None:
    stage = course.stage
    answer = draft_of(course.named(told))
    assert answer is not None
    actions.correct(
        stage.session, answer,
        texts=told["texts"], revision=answer.revision, actor=stage.actor(told["by"]), now=now,
    )  # fmt: skip


_ACTS = {"publish": _publish, "save": _save, "decline": _decline, "correct": _correct}
