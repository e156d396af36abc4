"""/desk/challenges/new: beginning a challenge with its place, its language and its title."""

from dataclasses import dataclass, replace

from govmatch.accounts.models import Role
from govmatch.challenges import actions
from govmatch.challenges.forms import NewDraft, key_of, read_draft
from govmatch.challenges.queries.known import FALLBACK_PILOTS
from govmatch.challenges.statement import Statement, Weight, Words
from govmatch.challenges.views.desk.access import path_of
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, msg, pick
from govmatch.organisations.models import Authority, Size
from govmatch.organisations.queries.authorities import by_ids
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Programme
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/desk/challenges/new"
writer = holder_of(Role.STAFF)

CURRENCIES = {"DK": "DKK", "SE": "SEK", "NO": "NOK", "GB": "GBP", "CH": "CHF", "PL": "PLN"}
"""Where a country does not pay in euros; the author can choose another."""

Place = tuple[Authority, Programme]


@dataclass(frozen=True)
class NewPage:
    form: Form
    places: list[tuple[str, str]]
    languages: list[tuple[str, str]]


def places_of(visit: Visit) -> dict[str, Place]:
    """Return for which authorities and programmes this actor can write, by their key."""
    mine = by_ids(visit.db, visit.actor.objects("authority", Role.STAFF))
    joined = programmes.taking_part(visit.db)
    every = programmes.all_programmes(visit.db)
    return {
        key_of(authority.slug, programme.slug): (authority, programme)
        for authority in mine
        for programme in every
        if (programme.slug, authority.slug) in joined
    }


def ask(visit: Visit) -> Answer:
    places = places_of(visit)
    first = next(iter(places)) if len(places) == 1 else ""
    return _page(visit, places, filled({"place": first, "lang": visit.lang}))


def _page(visit: Visit, places: dict[str, Place], form: Form, *, status: int = 200) -> Answer:
    labels = [
        (key, f"{pick(authority.names, visit.lang)[0]} · {pick(programme.names, visit.lang)[0]}")
        for key, (authority, programme) in places.items()
    ]
    values = NewPage(form, labels, [(lang, OWN_NAMES[lang]) for lang in LANGUAGES])
    return page(visit, "challenges/desk/new.html", values, status=status, main_form=bool(places))


def begin(visit: WritingVisit) -> Answer:
    """Make the draft and go on to the editor."""
    places = places_of(visit)
    if not places:
        raise NotAllowed(msg("Your authority takes part in no programme yet."))
    pairs = [(authority.slug, programme.slug) for authority, programme in places.values()]
    draft, form = read_draft(visit.form, pairs)
    if visit.switching:
        return _page(visit, places, replace(form, errors={}))
    if form.errors:
        return _page(visit, places, form, status=422)
    place = places[key_of(draft.authority, draft.programme)]
    try:
        challenge = actions.create(
            visit.session, first_statement(draft, place), actor=visit.actor, now=visit.now
        )
    except Invalid as error:
        errors = dict.fromkeys(["title"], next(iter(error.errors.values())))
        return _page(visit, places, replace(form, errors=errors), status=422)
    visit.flash(
        "success", msg("The draft is there. Nobody but your authority and programme sees it.")
    )
    return redirect(f"{path_of(challenge)}/edit")


def first_statement(draft: NewDraft, place: Place) -> Statement:
    """Return what a new challenge says before anybody has written more than its title."""
    authority, programme = place
    most = programme.facts.get("pilots_max", FALLBACK_PILOTS)
    languages = programme.facts.get("languages") or authority.languages
    return Statement(
        authority=authority.slug,
        programme=programme.slug,
        zone=authority.zone,
        words={draft.lang: Words(title=draft.title)},
        main_lang=draft.lang,
        currency=CURRENCIES.get(authority.country, "EUR"),
        pilots_max=most if isinstance(most, int) else FALLBACK_PILOTS,
        countries=("EU", "EEA"),
        sizes=(Size.MICRO.value, Size.SMALL.value, Size.MEDIUM.value),
        languages=tuple(languages),
        criteria=tuple(
            Weight(id=one["id"], weight=one["weight"], minimum=one["minimum"])
            for one in programmes.default_weights(programme)
        ),
        contact=dict(authority.contact),
    )


routes = [get(PATH, ask, writer), post(PATH, begin, writer, once=True)]
