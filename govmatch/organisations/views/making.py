"""/firm/new: making a firm; those that may be the same one are shown first."""

from dataclasses import replace

from govmatch.accounts.rules import own_path
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.organisations import actions, queries
from govmatch.organisations.forms import LABELS, read_new_firm
from govmatch.organisations.models import Firm
from govmatch.organisations.places import countries
from govmatch.organisations.profile import NewFirm
from govmatch.organisations.rules import may_enter
from govmatch.organisations.showing import place_of
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Alike:
    """A listed firm that may be the one that is about to be made."""

    name: str
    place: str
    url: str
    join_url: str


@dataclass(frozen=True)
class NewFirmPage:
    form: Form
    labels: dict[str, object]
    countries: list[tuple[str, str]]
    alike: list[Alike]
    next_path: str
    """Where whoever came here for a firm goes on to once it is there."""


def ask(visit: Visit) -> Answer:
    return _page(visit, filled({}), [])


def _page(visit: Visit, form: Form, alike: list[Firm], *, status: int = 200) -> Answer:
    values = NewFirmPage(
        form=form,
        labels=dict(LABELS),
        countries=list(countries(visit.lang).items()),
        alike=[
            Alike(
                one.name,
                place_of(one, visit.lang),
                visit.url(f"/firms/{one.slug}"),
                visit.url(f"/firms/{one.slug}/join"),
            )
            for one in alike
        ],
        next_path=_next(visit),
    )
    return page(visit, "organisations/new.html", values, status=status, main_form=True)


def make(visit: WritingVisit) -> Answer:
    """Make the firm, once its maker has seen the listed ones that are like it."""
    read, form = read_new_firm(visit.form)
    alike = [] if form.errors else _alike(visit, read)
    if visit.switching:
        return _page(visit, replace(form, errors={}), alike)
    if form.errors:
        return _page(visit, form, alike, status=422)
    if alike and not visit.form.one("none_of_these"):
        if visit.form.one("shown"):
            errors = {"none_of_these": msg("Please confirm that none of these is your firm.")}
            return _page(visit, replace(form, errors=errors), alike, status=422)
        return _page(visit, form, alike)
    firm = actions.make_firm(
        visit.session, read, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("{name} is here, and you lead it.", name=firm.name))
    return redirect(_next(visit) or f"/firm/{firm.public_id}")


def _next(visit: Visit) -> str:
    given = visit.form if isinstance(visit, WritingVisit) else visit.query
    return own_path(given.one("next"))


def _alike(visit: Visit, read: NewFirm) -> list[Firm]:
    return queries.listed_like(
        visit.db, name=read.name, country=read.country, registration=read.registration
    )


routes = [
    get("/firm/new", ask, may_enter),
    post("/firm/new", make, may_enter, once=True),
]
