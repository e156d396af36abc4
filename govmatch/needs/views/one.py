"""/needs/{id}: what it says, who stands behind it, how its score comes about, what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.kit import journal
from govmatch.kit.actor import No
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import Lang, Message, msg, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.records import dataclass
from govmatch.needs import actions, queries
from govmatch.needs.forms import LABELS, ONESELF, read_decision, read_reasons
from govmatch.needs.history import happened, has_lost, stood_behind
from govmatch.needs.models import RANKED, Need, Place, Ranking, State
from govmatch.needs.queries import Standing
from govmatch.needs.rules import (
    is_manager,
    is_proposer,
    may_edit,
    may_support,
    may_take_up,
    may_withdraw,
)
from govmatch.needs.showing import (
    Badge,
    Line,
    lines,
    score_text,
    stability_text,
    state_badges,
    support_text,
)
from govmatch.needs.views.deciding import ACT_NAMES, acts_for, decide, others_of
from govmatch.needs.views.frame import (
    PATH,
    Option,
    chosen_firm,
    languages,
    need_of,
    path_of,
    theme_names,
)
from govmatch.needs.wording import Shown, shown, title_of
from govmatch.organisations.models import Firm
from govmatch.organisations.places import country_name
from govmatch.organisations.queries.authorities import name_of
from govmatch.organisations.rules import is_listed
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, holder_of, post, settled
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Voice:
    """A button for one voice: for whom, and whether it is given already."""

    speaks: str
    name: str | Message
    is_given: bool
    in_top: bool | None
    """Whether a firm has it in its top ten; None for a person."""


@dataclass(frozen=True)
class Score:
    """Where it stands and why."""

    place: int
    score: str
    stability: Message
    lines: list[Line]
    ranking: Ranking


@dataclass(frozen=True)
class Went:
    """The need that it was merged into, and whose voices did not go over to it."""

    title: str
    address: str
    lang: str | None
    is_about_authority: bool
    """Staff of an authority have no voice for what is about its work."""
    is_lost: bool
    """The voice of this reader ended with this merging, or with a later one of the other need."""


@dataclass(frozen=True)
class NeedPage:
    need: Need
    form: Form
    labels: dict[str, Message]
    path: str
    words: Shown
    title_lang: str | None
    badges: list[Badge]
    facts: list[tuple[Message, str | Message]]
    support: Message
    standing: Standing
    score: Score | None
    voices: list[Voice]
    no_voice: Message | None
    """Why this reader gives none."""
    asks_to_sign_in: bool
    top_url: str
    analysis: tuple[str, str]
    reason: tuple[str, str]
    hidden_reason: str
    went: Went | None
    merged: list[tuple[str, str]]
    """(title, address) of what was merged into it."""
    later_url: str
    """The panel of its later life: challenge, pilots, outcome."""
    history: list[tuple[datetime, Message]]
    edit_url: str
    may_withdraw: bool
    languages: list[tuple[Lang, str]]
    acts: list[tuple[str, Message]]
    others: list[Option]
    take_up_url: str


def show(visit: Visit) -> Answer:
    return need_view(visit, need_of(visit), filled({}))


def need_view(visit: Visit, need: Need, form: Form, *, status: int = 200) -> Answer:
    """Return the page of one need; `form` holds what was typed into one of its forms."""
    said = shown(need, visit.lang)
    firms = queries.writing_firms(visit.db, visit.actor)
    rules = queries.rules_of(visit.db, need.programme_id)
    ruling = may_support(visit.actor, need, rules, visit.now)
    standing = queries.standing(visit.db, [need.id])[need.id]
    acts = acts_for(visit.actor, need)
    rows = journal.rows_about(visit.db, "need", need.id)
    values = NeedPage(
        need=need,
        form=form,
        labels=dict(LABELS),
        path=path_of(need),
        words=said,
        title_lang=said.lang if said.lang != visit.lang else None,
        badges=state_badges(need),
        facts=_facts(visit, need),
        support=support_text(standing),
        standing=standing,
        score=_score(visit, need),
        voices=_voices(visit, need, firms) if ruling else [],
        no_voice=ruling.reason if isinstance(ruling, No) else None,
        asks_to_sign_in=not visit.actor.is_signed_in and need.state in RANKED,
        top_url=visit.url(f"{PATH}/top", programme=need.programme.slug),
        analysis=pick(need.analysis, visit.lang),
        reason=pick(need.reasons, visit.lang),
        hidden_reason=need.hidden_reason if _reads_reason(visit, need) else "",
        went=_went(visit, need, rows),
        merged=[
            (title_of(one, visit.lang), visit.url(path_of(one)))
            for one in queries.merged_into(visit.db, need, actor=visit.actor)
        ],
        later_url=visit.url(f"{path_of(need)}/later")
        if need.state in {State.TAKEN_UP, State.SOLVED}
        else "",
        history=_history(rows),
        edit_url=visit.url(f"{path_of(need)}/edit") if may_edit(visit.actor, need) else "",
        may_withdraw=bool(may_withdraw(visit.actor, need)),
        languages=languages(visit.lang),
        acts=[(act, ACT_NAMES[act]) for act in acts],
        others=others_of(visit, need) if "merge" in acts else [],
        take_up_url=_take_up_url(visit, need),
    )
    visit.noindex = visit.noindex or need.state in {State.WITHDRAWN, State.MERGED}
    return page(visit, "needs/need.html", values, status=status)


def _reads_reason(visit: Visit, need: Need) -> bool:
    return is_proposer(visit.actor, need) or is_manager(visit.actor, need)


def _facts(visit: Visit, need: Need) -> list[tuple[Message, str | Message]]:
    place = ", ".join(one for one in (need.region, country_name(need.country, visit.lang)) if one)
    firm = need.firm.name if need.firm is not None and is_listed(need.firm) else msg("A firm")
    facts: list[tuple[Message, str | Message]] = [
        (msg("Theme"), theme_names(visit).get(need.theme, need.theme)),
        (msg("Where"), place),
        (msg("Proposed by"), firm if need.firm_id is not None else msg("A citizen")),
        (msg("Programme"), pick(need.programme.names, visit.lang)[0]),
    ]
    if need.authority is not None:
        facts.insert(2, (msg("Whose work it is about"), name_of(need.authority, visit.lang)))
    return facts


def _score(visit: Visit, need: Need) -> Score | None:
    ranking = queries.latest(visit.db, need.programme_id)
    place = queries.place_of(visit.db, ranking, need) if ranking is not None else None
    if place is None or ranking is None or need.state not in RANKED:
        return None
    return _shown_score(visit, place, ranking)


def _shown_score(visit: Visit, place: Place, ranking: Ranking) -> Score:
    return Score(
        place=place.place,
        score=score_text(place.score, visit.lang),
        stability=stability_text(place, ranking),
        lines=lines(place.parts, visit.lang),
        ranking=ranking,
    )


def _voices(visit: Visit, need: Need, firms: Sequence[Firm]) -> list[Voice]:
    own, given = queries.own_support(visit.db, need, visit.actor, firms)
    of_firms = [
        Voice(
            speaks=firm.public_id,
            name=firm.name,
            is_given=firm.id in given,
            in_top=need.id in queries.top_of(visit.db, firm, need.programme_id),
        )
        for firm in firms
    ]
    return [*of_firms, Voice(ONESELF, msg("Yourself, as a citizen"), own, None)]


def _went(visit: Visit, need: Need, rows: Sequence[JournalRow]) -> Went | None:
    steps = queries.where_it_went(visit.db, need)
    if not steps:
        return None
    said = shown(steps[-1], visit.lang)
    return Went(
        title=said.words.title,
        address=visit.url(path_of(steps[-1])),
        lang=said.lang if said.lang != visit.lang else None,
        is_about_authority=any(one.authority_id is not None for one in steps),
        is_lost=_is_lost(visit, steps, rows),
    )


def _is_lost(visit: Visit, steps: Sequence[Need], rows: Sequence[JournalRow]) -> bool:
    who = visit.actor.person_id
    if who is None:
        return False
    later = steps[:-1] if stood_behind(rows, who) else ()
    each = [rows, *(journal.rows_about(visit.db, "need", one.id) for one in later)]
    return any(has_lost(one, who) for one in each)


def _history(rows: Iterable[JournalRow]) -> list[tuple[datetime, Message]]:
    told = [(row.at, happened(row)) for row in rows]
    return [(at, words) for at, words in reversed(told) if words is not None]


def _take_up_url(visit: Visit, need: Need) -> str:
    """Return where the reader takes it up, into a challenge: a page of the challenges."""
    own = visit.actor.objects("authority", Role.STAFF)
    may = any(may_take_up(visit.actor, need, one) for one in (need.authority_id or 0, *own))
    return visit.url(f"{path_of(need)}/take-up") if may else ""


def support(visit: WritingVisit) -> Answer:
    """Give a voice, or take it back, for oneself or for a firm."""
    need = need_of(visit)
    speaks = visit.form.one("speaks") or ONESELF
    firm = chosen_firm(visit, speaks)
    if speaks != ONESELF and firm is None:
        raise NotAllowed(msg("Only who leads the firm and its members may speak for it."))
    if visit.form.one("step") == "withdraw":
        actions.withdraw_support(visit.session, need, actor=visit.actor, now=visit.now, firm=firm)
        visit.flash("success", msg("The voice is withdrawn."))
    else:
        actions.support(visit.session, need, actor=visit.actor, now=visit.now, firm=firm)
        visit.flash("success", msg("The voice counts. The ranking follows within a few minutes."))
    return redirect(path_of(need))


def withdraw(visit: WritingVisit) -> Answer:
    """Take the need back, with a reason."""
    need = need_of(visit)
    reasons, form = read_reasons(visit.form, first=visit.lang)
    if form.errors:
        return need_view(visit, need, form, status=422)
    actions.withdraw(visit.session, need, reasons=reasons, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("Your need is withdrawn."))
    return redirect(path_of(need))


def manage(visit: WritingVisit) -> Answer:
    """Do what the programme's manager has chosen."""
    need = need_of(visit)
    acts = acts_for(visit.actor, need)
    if not acts:
        raise NotAllowed(msg("Only a manager of the programme may do this."))
    others = [one for one, _ in others_of(visit, need)]
    decision, form = read_decision(visit.form, acts, others)
    if form.errors:
        return need_view(visit, need, form, status=422)
    try:
        said = decide(visit, need, decision)
    except Invalid as error:
        shown_errors = {f"text-{visit.lang}": one for one in error.errors.values()}
        return need_view(visit, need, replace(form, errors=shown_errors), status=422)
    visit.flash("success", said)
    return redirect(path_of(need))


routes = [
    get(f"{PATH}/{{id}}", show, anyone),
    post(f"{PATH}/{{id}}/support", support, settled),
    post(f"{PATH}/{{id}}/withdraw", withdraw, settled),
    post(f"{PATH}/{{id}}/decide", manage, holder_of(Role.MANAGER)),
]
