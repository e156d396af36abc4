"""/firm/{firm}/close: what closing means, closing, and opening again."""

from govmatch.kit.asking import require
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.organisations import actions, queries
from govmatch.organisations.models import Firm
from govmatch.organisations.rules import may_close, may_enter
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class ClosePage:
    firm: Firm
    path: str


def ask(visit: Visit) -> Answer:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    require(may_close(visit.actor, firm))
    values = ClosePage(firm, f"/firm/{firm.public_id}")
    return page(visit, "organisations/close.html", values)


def close(visit: WritingVisit) -> Answer:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    actions.close_firm(
        visit.session, firm, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("{name} is closed.", name=firm.name))
    return redirect(f"/firm/{firm.public_id}")


def reopen(visit: WritingVisit) -> Answer:
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    actions.reopen_firm(visit.session, firm, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("{name} is open again.", name=firm.name))
    return redirect(f"/firm/{firm.public_id}")


routes = [
    get("/firm/{firm}/close", ask, may_enter),
    post("/firm/{firm}/close", close, may_enter),
    post("/firm/{firm}/reopen", reopen, may_enter),
]
