"""/audit/challenges/{slug}: everything that the journal holds about a case, in order, checked."""

from collections.abc import Collection, Mapping
from datetime import datetime

from govmatch.accounts.models import Person, Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import is_public
from govmatch.challenges.showing import PHASES, phase_of, text_of
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.journal import JournalRow
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.overview.queries import cases
from govmatch.overview.queries.cases import Checked, Filters, Subject
from govmatch.overview.things import NAMES, THINGS, Thing
from govmatch.overview.wording import in_words
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit

PATH = "/audit/challenges/{slug}"
SITE = "site"
"""Stands in the address for what no person did."""

auditor = holder_of(Role.AUDITOR)
_PEOPLE_IN_DATA = ("person_id", "to_id", "begun_by")
"""Where rows name somebody whom they are about."""


@dataclass(frozen=True)
class Entry:
    """One row of the journal; `actor` is empty where no person acted, `about` where it says all."""

    at: datetime
    what: Message
    url: str
    about: str
    actor: str
    hash: str
    is_whole: bool


@dataclass(frozen=True)
class CasePage:
    title: str
    slug: str
    authority: str
    state: tuple[Message, str]
    zone: str
    opened_at: datetime | None
    challenge_url: str
    entries: list[Entry]
    total: int
    broken: int
    paging: Paging
    form: Form
    things: list[tuple[str, str]]
    people: list[tuple[str, str]]
    is_narrowed: bool
    action: str


@dataclass(frozen=True)
class _Known:
    """What the rows of one page need to be put into words and linked."""

    names: Mapping[int, str]
    subjects: Mapping[tuple[str, int], Subject]
    decisions: Mapping[int, str]
    letters: Mapping[int, str]


def case(visit: Visit) -> Answer:
    """Show the journal of one case, oldest first, with the state of its chain."""
    challenge = cases.get_visible(visit.db, visit.params["slug"], actor=visit.actor)
    number, filters = page_number(visit.query.one("page")), _filters(visit)
    found = cases.rows_of(
        visit.db, challenge, filters, actor=visit.actor, now=visit.now, page=number
    )
    entries = _entries(visit, challenge, found.rows)
    path = f"/audit/challenges/{challenge.slug}"
    people = cases.people_of(visit.db, found.actors)
    wanted = _query(visit, filters)
    values = CasePage(
        title=text_of(challenge, visit.lang).title or challenge.slug,
        slug=challenge.slug,
        authority=pick(challenge.authority.names, visit.lang)[0],
        state=PHASES[phase_of(challenge, visit.now)],
        zone=challenge.zone,
        opened_at=challenge.opened_at,
        challenge_url=visit.url(f"/challenges/{challenge.slug}")
        if is_public(challenge, visit.now)
        else "",
        entries=entries,
        total=found.total,
        broken=sum(not entry.is_whole for entry in entries),
        paging=Paging(
            number, cases.ROWS, found.total, lambda n: visit.url(path, **wanted, page=n)
        ),
        form=filled({name: value or "" for name, value in wanted.items()}),
        things=_thing_options(visit, found.things),
        people=_people_options(visit, people, found.actors),
        is_narrowed=any(wanted.values()),
        action=visit.url(path),
    )  # fmt: skip
    return page(visit, "overview/case.html", values, block="results")


def _filters(visit: Visit) -> Filters:
    """Return what was chosen; an unknown person did nothing here, an unknown kind narrows not."""
    thing, person = visit.query.one("thing"), visit.query.one("person")
    actor_id = None
    if person:
        actor_id = 0 if person == SITE else cases.person_id(visit.db, person)
    return Filters(Thing(thing) if thing in set(Thing) else None, actor_id)


def _query(visit: Visit, filters: Filters) -> dict[str, str | None]:
    person = visit.query.one("person")[:80]
    return {"thing": filters.thing, "person": person or None}


def _thing_options(visit: Visit, counts: Mapping[Thing, int]) -> list[tuple[str, str]]:
    return [
        (thing.value, f"{visit.say(NAMES[thing])} ({number_text(counts[thing], visit.lang)})")
        for thing in Thing
        if counts.get(thing)
    ]


def _people_options(
    visit: Visit, people: list[Person], actors: Collection[int]
) -> list[tuple[str, str]]:
    named = [(one.public_id, one.name or visit.say(msg("Somebody erased"))) for one in people]
    return [*([(SITE, visit.say(msg("the site itself")))] if 0 in actors else []), *named]


def _entries(visit: Visit, challenge: Challenge, rows: list[Checked]) -> list[Entry]:
    known = _known(visit, challenge, [one.row for one in rows])
    about = {key: subject.name for key, subject in known.subjects.items()}
    about |= {("person", number): name for number, name in known.names.items()}
    entries = []
    for one in rows:
        path = _path(one.row, known)
        entries.append(
            Entry(
                at=one.row.at,
                what=in_words(one.row, lang=visit.lang, zone=challenge.zone, about=about),
                url=visit.url(path) if path else "",
                about=", ".join(known.names.get(number, "") for number in _concerned(one.row)),
                actor=known.names.get(one.row.actor_id or 0, ""),
                hash=one.row.hash,
                is_whole=one.is_whole,
            )
        )
    return entries


def _known(visit: Visit, challenge: Challenge, rows: list[JournalRow]) -> _Known:
    """Return it with the same few statements, however many rows there are."""
    ids: dict[str, set[int]] = {"application": set(), "pilot": set(), "person": set()}
    letters: set[int] = set()
    for row in rows:
        ids.setdefault(row.subject_kind, set()).add(row.subject_id)
        ids["person"].update(_concerned(row))
        ids["person"].update(_named(row))
        if THINGS.get(row.event) is Thing.LETTER:
            letters.add(_number(row, "letter"))
    people = ids["person"] | {row.actor_id for row in rows if row.actor_id is not None}
    applications = cases.applications_of(visit.db, ids["application"])
    pilots = cases.pilots_of(visit.db, ids["pilot"])
    return _Known(
        names=names_by_id(visit.db, people),
        subjects={
            **{("application", number): one for number, one in applications.items()},
            **{("pilot", number): one for number, one in pilots.items()},
        },
        decisions=cases.decision_paths(visit.db, challenge),
        letters=cases.letter_paths(visit.db, letters),
    )


def _named(row: JournalRow) -> list[int]:
    """Return the people whom the words of a row name."""
    number = _number(row, "person_id")
    return [number] if number else []


def _concerned(row: JournalRow) -> list[int]:
    """Return the people whom a row is about and its words do not name."""
    if THINGS.get(row.event) is Thing.REVIEW or row.event.startswith("Conflict"):
        return []
    numbers = [_number(row, name) for name in _PEOPLE_IN_DATA]
    return list(dict.fromkeys(number for number in numbers if number))


def _number(row: JournalRow, name: str) -> int:
    """Return an id that a row carries, 0 where it carries none."""
    value = row.data.get(name)
    return value if isinstance(value, int) else 0


def _path(row: JournalRow, known: _Known) -> str:
    """Return where the thing of a row is read, empty where it is nowhere of its own."""
    thing = THINGS.get(row.event)
    if thing is Thing.DECISION and row.subject_kind == "challenge":
        return known.decisions.get(_number(row, "decision"), "")
    if thing is Thing.LETTER and _number(row, "letter") in known.letters:
        return known.letters[_number(row, "letter")]
    subject = known.subjects.get((row.subject_kind, row.subject_id))
    return subject.path if subject else ""


routes = [get(PATH, case, auditor, prints=True)]
