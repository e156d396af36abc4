"""/admin/retention: how long what is kept, what a run would delete now, and having it run."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.privacy import actions, queries, rules
from govmatch.privacy.forms import read_kind
from govmatch.privacy.periods import FIXED, PERIODS, Fixed, Kind, days
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/retention"
administrator = holder_of(Role.ADMINISTRATOR)


@dataclass(frozen=True)
class PeriodLine:
    """`due` is how many would go now."""

    kind: str
    what: Message
    length: Message
    from_when: Message
    deleted: Message
    setting: str
    due: int


@dataclass(frozen=True)
class RunLine:
    at: datetime
    what: Message
    number: int
    by: Message | str


@dataclass(frozen=True)
class RetentionPage:
    lines: list[PeriodLine]
    fixed: tuple[Fixed, ...]
    runs: list[RunLine]
    is_automatic: bool
    action: str


def show(visit: Visit) -> Answer:
    """Show the periods with a dry run of each: nothing is deleted by looking."""
    rows = queries.runs(visit.db)
    names = names_by_id(visit.db, (row.by for row in rows))
    values = RetentionPage(
        lines=[_line(visit, kind) for kind in Kind],
        fixed=FIXED,
        runs=[
            RunLine(
                row.at,
                PERIODS[Kind(row.kind)].what,
                row.number,
                names.get(row.by, "") if row.by else msg("by itself, at night"),
            )
            for row in rows
        ],
        is_automatic=visit.settings.retention_runs,
        action=visit.url(f"{PATH}/run"),
    )
    return page(visit, "privacy/retention.html", values)


def _line(visit: Visit, kind: Kind) -> PeriodLine:
    period = PERIODS[kind]
    found = queries.due(
        visit.db, kind, settings=visit.settings, now=visit.now, real_now=visit.real_now
    )
    return PeriodLine(
        kind=kind.value,
        what=period.what,
        length=length_text(days(kind, visit.settings)),
        from_when=period.from_when,
        deleted=period.deleted,
        setting=f"GOVMATCH_{period.setting.upper()}" if period.setting else "",
        due=len(found),
    )


def length_text(kept: int | None) -> Message:
    """Return a period in words; None is what the programme of each case says, 0 is for ever."""
    if kept is None:
        return msg("as the programme says, never shorter than the law")
    if kept == 0:
        return msg("not deleted by time")
    return msgn("{n} day", "{n} days", n=kept)


def run(visit: WritingVisit) -> Answer:
    """Delete now what is due of one kind."""
    require(rules.may_run_retention(visit.actor))
    kind = read_kind(visit.form)
    if kind is None:
        raise NotFound
    number = actions.run(
        visit.session,
        kind,
        settings=visit.settings,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash(
        "success", msgn("{n} entry was dealt with.", "{n} entries were dealt with.", n=number)
    )
    return redirect(PATH)


routes = [get(PATH, show, administrator), post(f"{PATH}/run", run, administrator)]
