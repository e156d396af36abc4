"""/desk/challenges/new: beginning a challenge with its place, its language and its title."""

from dataclasses import replace
from typing import Any

from govmatch.accounts.models import Role
from govmatch.challenges import actions, queries
from govmatch.challenges.beginnings import first_statement
from govmatch.challenges.copies import copied
from govmatch.challenges.forms import NewDraft, key_of, read_draft
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import may_copy
from govmatch.challenges.showing import text_of
from govmatch.challenges.statement import Statement, Words, statement_of
from govmatch.challenges.views.desk.access import path_of
from govmatch.kit.errors import Invalid, NotAllowed, NotFound
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
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

Place = tuple[Authority, Programme]


@dataclass(frozen=True)
class NewPage:
    form: Form
    places: list[tuple[str, str]]
    languages: list[tuple[str, str]]
    source: str
    """What the challenge to be copied is called, where one is named."""
    source_lang: str | None
    action: str


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
    values: dict[str, Any] = {
        "place": next(iter(places)) if len(places) == 1 else "",
        "lang": visit.lang,
    }
    wanted = visit.query.one("copy")
    source = _source(visit, wanted) if wanted else None
    if source is not None:
        title = next((one.title for one in source.texts if one.lang == source.main_lang), "")
        values |= {"copy": source.slug, "lang": source.main_lang, "title": title}
    return _page(visit, places, filled(values), source=source)


def _source(visit: Visit, slug: str) -> Challenge | None:
    """Return the challenge that is to be copied; None where there is none for this actor."""
    try:
        found = queries.get_visible(visit.db, actor=visit.actor, now=visit.now, slug=slug)
    except NotFound:
        return None
    return found if may_copy(visit.actor, found, visit.now) else None


def _page(
    visit: Visit,
    places: dict[str, Place],
    form: Form,
    *,
    status: int = 200,
    source: Challenge | None = None,
) -> Answer:
    labels = [
        (key, f"{pick(authority.names, visit.lang)[0]} · {pick(programme.names, visit.lang)[0]}")
        for key, (authority, programme) in places.items()
    ]
    words = text_of(source, visit.lang) if source is not None else None
    values = NewPage(
        form,
        labels,
        [(lang, OWN_NAMES[lang]) for lang in LANGUAGES],
        source=words.title if words else "",
        source_lang=words.lang if words and words.lang != visit.lang else None,
        action=visit.url(PATH),
    )
    return page(visit, "challenges/desk/new.html", values, status=status, main_form=bool(places))


def begin(visit: WritingVisit) -> Answer:
    """Make the draft and go on to the editor."""
    places = places_of(visit)
    if not places:
        raise NotAllowed(msg("Your authority takes part in no programme yet."))
    pairs = [(authority.slug, programme.slug) for authority, programme in places.values()]
    draft, form = read_draft(visit.form, pairs)
    source = _source(visit, draft.copy) if draft.copy else None
    if draft.copy and source is None:
        unknown = msg("There is no such challenge here, or it cannot be copied.")
        form = replace(form, errors={**form.errors, "copy": unknown})
    if visit.switching:
        return _page(visit, places, replace(form, errors={}), source=source)
    if form.errors:
        return _page(visit, places, form, status=422, source=source)
    place = places[key_of(draft.authority, draft.programme)]
    try:
        challenge = actions.create(
            visit.session, first_of(draft, place, source), actor=visit.actor, now=visit.now
        )
    except Invalid as error:
        errors = dict.fromkeys(["title"], next(iter(error.errors.values())))
        return _page(visit, places, replace(form, errors=errors), status=422)
    visit.flash(
        "success", msg("The draft is there. Nobody but your authority and programme sees it.")
    )
    return redirect(f"{path_of(challenge)}/edit")


def first_of(draft: NewDraft, place: Place, source: Challenge | None) -> Statement:
    """Return what a new challenge says before anybody has written more than its title."""
    words: dict[str, Words] = {draft.lang: Words(title=draft.title)}
    beginning = first_statement(*place, words=words, main_lang=draft.lang)
    if source is None:
        return beginning
    facts = queries.programme_facts(place[1], place[1].facts)
    copy = copied(statement_of(source), beginning, facts)
    there = replace(copy.words.get(draft.lang, Words()), title=draft.title)
    return replace(copy, words={**copy.words, draft.lang: there}, main_lang=draft.lang)


routes = [get(PATH, ask, writer), post(PATH, begin, writer, once=True)]
