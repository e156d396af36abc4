"""/firms/{slug}/join: asking to belong to a firm; and the answer of whoever leads it."""

from dataclasses import replace

from govmatch.accounts.queries import by_id
from govmatch.kit.asking import require
from govmatch.kit.errors import NotAllowed, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations import actions, queries
from govmatch.organisations.forms import read_role
from govmatch.organisations.joining_words import called
from govmatch.organisations.models import Firm, JoinRequest
from govmatch.organisations.rules import is_listed, is_member, may_enter, may_manage
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

NOTE = 300


@dataclass(frozen=True)
class JoinPage:
    form: Form
    called: str | Message
    profile_url: str
    """Empty where the firm is not listed."""
    path: str
    name: str
    address: str
    asked: JoinRequest | None
    """What this person asked already and nobody has answered."""


def ask(visit: Visit) -> Answer:
    """Show what asking means; lead members to their firm."""
    firm = _firm(visit)
    if is_member(visit.actor, firm):
        return redirect(f"/firm/{firm.public_id}")
    asked = _asked(visit, firm)
    return _page(visit, firm, filled({"note": asked.note} if asked else {}))


def _firm(visit: Visit) -> Firm:
    return queries.get_joinable_firm(
        visit.db,
        visit.actor,
        visit.params["slug"],
        content_dir=visit.settings.content_dir,
        real_now=visit.real_now,
    )


def _asked(visit: Visit, firm: Firm) -> JoinRequest | None:
    own = queries.own_join_requests(visit.db, visit.actor, real_now=visit.real_now)
    return next((one for one in own if one.firm_id == firm.id), None)


def _page(visit: Visit, firm: Firm, form: Form, *, status: int = 200) -> Answer:
    assert visit.actor.person_id is not None
    person = by_id(visit.db, visit.actor.person_id)
    asked = _asked(visit, firm)
    values = JoinPage(
        form=form,
        called=called(firm, person.email),
        profile_url=visit.url(f"/firms/{firm.slug}") if is_listed(firm) else "",
        path=f"/firms/{firm.slug}/join",
        name=person.name,
        address=person.email,
        asked=asked,
    )
    # Whoever has asked is shown no form that could carry what was typed into another language.
    return page(visit, "organisations/join.html", values, status=status, main_form=not asked)


def send(visit: WritingVisit) -> Answer:
    """Send the request to whoever leads the firm."""
    firm = _firm(visit)
    reader = Reader(visit.form)
    note = reader.text("note", required=False, limit=NOTE, lines=True)
    if visit.switching:
        return _page(visit, firm, replace(reader.form, errors={}))
    if not reader.ok:
        return _page(visit, firm, reader.form, status=422)
    actions.ask_to_join(
        visit.session, firm, note=note,
        actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    visit.flash("success", msg("Your request is on its way. You get an e-mail with the answer."))
    return redirect(f"/firms/{firm.slug}/join")


def take_back(visit: WritingVisit) -> Answer:
    firm = _firm(visit)
    asked = _asked(visit, firm)
    if asked is None:
        raise NotFound
    actions.withdraw_join(
        visit.session, asked, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("Your request is taken back."))
    return redirect("/firm")


def answer(visit: WritingVisit) -> Answer:
    """Take somebody in with a role, or decline."""
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    require(may_manage(visit.actor, firm))
    request = queries.get_join_request(
        visit.db, firm, visit.params["request"], real_now=visit.real_now
    )
    name = request.person.name
    if visit.form.one("act") == "decline":
        actions.decline_join(
            visit.session, firm, request,
            actor=visit.actor, now=visit.now, real_now=visit.real_now,
        )  # fmt: skip
        visit.flash("success", msg("The request of {name} is declined.", name=name))
        return redirect(f"/firm/{firm.public_id}/members")
    reader = Reader(visit.form)
    role = read_role(reader)
    if not reader.ok:
        raise NotAllowed(msg("Please choose one of the options."))
    actions.accept_join(
        visit.session, firm, request, role,
        actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    visit.flash("success", msg("{name} belongs to the firm now.", name=name))
    return redirect(f"/firm/{firm.public_id}/members")


routes = [
    get("/firms/{slug}/join", ask, may_enter),
    post("/firms/{slug}/join", send, may_enter, once=True),
    post("/firms/{slug}/join/take-back", take_back, may_enter),
    post("/firm/{firm}/requests/{request}", answer, may_enter),
]
