"""How gatherings are put into words on pages and in mails: kinds, phases, times, places."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from govmatch.gatherings.models import Gathering, Kind, Mode, Registration, Seat, Shows
from govmatch.gatherings.queries import text_for
from govmatch.gatherings.rules import Phase, phase
from govmatch.kit.formats import date_text, datetime_text
from govmatch.kit.i18n import Lang, Message, msg, pick, say
from govmatch.kit.records import dataclass
from govmatch.organisations.places import country_name

Badge = tuple[Message, str]

KINDS: Mapping[str, Message] = {
    Kind.SEMINAR: msg("Seminar"),
    Kind.MARKET_DIALOGUE: msg("Market dialogue"),
    Kind.WORKSHOP: msg("Workshop"),
    Kind.COURSE: msg("Course with certificate"),
    Kind.HACKATHON: msg("Hackathon"),
}

MODES: Mapping[str, Message] = {
    Mode.ON_SITE: msg("On site"),
    Mode.ONLINE: msg("Online"),
    Mode.BOTH: msg("On site and online"),
}

PHASES: Mapping[Phase, Badge] = {
    Phase.DRAFT: (msg("Draft"), "neutral"),
    Phase.PLANNED: (msg("Open to everybody"), "info"),
    Phase.OPEN: (msg("Registration open"), "success"),
    Phase.FULL: (msg("Full, with a waiting list"), "warning"),
    Phase.CLOSED: (msg("Registration closed"), "neutral"),
    Phase.RUNNING: (msg("Taking place now"), "info"),
    Phase.PAST: (msg("Past"), "neutral"),
    Phase.CANCELLED: (msg("Called off"), "danger"),
}
"""Each phase: what it is called, and the kind of its badge."""

SEATS: Mapping[str, Badge] = {
    Seat.TAKEN: (msg("Has a place"), "success"),
    Seat.WAITING: (msg("On the waiting list"), "warning"),
    Seat.GIVEN_UP: (msg("Registration cancelled"), "neutral"),
}

SHOWN: Mapping[str, tuple[Message, Message]] = {
    Shows.NOTHING: (msg("Nothing"), msg("The code leads nowhere.")),
    Shows.COURSE: (
        msg("That it is real"),
        msg("The course, its day and its host, without your name."),
    ),
    Shows.NAME: (msg("That it is real, and my name"), msg("The same with your name.")),
}


@dataclass(frozen=True)
class Card:
    """One gathering in a list; `lang` is set where its text is not in the reader's language."""

    title: str
    url: str
    preline: str
    summary: str
    badges: list[Badge]
    facts: list[tuple[Message, str]]
    lang: str | None


def path_of(gathering: Gathering) -> str:
    return f"/events/{gathering.slug}"


def desk_path_of(gathering: Gathering) -> str:
    return f"/desk/events/{gathering.slug}"


def when_text(starts: datetime, ends: datetime, lang: Lang, zone: str) -> str:
    """Return «22 November 2026, 10:00–12:00 CET», or both ends in full.

    Both are in full where they are of two days, or where the clocks change in between.
    """
    place = ZoneInfo(zone)
    local, last = starts.astimezone(place), ends.astimezone(place)
    if local.date() != last.date() or local.utcoffset() != last.utcoffset():
        return f"{datetime_text(starts, lang, zone)} – {datetime_text(ends, lang, zone)}"
    day, _, zone_name = datetime_text(starts, lang, zone).rpartition(" ")
    return f"{day}–{last:%H:%M} {zone_name}"


def times_of(gathering: Gathering, lang: Lang) -> str:
    return when_text(gathering.starts, gathering.ends, lang, gathering.zone)


def where_text(gathering: Gathering, lang: Lang) -> str:
    """Return the place, that it is online, or both; never the address to join."""
    online = say(MODES[Mode.ONLINE], lang)
    if gathering.mode == Mode.ONLINE:
        return online
    place = gathering.place
    if gathering.country:
        place = f"{place}, {country_name(gathering.country, lang)}"
    return f"{place} · {online}" if gathering.mode == Mode.BOTH else place


def host_of(gathering: Gathering, lang: Lang) -> str:
    """Return who holds it: the authority, else the programme."""
    if gathering.authority is not None:
        return pick(gathering.authority.names, lang)[0]
    assert gathering.programme is not None
    return pick(gathering.programme.names, lang)[0]


def card(gathering: Gathering, *, lang: Lang, now: datetime, url: str) -> Card:
    words = text_for(gathering, lang)
    return Card(
        title=words.title,
        url=url,
        preline=f"{say(KINDS[gathering.kind], lang)} · {host_of(gathering, lang)}",
        summary=words.summary,
        badges=[PHASES[phase(gathering, now)]],
        facts=[
            (msg("When"), times_of(gathering, lang)),
            (msg("Where"), where_text(gathering, lang)),
        ],
        lang=words.lang if words.lang != lang else None,
    )


def seat_text(registration: Registration, place: int) -> Message:
    """Return what somebody has: a place, or which turn on the waiting list."""
    if registration.seat == Seat.WAITING:
        return msg("Place {n} on the waiting list", n=place)
    return SEATS[registration.seat][0]


def day_of(gathering: Gathering, lang: Lang) -> str:
    """Return the day, or the first and the last, as they stand on a certificate."""
    zone = ZoneInfo(gathering.zone)
    first: date = gathering.starts.astimezone(zone).date()
    last: date = gathering.ends.astimezone(zone).date()
    shown = date_text(first, lang, gathering.zone)
    return shown if first == last else f"{shown} – {date_text(last, lang, gathering.zone)}"
