"""What is done to one application on its triage page or on its card of the board.

Each form carries the revision that its page showed. Where somebody else has changed the application
since, nothing is overwritten: the answer is the page as it stands now, with what was typed (409).
"""

from collections.abc import Callable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from govmatch.applications.models import Application, State
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.overview.queries.triage import people_by_key
from govmatch.overview.views.triage.asked import (
    BOARD,
    NOBODY,
    address,
    asked_in_form,
    working,
)
from govmatch.overview.views.triage.one import Part, shown
from govmatch.triage import actions, queries
from govmatch.triage.models import Move
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, clean_text, typed
from govmatch.web.routes import Route, get, post
from govmatch.web.visit import Visit, WritingVisit

HERE = "/triage/{id}"

Act = Callable[[WritingVisit, Application], Move | Message]
"""Does it; gives the act that can be undone, or the words that it is done."""


def _doing(act: Act, part: Part = Part.WORK) -> Callable[[WritingVisit], Answer]:
    """Return a view that does an act, or shows the page again with what was wrong."""

    def view(visit: WritingVisit) -> Answer:
        application = queries.get_to_change(visit.session, visit.actor, visit.params["id"])
        if visit.switching:
            return shown(visit, application, part, typed(visit.form))
        try:
            done = act(visit, application)
        except Invalid as error:
            form = Form(typed(visit.form).values, error.errors)
            return shown(visit, application, part, form, status=422)
        except Conflict as error:
            form = typed(visit.form)
            return shown(visit, application, part, form, changed=error.reason, status=409)
        return _after(visit, application, part, done)

    view.__doc__ = act.__doc__
    return view


def _after(
    visit: WritingVisit, application: Application, part: Part, done: Move | Message
) -> Answer:
    path = f"/triage/{application.public_id}"
    if not isinstance(done, Move):
        visit.flash("success", done)
        return redirect(visit.url(path, show=part.value or None))
    if visit.form.one("board"):
        asked = asked_in_form(visit, visit.form)
        return redirect(address(visit, BOARD, asked, done=done.public_id))
    return redirect(visit.url(path, done=done.public_id))


def _revision(visit: WritingVisit) -> int:
    text = visit.form.one("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def move(visit: WritingVisit, application: Application) -> Move:
    """Put it into another state."""
    to = Reader(visit.form).choice("state", [one.value for one in State])
    if not to:
        raise Invalid({"state": msg("Please choose one of the options.")})
    return actions.move(
        visit.session, application, State(to),
        revision=_revision(visit), actor=visit.actor, now=visit.now,
    )  # fmt: skip


def assign(visit: WritingVisit, application: Application) -> Move:
    """Give it to somebody, or to nobody."""
    key = visit.form.one("person")
    people = people_by_key(visit.db, [key]) if key not in {"", NOBODY} else {}
    if not key or (key != NOBODY and key not in people):
        raise Invalid({"person": msg("Please choose one of the options.")})
    return actions.assign(
        visit.session, application, people.get(key),
        revision=_revision(visit), actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip


def tag(visit: WritingVisit, application: Application) -> Move:
    """Put a word on it."""
    return actions.tag(
        visit.session, application, clean_text(visit.form.one("tag"), lines=False),
        revision=_revision(visit), actor=visit.actor, now=visit.now,
    )  # fmt: skip


def untag(visit: WritingVisit, application: Application) -> Move:
    """Take a word off it."""
    return actions.untag(
        visit.session, application, visit.form.one("word"),
        revision=_revision(visit), actor=visit.actor, now=visit.now,
    )  # fmt: skip


def rule_gate(visit: WritingVisit, application: Application) -> Message:
    """Keep what was found about a requirement."""
    kind = visit.params["kind"]
    reader = Reader(visit.form)
    met = reader.choice(f"met-{kind}", ["yes", "no"])
    if not reader.ok:
        raise Invalid(reader.errors)
    try:
        actions.rule_gate(
            visit.session, application, kind,
            is_met=met == "yes",
            evidence=clean_text(visit.form.one(f"evidence-{kind}"), lines=True),
            revision=_revision(visit), actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        raise Invalid({f"evidence-{kind}": error.errors["evidence"]}) from error
    return msg("What you found is kept.")


def ask(visit: WritingVisit, application: Application) -> Message:
    """Ask the firm for what is missing, until the end of a day."""
    reader = Reader(visit.form)
    due = _end_of(reader, application.challenge.zone)
    if due is None:
        raise Invalid(reader.errors)
    actions.ask(
        visit.session, application, clean_text(visit.form.one("text"), lines=True),
        due_at=due, revision=_revision(visit), actor=visit.actor, now=visit.now,
    )  # fmt: skip
    return msg("The firm is asked. It is told by mail that there is a request.")


def _end_of(reader: Reader, zone: str) -> datetime | None:
    day = reader.day("due")
    if day is None:
        return None
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def settle(visit: WritingVisit, application: Application) -> Message:
    """Say whether what was missing is there now."""
    asked = queries.get_request(
        visit.session, visit.actor, application.public_id, visit.params["request"]
    )
    reader = Reader(visit.form)
    mended = reader.choice("mended", ["yes", "no"])
    if not reader.ok:
        raise Invalid(reader.errors)
    actions.settle(
        visit.session, asked,
        is_mended=mended == "yes", revision=_revision(visit), actor=visit.actor, now=visit.now,
    )  # fmt: skip
    return msg("The request is settled.")


def add_note(visit: WritingVisit, application: Application) -> Message:
    """Keep an internal note."""
    text = clean_text(visit.form.one("note"), lines=True)
    actions.add_note(visit.session, application, text, actor=visit.actor, now=visit.now)
    return msg("Your note is kept.")


def delete_note(visit: WritingVisit, application: Application) -> Message:
    """Empty a note."""
    note = queries.get_note(visit.session, application, visit.params["note"])
    actions.delete_note(visit.session, application, note, actor=visit.actor, now=visit.now)
    return msg("The note is deleted. That there was one stays.")


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    application = queries.get_readable(visit.db, visit.actor, visit.params["id"])
    part = Part.NOTES if "/notes" in visit.path else Part.WORK
    return redirect(visit.url(f"/triage/{application.public_id}", show=part.value or None))


_ACTS: tuple[tuple[str, Act, Part], ...] = (
    ("move", move, Part.WORK),
    ("assign", assign, Part.WORK),
    ("tag", tag, Part.WORK),
    ("untag", untag, Part.WORK),
    ("gates/{kind}", rule_gate, Part.WORK),
    ("requests", ask, Part.WORK),
    ("requests/{request}/settle", settle, Part.WORK),
    ("notes", add_note, Part.NOTES),
    ("notes/{note}/delete", delete_note, Part.NOTES),
)


def _routes() -> list[Route]:
    found: list[Route] = []
    for path, act, part in _ACTS:
        found.append(get(f"{HERE}/{path}", to_page, working))
        found.append(post(f"{HERE}/{path}", _doing(act, part), working, once=True))
    return found


routes = _routes()
