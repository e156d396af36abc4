"""/account/erasure: what is erased, what has to be kept and until when; asking, taking back."""

from dataclasses import replace
from datetime import datetime

from govmatch.kit.actor import No
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations import queries as organisations
from govmatch.privacy import actions, queries, rules
from govmatch.privacy.forms import read_erasure
from govmatch.privacy.models import Why
from govmatch.privacy.telling import ERASURE_PATH, NAMES, REASONS, count_text, until_text
from govmatch.privacy.views.frame import Tab, first_show_who, own_person, shown_who, tabs
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class KeptLine:
    what: Message
    count: Message | None
    why: Message
    until: str


@dataclass(frozen=True)
class ErasurePage:
    tabs: list[Tab]
    form: Form
    kept: list[KeptLine]
    closes: list[str]
    """Firms that nobody belongs to afterwards."""
    refused: Message | None
    due_at: datetime | None
    is_unused: bool
    """It is to come since nobody has signed in, not since its person asked."""
    days: int


def show(visit: Visit) -> Answer:
    return _page(visit, filled({}))


def _page(visit: Visit, form: Form, *, status: int = 200) -> Answer:
    person = own_person(visit)
    coming = queries.open_erasure(visit.db, person.id)
    values = ErasurePage(
        tabs=tabs(visit),
        form=form,
        kept=[
            KeptLine(
                NAMES[one.what],
                count_text(one),
                REASONS[one.what],
                until_text(one, visit.lang, visit.zone),
            )
            for one in queries.kept_of(visit.db, person.id)
        ],
        closes=_closing(visit),
        refused=_refused(visit),
        due_at=coming.due_at if coming else None,
        is_unused=coming is not None and coming.why == Why.IDLE,
        days=visit.settings.erasure_days,
    )
    return page(visit, "privacy/erasure.html", values, status=status, main_form=coming is None)


def _closing(visit: Visit) -> list[str]:
    """Return the names of the firms that only this person belongs to."""
    return [
        firm.name
        for firm in organisations.own_firms(visit.db, visit.actor)
        if not any(
            member.person.id != visit.actor.person_id and member.person.disabled_at is None
            for member in organisations.members_of(visit.db, firm, real_now=visit.real_now)
        )
    ]


def _refused(visit: Visit) -> Message | None:
    person = own_person(visit)
    is_only = queries.is_only_administrator(visit.db, person.id, real_now=visit.real_now)
    ruling = rules.may_be_erased(visit.actor, person.id, is_only_administrator=is_only)
    return ruling.reason if isinstance(ruling, No) else None


def ask(visit: WritingVisit) -> Answer:
    if not shown_who(visit):
        return first_show_who(ERASURE_PATH)
    sure, form = read_erasure(visit.form)
    if visit.switching:
        return _page(visit, replace(form, errors={}))
    if not sure:
        return _page(visit, form, status=422)
    actions.ask_erasure(
        visit.session,
        own_person(visit).id,
        settings=visit.settings,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("Your data will be erased. Until then you can stop it here."))
    return redirect(ERASURE_PATH)


def take_back(visit: WritingVisit) -> Answer:
    erasure = queries.open_erasure(visit.session, own_person(visit).id)
    if erasure is None:
        raise NotFound
    actions.take_back(
        visit.session, erasure, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("Nothing is erased. Your account stays as it is."))
    return redirect(ERASURE_PATH)


routes = [
    get(ERASURE_PATH, show, settled),
    post(ERASURE_PATH, ask, settled, once=True),
    post(f"{ERASURE_PATH}/take-back", take_back, settled),
]
