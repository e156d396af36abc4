"""/desk/events/new and /desk/events/{slug}/edit: writing an event, in three languages."""

from dataclasses import replace

from govmatch.accounts.models import Role
from govmatch.accounts.zones import ZONES, zone_choices
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import by_ids, text_of
from govmatch.gatherings import actions, queries, rules
from govmatch.gatherings.forms import Choices, plan_form, read_plan, read_revision
from govmatch.gatherings.models import Gathering
from govmatch.gatherings.showing import KINDS, MODES, desk_path_of
from govmatch.gatherings.views.desk.access import gathering_of, host
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.organisations.places import countries, language_in_words, named_languages
from govmatch.organisations.queries.authorities import by_ids as authorities_by_ids
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Programme
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

NEW = "/desk/events/new"
EDIT = "/desk/events/{slug}/edit"
MOST_CHALLENGES = 60

Host = tuple[Authority | None, Programme | None]
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class EditPage:
    title: str
    is_new: bool
    is_published: bool
    action: str
    back_url: str
    hosts: Options
    kinds: list[tuple[str, Message]]
    modes: list[tuple[str, Message]]
    zones: Options
    countries: Options
    themes: Options
    challenges: Options
    languages: list[tuple[Lang, str]]
    main_options: Options
    labels: dict[str, Message]
    conflict: Message | None
    form: Form


def hosts_of(visit: Visit) -> dict[str, Host]:
    """Return for whom this actor can hold an event, by key: authority, both, or programme."""
    found: dict[str, Host] = {}
    joined = programmes.taking_part(visit.db)
    every = programmes.all_programmes(visit.db)
    for authority in authorities_by_ids(visit.db, visit.actor.objects("authority", Role.STAFF)):
        found[f"{authority.slug}/"] = (authority, None)
        for programme in every:
            if (programme.slug, authority.slug) in joined:
                found[f"{authority.slug}/{programme.slug}"] = (authority, programme)
    managed = visit.actor.objects("programme", Role.MANAGER)
    for programme in every:
        if programme.id in managed:
            found[f"/{programme.slug}"] = (None, programme)
    return found


def _host_label(visit: Visit, host: Host) -> str:
    return " · ".join(pick(one.names, visit.lang)[0] for one in host if one is not None)


def _challenges(visit: Visit, gathering: Gathering | None) -> list[Challenge]:
    """Return what it can be about: the newest public challenges, and those it is about already."""
    kept = [one.challenge_id for one in gathering.links] if gathering else []
    newest = queries.newest_challenges(visit.db, visit.now, most=MOST_CHALLENGES)
    return by_ids(visit.db, list(dict.fromkeys([*kept, *newest])))


def _choices(visit: Visit, challenges: list[Challenge]) -> Choices:
    return Choices(
        themes=taxonomy.slugs(visit.db, TermKind.THEME),
        challenges={one.slug: one.id for one in challenges},
    )


def ask_new(visit: Visit) -> Answer:
    """Show an empty form with what is known of the first host."""
    hosts = hosts_of(visit)
    first = next(iter(hosts.values()), (None, None))
    key = next(iter(hosts), "")
    contact = first[0].contact if first[0] else {}
    form = filled(
        {
            "host": key if len(hosts) == 1 else "",
            "zone": first[0].zone if first[0] else visit.settings.zone,
            "country": first[0].country if first[0] else "",
            "main_lang": visit.lang,
            "mode": "on_site",
            "registers": "yes",
            "contact_name": contact.get("name", ""),
            "contact_email": contact.get("email", ""),
        }
    )
    return _page(visit, None, form)


def create(visit: WritingVisit) -> Answer:
    """Make the draft and go on to its page."""
    hosts, challenges = hosts_of(visit), _challenges(visit, None)
    if not hosts:
        raise NotAllowed(msg("Staff of an authority and managers of a programme make events."))
    plan, form = read_plan(visit.form, _choices(visit, challenges))
    wanted = visit.form.one("host")
    if visit.switching:
        return _page(visit, None, replace(form, errors={}))
    if wanted not in hosts:
        form.errors.setdefault("host", msg("Please choose one of the options."))
    if plan is None or form.errors:
        return _page(visit, None, form, status=422)
    authority, programme = hosts[wanted]
    try:
        made = actions.create(
            visit.session, plan, authority=authority, programme=programme,
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, None, replace(form, errors=error.errors), status=422)
    visit.flash("success", msg("The draft is there. Only its hosts see it."))
    return redirect(desk_path_of(made))


def ask(visit: Visit) -> Answer:
    gathering = gathering_of(visit)
    require(rules.may_write(visit.actor, gathering, visit.now))
    slugs = [one.challenge.slug for one in gathering.links]
    return _page(visit, gathering, plan_form(gathering, slugs))


def save(visit: WritingVisit) -> Answer:
    """Keep what was typed; those registered are told where it matters to them."""
    gathering = gathering_of(visit)
    require(rules.may_write(visit.actor, gathering, visit.now))
    plan, form = read_plan(visit.form, _choices(visit, _challenges(visit, gathering)))
    if visit.switching:
        return _page(visit, gathering, replace(form, errors={}))
    if plan is None:
        return _page(visit, gathering, form, status=422)
    try:
        told = actions.save(
            visit.session, gathering, plan, revision=read_revision(visit.form),
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        return _page(visit, gathering, replace(form, errors=error.errors), status=422)
    except Conflict as error:
        values = {**form.values, "revision": str(gathering.revision)}
        return _page(visit, gathering, Form(values), status=409, conflict=error.reason)
    visit.flash(
        "success",
        msg("The event is saved. Everybody registered is told what is different.")
        if told
        else msg("The event is saved."),
    )
    return redirect(desk_path_of(gathering))


def _page(
    visit: Visit,
    gathering: Gathering | None,
    form: Form,
    *,
    status: int = 200,
    conflict: Message | None = None,
) -> Answer:
    lang = visit.lang
    typed = form.value("zone")
    zone = typed if typed in ZONES else visit.settings.zone
    labels = taxonomy.labels(visit.db, TermKind.THEME, lang)
    title = ""
    if gathering is not None:
        texts = {one.lang: one.title for one in gathering.texts}
        title = pick(texts, lang)[0]
    path = desk_path_of(gathering) if gathering else ""
    values = EditPage(
        title=title,
        is_new=gathering is None,
        is_published=gathering is not None and gathering.published_at is not None,
        action=visit.url(f"{path}/edit" if gathering else NEW),
        back_url=visit.url(path or "/desk/events"),
        hosts=[(key, _host_label(visit, one)) for key, one in hosts_of(visit).items()]
        if gathering is None
        else [],
        kinds=list(KINDS.items()),
        modes=list(MODES.items()),
        zones=zone_choices(zone, lang),
        countries=list(countries(lang).items()),
        themes=list(labels.items()),
        challenges=[(one.slug, text_of(one, lang).title) for one in _challenges(visit, gathering)],
        languages=named_languages(lang),
        main_options=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        labels=_field_labels(lang),
        conflict=conflict,
        form=form,
    )
    return page(visit, "gatherings/desk/edit.html", values, status=status, main_form=True)


def _field_labels(lang: Lang) -> dict[str, Message]:
    """Return what the fields are called that a message of an error may lead to."""
    found = {
        "host": msg("Host"),
        "kind": msg("Kind of event"),
        "starts": msg("Begins"),
        "ends": msg("Ends"),
        "closes": msg("Registration closes"),
        "place": msg("Place"),
        "country": msg("Country"),
        "link": msg("Address to join online"),
        "places": msg("Places"),
        "registers": msg("Registration"),
        "challenges": msg("Challenges that it is about"),
        "contact_name": msg("Office"),
        "contact_email": msg("E-mail address"),
    }
    for code in LANGUAGES:
        name = language_in_words(code, lang)
        found[f"title-{code}"] = msg("Title in {language}", language=name)
        found[f"summary-{code}"] = msg("Summary in {language}", language=name)
    return found


routes = [
    get(NEW, ask_new, host),
    post(NEW, create, host, once=True),
    get(EDIT, ask, host),
    post(EDIT, save, host, once=True),
]
