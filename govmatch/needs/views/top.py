"""/needs/top: a firm puts its ten most pressing needs into an order, by buttons or by numbers."""

from collections.abc import Sequence
from dataclasses import replace

from govmatch.kit.actor import No
from govmatch.kit.asking import require
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.needs import actions, queries
from govmatch.needs.forms import read_order
from govmatch.needs.models import RANKED, Need
from govmatch.needs.rules import may_order
from govmatch.needs.survey import TOP, points_of_place
from govmatch.needs.views.frame import PATH, Option, Round, path_of, round_of
from govmatch.needs.wording import shown, title_of
from govmatch.organisations.models import Firm
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

TOP_PATH = f"{PATH}/top"


@dataclass(frozen=True)
class Line:
    """One need in the firm's list."""

    id: str
    place: int
    points: int
    title: str
    lang: str | None
    url: str
    is_gone: bool
    """True where it can no longer be ranked: merged, declined, taken up."""


@dataclass(frozen=True)
class TopPage:
    round: Round
    form: Form
    firm: Firm
    firms: list[tuple[str, str, bool, None]]
    lines: list[Line]
    others: list[Option]
    action: str
    refused: Message | None
    most: int
    list_url: str


def ask(visit: Visit) -> Answer:
    around = round_of(visit, TOP_PATH)
    firm = _firm(visit)
    return _page(visit, around, firm, _listed(visit, around, firm), filled({}))


def _firm(visit: Visit) -> Firm:
    """Return the firm that is asked for, or the first for which the actor writes."""
    firms = queries.writing_firms(visit.db, visit.actor)
    asked = visit.query.one("firm")
    found = next((one for one in firms if one.public_id == asked), firms[0] if firms else None)
    if found is None or (asked and found.public_id != asked):
        raise NotAllowed(msg("Only who leads a firm and its members put needs into an order."))
    return found


def _listed(visit: Visit, around: Round, firm: Firm) -> list[Need]:
    ids = queries.top_of(visit.db, firm, around.programme.id)
    found = queries.by_ids(visit.db, ids, actor=visit.actor)
    return [found[number] for number in ids if number in found]


def _fits(need: Need) -> bool:
    return need.state in RANKED and need.hidden_at is None


def save(visit: WritingVisit) -> Answer:
    """Do what one button says, and keep the new order."""
    around = round_of(visit, TOP_PATH)
    firm = _firm(visit)
    require(
        may_order(visit.actor, firm, queries.rules_of(visit.db, around.programme.id), visit.now)
    )
    before = _listed(visit, around, firm)
    choosable = {one.public_id: one for one in (*before, *_choosable(visit, around))}
    step = visit.form.one("step", "save")
    if step == "add":
        step = f"add:{visit.form.one('need')}"
    ids, form = read_order(visit.form, [one.public_id for one in before], step=step)
    if form.errors:
        return _page(visit, around, firm, before, form, status=422)
    wanted = [choosable[one] for one in ids if one in choosable and _fits(choosable[one])]
    try:
        actions.order(
            visit.session, firm, around.programme, wanted, actor=visit.actor, now=visit.now
        )
    except Invalid as error:
        return _page(visit, around, firm, before, replace(form, errors=error.errors), status=422)
    visit.flash("success", msg("Your order is saved. The ranking follows within a few minutes."))
    return redirect(f"{TOP_PATH}?programme={around.programme.slug}&firm={firm.public_id}")


def _choosable(visit: Visit, around: Round) -> list[Need]:
    """Return what may be given a place, by title."""
    rows = queries.lights(visit.db, around.programme.id, actor=visit.actor)
    states = {state.value for state in RANKED}
    ids = [row.id for row in rows if row.values[1] in states]
    found = queries.by_ids(visit.db, ids, actor=visit.actor).values()
    return sorted(
        (one for one in found if one.hidden_at is None),
        key=lambda one: title_of(one, visit.lang).casefold(),
    )


def _page(
    visit: Visit,
    around: Round,
    firm: Firm,
    listed: Sequence[Need],
    form: Form,
    *,
    status: int = 200,
) -> Answer:
    rules = queries.rules_of(visit.db, around.programme.id)
    ruling = may_order(visit.actor, firm, rules, visit.now)
    there = {one.id for one in listed}
    slug = around.programme.slug
    firms = queries.writing_firms(visit.db, visit.actor)
    values = TopPage(
        round=around,
        form=form,
        firm=firm,
        firms=[
            (
                one.name,
                visit.url(TOP_PATH, programme=slug, firm=one.public_id),
                one is firm or one.id == firm.id,
                None,
            )
            for one in firms
        ]
        if len(firms) > 1
        else [],
        lines=[_line(visit, place, one) for place, one in enumerate(listed, start=1)],
        others=[
            (one.public_id, title_of(one, visit.lang))
            for one in _choosable(visit, around)
            if one.id not in there
        ],
        action=visit.url(TOP_PATH, programme=slug, firm=firm.public_id),
        refused=ruling.reason if isinstance(ruling, No) else None,
        most=TOP,
        list_url=visit.url(PATH, programme=around.slug),
    )
    return page(visit, "needs/top.html", values, status=status)


def _line(visit: Visit, place: int, need: Need) -> Line:
    said = shown(need, visit.lang)
    return Line(
        id=need.public_id,
        place=place,
        points=points_of_place(place),
        title=said.words.title,
        lang=said.lang if said.lang != visit.lang else None,
        url=visit.url(path_of(need)),
        is_gone=not _fits(need),
    )


routes = [
    get(TOP_PATH, ask, settled),
    post(TOP_PATH, save, settled, once=True),
]
