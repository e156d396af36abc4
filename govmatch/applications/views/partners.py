"""/applications/{id}/partners: the firms that apply together, their shares, and asking one more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.applications import call, partner_rules, queries, rules
from govmatch.applications.actions import partners as actions
from govmatch.applications.actions.partners import Asked
from govmatch.applications.consortium import (
    LONGEST_PART,
    WHOLE,
    counting,
    lead_share,
    name_of,
    seen,
)
from govmatch.applications.models import Application, Partner
from govmatch.applications.showing import title_in
from govmatch.applications.views.partner_lines import Line, line_of
from govmatch.applications.views.reading import late_code, site_time
from govmatch.kit.actor import No, Ruling
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.directory import named_firms
from govmatch.organisations.models import Firm
from govmatch.organisations.showing import place_of
from govmatch.programmes.switches import Limit
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, signed_in
from govmatch.web.visit import Visit, WritingVisit

MOST_FOUND = 10


@dataclass(frozen=True)
class PartnersPage:
    title: str
    title_lang: str | None
    overview_url: str
    path: str
    lead: str
    is_lead: bool
    lead_share: int
    lead_part: str
    lines: list[Line]
    over: list[Line]
    may_arrange: bool
    may_invite: bool
    why_not: Message | None
    may_leave: bool
    is_changed: bool
    """Something else counts here than in the version that was submitted last."""
    most: int
    seen: str
    closes: datetime | None
    zone: str
    form: Form
    choices: list[tuple[str, str, str]]
    searched: str
    found: int
    labels: dict[str, Message]


def show(visit: Visit) -> Answer:
    """Show who takes part, to every firm of them."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return _page(visit, application, filled({"q": visit.query.one("q")}))


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of a button to the page that it stands on."""
    application = queries.get_own(visit.db, visit.actor, visit.params["id"])
    return redirect(f"/applications/{application.public_id}/partners")


def invite(visit: WritingVisit) -> Answer:
    """Search on in the directory, or ask a firm; what is searched does not lose what is typed."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    reader = Reader(visit.form)
    if visit.switching or visit.form.one("then") == "search":
        return _page(visit, application, replace(reader.form, errors={}))
    asked = _asked(visit, reader)
    if asked is None:
        return _page(visit, application, reader.form, status=422)
    try:
        actions.invite(
            visit.session, application, asked, lang=visit.lang,
            held=queries.every_role(visit.session, visit.actor, real_now=visit.real_now),
            actor=visit.actor, now=site_time(visit), real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, application, replace(reader.form, errors=error.errors), status=422)
    visit.flash("success", msg("The invitation is on its way."))
    return redirect(_here(application))


def _asked(visit: WritingVisit, reader: Reader) -> Asked | None:
    """Return whom the form asks, None where something is wrong with it."""
    slug = visit.form.one("firm")
    share = reader.integer("share", low=1, high=WHOLE - 1)
    part = reader.text("part", limit=LONGEST_PART)
    name = reader.text("name", limit=120, required=False)
    address = reader.text("email", limit=254, required=False)
    firm = next(iter(_listed(visit, [slug])), None) if slug else None
    if firm is None and not address:
        reader.wrong("email", msg("Choose a firm that you found, or enter an address."))
    if firm is not None and address:
        reader.wrong("email", msg("Either the firm that you found or an address, not both."))
    if not reader.ok or share is None:
        return None
    return Asked(firm=firm, address=address, name=name, share=share, part=part)


def set_shares(visit: WritingVisit) -> Answer:
    """Keep the shares, which have to sum to 100, and what each firm does."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    now = site_time(visit)
    counted = queries.counting_partners(visit.session, application, now=now)
    reader = Reader(visit.form)
    shares = {one.public_id: _share(reader, one.public_id) for one in counted}
    parts = {one.public_id: _part(reader, one.public_id) for one in counted}
    total = _share(reader, "lead") + sum(shares.values())
    lead_part = _part(reader, "lead")
    if reader.ok and total != WHOLE:
        message = msg("The shares sum to {total}, and have to sum to 100.", total=total)
        reader.wrong("share-lead", message)
    if not reader.ok:
        return _page(visit, application, reader.form, status=422)
    actions.set_shares(
        visit.session, application, shares, parts,
        lead_part=lead_part, shown=visit.form.one("seen"),
        held=queries.every_role(visit.session, visit.actor, real_now=visit.real_now),
        actor=visit.actor, now=now, late=late_code(visit, application.challenge),
    )  # fmt: skip
    visit.flash("success", msg("The shares are saved."))
    return redirect(_here(application))


def _share(reader: Reader, key: str) -> int:
    return reader.integer(f"share-{key}", low=1, high=WHOLE) or 0


def _part(reader: Reader, key: str) -> str:
    return reader.text(f"part-{key}", limit=LONGEST_PART, required=False)


def remove(visit: WritingVisit) -> Answer:
    """Take a partner out, or an invitation back."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    partner = queries.get_partner(visit.session, application, visit.params["partner"])
    actions.remove(
        visit.session, application, partner,
        held=queries.every_role(visit.session, visit.actor, real_now=visit.real_now),
        actor=visit.actor, now=site_time(visit), late=late_code(visit, application.challenge),
    )  # fmt: skip
    name = name_of(partner)
    visit.flash("success", msg("{firm} takes no part any more. Its share is yours.", firm=name))
    return redirect(_here(application))


def leave(visit: WritingVisit) -> Answer:
    """Take the reader's firm out of somebody else's application."""
    application = queries.get_own_to_change(visit.session, visit.actor, visit.params["id"])
    partner = queries.get_partner(visit.session, application, visit.params["partner"])
    actions.leave(visit.session, partner, actor=visit.actor, now=site_time(visit))
    visit.flash("success", msg("Your firm takes no part any more."))
    return redirect("/applications")


def _here(application: Application) -> str:
    return f"/applications/{application.public_id}/partners"


def _listed(visit: Visit, slugs: Sequence[str]) -> list[Firm]:
    return queries.listed_firms(visit.db, slugs)


def _page(visit: Visit, application: Application, form: Form, *, status: int = 200) -> Answer:
    challenge, lang, now = application.challenge, visit.lang, visit.now
    partners = queries.partners_of(visit.db, application)
    counted = counting(partners, application, now)
    held = queries.every_role(visit.db, visit.actor, real_now=visit.real_now)
    arranging = partner_rules.may_arrange(
        visit.actor, application, held=held, now=now, late=late_code(visit, challenge)
    )
    inviting = partner_rules.may_invite(visit.actor, application, partners, held=held, now=now)
    title = title_in(challenge, lang)
    words = form.value("q").strip()
    looked_for = words if inviting else ""
    found, firms = named_firms(visit.db, looked_for, public_id=visit.public_id, most=MOST_FOUND)
    ticked = [one for one in _listed(visit, form.chosen("firm")) if one not in firms]
    lines = [line_of(visit, one, counted, may=bool(arranging), now=now) for one in partners]
    values = PartnersPage(
        title=title.text,
        title_lang=title.lang if title.lang != lang else None,
        overview_url=visit.url(f"/applications/{application.public_id}"),
        path=_here(application),
        lead=application.firm.name,
        is_lead=application.firm_id in rules.firms_of(visit.actor),
        lead_share=lead_share(counted),
        lead_part=application.lead_part,
        lines=[line for line in lines if line.share is not None],
        over=[line for line in lines if line.share is None],
        may_arrange=bool(arranging),
        may_invite=bool(inviting),
        why_not=_why_not(arranging, inviting),
        may_leave=any(bool(partner_rules.may_leave(visit.actor, one, now=now)) for one in counted),
        is_changed=queries.is_other_consortium(visit.db, application, counted),
        most=call.most(challenge, Limit.CONSORTIUM_PARTNERS),
        seen=seen(application, counted),
        closes=challenge.closes,
        zone=challenge.zone,
        form=_with_terms(form, application, counted),
        choices=[(one.slug, one.name, place_of(one, lang)) for one in [*ticked, *firms]],
        searched=words,
        found=found,
        labels=_labels(application, counted),
    )
    return page(
        visit, "applications/partners.html", values, status=status, main_form=bool(inviting)
    )


def _why_not(arranging: Ruling, inviting: Ruling) -> Message | None:
    """Return why nobody can be asked, where the reader might expect to."""
    if isinstance(arranging, No):
        return arranging.reason
    return inviting.reason if isinstance(inviting, No) else None


def _with_terms(form: Form, application: Application, counted: Sequence[Partner]) -> Form:
    """Return the form with the terms as they stand, where nothing else was typed."""
    kept: dict[str, str | list[str]] = {
        "share-lead": str(lead_share(counted)),
        "part-lead": application.lead_part,
    }
    for one in counted:
        kept[f"share-{one.public_id}"] = str(one.share)
        kept[f"part-{one.public_id}"] = one.part
    return replace(form, values={**kept, **form.values})


def _labels(application: Application, counted: Sequence[Partner]) -> dict[str, Message]:
    names = [("lead", application.firm.name), *((p.public_id, name_of(p)) for p in counted)]
    found = {
        "email": msg("E-mail address"),
        "firm": msg("Firms in the directory"),
        "name": msg("Name of the firm"),
        "part": msg("Part in the work"),
        "share": msg("Share in percent"),
    }
    for key, name in names:
        found[f"share-{key}"] = msg("Share of {firm} in percent", firm=name)
        found[f"part-{key}"] = msg("What {firm} does", firm=name)
    return found


ONE = "/applications/{id}/partners"

routes = [
    get(ONE, show, signed_in),
    post(ONE, invite, signed_in, once=True),
    get(f"{ONE}/shares", to_page, signed_in),
    post(f"{ONE}/shares", set_shares, signed_in),
    post(f"{ONE}/{{partner}}/remove", remove, signed_in),
    post(f"{ONE}/{{partner}}/leave", leave, signed_in),
]
