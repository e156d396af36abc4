"""What is typed about interviews."""

import re
from collections.abc import Mapping
from datetime import datetime

from govmatch.interviews.actions import Room, Series
from govmatch.interviews.models import Offer
from govmatch.interviews.rules import LONGEST, MOST_AT_ONCE, SHORTEST
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.organisations.websites import web_address
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values

LONGEST_PAUSE = 120
MOST_WORDS = 2000
MOST_NOTES = 20_000
_REVISION = re.compile(r"[0-9]{1,9}")


def read_revision(values: Values) -> int:
    """Return the revision of the page that was typed on; 0 where there is none."""
    typed = values.one("revision")
    return int(typed) if _REVISION.fullmatch(typed) else 0


def _room(reader: Reader) -> Room:
    place = reader.text("place", limit=300, required=False)
    typed = reader.text("video", limit=500, required=False)
    video = web_address(typed) if typed else ""
    if video is None:
        reader.wrong("video", msg("Please enter an address such as https://www.example.org."))
    offers = reader.several("offers", [one.value for one in Offer])
    access = reader.text("access", limit=1000, required=False, lines=True)
    return Room(place=place, video=video or "", offers=tuple(offers), access=access)


def read_series(values: Values, zone: str) -> tuple[Series | None, Form]:
    """Return slots that follow each other in one room; times are local in `zone`."""
    reader = Reader(values)
    starts = reader.local_time("starts", zone)
    minutes = reader.integer("minutes", low=SHORTEST, high=LONGEST)
    pause = reader.integer("pause", high=LONGEST_PAUSE, required=False)
    count = reader.integer("count", low=1, high=MOST_AT_ONCE)
    room = _room(reader)
    if not reader.ok or starts is None or minutes is None or count is None:
        return None, reader.form
    made = Series(starts=starts, minutes=minutes, pause=pause or 0, count=count, room=room)
    return made, reader.form


@dataclass(frozen=True)
class Moved:
    """Another time or room of one slot."""

    starts: datetime
    minutes: int
    room: Room


def read_slot(values: Values, zone: str) -> tuple[Moved | None, Form]:
    reader = Reader(values)
    starts = reader.local_time("starts", zone)
    minutes = reader.integer("minutes", low=SHORTEST, high=LONGEST)
    room = _room(reader)
    if not reader.ok or starts is None or minutes is None:
        return None, reader.form
    return Moved(starts, minutes, room), reader.form


@dataclass(frozen=True)
class Call:
    """Whom to invite, by what stands in the form; until when, and with which words."""

    chosen: list[str]
    until: datetime
    message: str


def read_call(values: Values, zone: str, known: Mapping[str, object]) -> tuple[Call | None, Form]:
    reader = Reader(values)
    chosen = reader.several("items", list(known), required=True)
    until = reader.local_time("until", zone)
    message = reader.text("message", limit=MOST_WORDS, required=False, lines=True)
    if not reader.ok or until is None:
        return None, reader.form
    return Call(chosen, until, message), reader.form


def read_words(
    values: Values, name: str, *, limit: int = MOST_WORDS, required: bool = True
) -> tuple[str, Form]:
    """Return one text of several lines, and the form with what is wrong with it."""
    reader = Reader(values)
    text = reader.text(name, limit=limit, required=required, lines=True)
    return text, reader.form


def read_held(values: Values, people: Mapping[str, int]) -> tuple[set[int], str, Form]:
    """Return who of the jury was there, by id, and who came for the firm."""
    reader = Reader(values)
    chosen = reader.several("people", list(people), required=True)
    firm_people = reader.text("firm_people", limit=500, required=False)
    return {people[one] for one in chosen}, firm_people, reader.form


def read_reveal(values: Values, known: Mapping[str, object]) -> tuple[list[str], str, Form]:
    """Return whose names to reveal, by what stands in the form, and why."""
    reader = Reader(values)
    chosen = reader.several("items", list(known), required=True)
    why = reader.text("why", limit=MOST_WORDS, lines=True)
    return chosen, why, reader.form


def read_ties(values: Values) -> tuple[str, Form]:
    """Return further ties in words; that there are no others has to be said."""
    reader = Reader(values)
    words = reader.text("other_ties", limit=3000, required=False, lines=True)
    reader.yes("impartial", required=True)
    return words, reader.form
