"""What a firm does next with its application: its sections, and the buttons at the top."""

from datetime import datetime

from govmatch.applications import call
from govmatch.applications.models import ASSESSING, Application, State
from govmatch.applications.showing import PROGRESS, ends_unanswered
from govmatch.applications.views.changes import Changes
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Progress, marked, progress, text_for
from govmatch.web.visit import Visit

INTERVIEW = "/interview"


@dataclass(frozen=True)
class Task:
    title: str
    url: str
    state: Message
    kind: str
    is_optional: bool
    saved_at: datetime | None
    saved_by: str
    """A colleague's name; empty where the reader saved it last."""


def tasks_of(visit: Visit, application: Application, names: dict[int, str]) -> list[Task]:
    """Return the sections of its form, each with how far it is and who saved it last."""
    here, lang = f"/applications/{application.public_id}", visit.lang
    tasks = []
    for part in progress(call.form(application.challenge), application.answers):
        is_untouched = part.state is Progress.NOT_STARTED and not part.required
        state, kind = (msg("Optional"), "neutral") if is_untouched else PROGRESS[part.state]
        entry = application.saved.get(part.section.id, {})
        saver = entry.get("by", 0)
        tasks.append(
            Task(
                title=marked(text_for(part.section.title, lang), lang),
                url=visit.url(f"{here}/sections/{part.section.id}"),
                state=state,
                kind=kind,
                is_optional=not part.required,
                saved_at=datetime.fromisoformat(entry["at"]) if entry else None,
                saved_by=names.get(saver, "") if saver != visit.actor.person_id else "",
            )
        )
    return tasks


def buttons(
    visit: Visit,
    application: Application,
    first: tuple[Message, str] | None,
    *,
    has_unread_letter: bool,
) -> list[tuple[Message, str, str]]:
    """Return what can be done next, the first one pressed most.

    After the release that is the letter; read, it gives way to the answer that it asks for.
    """
    found = [first] if first is not None else []
    if application.decision_released_at is not None:
        letter = (msg("Read the letter"), "/letters")
        asks_next = application.state == State.SELECTED and not has_unread_letter
        found = [*found, letter] if asks_next else [letter, *found]
    here = f"/applications/{application.public_id}"
    return [
        (label, visit.url(here + end), "secondary" if place else "primary")
        for place, (label, end) in enumerate(found)
    ]


def interview_button(
    application: Application, now: datetime, *, leads: bool
) -> tuple[Message, str] | None:
    """Return the button of an interview to book or to come to; None without one."""
    at, until = application.interview_at, application.interview_until
    if application.decision_released_at is not None or application.state not in ASSESSING:
        return None
    if ends_unanswered(application):
        return None
    if at is None and until is not None and now < until and leads:
        return msg("Book your interview"), INTERVIEW
    if until is not None and (at is None or now < at):
        return msg("See your interview"), INTERVIEW
    return None


def first_button(
    application: Application,
    tasks: list[Task],
    *,
    can_save: bool,
    is_changed: bool,
    changes: Changes | None = None,
) -> tuple[Message, str] | None:
    """Return the one button and where below the application it leads; None with nothing to do."""
    if application.state == State.SELECTED and application.decision_released_at is not None:
        return msg("Say whether you take part"), "/answer"
    if application.state == State.INCOMPLETE and not ends_unanswered(application):
        return msg("See what is missing"), "/requests"
    if not can_save:
        return msg("Read the answers"), "/check"
    if application.state != State.SUBMITTED or (changes is not None and changes.is_incomplete):
        return _unfinished(application, tasks)
    if is_changed:
        return msg("Check and submit again"), "/check"
    asks = changes is not None and changes.can_confirm
    return (msg("Read what changed"), "#changes") if asks else None


def _unfinished(application: Application, tasks: list[Task]) -> tuple[Message, str]:
    sections = call.form(application.challenge).sections
    for section, task in zip(sections, tasks, strict=True):
        if task.kind != "success" and not task.is_optional:
            is_begun = any(one.kind != "neutral" for one in tasks)
            label = msg("Continue") if is_begun else msg("Begin")
            return label, f"/sections/{section.id}"
    return msg("Check and submit"), "/check"
