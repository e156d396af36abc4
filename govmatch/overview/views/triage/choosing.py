"""What a page of the bulk acts sends: which applications, what to do with them."""

from dataclasses import field

from govmatch.applications.models import State
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.overview.queries.triage import people_by_key
from govmatch.overview.views.triage.asked import ME, NOBODY, Asked
from govmatch.overview.views.triage.ordering import agreed_for
from govmatch.triage import queries
from govmatch.triage.actions import MOST_AT_ONCE, Seen, clean_tag
from govmatch.triage.rules import Change, Kind
from govmatch.web.visit import Visit, WritingVisit

REVIEWERS = "reviewers"
ACTS = frozenset({*Kind, REVIEWERS})
MOST_TO_REVIEW = 500
"""Applications that reviewers are assigned to at once."""


@dataclass(frozen=True)
class Wish:
    """What is to be done: an act, and to what; `to` is as the page sent it, maybe empty yet."""

    act: str
    to: str = ""


@dataclass(frozen=True)
class Chosen:
    """The applications by public id, and what is wrong with the choice."""

    ids: list[str]
    errors: dict[str, Message] = field(default_factory=dict)


def read_wish(visit: WritingVisit) -> Wish | None:
    """Return what is to be done; None where nothing or something unknown was chosen."""
    act, _, to = visit.form.one("act").partition(":")
    if act not in ACTS:
        return None
    return Wish(act, to or visit.form.one("to")[:200])


def read_chosen(visit: WritingVisit, asked: Asked, *, most: int = MOST_AT_ONCE) -> Chosen:
    """Return those that were ticked, or with `which` all every one that fits the filters."""
    if visit.form.one("which") == "all":
        ids = _all_of(visit, asked)
    else:
        given = " ".join(visit.form.all("ids")).split()
        ids = list(dict.fromkeys(given))
    if not ids:
        return Chosen([], {"ids": msg("Please choose at least one application.")})
    if len(ids) > most:
        return Chosen([], {"ids": msg("At most {n} applications at once.", n=most)})
    return Chosen(ids)


def _all_of(visit: Visit, asked: Asked) -> list[str]:
    found = queries.found_ids(
        visit.db, visit.actor, asked.filters,
        sort=asked.sort, agreed=agreed_for(visit, asked), now=visit.now,
    )  # fmt: skip
    if len(found) > MOST_AT_ONCE:
        return ["-"] * len(found)
    return [row.public_id for row in queries.rows_of(visit.db, visit.actor, found, now=visit.now)]


def read_seen(visit: WritingVisit) -> list[Seen]:
    """Return what a preview showed, as `id:revision` with spaces between."""
    seen = []
    for one in visit.form.one("seen").split()[: MOST_AT_ONCE + 1]:
        key, _, revision = one.partition(":")
        is_number = revision.isascii() and revision.isdigit() and len(revision) <= 9
        seen.append(Seen(key, int(revision) if is_number else 0))
    return seen


def change_of(visit: Visit, wish: Wish) -> Change | None:
    """Return the act as `triage.actions` takes it; None where it is not said yet to what.

    Raises `Invalid` with the field `to` for a state, a person or a word that there cannot be.
    """
    kind = Kind(wish.act)
    if not wish.to:
        return None
    match kind:
        case Kind.STATE:
            if wish.to not in set(State):
                raise Invalid({"to": msg("Please choose one of the options.")})
            return Change(kind, wish.to)
        case Kind.HANDLER:
            return Change(kind, _person(visit, wish.to))
        case Kind.TAG:
            try:
                return Change(kind, clean_tag(wish.to))
            except Invalid as error:
                raise Invalid({"to": error.errors["tag"]}) from error
    return Change(kind, wish.to)


def _person(visit: Visit, key: str) -> str:
    """Return a person's id as text, empty for nobody; whether they may, the rules say."""
    if key == NOBODY:
        return ""
    if key == ME:
        return str(visit.actor.person_id)
    found = people_by_key(visit.db, [key])
    if key not in found:
        raise Invalid({"to": msg("Please choose one of the options.")})
    return str(found[key])
