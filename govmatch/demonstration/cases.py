"""The cases of the demonstration, read from its content files and made by the site's own actions.

Each file of content/demonstration/cases tells one challenge from its applications to as far as it
has come. Days are counted from the day of seeding, so -3 is three days before it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from govmatch.challenges.actions.approval import return_, submit_for_approval
from govmatch.challenges.actions.writing import create
from govmatch.challenges.models import Challenge
from govmatch.challenges.statement import Words, statement_of
from govmatch.demonstration.course import applying, assessing, deciding, piloting, reviewing
from govmatch.demonstration.course.applying import Applied
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.content import Folder, read_yaml
from govmatch.kit.i18n import as_lang

APPLICATIONS = "demonstration/applications.yaml"
CASES = "demonstration/cases"
DRAFTS = "demonstration/drafts.yaml"

WRITING = timedelta(hours=5)


def make(stage: Stage) -> Iterator[Step]:
    """Make everybody whom the cases name, and return what they do, in no order."""
    for told in _read(stage, APPLICATIONS).get("applications", ()):
        applied = Applied(stage, told["challenge"], told)
        applying.join(applied)
        yield from applying.steps(applied)
    for path in sorted((stage.settings.content_dir / CASES).glob("*.yaml")):
        yield from _case(stage, _read(stage, f"{CASES}/{path.name}"))
    yield from _drafts(stage)


def _read(stage: Stage, path: str) -> Told:
    if not (stage.settings.content_dir / path).is_file():
        return {}
    told: Told = read_yaml(Folder(stage.settings.content_dir).read(path)).data
    return told


def _case(stage: Stage, told: Told) -> Iterator[Step]:
    challenge, manager = told["challenge"], told["manager"]
    applications = [Applied(stage, challenge, one) for one in told["applications"]]
    jury = told.get("jury", ())
    reviewing.seat(stage, challenge, jury)
    for applied in applications:
        applying.join(applied)
        yield from applying.steps(applied)
        yield from assessing.course(applied, manager)
    if "late_code" in told:
        yield from assessing.late_code(stage, challenge, manager, told["late_code"])
    if "opening" in told:
        yield from assessing.opening(stage, challenge, told["opening"])
    yield from reviewing.declarations(stage, challenge, jury)
    yield from reviewing.course(stage, manager, applications)
    if "decision" in told:
        course = deciding.Course(stage, challenge, told["decision"])
        yield from deciding.steps(course, manager)
    by_firm = {applied.firm: applied for applied in applications}
    for pilot in told.get("pilots", ()):
        yield from piloting.course(by_firm[pilot["firm"]], pilot)
    if "completed" in told:
        yield from piloting.completion(stage, challenge, manager, told["completed"])


def _drafts(stage: Stage) -> Iterator[Step]:
    """Make the challenges that are still being written, by the people who write them."""
    for told in _read(stage, DRAFTS).get("drafts", ()):
        written: list[Challenge] = []
        at = stage.at(told["on"])
        yield Step(at, partial(_write, stage, told, written))
        yield Step(at + WRITING, partial(_hand_in, stage, told, written))
        if "returned" in told:
            returned = told["returned"]
            yield Step(stage.at(returned["on"]), partial(_return, stage, returned, written))


def _write(stage: Stage, told: Told, written: list[Challenge], now: datetime) -> None:
    """Write a challenge that is like another one, in words of its own."""
    author, like = stage.person(told["by"]), stage.challenge(told["like"])
    statement = replace(
        statement_of(like),
        words={lang: Words(**words) for lang, words in told["words"].items()},
        opens=stage.at(10),
        questions_until=stage.at(38, hour=12),
        closes=stage.at(52, hour=12),
        questions=(),
        main_lang=as_lang(author.lang),
    )
    actor = stage.actor(told["by"])
    written.append(create(stage.session, statement, actor=actor, now=now))


def _hand_in(stage: Stage, told: Told, written: list[Challenge], now: datetime) -> None:
    submit_for_approval(
        stage.session, written[0],
        actor=stage.actor(told["by"]), now=now, content_dir=stage.settings.content_dir,
    )  # fmt: skip


def _return(stage: Stage, told: Told, written: list[Challenge], now: datetime) -> None:
    return_(
        stage.session, written[0],
        remarks=told["remarks"], actor=stage.actor(told["by"]), now=now, real_now=stage.now,
    )  # fmt: skip
