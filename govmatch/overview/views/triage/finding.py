"""What stands around the list on table and board: the query, its help, views, keys, news."""

from collections.abc import Mapping

from govmatch.accounts.models import Role
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.query_help import SIGNS, HelpLine, help_lines
from govmatch.overview.queries.triage import programme_names
from govmatch.overview.views.triage.asked import BOARD, TABLE, Asked
from govmatch.overview.views.triage.fields import fields
from govmatch.overview.views.triage.since import mark_of
from govmatch.search.results import Marked
from govmatch.search.saying import WHY, typed_again
from govmatch.triage import queries
from govmatch.triage.models import Preference
from govmatch.web.visit import Visit

Counts = Mapping[str, Mapping[str, int]]

KEYS: tuple[tuple[str, Message], ...] = (
    ("j", msg("next application")),
    ("k", msg("previous application")),
    ("x", msg("choose it, or no longer")),
    ("e", msg("what is to be done with those that are chosen; on the board, move it")),
    ("Enter", msg("open it")),
    ("/", msg("into the search")),
    ("?", msg("this list of keys")),
)


@dataclass(frozen=True)
class Finding:
    """`hidden` is what the search box sends along, `filter_hidden` what the filters do."""

    text: str
    typed: Marked
    ignored: list[tuple[str, Message]]
    help: list[HelpLine]
    hidden: list[tuple[str, str]]
    filter_hidden: list[tuple[str, str]]
    suggest_url: str
    views: list[tuple[str, str, bool, bool]]
    """(name, address, shared, shown now)"""
    may_share: list[tuple[str, str]]
    """Programmes that the reader may share a view with, where it looks for no words."""
    is_board: bool
    keys: tuple[tuple[str, Message], ...]
    has_keys: bool
    news_url: str
    """Where a script asks what has changed since this page was made."""


def finding(
    visit: Visit, path: str, asked: Asked, counts: Counts, *, kept: Preference | None
) -> Finding:
    """Return it for a page; `kept` is how the reader wants the table."""
    ignored = asked.ignored
    return Finding(
        text=asked.text,
        typed=typed_again(asked.text, ignored) if ignored else (),
        ignored=[(one.text, WHY[one.why]) for one in ignored],
        help=help_lines(visit, fields(visit, ""), counts, path=path, signs=SIGNS[2:4]),
        hidden=asked.fields("q"),
        filter_hidden=asked.fields(*asked.wanted),
        suggest_url=visit.url("/triage/suggest"),
        views=_views(visit, path, asked),
        may_share=[] if asked.has_words else _programmes(visit),
        is_board=path == BOARD,
        keys=KEYS,
        has_keys=kept is None or kept.has_keys,
        news_url=visit.url("/triage/news", **{**asked.pairs(), "since": mark_of(visit)}),
    )


def _views(visit: Visit, path: str, asked: Asked) -> list[tuple[str, str, bool, bool]]:
    found = []
    for one in queries.views_of(visit.db, visit.actor):
        here = one.is_board == (path == BOARD) and one.query == asked.query
        found.append((one.name, address_of(visit, one.public_id), bool(one.programme_id), here))
    return found


def address_of(visit: Visit, public_id: str) -> str:
    return visit.url(f"{TABLE}/views/{public_id}")


def _programmes(visit: Visit) -> list[tuple[str, str]]:
    ids = visit.actor.objects("programme", Role.MANAGER)
    if not ids:
        return []
    found = programme_names(visit.db, ids)
    return [(slug, pick(names, visit.lang)[0]) for slug, _, names in found]
