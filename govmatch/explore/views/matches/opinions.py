"""/matches/{slug}/not-for-us: why a challenge is not for the firm; and taking that back."""

from collections.abc import Mapping
from dataclasses import replace

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.explore import actions, rules
from govmatch.explore.views.matches.whose import chosen_firm, own_firms, query_of
from govmatch.kit.asking import require
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.matching import queries as matching
from govmatch.matching.models import Reason
from govmatch.organisations.models import Firm
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

NOTE = 300

REASONS: Mapping[str, Message] = {
    Reason.TOPIC: msg("We do not do this"),
    Reason.REQUIREMENTS: msg("We cannot meet what it asks for"),
    Reason.BUDGET: msg("The budget does not suit us"),
    Reason.PLACE: msg("It is too far away"),
    Reason.CAPACITY: msg("We have no time for it"),
    Reason.KNOWN: msg("We know it already"),
    Reason.OTHER: msg("Another reason"),
}
_EFFECTS: Mapping[str, Message] = {
    Reason.TOPIC: msg("Challenges that are like this one go down in your list too."),
}
_THIS_ALONE = msg("Only this challenge leaves your list.")


@dataclass(frozen=True)
class AsidePage:
    form: Form
    firm: Firm
    title: str
    lang_of_title: str | None
    options: list[tuple[str, Message, Message]]
    action: str
    back_url: str


def ask(visit: Visit) -> Answer:
    """Ask for the reason; what was said before stands in the form."""
    challenge, firm, firms = _both(visit, visit.query.one("firm"))
    said = matching.opinion(visit.db, ("firm", firm.id), ("challenge", challenge.id))
    form = filled({"reason": said.reason, "note": said.note} if said else {})
    return _page(visit, challenge, firm, firms, form)


def _both(visit: Visit, wanted: str) -> tuple[Challenge, Firm, list[Firm]]:
    """Return the challenge, the firm, and all firms of whoever may speak for this one."""
    challenge = challenges.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    firms = own_firms(visit)
    firm = chosen_firm(firms, wanted)
    require(rules.may_set_aside(visit.actor, firm))
    return challenge, firm, firms


def _page(
    visit: Visit,
    challenge: Challenge,
    firm: Firm,
    firms: list[Firm],
    form: Form,
    *,
    status: int = 200,
) -> Answer:
    text, query = text_of(challenge, visit.lang), query_of(firm, firms)
    values = AsidePage(
        form=form,
        firm=firm,
        title=text.title,
        lang_of_title=text.lang if text.lang != visit.lang else None,
        options=[(key, words, _EFFECTS.get(key, _THIS_ALONE)) for key, words in REASONS.items()],
        action=visit.url(f"/matches/{challenge.slug}/not-for-us", firm=query),
        back_url=visit.url("/matches", firm=query),
    )
    return page(visit, "explore/not_for_us.html", values, status=status, main_form=True)


def set_aside(visit: WritingVisit) -> Answer:
    """Keep the reason and go back to the list, which offers to undo it."""
    challenge, firm, firms = _both(visit, visit.query.one("firm"))
    reader = Reader(visit.form)
    reason = reader.choice("reason", [one.value for one in Reason])
    note = reader.text("note", required=False, limit=NOTE, lines=True)
    if visit.switching:
        return _page(visit, challenge, firm, firms, replace(reader.form, errors={}))
    if not reader.ok:
        return _page(visit, challenge, firm, firms, reader.form, status=422)
    actions.set_aside(
        visit.session,
        firm,
        challenge,
        reason=Reason(reason),
        note=note,
        actor=visit.actor,
        now=visit.now,
    )
    title = text_of(challenge, visit.lang).title
    visit.flash(
        "success", msg("“{title}” has left your list. Below it you can undo this.", title=title)
    )
    return redirect(_list_of(firm, firms))


def take_up(visit: WritingVisit) -> Answer:
    challenge, firm, firms = _both(visit, visit.query.one("firm"))
    if actions.take_up(visit.session, firm, challenge, actor=visit.actor, now=visit.now):
        title = text_of(challenge, visit.lang).title
        visit.flash("success", msg("“{title}” is in your list again.", title=title))
    return redirect(_list_of(firm, firms))


def _list_of(firm: Firm, firms: list[Firm]) -> str:
    query = query_of(firm, firms)
    return f"/matches?firm={query}" if query else "/matches"


routes = [
    get("/matches/{slug}/not-for-us", ask, settled),
    post("/matches/{slug}/not-for-us", set_aside, settled, once=True),
    post("/matches/{slug}/take-up", take_up, settled, once=True),
]
