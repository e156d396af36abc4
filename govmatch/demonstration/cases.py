"""The cases of the demonstration, read from its content files and made by the site's own actions.

Each file of content/demonstration/cases tells one challenge from its applications to as far as it
has come. Days are counted from the day of seeding, so -3 is three days before it.
"""

from collections.abc import Iterator

from govmatch.demonstration.course import (
    amending,
    applying,
    asking,
    assessing,
    deciding,
    drafting,
    following,
    gathering,
    interviewing,
    knowing,
    needing,
    piloting,
    reviewing,
    taking_up,
)
from govmatch.demonstration.course.applying import Applied
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.content import Folder, read_yaml

APPLICATIONS = "demonstration/applications.yaml"
CASES = "demonstration/cases"
DRAFTS = "demonstration/drafts.yaml"
NEEDS = "demonstration/needs.yaml"
EVENTS = "demonstration/events.yaml"
QUESTIONS = "demonstration/questions.yaml"
AMENDMENTS = "demonstration/amendments.yaml"
FOLLOWS = "demonstration/follows.yaml"
EXPERTISE = "demonstration/expertise.yaml"


def make(stage: Stage) -> Iterator[Step]:
    """Make everybody whom the cases name, and return what they do, in no order."""
    for told in _read(stage, APPLICATIONS).get("applications", ()):
        applied = Applied(stage, told["challenge"], told)
        applying.join(applied)
        yield from applying.steps(applied)
    for path in sorted((stage.settings.content_dir / CASES).glob("*.yaml")):
        yield from _case(stage, _read(stage, f"{CASES}/{path.name}"))
    yield from drafting.steps(stage, _read(stage, DRAFTS))
    yield from needing.steps(stage, _read(stage, NEEDS))
    yield from gathering.steps(stage, _read(stage, EVENTS))
    yield from asking.steps(stage, _read(stage, QUESTIONS))
    yield from amending.steps(stage, _read(stage, AMENDMENTS))
    yield from following.steps(stage, _read(stage, FOLLOWS))
    yield from knowing.steps(stage, _read(stage, EXPERTISE))


def _read(stage: Stage, path: str) -> Told:
    if not (stage.settings.content_dir / path).is_file():
        return {}
    told: Told = read_yaml(Folder(stage.settings.content_dir).read(path)).data
    return told


def _case(stage: Stage, told: Told) -> Iterator[Step]:
    challenge, manager = told["challenge"], told["manager"]
    applications = [Applied(stage, challenge, one) for one in told["applications"]]
    jury = told.get("jury", ())
    if "written" in told:
        yield from taking_up.steps(stage, challenge, told["written"], jury)
    else:
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
    if "interviews" in told:
        yield from interviewing.steps(stage, challenge, manager, told["interviews"])
    if "decision" in told:
        course = deciding.Course(stage, challenge, told["decision"])
        yield from deciding.steps(course, manager)
    by_firm = {applied.firm: applied for applied in applications}
    for pilot in told.get("pilots", ()):
        yield from piloting.course(by_firm[pilot["firm"]], pilot)
    if "completed" in told:
        yield from piloting.completion(stage, challenge, manager, told["completed"])
