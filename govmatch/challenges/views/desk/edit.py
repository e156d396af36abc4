"""/desk/challenges/{slug}/edit: the sections of a draft, and how far each one is."""

from govmatch.challenges import queries, rules
from govmatch.challenges.models import Challenge
from govmatch.challenges.progress import Standing, State, progress
from govmatch.challenges.rules import may_edit
from govmatch.challenges.sections import LABELS, Section
from govmatch.challenges.showing import text_of
from govmatch.challenges.statement import statement_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.kit.asking import require
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

STATES: dict[State, tuple[Message, str]] = {
    State.NOT_STARTED: (msg("Not started"), "neutral"),
    State.INCOMPLETE: (msg("Incomplete"), "warning"),
    State.COMPLETE: (msg("Complete"), "success"),
}


@dataclass(frozen=True)
class Task:
    """One section in the list."""

    label: Message
    url: str
    state: tuple[Message, str]
    lacks: tuple[Message, ...]
    note: Message | None
    remarks: int
    """How many remarks of the approvers on it have no answer."""


@dataclass(frozen=True)
class TasksPage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    path: str
    public_path: str
    tasks: list[Task]
    done: int
    faults: int
    """How many things keep it from being submitted."""
    may_submit: bool
    next: Task | None
    """The first section to go on with."""


def ask(visit: Visit) -> Answer:
    """Show the list of sections of a draft."""
    challenge = challenge_of(visit)
    require(may_edit(visit.actor, challenge))
    statement = statement_of(challenge)
    content_dir = visit.settings.content_dir
    wrong = queries.lacking(visit.db, challenge, now=visit.now, content_dir=content_dir)
    left = queries.outdated(visit.db, challenge)
    standings = progress(statement, wrong, reader=visit.lang, outdated=left)
    open_remarks = [
        one.section
        for one in queries.remarks_of(visit.db, challenge)
        if not (one.is_done or one.note)
    ]
    tasks = [
        _task(visit, challenge, section, standing, open_remarks.count(section.value))
        for section, standing in standings.items()
    ]
    words = text_of(challenge, visit.lang)
    values = TasksPage(
        challenge=challenge,
        title=words.title or challenge.slug,
        lang_of_title=words.lang if words.lang != visit.lang else None,
        path=path_of(challenge),
        public_path=f"/challenges/{challenge.slug}",
        tasks=tasks,
        done=sum(1 for one in standings.values() if one.state is State.COMPLETE),
        faults=len({one.field for one in wrong}),
        may_submit=bool(rules.may_submit_for_approval(visit.actor, challenge)),
        next=next((one for one in tasks if one.remarks or one.lacks), None),
    )
    return page(visit, "challenges/desk/tasks.html", values)


def _task(
    visit: Visit, challenge: Challenge, section: Section, standing: Standing, remarks: int
) -> Task:
    return Task(
        label=LABELS[section],
        url=visit.url(f"{path_of(challenge)}/edit/{section.value}"),
        state=STATES[standing.state],
        lacks=standing.lacks,
        note=standing.note,
        remarks=remarks,
    )


routes = [get("/desk/challenges/{slug}/edit", ask, desk)]
