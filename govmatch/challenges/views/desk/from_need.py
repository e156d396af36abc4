"""/needs/{id}/take-up: a need becomes the draft of a challenge, in one step."""

from dataclasses import replace

from govmatch.accounts.models import Role
from govmatch.challenges import actions
from govmatch.challenges.views.desk.access import path_of
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.needs import queries as needs
from govmatch.needs.models import Need
from govmatch.needs.rules import is_manager, may_take_up
from govmatch.needs.wording import shown
from govmatch.organisations.models import Authority
from govmatch.organisations.queries.authorities import name_of
from govmatch.programmes import queries as programmes
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/needs/{id}/take-up"
taker = holder_of(Role.MANAGER, Role.STAFF)


@dataclass(frozen=True)
class TakeUpPage:
    form: Form
    title: str
    title_lang: str | None
    need_url: str
    authorities: list[tuple[str, str]]
    action: str


def ask(visit: Visit) -> Answer:
    need = needs.get_visible(visit.db, actor=visit.actor, public_id=visit.params["id"])
    own = need.authority.slug if need.authority is not None else ""
    return _page(visit, need, filled({"authority": own}))


def _choices(visit: Visit, need: Need) -> dict[str, Authority]:
    """Return the authorities for which this actor may take it up; refused where there is none."""
    found = {
        one.slug: one
        for one in programmes.authorities(visit.db, need.programme)
        if may_take_up(visit.actor, need, one.id)
    }
    if not found:
        ruling = may_take_up(visit.actor, need, need.authority_id or 0)
        if ruling or is_manager(visit.actor, need):
            raise NotAllowed(msg("In this state it cannot be taken up."))
        raise NotAllowed(ruling.reason)
    return found


def _page(visit: Visit, need: Need, form: Form, *, status: int = 200) -> Answer:
    words = shown(need, visit.lang)
    values = TakeUpPage(
        form=form,
        title=words.words.title,
        title_lang=words.lang if words.lang != visit.lang else None,
        need_url=visit.url(f"/needs/{need.public_id}"),
        authorities=[
            (slug, name_of(one, visit.lang)) for slug, one in _choices(visit, need).items()
        ],
        action=visit.url(f"/needs/{need.public_id}/take-up"),
    )
    template = "challenges/desk/from_need.html"
    return page(visit, template, values, status=status, main_form=True)


def take_up(visit: WritingVisit) -> Answer:
    """Make the draft; a writer goes on to the editor, a manager to the desk."""
    need = needs.get_visible(visit.db, actor=visit.actor, public_id=visit.params["id"])
    known = _choices(visit, need)
    reader = Reader(visit.form)
    chosen = reader.choice("authority", known)
    if visit.switching:
        return _page(visit, need, replace(reader.form, errors={}))
    if not reader.ok:
        return _page(visit, need, reader.form, status=422)
    authority = known[chosen]
    try:
        challenge = actions.draft_from_need(
            visit.session, need, authority, actor=visit.actor, now=visit.now
        )
    except Invalid as error:
        return _page(visit, need, replace(reader.form, errors=error.errors), status=422)
    visit.flash(
        "success", msg("The draft is there, with the words of the need. Each names the other.")
    )
    writes = visit.actor.holds(Role.STAFF, "authority", authority.id)
    return redirect(f"{path_of(challenge)}/edit" if writes else path_of(challenge))


routes = [get(PATH, ask, taker), post(PATH, take_up, taker, once=True)]
