"""/admin/programmes: which there are, making one from another, who takes part."""

from dataclasses import replace

from govmatch.accounts import queries as accounts
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.queries.authorities import all_authorities, name_of
from govmatch.overview.forms import read_programme
from govmatch.overview.views.frame import (
    Options,
    Tab,
    administrator,
    language_options,
    shown_with,
    tabs,
)
from govmatch.overview.views.held import HolderLine, holder_lines, invite_url, roles_url
from govmatch.programmes import queries
from govmatch.programmes.actions import create_from_template, set_authorities
from govmatch.programmes.models import Programme
from govmatch.programmes.rules import may_change_programme
from govmatch.programmes.showing import days_text, rule_text
from govmatch.programmes.switches import Rule
from govmatch.programmes.voices import KIND_NAMES, voices
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/programmes"


@dataclass(frozen=True)
class Line:
    """One programme in the list."""

    name: str
    url: str
    slug: str
    template: str
    authorities: int
    is_file: bool


@dataclass(frozen=True)
class ProgrammesPage:
    tabs: list[Tab]
    lines: list[Line]


@dataclass(frozen=True)
class NewProgrammePage:
    tabs: list[Tab]
    form: Form
    templates: Options
    languages: list[tuple[Lang, str]]


@dataclass(frozen=True)
class ProgrammePage:
    """One programme: what it says, who takes part, who runs it."""

    tabs: list[Tab]
    programme: Programme
    name: str
    summary: str
    form: Form
    action: str
    authorities: Options
    phases: list[tuple[str, Message]]
    criteria: list[tuple[str, Message]]
    rules: list[tuple[str, Message | str]]
    voices: list[tuple[str, Message]]
    rounds: list[tuple[str, Message]]
    round_links: list[tuple[str, str]]
    people: list[HolderLine]
    invite_url: str
    roles_url: str
    terms_url: str | None
    """Where its terms are changed; None for what lives in a file. So for rules and voices."""
    rules_url: str | None
    voices_url: str | None
    new_round_url: str
    letters_url: str
    public_url: str


def programme_list(visit: Visit) -> Answer:
    """List every programme with how many authorities take part."""
    joined = queries.taking_part(visit.db)
    lines = [
        Line(
            name=pick(one.names, visit.lang)[0],
            url=visit.url(f"{PATH}/{one.slug}"),
            slug=one.slug,
            template=one.template or "",
            authorities=sum(programme == one.slug for programme, _ in joined),
            is_file=one.source_path is not None,
        )
        for one in queries.all_programmes(visit.db)
    ]
    return page(visit, "overview/programmes.html", ProgrammesPage(tabs(visit), lines))


def ask_new(visit: Visit) -> Answer:
    return _new_page(visit, filled({"template": visit.query.one("template")}))


def _new_page(visit: Visit, form: Form, *, status: int = 200) -> Answer:
    values = NewProgrammePage(
        tabs(visit),
        form,
        [(one.slug, pick(one.names, visit.lang)[0]) for one in queries.all_programmes(visit.db)],
        language_options(visit),
    )
    return page(visit, "overview/programme_new.html", values, status=status, main_form=True)


def make(visit: WritingVisit) -> Answer:
    """Make a programme that reads like the chosen one, under its own name."""
    known = {one.slug: one for one in queries.all_programmes(visit.db)}
    read, form = read_programme(visit.form, known)
    if visit.switching:
        return _new_page(visit, replace(form, errors={}))
    if form.errors:
        return _new_page(visit, form, status=422)
    try:
        programme = create_from_template(
            visit.session,
            known[read.template],
            slug=read.slug,
            names=read.names,
            summaries=read.summaries,
            actor=visit.actor,
            now=visit.now,
        )
    except Invalid as error:
        return _new_page(visit, shown_with(form, error), status=422)
    visit.flash("success", msg("The programme is there. Choose which authorities take part."))
    return redirect(f"{PATH}/{programme.slug}")


def show(visit: Visit) -> Answer:
    programme = queries.by_slug(visit.db, visit.params["slug"])
    joined = [one.slug for one in queries.authorities(visit.db, programme)]
    return _page(visit, programme, filled({"authorities": joined}))


def _page(visit: Visit, programme: Programme, form: Form, *, status: int = 200) -> Answer:
    lang = visit.lang
    rows = accounts.holders(visit.db, "programme", programme.id, now=visit.real_now)
    here = visit.url(f"{PATH}/{programme.slug}")
    may_change = bool(may_change_programme(visit.actor, programme))
    rounds = queries.rounds(visit.db, programme)
    values = ProgrammePage(
        tabs=tabs(visit),
        programme=programme,
        name=pick(programme.names, lang)[0],
        summary=pick(programme.summaries, lang)[0],
        form=form,
        action=visit.url(f"{PATH}/{programme.slug}/authorities"),
        authorities=[(one.slug, name_of(one, lang)) for one in all_authorities(visit.db)],
        phases=[
            (pick(one.get("name", {}), lang)[0], msg("{n} days", n=one.get("days", 0)))
            for one in programme.phases
        ],
        criteria=[
            (pick(one.label, lang)[0], msg("weight {n}", n=one.weight))
            for one in queries.criteria(programme)
            if one.is_on
        ],
        rules=[
            (pick(data["label"], lang)[0], rule_text(rule, data))
            for rule in Rule
            if (data := programme.rules.get(rule))
        ],
        voices=[(pick(one.names, lang)[0], KIND_NAMES[one.kind]) for one in voices(programme)],
        rounds=[
            (pick(one.names, lang)[0], days_text(one.starts, one.ends, lang)) for one in rounds
        ],
        round_links=[(pick(one.names, lang)[0], f"{here}/rounds/{one.slug}") for one in rounds],
        people=holder_lines(visit, rows),
        invite_url=invite_url(visit, f"programme:{programme.slug}"),
        roles_url=roles_url(visit, f"programme:{programme.slug}"),
        terms_url=f"{here}/terms" if may_change else None,
        rules_url=f"{here}/rules" if may_change else None,
        voices_url=f"{here}/voices" if may_change else None,
        new_round_url=f"{here}/rounds/new",
        letters_url=f"{here}/letters",
        public_url=visit.url(f"/programmes/{programme.slug}"),
    )
    return page(visit, "overview/programme.html", values, status=status, main_form=True)


def choose_authorities(visit: WritingVisit) -> Answer:
    """Make the ticked authorities take part, and no others."""
    programme = queries.by_slug(visit.db, visit.params["slug"])
    known = {one.slug: one for one in all_authorities(visit.db)}
    reader = Reader(visit.form)
    chosen = reader.several("authorities", known)
    if visit.switching:
        return _page(visit, programme, replace(reader.form, errors={}))
    if not reader.ok:
        return _page(visit, programme, reader.form, status=422)
    set_authorities(
        visit.session,
        programme,
        [known[slug] for slug in chosen],
        actor=visit.actor,
        now=visit.now,
    )
    visit.flash("success", msg("Who takes part has been saved."))
    return redirect(f"{PATH}/{programme.slug}")


routes = [
    get(PATH, programme_list, administrator),
    get(f"{PATH}/new", ask_new, administrator),
    post(f"{PATH}/new", make, administrator, once=True),
    get(f"{PATH}/{{slug}}", show, administrator),
    post(f"{PATH}/{{slug}}/authorities", choose_authorities, administrator, once=True),
]
