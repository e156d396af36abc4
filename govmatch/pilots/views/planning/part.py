"""One milestone or key figure of a plan: added, changed or taken out, always in the same way."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from govmatch.kit.asking import require
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.pilots import actions, rules, units
from govmatch.pilots.forms import read_revision
from govmatch.pilots.models import Kpi, Milestone, Pilot
from govmatch.pilots.showing import path_of
from govmatch.pilots.views.frame import (
    LANGUAGE_NAMES,
    Head,
    Trouble,
    head_of,
    pilot_of,
    trouble_with,
)
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import Route, get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

PATH = "/pilots/{id}/plan"
CONFLICT = 409
Kept = list[tuple[Message, str]]
"""What is kept, line by line, as it is shown to whoever typed something else meanwhile."""

Row = TypeVar("Row", Milestone, Kpi)
Data = TypeVar("Data")


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[Row, Data]):
    """In what milestones and key figures differ; `None` stands for one that is to be added."""

    folder: str
    """How its addresses go on after that of the plan."""
    word: str
    """What its part of the address is called."""
    template: str
    get: Callable[[ReadSession, Pilot, str], Row]
    form: Callable[[Visit, Row], Form]
    read: Callable[[WritingVisit, Pilot], tuple[Data | None, Form]]
    keep: Callable[[WritingVisit, Pilot, Row | None, Data], object]
    """Raises `Invalid` and `Conflict` as the actions do."""
    kept: Callable[[Visit, Row], Kept]
    rest: Callable[[Visit, Pilot, Row | None], int]
    """What is left of the budget for it."""


@dataclass(frozen=True)
class PartPage:
    """One milestone or key figure; `is_new` for one that is to be added."""

    head: Head
    action: str
    revision: int
    is_new: bool
    currency: str
    rest: int
    """What is left of the budget for this milestone."""
    starts: date
    ends: date
    units: list[tuple[str, Message]]
    languages: list[tuple[str, str]]
    saved: Kept
    """What is kept now, where it changed while somebody typed."""
    form: Form
    alert: Message | None


def pilot_to_plan(visit: Visit) -> Pilot:
    """Return the pilot of the address for those who may write its plan now."""
    pilot = pilot_of(visit)
    require(rules.may_write_plan(visit.actor, pilot))
    return pilot


def saved(visit: WritingVisit, pilot: Pilot) -> Answer:
    visit.flash("success", msg("Saved. Both sides agree to the plan as it is now."))
    return redirect(f"{path_of(pilot)}/plan")


def routes_of(kind: Kind[Row, Data]) -> list[Route]:
    """Return the addresses of one kind: a new one, and each that there is."""

    def ask(visit: Visit) -> Answer:
        return _page(visit, kind, pilot_to_plan(visit), None, Trouble(filled({}), 200))

    def add(visit: WritingVisit) -> Answer:
        return _save(visit, kind, pilot_to_plan(visit), None)

    def show(visit: Visit) -> Answer:
        pilot, row = _found(visit, kind)
        return _page(visit, kind, pilot, row, Trouble(kind.form(visit, row), 200))

    def change(visit: WritingVisit) -> Answer:
        """Keep what was typed, or take it out of the plan."""
        pilot, row = _found(visit, kind)
        act = _remove if visit.form.one("act") == "remove" else _save
        return act(visit, kind, pilot, row)

    new, one = f"{PATH}/{kind.folder}/new", f"{PATH}/{kind.folder}/{{{kind.word}}}"
    return [
        get(new, ask, signed_in),
        post(new, add, signed_in, once=True),
        get(one, show, signed_in),
        post(one, change, signed_in, once=True),
    ]


def _found(visit: Visit, kind: Kind[Row, Data]) -> tuple[Pilot, Row]:
    pilot = pilot_to_plan(visit)
    return pilot, kind.get(visit.db, pilot, visit.params[kind.word])


def _save(visit: WritingVisit, kind: Kind[Row, Data], pilot: Pilot, row: Row | None) -> Answer:
    data, form = kind.read(visit, pilot)
    if visit.switching:
        return _page(visit, kind, pilot, row, Trouble(Form(form.values), 200))
    if data is None:
        return _page(visit, kind, pilot, row, Trouble(form, 422))
    try:
        kind.keep(visit, pilot, row, data)
    except (Invalid, Conflict) as error:
        return _page(visit, kind, pilot, row, trouble_with(form, error))
    return saved(visit, pilot)


def _remove(visit: WritingVisit, kind: Kind[Row, Data], pilot: Pilot, row: Row) -> Answer:
    try:
        actions.remove_from_plan(
            visit.session, pilot, row, revision=read_revision(visit.form),
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Conflict as error:
        return _page(visit, kind, pilot, row, trouble_with(kind.form(visit, row), error))
    return saved(visit, pilot)


def _page(
    visit: Visit, kind: Kind[Row, Data], pilot: Pilot, row: Row | None, trouble: Trouble
) -> Answer:
    end = f"{kind.folder}/{row.public_id if row else 'new'}"
    values = PartPage(
        head=head_of(visit, pilot),
        action=visit.url(f"{path_of(pilot)}/plan/{end}"),
        revision=pilot.revision,
        is_new=row is None,
        currency=pilot.currency,
        rest=kind.rest(visit, pilot, row),
        starts=pilot.starts,
        ends=pilot.ends,
        units=[(unit.code, unit.label) for unit in units.UNITS.values()],
        languages=LANGUAGE_NAMES,
        saved=kind.kept(visit, row) if row is not None and trouble.status == CONFLICT else [],
        form=trouble.form,
        alert=trouble.alert,
    )
    return page(visit, kind.template, values, status=trouble.status, main_form=True)
