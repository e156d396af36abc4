"""What all pages of a pilot share: how it is found, its head, its tabs, and refused forms."""

from collections.abc import Mapping
from dataclasses import replace

from govmatch.applications.queries import partner_firms_of
from govmatch.challenges.showing import text_of
from govmatch.files.models import StoredFile
from govmatch.files.refused import Refused
from govmatch.files.showing import State, states
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.pilots import queries, rules
from govmatch.pilots.models import Pilot
from govmatch.pilots.queries.visible import Seen
from govmatch.pilots.rules import Sight
from govmatch.pilots.showing import STATES, Badge, path_of
from govmatch.web.fields import Form
from govmatch.web.visit import Visit

Tab = tuple[Message, str, bool, None]
LANGUAGE_NAMES: list[tuple[str, str]] = [(lang, OWN_NAMES[lang]) for lang in LANGUAGES]

TABS: tuple[tuple[Message, str], ...] = (
    (msg("Overview"), ""),
    (msg("Messages"), "/messages"),
    (msg("Log"), "/log"),
    (msg("Documents"), "/documents"),
    (msg("People"), "/people"),
    (msg("Final presentation"), "/presentation"),
)


@dataclass(frozen=True)
class Head:
    """What stands above each page of a pilot."""

    title: str
    path: str
    challenge: str
    challenge_lang: str | None
    challenge_url: str
    authority: str
    firm: str
    partners: list[str]
    """Firms that applied together with it."""
    only_reads: bool
    """True for people of a partner, who see it all and act in none of it."""
    state: Badge
    zone: str
    tabs: list[Tab]


@dataclass(frozen=True)
class FileLine:
    name: str
    url: str
    size: int
    """In units of 1,000 bytes, at least 1."""
    state: State
    preview: str


@dataclass(frozen=True)
class Trouble:
    """Why a form was not taken, and with which status the page says so."""

    form: Form
    status: int
    alert: Message | None = None


def seen_of(visit: Visit) -> Seen:
    """Return the pilot of the address as this reader sees it; raises `NotFound`."""
    return queries.get_visible(visit.db, visit.actor, visit.params["id"])


def pilot_of(visit: Visit) -> Pilot:
    """Return the pilot of the address for whoever sees it in full; raises `NotFound`."""
    seen = seen_of(visit)
    if seen.sight is not Sight.FULL:
        raise NotFound
    return seen.pilot


def head_of(visit: Visit, pilot: Pilot, sight: Sight = Sight.FULL) -> Head:
    text, path = text_of(pilot.challenge, visit.lang), path_of(pilot)
    return Head(
        title=pilot.title,
        path=path,
        challenge=text.title,
        challenge_lang=text.lang if text.lang != visit.lang else None,
        challenge_url=visit.url(f"/challenges/{pilot.challenge.slug}"),
        authority=pick(pilot.challenge.authority.names, visit.lang)[0],
        firm=pilot.firm.name,
        partners=[firm.name for firm in partner_firms_of(visit.db, pilot.application)],
        only_reads=(
            rules.is_partner(visit.actor, pilot) and not rules.is_insider(visit.actor, pilot)
        ),
        state=STATES[pilot.state],
        zone=pilot.challenge.zone,
        tabs=_tabs(visit, path) if sight is Sight.FULL else [],
    )


def _tabs(visit: Visit, path: str) -> list[Tab]:
    return [(label, visit.url(path + end), visit.path == path + end, None) for label, end in TABS]


def trouble_with(form: Form, error: Invalid | Conflict | Refused, field: str = "") -> Trouble:
    """Return the form as it was typed, with what was wrong at its fields.

    A conflict is said above the form (409); `field` is where a refused file was chosen.
    """
    if isinstance(error, Conflict):
        return Trouble(replace(form, errors={}), 409, error.reason)
    if isinstance(error, Refused):
        return Trouble(replace(form, errors={field: error.reason}), 422)
    return Trouble(replace(form, errors={**form.errors, **error.errors}), 422)


def with_errors(form: Form, errors: Mapping[str, Message]) -> Form:
    return replace(form, errors={**form.errors, **errors})


def file_lines(visit: Visit, pilot: Pilot, files: list[StoredFile]) -> list[FileLine]:
    known = states(visit.db, files)
    return [
        FileLine(
            name=file.name,
            url=visit.url(f"{path_of(pilot)}/files/{file.public_id}"),
            size=max(1, file.size // 1000),
            state=known[file.public_id],
            preview=visit.url(f"{path_of(pilot)}/files/{file.public_id}/preview"),
        )
        for file in files
    ]


def texts_by_lang(texts: Mapping[str, str], lang: str) -> list[tuple[str, str]]:
    """Return (language, text) with the reader's language first, then English."""
    order = dict.fromkeys((lang, "en", *LANGUAGES))
    return [(code, texts[code]) for code in order if texts.get(code)]


def side_name(visit: Visit, pilot: Pilot) -> str:
    """Return the side for which the reader acts, as a word for templates; empty for readers."""
    return rules.side_of(visit.actor, pilot) or ""
