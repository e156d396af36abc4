"""/needs/new and /needs/{id}/edit: proposing a need in two steps, and changing it."""

from collections.abc import Sequence
from dataclasses import replace

from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Lang, Message, as_lang, msg
from govmatch.kit.records import dataclass
from govmatch.needs import actions, queries
from govmatch.needs.forms import LABELS, ONESELF, Proposal, proposal_form, read_proposal
from govmatch.needs.models import Need
from govmatch.needs.rules import is_manager, may_edit, may_propose
from govmatch.needs.showing import Card, card
from govmatch.needs.similar import similar_needs
from govmatch.needs.views.frame import (
    PATH,
    Option,
    authority_names,
    choices_of,
    languages,
    need_of,
    path_of,
    round_of,
    theme_names,
)
from govmatch.organisations.models import Firm
from govmatch.organisations.places import countries
from govmatch.programmes.models import Programme
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class WritePage:
    form: Form
    labels: dict[str, Message]
    programme: str
    action: str
    back: str
    languages: list[tuple[Lang, str]]
    themes: list[Option]
    authorities: list[Option]
    countries: list[Option]
    speaks: list[tuple[str, str | Message]]
    """For whom it may be proposed; empty where there is no choice."""
    programmes: list[tuple[Message | str, str, bool, int | None]]
    similar: list[Card]
    seen: str
    need: Need | None
    is_correction: bool
    """True where the programme corrects what others proposed."""


def ask(visit: Visit) -> Answer:
    around = round_of(visit, f"{PATH}/new")
    rules = queries.rules_of(visit.db, around.programme.id)
    require(may_propose(visit.actor, rules, visit.now))
    firms = queries.writing_firms(visit.db, visit.actor)
    country = firms[0].country if firms else ""
    speaks = firms[0].public_id if firms else ONESELF
    return _page(visit, around.programme, filled({"country": country, "speaks": speaks}))


def propose(visit: WritingVisit) -> Answer:
    """Propose it; where others say nearly the same, these are shown first."""
    programme = round_of(visit, f"{PATH}/new").programme
    rules = queries.rules_of(visit.db, programme.id)
    require(may_propose(visit.actor, rules, visit.now))
    firms = queries.writing_firms(visit.db, visit.actor)
    proposal, form = read_proposal(visit.form, choices_of(visit, programme, firms), lang=visit.lang)
    if visit.switching:
        return _page(visit, programme, replace(form, errors={}))
    if form.errors:
        return _page(visit, programme, form, status=422)
    near = _near(visit, programme, proposal)
    seen = set(visit.form.one("seen").split(","))
    if any(one.public_id not in seen for one in near):
        return _page(visit, programme, form, similar=near)
    need = actions.propose(
        visit.session,
        programme,
        proposal.wording,
        firm=_firm(firms, proposal.speaks),
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("Your need is on the list. Others can support it now."))
    return redirect(path_of(need))


def _firm(firms: Sequence[Firm], speaks: str) -> Firm | None:
    return next((firm for firm in firms if firm.public_id == speaks), None)


def _near(visit: Visit, programme: Programme, proposal: Proposal) -> list[Need]:
    found = similar_needs(
        visit.db,
        list(proposal.wording.words.items()),
        programme_id=programme.id,
        content=visit.settings.content_dir,
        actor=visit.actor,
    )
    return [one.need for one in found]


def ask_again(visit: Visit) -> Answer:
    need = need_of(visit)
    require(may_edit(visit.actor, need))
    return _page(visit, need.programme, proposal_form(need), need=need)


def edit(visit: WritingVisit) -> Answer:
    """Save what was changed; it stays with who proposed it, in their language."""
    need = need_of(visit)
    require(may_edit(visit.actor, need))
    proposal, form = read_proposal(
        visit.form,
        choices_of(visit, need.programme, ()),
        lang=visit.lang,
        main_lang=as_lang(need.main_lang),
    )
    if visit.switching:
        return _page(visit, need.programme, replace(form, errors={}), need=need)
    if form.errors:
        return _page(visit, need.programme, form, need=need, status=422)
    revision = visit.form.one("revision")
    try:
        actions.edit(
            visit.session,
            need,
            proposal.wording,
            revision=int(revision) if revision.isascii() and revision.isdigit() else 0,
            actor=visit.actor,
            now=visit.now,
        )
    except Conflict as error:
        shown = replace(form, errors={"": error.reason})
        return _page(visit, need.programme, shown, need=need, status=409)
    visit.flash("success", msg("Saved."))
    return redirect(path_of(need))


def _page(
    visit: Visit,
    programme: Programme,
    form: Form,
    *,
    need: Need | None = None,
    similar: Sequence[Need] = (),
    status: int = 200,
) -> Answer:
    around = round_of(visit, f"{PATH}/new")
    firms = queries.writing_firms(visit.db, visit.actor)
    speaks: list[tuple[str, str | Message]] = [(one.public_id, one.name) for one in firms]
    values = WritePage(
        form=form,
        labels=dict(LABELS),
        programme=around.name if need is None else "",
        action=visit.url(f"{path_of(need)}/edit")
        if need
        else visit.url(f"{PATH}/new", programme=programme.slug),
        back=visit.url(path_of(need)) if need else visit.url(PATH, programme=programme.slug),
        languages=languages(visit.lang),
        themes=list(theme_names(visit).items()),
        authorities=list(authority_names(visit, programme).items()),
        countries=list(countries(visit.lang).items()),
        speaks=[*speaks, (ONESELF, msg("Yourself, as a citizen"))] if firms and not need else [],
        programmes=around.others if need is None else [],
        similar=_cards(visit, similar),
        seen=",".join(one.public_id for one in similar),
        need=need,
        is_correction=need is not None and is_manager(visit.actor, need),
    )
    return page(visit, "needs/write.html", values, status=status, main_form=True)


def _cards(visit: Visit, needs: Sequence[Need]) -> list[Card]:
    standing = queries.standing(visit.db, [one.id for one in needs])
    return [
        card(
            one,
            lang=visit.lang,
            url=visit.url(path_of(one)),
            standing=standing[one.id],
            place=None,
            ranking=None,
        )
        for one in needs
    ]


routes = [
    get(f"{PATH}/new", ask, settled),
    post(f"{PATH}/new", propose, settled, once=True),
    get(f"{PATH}/{{id}}/edit", ask_again, settled),
    post(f"{PATH}/{{id}}/edit", edit, settled),
]
