"""/admin/programmes/{slug}/rounds/{round}: making a round on the site, and changing it."""

from dataclasses import replace

from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import Lang, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.queries.authorities import name_of as name_of_authority
from govmatch.overview.forms_of_programmes import read_round, round_form
from govmatch.overview.views.frame import Options, administrator, language_options, shown_with
from govmatch.overview.views.programme_terms import name_of, path_of
from govmatch.programmes import queries
from govmatch.programmes.actions import change_round, create_round
from govmatch.programmes.models import Programme, Round
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/admin/programmes/{slug}/rounds/{round}"
NEW = "new"
"""Stands in the address in the place of a round that is yet to be made."""


@dataclass(frozen=True)
class RoundPage:
    programme_name: str
    name: str
    """Of the round; empty for a new one."""
    source_path: str | None
    back: str
    action: str
    form: Form
    languages: list[tuple[Lang, str]]
    authorities: Options
    phases: list[tuple[str, str]]
    """(id, name) of phases that may begin on a day of their own."""
    is_open: bool
    """Some of them do, or what was typed for one is wrong."""


def _found(visit: Visit) -> tuple[Programme, Round | None]:
    programme = queries.by_slug(visit.db, visit.params["slug"])
    slug = visit.params["round"]
    if slug == NEW:
        return programme, None
    found = queries.find_round(visit.db, slug)
    if found is None or found.programme_id != programme.id:
        raise NotFound
    return programme, found


def ask(visit: Visit) -> Answer:
    programme, found = _found(visit)
    return _page(visit, programme, found, round_form(found))


def _page(
    visit: Visit, programme: Programme, found: Round | None, form: Form, *, status: int = 200
) -> Answer:
    lang, slug = visit.lang, found.slug if found else NEW
    source = found.source_path if found else None
    values = RoundPage(
        programme_name=name_of(visit, programme),
        name=pick(found.names, lang)[0] if found else "",
        source_path=source,
        back=visit.url(path_of(programme)),
        action=visit.url(f"{path_of(programme)}/rounds/{slug}"),
        form=form,
        languages=language_options(visit),
        authorities=_authorities(visit, programme),
        phases=[(one["id"], pick(one["name"], lang)[0]) for one in programme.phases],
        is_open=any(
            form.value(f"fixed-{one['id']}") or f"fixed-{one['id']}" in form.errors
            for one in programme.phases
        ),
    )
    is_form = source is None
    return page(visit, "overview/programme_round.html", values, status=status, main_form=is_form)


def _authorities(visit: Visit, programme: Programme) -> Options:
    return [
        (one.slug, name_of_authority(one, visit.lang))
        for one in queries.authorities(visit.db, programme)
    ]


def save(visit: WritingVisit) -> Answer:
    """Make the round, or keep what was changed; challenges that have dates keep them."""
    programme, found = _found(visit)
    known = [slug for slug, _ in _authorities(visit, programme)]
    read, form = read_round(visit.form, programme, known, found)
    if visit.switching:
        return _page(visit, programme, found, replace(form, errors={}))
    if form.errors or read.values is None:
        return _page(visit, programme, found, form, status=422)
    try:
        if found is None:
            create_round(
                visit.session,
                programme,
                read.values,
                slug=read.slug,
                actor=visit.actor,
                now=visit.now,
            )
        else:
            change_round(visit.session, found, read.values, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _page(visit, programme, found, shown_with(form, error), status=422)
    visit.flash("success", msg("The round has been saved."))
    return redirect(path_of(programme))


routes = [
    get(PATH, ask, administrator),
    post(PATH, save, administrator, once=True),
]
