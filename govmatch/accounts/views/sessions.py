"""Where one is signed in, and ending it there."""

from datetime import datetime

from govmatch.accounts import actions, queries
from govmatch.accounts.browsers import browser_name
from govmatch.accounts.models import SessionRow
from govmatch.accounts.views.fresh import first_show_who, is_fresh
from govmatch.accounts.views.landing import own_session
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.web.answers import SIGN_OUT, Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

PATH = "/account/sessions"


@dataclass(frozen=True)
class SessionLine:
    public_id: str
    browser: Message | str
    since: datetime
    last_used: datetime
    is_this: bool


@dataclass(frozen=True)
class SessionsPage:
    sessions: list[SessionLine]


def show(visit: Visit) -> Answer:
    person = own_session(visit).person
    rows = queries.live_sessions(visit.db, person, now=visit.real_now)
    values = SessionsPage([_line(row, visit.actor.session_id) for row in rows])
    return page(visit, "accounts/sessions.html", values)


def _line(row: SessionRow, this: int | None) -> SessionLine:
    return SessionLine(
        public_id=row.public_id,
        browser=_browser(row.user_agent),
        since=row.created_at,
        last_used=row.last_used_at,
        is_this=row.id == this,
    )


def _browser(user_agent: str) -> Message | str:
    browser, system = browser_name(user_agent)
    if browser and system:
        return msg("{browser} on {system}", browser=browser, system=system)
    return browser or system or msg("Unknown browser")


def end(visit: WritingVisit) -> Answer:
    """End one of one's own sessions; the present one is signed out of."""
    person = own_session(visit).person
    rows = queries.live_sessions(visit.session, person, now=visit.real_now)
    row = next((one for one in rows if one.public_id == visit.params["public_id"]), None)
    if row is None:
        raise NotFound
    if row.id == visit.actor.session_id:
        actions.sign_out(visit.session, actor=visit.actor, now=visit.now, real_now=visit.real_now)
        return redirect("/", session=SIGN_OUT)
    if not is_fresh(visit):
        return first_show_who(PATH)
    actions.end_session(
        visit.session, row, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("You are signed out there."))
    return redirect(PATH)


def end_others(visit: WritingVisit) -> Answer:
    if not is_fresh(visit):
        return first_show_who(PATH)
    count = actions.end_other_sessions(
        visit.session, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash(
        "success",
        msgn(
            "You are signed out in {n} other place.",
            "You are signed out in {n} other places.",
            n=count,
        ),
    )
    return redirect(PATH)


routes = [
    get(PATH, show, settled),
    post(f"{PATH}/end-others", end_others, settled),
    post(f"{PATH}/{{public_id}}/end", end, settled),
]
