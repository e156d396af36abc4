"""/partners/{token}: a firm is asked to take part in somebody else's application, and answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import partner_links, partner_rules, queries, rules
from govmatch.applications.actions import partners as actions
from govmatch.applications.actions.hindrances import gates_of_firm
from govmatch.applications.models import Partner, PartnerState
from govmatch.applications.showing import Condition, conditions, title_in
from govmatch.applications.views.reading import site_time
from govmatch.kit.errors import Gone, NotFound
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Firm
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class InvitedPage:
    """`is_again`: the firm takes part already, and is asked whether other terms hold too."""

    title: str
    title_lang: str | None
    authority: str
    challenge_url: str
    lead: str
    by: str
    share: int
    part: str
    agreed_share: int | None
    agreed_part: str
    is_again: bool
    closes: datetime | None
    zone: str
    path: str
    firms: list[tuple[str, str]]
    firm: str
    conditions: list[Condition]
    is_shut_out: bool
    firm_url: str
    make_url: str
    shown: str
    form: Form


@dataclass(frozen=True)
class OverPage:
    reason: Message


def show(visit: Visit) -> Answer:
    """Show who asks for what part in which challenge, to whoever may answer."""
    visit.noindex = True
    partner = _found(visit, queries.find_asked(visit.db, _id(visit)))
    if not partner_rules.asks(partner, visit.now):
        return _over(visit, partner)
    return _page(visit, partner, filled({}))


def answer(visit: WritingVisit) -> Answer:
    """Take part, or decline."""
    partner = _found(visit, queries.find_asked_to_change(visit.session, _id(visit)))
    now = site_time(visit)
    reader = Reader(visit.form)
    if not partner_rules.asks(partner, now):
        return _over(visit, partner)
    if visit.switching:
        return _page(visit, partner, replace(reader.form, errors={}))
    if visit.form.one("then") == "decline":
        return _decline(visit, partner, now)
    firms = _firms(visit, partner)
    reader.yes("agreed", required=True)
    firm = _chosen(visit, firms)
    if not reader.ok or firm is None:
        return _page(visit, partner, reader.form, status=422)
    actions.accept(
        visit.session, partner, firm, shown=visit.form.one("shown"),
        held=queries.every_role(visit.session, visit.actor, real_now=visit.real_now),
        actor=visit.actor, now=now,
    )  # fmt: skip
    visit.flash("success", msg("{firm} takes part now.", firm=firm.name))
    return redirect(f"/applications/{partner.application.public_id}")


def _decline(visit: WritingVisit, partner: Partner, now: datetime) -> Answer:
    """Say no to an invitation; whoever takes part already leaves by that."""
    if partner.state == PartnerState.ACCEPTED:
        actions.leave(visit.session, partner, actor=visit.actor, now=now)
    else:
        actions.decline(visit.session, partner, actor=visit.actor, now=now)
    visit.flash("success", msg("You have declined. The firm that asked you is told."))
    return redirect("/applications")


def _id(visit: Visit) -> str:
    found = partner_links.read(visit.site.signer, visit.params["token"])
    if found is None:
        raise Gone(msg("This link is not complete. Please copy the whole of it from the mail."))
    return found


def _found(visit: Visit, partner: Partner | None) -> Partner:
    """Return who was asked, to those who may answer; raises `NotFound` for everybody else.

    For a firm from the directory that is whoever writes its applications; for an address whoever
    has the link from the mail, until a firm has said yes.
    """
    if partner is None:
        raise NotFound
    if partner.firm_id is not None and partner.firm_id not in rules.firms_written_by(visit.actor):
        raise NotFound
    return partner


def _over(visit: Visit, partner: Partner) -> Answer:
    """Say that there is nothing to answer; lead whoever takes part to the application."""
    if rules.is_applicant(visit.actor, partner.application):
        return redirect(f"/applications/{partner.application.public_id}")
    return page(visit, "applications/partner_over.html", OverPage(partner_rules.OVER), status=410)


def _firms(visit: Visit, partner: Partner) -> list[Firm]:
    """Return the firms for which this reader may say yes, by name."""
    mine = queries.applying_firms(visit.db, visit.actor)
    if partner.firm_id is not None:
        return [one for one in mine if one.id == partner.firm_id]
    return [one for one in mine if one.id not in rules.firms_in(partner.application)]


def _chosen(visit: Visit, firms: Sequence[Firm]) -> Firm | None:
    """Return the firm that was chosen, the only or first one where none was."""
    wanted = visit.form.one("firm") if isinstance(visit, WritingVisit) else visit.query.one("firm")
    return next((one for one in firms if one.public_id == wanted), firms[0] if firms else None)


def _page(visit: Visit, partner: Partner, form: Form, *, status: int = 200) -> Answer:
    application, lang = partner.application, visit.lang
    challenge = application.challenge
    title = title_in(challenge, lang)
    firms = _firms(visit, partner)
    firm = _chosen(visit, firms)
    met = gates_of_firm(visit.db, challenge, firm, now=visit.now) if firm is not None else []
    agreed = partner.agreed or {}
    values = InvitedPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        authority=pick(challenge.authority.names, lang)[0],
        challenge_url=visit.url(f"/challenges/{challenge.slug}"),
        lead=application.firm.name,
        by=names_by_id(visit.db, [partner.invited_by]).get(partner.invited_by, ""),
        share=partner.share,
        part=partner.part,
        agreed_share=agreed.get("share"),
        agreed_part=agreed.get("part", ""),
        is_again=partner.state == PartnerState.ACCEPTED,
        closes=challenge.closes,
        zone=challenge.zone,
        path=visit.path,
        firms=[(one.public_id, one.name) for one in firms],
        firm=firm.name if firm is not None else "",
        conditions=conditions([gate for gate in met if gate.is_hard], lang),
        is_shut_out=any(gate.blocks for gate in met),
        firm_url=visit.url("/firm"),
        make_url=visit.url("/firm", next=visit.path),
        shown=actions.terms_shown(partner),
        form=replace(form, values={"firm": firm.public_id if firm else "", **form.values}),
    )
    template = "applications/partner_invited.html"
    return page(visit, template, values, status=status, main_form=bool(firms))


routes = [
    get("/partners/{token}", show, signed_in),
    post("/partners/{token}", answer, signed_in),
]
