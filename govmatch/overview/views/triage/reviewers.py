"""Assigning reviewers to what was chosen in the triage table, with a preview of each pair."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Person
from govmatch.applications.models import Application
from govmatch.kit.asking import require
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.overview.views.triage.asked import TABLE, Asked, address
from govmatch.reviews import actions as reviewing
from govmatch.reviews import queries as reviews
from govmatch.reviews.queries import Outcome, Plan
from govmatch.reviews.rules import may_assign
from govmatch.reviews.showing import OUTCOMES
from govmatch.triage import queries
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader
from govmatch.web.pages import page
from govmatch.web.visit import Visit, WritingVisit

MOST_SHOWN = 100


@dataclass(frozen=True)
class ReviewersPage:
    """Whom to assign and until when; with a plan, what that will do and what not and why."""

    number: int
    ids: str
    query: str
    people: list[tuple[str, str]]
    action: str
    back: str
    form: Form
    is_planned: bool
    due: datetime | None
    zone: str
    fields: list[tuple[str, str]]
    new: int
    by_person: list[tuple[str, int]]
    counts: list[tuple[Message, int]]
    refused: list[tuple[str, str, Message]]
    refused_count: int


def assign(visit: WritingVisit, asked: Asked, ids: Sequence[str]) -> Answer:
    """Ask whom, show what would come of it, or with the confirmation assign."""
    cases = queries.readable_cases(visit.db, visit.actor, ids)
    applications = [one.application for one in cases]
    for challenge in {one.challenge_id: one.challenge for one in applications}.values():
        require(may_assign(visit.actor, challenge))
    jury = _jury(visit, applications)
    options = [(key, one.name) for key, one in jury.items()]
    page_of = _Page(visit, asked, applications, options)
    reader = Reader(visit.form)
    if not visit.form.one("asked"):
        return page_of.asking(Form())
    keys = reader.several("people", list(jury), required=True)
    due = _due(reader, page_of.zone)
    if due is not None and due <= visit.now:
        reader.wrong("due", msg("Please choose a day that has not passed."))
    if visit.switching and not visit.form.one("previewed"):
        return page_of.asking(replace(reader.form, errors={}))
    if not reader.ok or due is None:
        return page_of.asking(reader.form, status=422)
    chosen = [jury[key] for key in keys]
    if visit.form.one("then") != "assign" or visit.switching:
        plan = reviews.preview(visit.db, applications, chosen, now=visit.real_now)
        return page_of.planned(plan, reader.form, due)
    return _carry_out(visit, page_of, chosen, reader.form, due)


def _carry_out(
    visit: WritingVisit, page_of: "_Page", people: list[Person], form: Form, due: datetime
) -> Answer:
    try:
        plan = reviewing.assign(
            visit.session, page_of.applications, people,
            due_at=due, actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return page_of.asking(replace(form, errors=error.errors), status=422)
    done = msgn("{n} review assigned.", "{n} reviews assigned.", n=len(plan.new))
    visit.flash("success" if plan.new else "info", done)
    return redirect(address(visit, TABLE, page_of.asked))


def _jury(visit: Visit, applications: Sequence[Application]) -> dict[str, Person]:
    """Return who sits on the jury of one of the challenges, by public id, in the order of names."""
    found: dict[str, Person] = {}
    for challenge in {one.challenge_id: one.challenge for one in applications}.values():
        for juror in reviews.jury(visit.db, challenge, now=visit.real_now):
            found[juror.person.public_id] = juror.person
    return dict(sorted(found.items(), key=lambda one: (one[1].name, one[0])))


def _due(reader: Reader, zone: str) -> datetime | None:
    """Return the end of the chosen day in a zone."""
    day = reader.day("due")
    if day is None:
        return None
    return datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class _Page:
    visit: Visit
    asked: Asked
    applications: list[Application]
    options: list[tuple[str, str]]

    @property
    def zone(self) -> str:
        """The zone of the challenges where they share one, else the reader's."""
        zones = {one.challenge.zone for one in self.applications}
        return zones.pop() if len(zones) == 1 else self.visit.zone

    def asking(self, form: Form, *, status: int = 200) -> Answer:
        return self._answer(form, None, None, status=status)

    def planned(self, plan: Plan, form: Form, due: datetime) -> Answer:
        return self._answer(form, plan, due, status=200)

    def _answer(
        self, form: Form, plan: Plan | None, due: datetime | None, *, status: int
    ) -> Answer:
        visit = self.visit
        pairs = plan.refused if plan else []
        counts = Counter(one.outcome for one in pairs)
        by_person = Counter(one.person.name for one in plan.new) if plan else Counter()
        values = ReviewersPage(
            number=len(self.applications),
            ids=" ".join(one.public_id for one in self.applications),
            query=self.asked.query,
            people=self.options,
            action=visit.url("/triage/bulk"),
            back=address(visit, TABLE, self.asked),
            form=form,
            is_planned=plan is not None,
            due=due,
            zone=self.zone,
            fields=[
                *(("people[]", key) for key in form.chosen("people") if key),
                ("due", form.value("due")),
            ],
            new=len(plan.new) if plan else 0,
            by_person=sorted(by_person.items()),
            counts=[(OUTCOMES[one], counts[one]) for one in Outcome if counts[one]],
            refused=[
                (one.application.firm.name, one.person.name, OUTCOMES[one.outcome])
                for one in pairs[:MOST_SHOWN]
            ],
            refused_count=len(pairs),
        )
        template = "overview/triage/reviewers.html"
        return page(visit, template, values, status=status, main_form=True)
