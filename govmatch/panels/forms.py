"""What is typed about a jury's meeting."""

import re
from collections.abc import Collection, Mapping

from govmatch.kit.i18n import msg
from govmatch.organisations.websites import web_address
from govmatch.panels.actions import Call, Noted
from govmatch.panels.rules import faults_of_call
from govmatch.reviews.scoring import POINTS
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values

MOST_WORDS = 4000
_REVISION = re.compile(r"[0-9]{1,9}")


def read_revision(values: Values) -> int:
    """Return the revision of the page that was typed on; 0 for a call that is new."""
    typed = values.one("revision")
    return int(typed) if _REVISION.fullmatch(typed) else 0


def read_call(
    values: Values, zone: str, *, people: Mapping[str, int], items: Mapping[str, int], quorum: int
) -> tuple[Call | None, Form]:
    """Return a call; `people` and `items` are what may be chosen: ids by what stands in the form.

    What contradicts itself, such as a chair who was not called, `rules.faults_of_call` finds;
    where a field is wrong already, it is asked here, so that everything is said at once.
    """
    reader = Reader(values)
    starts = reader.local_time("starts", zone)
    place = reader.text("place", limit=300, required=False)
    typed = reader.text("video", limit=500, required=False)
    video = web_address(typed) if typed else ""
    if video is None:
        reader.wrong("video", msg("Please enter an address such as https://www.example.org."))
    access = reader.text("access", limit=1000, required=False, lines=True)
    members = reader.several("members", people)
    chair = values.one("chair")
    chosen = reader.several("items", items)
    called = tuple(people[one] for one in members)
    discussed = tuple(number for key, number in items.items() if key in chosen)
    if not reader.ok or starts is None:
        faults = faults_of_call(
            people=called, chair=people.get(chair), items=discussed,
            quorum=quorum, barred=(), has_place=bool(place or typed),
        )  # fmt: skip
        for name, fault in faults.items():
            reader.wrong(name, fault)
        return None, reader.form
    call = Call(
        starts=starts,
        place=place,
        video=video or "",
        access=access,
        people=called,
        chair=people.get(chair),
        items=discussed,
    )
    return call, reader.form


def read_note(values: Values, criteria: Collection[str]) -> tuple[Noted | None, Form]:
    """Return what was said of an application; a criterion without points was not agreed on."""
    reader = Reader(values)
    note = reader.text("note", limit=MOST_WORDS, lines=True)
    points: dict[str, tuple[int, str]] = {}
    allowed = [str(one) for one in POINTS]
    for criterion in criteria:
        given = reader.choice(f"points-{criterion}", allowed, required=False)
        reason = reader.text(
            f"reason-{criterion}", limit=MOST_WORDS, required=bool(given), lines=True
        )
        if given:
            points[criterion] = (int(given), reason)
    return (Noted(note, points) if reader.ok else None), reader.form


def read_present(values: Values, people: Mapping[str, int]) -> set[int]:
    """Return the ids of those who are there."""
    return {people[one] for one in values.all("present") if one in people}


def read_remarks(values: Values) -> tuple[str, Form]:
    reader = Reader(values)
    return reader.text("remarks", limit=MOST_WORDS, required=False, lines=True), reader.form
