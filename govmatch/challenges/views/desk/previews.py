"""/desk/challenges/{slug}/previews: links at which others read a draft."""

from dataclasses import replace
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges import actions, queries, rules
from govmatch.challenges.actions.previews import MAX_LABEL, MOST_DAYS, USUAL_DAYS
from govmatch.challenges.models import Challenge, PreviewLink
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

ENDED = (msg("Revoked"), "neutral")
EXPIRED = (msg("Expired"), "neutral")
HOLDS = (msg("Valid"), "success")


@dataclass(frozen=True)
class ShownLink:
    key: str
    label: str
    state: tuple[Message, str]
    holds: bool
    by: str
    at: datetime
    expires_at: datetime
    opened: int
    opened_at: datetime | None


@dataclass(frozen=True)
class PreviewsPage:
    title: str
    lang_of_title: str | None
    path: str
    links: list[ShownLink]
    may_make: bool
    form: Form
    made: str
    """The address that was just made, which is never shown again."""
    made_for: str
    most_days: int
    longest_label: int


def show(visit: Visit) -> Answer:
    return _page(visit, challenge_of(visit))


def make(visit: WritingVisit) -> Answer:
    """Make a link, and show its address this once: the site keeps no more than its digest."""
    challenge = challenge_of(visit)
    reader = Reader(visit.form)
    label = reader.text("label", limit=MAX_LABEL)
    days = reader.integer("days", low=1, high=MOST_DAYS)
    if visit.switching:
        return _page(visit, challenge, replace(reader.form, errors={}))
    if not reader.ok or days is None:
        return _page(visit, challenge, reader.form, status=422)
    try:
        secret = actions.make_preview_link(
            visit.session,
            challenge,
            label=label,
            days=days,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        return _page(visit, challenge, replace(reader.form, errors=error.errors), status=422)
    visit.session.flush()
    address = visit.absolute(f"/preview/{secret}")
    return _page(visit, challenge, made=address, made_for=label)


def revoke(visit: WritingVisit) -> Answer:
    """End a link at once."""
    challenge = challenge_of(visit)
    link = queries.preview_link(visit.session, challenge, visit.params["link"])
    if link is None:
        raise NotFound
    actions.revoke_preview_link(
        visit.session,
        challenge,
        link,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("The link leads nowhere any more."))
    return redirect(_path(challenge))


def to_links(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    return redirect(_path(challenge_of(visit)))


def _path(challenge: Challenge) -> str:
    return f"{path_of(challenge)}/previews"


def _page(
    visit: Visit,
    challenge: Challenge,
    form: Form | None = None,
    *,
    made: str = "",
    made_for: str = "",
    status: int = 200,
) -> Answer:
    links = queries.preview_links(visit.db, challenge)
    names = names_by_id(visit.db, {link.by for link in links})
    words = text_of(challenge, visit.lang)
    values = PreviewsPage(
        title=words.title or challenge.slug,
        lang_of_title=words.lang if words.lang != visit.lang else None,
        path=path_of(challenge),
        links=[_shown(link, names.get(link.by, ""), visit.real_now) for link in links],
        may_make=bool(rules.may_make_preview(visit.actor, challenge, visit.now)),
        form=form or filled({"days": str(USUAL_DAYS)}),
        made=made,
        made_for=made_for,
        most_days=MOST_DAYS,
        longest_label=MAX_LABEL,
    )
    template = "challenges/desk/previews.html"
    return page(visit, template, values, status=status, main_form=values.may_make)


def _shown(link: PreviewLink, by: str, real_now: datetime) -> ShownLink:
    ended = link.revoked_at is not None
    holds = not ended and real_now < link.expires_at
    return ShownLink(
        key=link.public_id,
        label=link.label,
        state=ENDED if ended else HOLDS if holds else EXPIRED,
        holds=holds,
        by=by,
        at=link.at,
        expires_at=link.expires_at,
        opened=link.opened,
        opened_at=link.opened_at,
    )


ONE = "/desk/challenges/{slug}/previews"

routes = [
    get(ONE, show, desk),
    post(ONE, make, desk),
    get(f"{ONE}/{{link}}/revoke", to_links, desk),
    post(f"{ONE}/{{link}}/revoke", revoke, desk, once=True),
]
