"""What a section can take from its programme: the dates of a round, a ready mixture of criteria.

A button fills the form; nothing is kept before it is saved.
"""

from datetime import date
from zoneinfo import ZoneInfo

from govmatch.accounts.zones import ZONES
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.kit.i18n import pick
from govmatch.kit.records import dataclass
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Round
from govmatch.programmes.schedule import Call, call_of
from govmatch.web.fields import Form, local_text
from govmatch.web.visit import Visit

DATES, CRITERIA = "dates", "criteria"
"""What a button asks for, before the short name of the round or of the set."""


@dataclass(frozen=True)
class RoundDates:
    """A round whose call is yet to open, and between which days it lies."""

    slug: str
    name: str
    opens: date
    closes: date


@dataclass(frozen=True)
class Mixture:
    """A set of criteria with its weights."""

    id: str
    name: str
    help: str


def round_dates(visit: Visit, challenge: Challenge, zone: str) -> list[RoundDates]:
    """Return the rounds whose dates can be taken: its own, or those of its programme."""
    rounds = programmes.rounds(visit.db, challenge.programme)
    found = []
    for one in rounds:
        call = _call(challenge, one, zone)
        is_its = challenge.round_id in (None, one.id)
        if call is not None and is_its and call.opens > visit.now:
            local = ZoneInfo(zone)
            opens, closes = call.opens.astimezone(local), call.closes.astimezone(local)
            name = pick(one.names, visit.lang)[0]
            found.append(RoundDates(one.slug, name, opens.date(), closes.date()))
    return found


def _call(challenge: Challenge, one: Round, zone: str) -> Call | None:
    phases = challenge.programme.phases
    return call_of(phases, starts=one.starts, zone=zone, fixed=one.fixed)


def mixtures(visit: Visit, challenge: Challenge) -> list[Mixture]:
    """Return the sets of criteria that its programme has ready."""
    return [
        Mixture(one.id, pick(one.names, visit.lang)[0], pick(one.help, visit.lang)[0])
        for one in programmes.criteria_sets(challenge.programme)
    ]


def taken(visit: Visit, challenge: Challenge, form: Form, what: str, which: str) -> Form:
    """Return the form with what a button takes over."""
    if what == DATES:
        return _with_dates(challenge, form, programmes.find_round(visit.db, which))
    return _with_criteria(challenge, form, which)


def _with_dates(challenge: Challenge, form: Form, one: Round | None) -> Form:
    zone = form.value("zone")
    if zone not in ZONES:
        zone = challenge.zone
    is_its = one is not None and one.programme_id == challenge.programme_id
    call = _call(challenge, one, zone) if one is not None and is_its else None
    if call is None:
        return form
    dates = {
        "opens": local_text(call.opens, zone),
        "questions_until": local_text(call.questions_until, zone),
        "closes": local_text(call.closes, zone),
    }
    return Form({**form.values, **dates})


def _with_criteria(challenge: Challenge, form: Form, which: str) -> Form:
    """Return the form with the weights of a set; criteria outside it get none."""
    sets = {one.id: one for one in programmes.criteria_sets(challenge.programme)}
    if which not in sets:
        return form
    values = dict(form.values)
    for criterion in programmes.criteria(terms_of(challenge)):
        for part in ("weight", "minimum", "independent"):
            values[f"{part}-{criterion.id}"] = ""
    for one in sets[which].weights:
        values[f"weight-{one['id']}"] = str(one["weight"])
        values[f"minimum-{one['id']}"] = str(one["minimum"] or "")
    return Form(values)
