"""/triage/bulk: one act on many; what it will change and what not is shown before it is done."""

from collections import Counter
from collections.abc import Sequence

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import Application
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.overview.views.triage import reviewers, table
from govmatch.overview.views.triage.asked import TABLE, Asked, address, asked_in_form, working
from govmatch.overview.views.triage.choosing import (
    MOST_TO_REVIEW,
    REVIEWERS,
    Wish,
    change_of,
    read_chosen,
    read_seen,
    read_wish,
)
from govmatch.overview.views.triage.doing import handed_to, value_in_words
from govmatch.triage import actions, queries, rules
from govmatch.triage.actions import MOST_AT_ONCE
from govmatch.triage.rules import Change, Kind, Planned
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

MOST_NAMED = 3
MOST_LISTED = 200
"""Lines of each list of a preview; of what is beyond them the numbers are said."""


@dataclass(frozen=True)
class TargetPage:
    """The act is chosen, and it is asked to what; `options` are people or tags."""

    title: Message
    number: int
    act: str
    ids: str
    query: str
    options: list[tuple[str, str]]
    action: str
    back: str
    form: Form


@dataclass(frozen=True)
class Line:
    name: str
    reference: str
    url: str
    before: Message | str
    after: Message | str
    why: Message | None


@dataclass(frozen=True)
class PreviewPage:
    """`changes` and `stays` are the first of so many; `reasons` say of how many stay why."""

    title: Message | str
    changes: list[Line]
    changing: int
    stays: list[Line]
    staying: int
    reasons: list[tuple[Message, int]]
    alert: Message | None
    act: str
    to: str
    seen: str
    ids: str
    query: str
    action: str
    back: str


def bulk(visit: WritingVisit) -> Answer:
    """Ask to what, show what would change, or with the confirmation do it."""
    asked, wish = asked_in_form(visit, visit.form), read_wish(visit)
    if visit.form.one("then") == "change" and wish is not None and wish.act != REVIEWERS:
        if not visit.switching:
            return _change(visit, asked, wish)
        ids = [one.public_id for one in read_seen(visit)]
        return _preview(visit, asked, wish, ids)
    is_assigning = wish is not None and wish.act == REVIEWERS
    most = MOST_TO_REVIEW if is_assigning else MOST_AT_ONCE
    chosen = read_chosen(visit, asked, most=most)
    errors = dict(chosen.errors)
    if wish is None:
        errors["act"] = msg("Please choose what is to be done.")
    if errors or wish is None:
        shown = {} if visit.switching else errors
        form = typed(visit.form, shown)
        return table.shown(visit, asked, form, status=422 if shown else 200)
    if wish.act == REVIEWERS:
        return reviewers.assign(visit, asked, chosen.ids)
    return _preview(visit, asked, wish, chosen.ids)


def _preview(
    visit: WritingVisit,
    asked: Asked,
    wish: Wish,
    ids: Sequence[str],
    *,
    alert: Message | None = None,
    status: int = 200,
) -> Answer:
    try:
        change = change_of(visit, wish)
    except Invalid as error:
        return _target(visit, asked, wish, ids, typed(visit.form, error.errors), status=422)
    if change is None:
        is_asked = visit.form.one("asked") and not visit.switching
        errors = {"to": msg("Please fill in this field.")} if is_asked else {}
        form = typed(visit.form, errors)
        return _target(visit, asked, wish, ids, form, status=422 if errors else 200)
    planned = actions.preview(visit.db, ids, change, actor=visit.actor, real_now=visit.real_now)
    names = _names(visit, planned, change)
    going = [one for one in planned if one.will_change]
    staying = [one for one in planned if not one.will_change]
    seen = (f"{one.case.application.public_id}:{one.case.revision}" for one in going)
    values = PreviewPage(
        title=_title(visit, change),
        changes=[_line(visit, one, change.kind, names) for one in going[:MOST_LISTED]],
        changing=len(going),
        stays=[_line(visit, one, change.kind, names) for one in staying[:MOST_LISTED]],
        staying=len(staying),
        reasons=_reasons(staying),
        alert=alert,
        act=wish.act,
        to=wish.to,
        seen=" ".join(seen),
        ids=" ".join(ids),
        query=asked.query,
        action=visit.url("/triage/bulk"),
        back=address(visit, TABLE, asked),
    )
    return page(visit, "overview/triage/bulk.html", values, status=status, main_form=True)


def _reasons(staying: Sequence[Planned]) -> list[tuple[Message, int]]:
    """Return why some stay as they are, and how many for each, most of them first."""
    told = {one.why.text: one.why for one in staying if one.why is not None}
    counted = Counter(one.why.text for one in staying if one.why is not None)
    return [(told[text], number) for text, number in counted.most_common()]


def _names(visit: Visit, planned: Sequence[Planned], change: Change) -> dict[int, str]:
    if change.kind is not Kind.HANDLER:
        return {}
    ids = {one.case.handler_id for one in planned} | {rules.person_of(change)}
    return names_by_id(visit.db, ids)


def _line(visit: Visit, one: Planned, kind: Kind, names: dict[int, str]) -> Line:
    application = one.case.application
    return Line(
        name=application.firm.name,
        reference=application.reference,
        url=visit.url(f"/triage/{application.public_id}"),
        before=value_in_words(kind, one.before, names),
        after=value_in_words(kind, one.after, names),
        why=one.why,
    )


def _title(visit: Visit, change: Change) -> Message | str:
    match change.kind:
        case Kind.STATE:
            return msg("Move to “{state}”", state=value_in_words(change.kind, change.to, {}))
        case Kind.HANDLER:
            return handed_to(visit, rules.person_of(change))
        case Kind.TAG:
            return msg("Add the tag “{word}”", word=change.to)
    return msg("Remove the tag “{word}”", word=change.to)


def _target(
    visit: WritingVisit,
    asked: Asked,
    wish: Wish,
    ids: Sequence[str],
    form: Form,
    *,
    status: int,
) -> Answer:
    cases = queries.readable_cases(visit.db, visit.actor, ids)
    applications = [one.application for one in cases]
    titles = {
        Kind.HANDLER: msg("Give them to somebody"),
        Kind.TAG: msg("Add a tag"),
        Kind.UNTAG: msg("Remove a tag"),
    }
    options: list[tuple[str, str]] = []
    if wish.act == Kind.HANDLER:
        options = people_options(visit, applications)
    elif wish.act == Kind.UNTAG:
        options = [(word, word) for word in sorted({tag for one in cases for tag in one.tags})]
    values = TargetPage(
        title=titles.get(Kind(wish.act), msg("What will change")),
        number=len(cases),
        act=wish.act,
        ids=" ".join(ids),
        query=asked.query,
        options=options,
        action=visit.url("/triage/bulk"),
        back=address(visit, TABLE, asked),
        form=form,
    )
    return page(visit, "overview/triage/target.html", values, status=status, main_form=True)


def people_options(visit: Visit, applications: Sequence[Application]) -> list[tuple[str, str]]:
    """Return who may look after at least one of the applications."""
    found = queries.possible_handlers(visit.db, applications, real_now=visit.real_now)
    return [(one.public_id, one.name) for one in found]


def _change(visit: WritingVisit, asked: Asked, wish: Wish) -> Answer:
    """Do what was previewed; nothing of it where nothing can be done any more."""
    seen = read_seen(visit)
    ids = [one.public_id for one in seen]
    try:
        change = change_of(visit, wish)
        if change is None:
            return _preview(visit, asked, wish, ids)
        done = actions.apply(
            visit.session, seen, change,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
    except Conflict as error:
        return _preview(visit, asked, wish, ids, alert=error.reason, status=409)
    except Invalid as error:
        return table.shown(visit, asked, typed(visit.form, error.errors), status=422)
    left = len(done.left) + done.gone
    if left:
        visit.flash("warning", _left(done.left, left))
    return redirect(address(visit, TABLE, asked, done=done.move.public_id))


def _left(left: Sequence[Planned], number: int) -> Message:
    """Return how many stay as they are, the first ones by name."""
    names = ", ".join(one.case.application.firm.name for one in left[:MOST_NAMED])
    counted = msgn(
        "{n} application stays as it is: it was changed meanwhile.",
        "{n} applications stay as they are: they were changed meanwhile.",
        n=number,
    )
    return msg("{what} {names}", what=counted, names=names) if names else counted


def to_table(_visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    return redirect(TABLE)


routes = [
    get("/triage/bulk", to_table, working),
    post("/triage/bulk", bulk, working, once=True),
]
