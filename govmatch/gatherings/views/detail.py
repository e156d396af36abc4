"""/events/{slug}: one event as everybody reads it, and its files."""

from collections.abc import Mapping

from markupsafe import Markup

from govmatch.challenges.rules import is_public as is_public_challenge
from govmatch.challenges.showing import text_of
from govmatch.files.queries import of_owner_by_id
from govmatch.files.sending import sent
from govmatch.gatherings import queries, rules
from govmatch.gatherings.models import Gathering, Registration, Seat
from govmatch.gatherings.rules import Phase
from govmatch.gatherings.showing import (
    KINDS,
    MODES,
    PHASES,
    Badge,
    desk_path_of,
    host_of,
    path_of,
    seat_text,
    times_of,
    where_text,
)
from govmatch.kit.i18n import Message, msg, msgn, pick
from govmatch.kit.markdown import kept
from govmatch.kit.records import dataclass
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Paper:
    name: str
    url: str
    size: int
    """In kilobytes."""


@dataclass(frozen=True)
class Afterwards:
    """What is left of it: notes, recordings that lie elsewhere, files."""

    notes: Markup
    notes_lang: str | None
    recordings: list[Mapping[str, str]]
    papers: list[Paper]

    @property
    def is_there(self) -> bool:
        return bool(self.notes or self.recordings or self.papers)


@dataclass(frozen=True)
class DetailPage:
    title: str
    summary: str
    body: Markup
    text_lang: str | None
    kind: Message
    host: str
    badge: Badge
    facts: list[tuple[Message, object]]
    room: Message | None
    """How many places are free, or how many wait."""
    phase: str
    closing: object
    own: Message | None
    """What the reader has here, in words."""
    own_url: str
    joins: str
    """The address to join online, for whoever has a place."""
    link_follows: bool
    can_register: bool
    register_url: str
    register_label: Message
    no_registration: Message | None
    challenges: list[tuple[str, str]]
    themes: list[str]
    afterwards: Afterwards
    cancel_reason: str
    cancel_lang: str
    contact: Mapping[str, str]
    desk_url: str
    ics_url: str
    path: str


def detail(visit: Visit) -> Answer:
    """Show one event; who has a place also sees where it is joined online."""
    gathering = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    words = queries.text_for(gathering, visit.lang)
    phase = rules.phase(gathering, visit.now)
    own = queries.own(visit.db, visit.actor, gathering)
    live = own if own is not None and own.seat != Seat.GIVEN_UP else None
    ruling = rules.may_register(gathering, visit.now)
    reason, reason_lang = pick(gathering.cancel_reasons, visit.lang)
    sees = rules.sees_link(live, gathering)
    values = DetailPage(
        title=words.title,
        summary=words.summary,
        body=kept(words.html),
        text_lang=words.lang if words.lang != visit.lang else None,
        kind=KINDS[gathering.kind],
        host=host_of(gathering, visit.lang),
        badge=PHASES[phase],
        facts=_facts(visit, gathering),
        room=_room(visit, gathering, phase),
        phase=phase.value,
        closing=rules.closing(gathering) if phase in {Phase.OPEN, Phase.FULL} else None,
        own=_own_text(visit, live),
        own_url=visit.url(f"{path_of(gathering)}/place"),
        joins=gathering.link if sees else "",
        link_follows=sees and not gathering.link and gathering.mode != "on_site",
        can_register=bool(ruling) and live is None,
        register_url=visit.url(f"{path_of(gathering)}/register"),
        register_label=msg("Join the waiting list")
        if gathering.is_full
        else msg("Register for the event"),
        no_registration=msg("Nobody needs to register: just come.")
        if phase is Phase.PLANNED
        else None,
        challenges=_challenges(visit, gathering),
        themes=_themes(visit, gathering),
        afterwards=afterwards_of(visit, gathering),
        cancel_reason=reason,
        cancel_lang=reason_lang,
        contact=gathering.contact,
        desk_url=visit.url(desk_path_of(gathering)) if rules.hosts(visit.actor, gathering) else "",
        ics_url=visit.url(f"{path_of(gathering)}.ics"),
        path=path_of(gathering),
    )
    return page(visit, "gatherings/detail.html", values)


def _own_text(visit: Visit, own: Registration | None) -> Message | None:
    if own is None:
        return None
    if own.seat == Seat.TAKEN:
        return msg("You have a place.")
    return seat_text(own, queries.place_in_line(visit.db, own))


def _facts(visit: Visit, gathering: Gathering) -> list[tuple[Message, object]]:
    found: list[tuple[Message, object]] = [
        (msg("When"), times_of(gathering, visit.lang)),
        (msg("Where"), where_text(gathering, visit.lang)),
        (msg("How"), MODES[gathering.mode]),
        (msg("Host"), host_of(gathering, visit.lang)),
    ]
    if gathering.programme is not None:
        found.append((msg("Programme"), pick(gathering.programme.names, visit.lang)[0]))
    return found


def _room(visit: Visit, gathering: Gathering, phase: Phase) -> Message | None:
    """Return how much room there is, where that is limited and still of use."""
    if phase not in {Phase.OPEN, Phase.FULL, Phase.CLOSED} or gathering.places is None:
        return None
    free = gathering.places - queries.taken(visit.db, gathering)
    if free > 0:
        return msgn(
            "{n} of {all} places is free", "{n} of {all} places are free",
            n=free, all=gathering.places,
        )  # fmt: skip
    waiting = len(queries.waiting(visit.db, gathering, most=500))
    return msgn(
        "All {all} places are taken; {n} person waits",
        "All {all} places are taken; {n} people wait",
        n=waiting, all=gathering.places,
    )  # fmt: skip


def _challenges(visit: Visit, gathering: Gathering) -> list[tuple[str, str]]:
    """Return the public challenges that it is about: title and address."""
    return [
        (text_of(one.challenge, visit.lang).title, visit.url(f"/challenges/{one.challenge.slug}"))
        for one in gathering.links
        if is_public_challenge(one.challenge, visit.now)
    ]


def _themes(visit: Visit, gathering: Gathering) -> list[str]:
    labels = taxonomy.all_labels(visit.db, TermKind.THEME, gathering.themes)
    return [pick(labels.get(slug, {}), visit.lang)[0] or slug for slug in gathering.themes]


def afterwards_of(visit: Visit, gathering: Gathering) -> Afterwards:
    html, lang = pick(gathering.notes_html, visit.lang)
    return Afterwards(
        notes=kept(html),
        notes_lang=lang if html and lang != visit.lang else None,
        recordings=list(gathering.recordings),
        papers=[
            Paper(
                one.name,
                visit.url(f"{path_of(gathering)}/files/{one.public_id}"),
                max(1, round(one.size / 1000)),
            )
            for one in queries.papers(visit.db, gathering)
        ],
    )


def download(visit: Visit) -> Answer:
    """Give one of its files to whoever sees the event."""
    gathering = queries.get_visible(
        visit.db, actor=visit.actor, now=visit.now, slug=visit.params["slug"]
    )
    file = of_owner_by_id(visit.db, queries.GATHERING, gathering.id, visit.params["file"])
    return sent(visit, file)


routes = [
    get("/events/{slug}/files/{file}", download, anyone),
    get("/events/{slug}", detail, anyone),
]
