"""/desk/challenges/{slug}/route: which procurement routes are open, and which one is chosen."""

from collections.abc import Sequence
from datetime import date

from govmatch.accounts.models import Role
from govmatch.challenges import actions, queries, rules
from govmatch.challenges.forms.route import Valued, given, read_choice, read_value
from govmatch.challenges.models import Challenge
from govmatch.challenges.routing import (
    OTHER,
    Chosen,
    Estimate,
    estimate_of,
    shown_digest,
    shown_facts,
)
from govmatch.challenges.rules.desk import works_on
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.desk.access import path_of
from govmatch.challenges.views.desk.route_shown import (
    BUYERS,
    Route,
    RouteShown,
    route_of,
    route_shown,
)
from govmatch.kit.asking import require
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.formats import money_text
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name
from govmatch.organisations.showing import day_of
from govmatch.procurement.kept import Tables, tables
from govmatch.procurement.suggesting import Option, Reach, Suggestion, suggest
from govmatch.procurement.table import Table
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

readers = holder_of(Role.STAFF, Role.APPROVER, Role.MANAGER, Role.AUDITOR)
writers = holder_of(Role.STAFF)


@dataclass(frozen=True)
class Routes:
    """What was found for a value; the lists hold the nearest place first."""

    total: str
    country: str
    region: str
    digest: str
    open: list[Route]
    closed: list[Route]
    foreign: list[Route]
    currencies: str
    """Those of the limits that were compared with nothing."""
    warnings: list[tuple[Message, Message]]


@dataclass(frozen=True)
class RoutePage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    path: str
    trail: list[tuple[Message, str]]
    """Where the reader comes from: the desk, or the audit of the case."""
    back: str
    chosen: RouteShown
    earlier: int
    """How many choices this one replaced."""
    value: Form
    form: Form
    buyers: list[tuple[str, Message]]
    currencies: list[tuple[str, str]]
    why_not: Message | None
    found: Routes | None
    other: str = OTHER


def route(visit: Visit) -> Answer:
    """Show the routes for the value that was typed, that was chosen for, or of the budget."""
    challenge = _challenge(visit)
    known = tables(visit.settings.content_dir)
    if visit.query.one("each") or visit.query.one("pilots"):
        valued = read_value(visit.query, _currencies(challenge, known.every))
    else:
        choice = queries.route_choice(visit.db, challenge)
        estimate = estimate_of(challenge, choice.facts if choice else None)
        valued = given(estimate, queries.last_buyer(visit.db, challenge))
    return _page(visit, challenge, valued, filled({}))


def choose(visit: WritingVisit) -> Answer:
    """Keep the chosen route; shown again where the tables changed since the page was read."""
    challenge = _challenge(visit)
    require(rules.may_choose_route(visit.actor, challenge))
    known = tables(visit.settings.content_dir)
    valued = read_value(visit.form, _currencies(challenge, known.every))
    if visit.switching or valued.estimate is None or valued.buyer is None:
        return _page(visit, challenge, valued, typed(visit.form), status=_status(visit))
    found = _suggestion(visit, challenge, valued, known)
    choice = read_choice(visit.form, [one.id for one in found.open])
    if visit.form.one("shown") != shown_digest(found):
        choice.reader.wrong(
            "route", msg("The figures have changed since you read them. Please look again.")
        )
    if not choice.reader.ok:
        return _page(visit, challenge, valued, choice.reader.form, status=422)
    chosen = Chosen(
        estimate=valued.estimate,
        buyer=valued.buyer,
        option=next((one for one in found.open if one.id == choice.route), None),
        named=choice.named,
    )
    try:
        actions.choose_route(
            visit.session,
            challenge,
            chosen,
            reason=choice.reason,
            actor=visit.actor,
            now=visit.now,
        )
    except Invalid as error:
        return _page(visit, challenge, valued, typed(visit.form, error.errors), status=422)
    visit.flash("success", msg("The route is recorded, with the figures as they stood here."))
    return redirect(path_of(challenge))


def _status(visit: WritingVisit) -> int:
    return 200 if visit.switching else 422


def _challenge(visit: Visit) -> Challenge:
    challenge = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    if not rules.may_read_route(visit.actor, challenge):
        raise NotFound
    return challenge


def _page(
    visit: Visit, challenge: Challenge, valued: Valued, form: Form, *, status: int = 200
) -> Answer:
    text, known = text_of(challenge, visit.lang), tables(visit.settings.content_dir)
    ruling = rules.may_choose_route(visit.actor, challenge)
    values = RoutePage(
        challenge=challenge,
        title=text.title or challenge.slug,
        lang_of_title=text.lang if text.lang != visit.lang else None,
        path=path_of(challenge),
        trail=_trail(visit, challenge),
        back=_back(visit, challenge),
        chosen=route_shown(visit, challenge),
        earlier=max(len(queries.route_choices(visit.db, challenge)) - 1, 0),
        value=valued.form,
        form=form,
        buyers=[(one.value, BUYERS[one]) for one in BUYERS],
        currencies=[(code, code) for code in _currencies(challenge, known.every)],
        why_not=ruling.reason if not ruling else None,
        found=_found(visit, challenge, valued, known),
    )
    has_form = values.found is not None and values.why_not is None
    return page(visit, "challenges/desk/route.html", values, status=status, main_form=has_form)


def _trail(visit: Visit, challenge: Challenge) -> list[tuple[Message, str]]:
    if works_on(visit.actor, challenge):
        return [(msg("Desk"), visit.url("/desk"))]
    return [(msg("Audit"), visit.url("/audit"))]


def _back(visit: Visit, challenge: Challenge) -> str:
    if works_on(visit.actor, challenge):
        return path_of(challenge)
    return f"/audit/challenges/{challenge.slug}"


def _currencies(challenge: Challenge, every: Sequence[Table]) -> list[str]:
    """Return the challenge's currency, and those of the figures for its authority."""
    authority = challenge.authority
    near = [one for one in every if one.covers(authority.country, authority.region)]
    found = [line.currency for table in near for line in table.thresholds]
    return list(dict.fromkeys([challenge.currency, *sorted(found)]))


def _suggestion(visit: Visit, challenge: Challenge, valued: Valued, known: Tables) -> Suggestion:
    assert valued.estimate is not None
    assert valued.buyer is not None
    return suggest(
        known.every,
        value=valued.estimate.total,
        currency=valued.estimate.currency,
        country=challenge.authority.country,
        region=challenge.authority.region,
        buyer=valued.buyer,
        on=_today(visit, challenge),
    )


def _today(visit: Visit, challenge: Challenge) -> date:
    return day_of(visit.now, challenge.zone or visit.settings.zone)


def _found(visit: Visit, challenge: Challenge, valued: Valued, known: Tables) -> Routes | None:
    if valued.estimate is None or valued.buyer is None:
        return None
    found, authority = _suggestion(visit, challenge, valued, known), challenge.authority
    lists = (_routes(visit, some) for some in (found.open, found.closed, found.foreign))
    open_, closed, foreign = lists
    return Routes(
        total=money_text(valued.estimate.total, valued.estimate.currency, visit.lang),
        country=country_name(authority.country, visit.lang),
        region=authority.region,
        digest=shown_digest(found),
        open=open_,
        closed=closed,
        foreign=foreign,
        currencies=", ".join(dict.fromkeys(one.threshold.currency for one in found.foreign)),
        warnings=_warnings(visit, challenge, valued.estimate, found, known),
    )


def _routes(visit: Visit, options: Sequence[Option]) -> list[Route]:
    return [route_of(visit, shown_facts(one)) for one in options]


def _warnings(
    visit: Visit, challenge: Challenge, estimate: Estimate, found: Suggestion, known: Tables
) -> list[tuple[Message, Message]]:
    """Return what the reader must know before believing the list."""
    place = challenge.authority.region or country_name(challenge.authority.country, visit.lang)
    warnings = []
    if found.reach is Reach.NOWHERE:
        warnings.append((
            msg("No figures are known here for {place}", place=place),
            msg("Ask your procurement office, and record below which route it named."),
        ))  # fmt: skip
    elif found.lacks_region:
        warnings.append((
            msg("No figures of its own are known here for {place}", place=place),
            msg("Below stands only what holds for the whole country. Your procurement office knows "
                "the rules of the region."),
        ))  # fmt: skip
    if found.foreign and not found.open and not found.closed:
        warnings.append((
            msg("The limits are in another currency than {currency}", currency=estimate.currency),
            msg("Nothing is converted here, since no rate is agreed. Enter the value in the "
                "currency of the limits, at the rate that your accounts use."),
        ))  # fmt: skip
    if found.is_doubtful:
        warnings.append((
            msg("Check the figures before you rely on them"),
            msg("At least one of them is out of date, older than a year or was never compared with "
                "the law. It is marked below."),
        ))  # fmt: skip
    if known.unread:
        warnings.append((
            msg("Some figures could not be read"),
            msg("These files have a mistake and are left out: {files}. Whoever runs the site sees "
                "it with “govmatch content check”.", files=", ".join(known.unread)),
        ))  # fmt: skip
    return warnings


_PATH = "/desk/challenges/{slug}/route"
routes = [get(_PATH, route, readers), post(_PATH, choose, writers, once=True)]
