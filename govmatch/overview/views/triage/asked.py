"""What stands in the address of the triage table and board: query, filters, order, page."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

from govmatch.accounts.models import Role
from govmatch.applications.models import State
from govmatch.kit.paging import page_number
from govmatch.kit.records import dataclass
from govmatch.overview.queries.triage import people_by_key
from govmatch.overview.views.triage.fields import ME, NOBODY, fields, without_order
from govmatch.search.query import MAX_LENGTH, Clause, Ignored, Query, Term, Why, parse
from govmatch.triage.queries import FACETS, FLAGS, SORTS, Filters
from govmatch.web.fields import clean_text
from govmatch.web.routes import holder_of
from govmatch.web.visit import Values, Visit

__all__ = ["BOARD", "ME", "NOBODY", "TABLE", "Asked", "address", "read_asked", "reading", "working"]

TABLE, BOARD = "/triage", "/triage/board"
COLUMNS = (
    "challenge",
    "state",
    "waiting",
    "handler",
    "reviews",
    "reference",
    "country",
    "submitted",
)
"""What the table can show beside the firm, for readers to choose from."""
USUAL = ("challenge", "state", "waiting", "handler", "reviews")
"""What it shows whoever has chosen nothing."""
MOST_WISHES = 20
LONGEST_WISH = 200

reading = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR)
working = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER)


@dataclass(frozen=True)
class Asked:
    """`wanted` holds the values as addresses have them, `filters` as `triage.queries` does."""

    wanted: Mapping[str, tuple[str, ...]]
    filters: Filters
    text: str = ""
    ignored: tuple[Ignored, ...] = ()
    """What of the text was not used, and where it stands."""
    sort: str = SORTS[0]
    is_sort_typed: bool = False
    page: int = 1
    more: bool = False
    """Every value of the facets is to be shown."""
    columns: tuple[str, ...] = ()
    """What the address asks to be shown; empty where it leaves that to the reader's choice."""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.wanted or self.filters.query.clauses)

    def pairs(self) -> dict[str, object]:
        """Return what makes this list again, for an address; the page is left out."""
        is_told = self.sort == SORTS[0] or self.is_sort_typed
        return {
            **{facet: list(values) for facet, values in self.wanted.items()},
            "q": self.text or None,
            "sort": None if is_told else self.sort,
            "more": "yes" if self.more else None,
            "column": list(self.columns) or None,
        }

    def fields(self, *without: str) -> list[tuple[str, str]]:
        """Return the same as hidden fields of a form that asks for something else beside."""
        found: list[tuple[str, str]] = []
        for name, value in self.pairs().items():
            if name not in without and value is not None:
                several = value if isinstance(value, list) else [value]
                found += [(name, str(one)) for one in several]
        return found

    @property
    def query(self) -> str:
        """Return the same as one text, which a form carries along."""
        return urlencode({k: v for k, v in self.pairs().items() if v}, doseq=True)

    def without(self, facet: str, value: str) -> "Asked":
        rest = tuple(one for one in self.wanted.get(facet, ()) if one != value)
        others = {name: values for name, values in self.wanted.items() if name != facet}
        return replace(self, wanted={**others, facet: rest} if rest else others)

    def without_clause(self, clause: Clause) -> "Asked":
        """Return the list as if a piece of the query had not been typed."""
        rest = self.filters.query.without(clause)
        filters = replace(self.filters, query=rest)
        return replace(self, text=rest.text, filters=filters, is_sort_typed=False)

    def sorted_by(self, sort: str) -> "Asked":
        """Return the list in another order; one that was typed goes from the query."""
        text = self.filters.query.text if self.is_sort_typed else self.text
        return replace(self, text=text, sort=sort, is_sort_typed=False)

    @property
    def has_words(self) -> bool:
        """True where words are looked for, which may be those of a firm's name."""
        parts = (part for clause in self.filters.query.clauses for part in clause.any_of)
        return any(isinstance(part, Term) for part in parts)


def address(visit: Visit, path: str, asked: Asked, **more: object) -> str:
    return visit.url(path, **{**asked.pairs(), **more})


def read_asked(visit: Visit, values: Values) -> Asked:
    """Return what is asked for; a state, mark or person that there is not is read over.

    Of the query is told what was not used.
    """
    wanted, people = _wanted(visit, values)
    chosen = {facet: tuple(found) for facet, found in wanted.items() if found}
    ids = {**chosen, "handler": tuple(str(people.get(one, one)) for one in wanted["handler"])}
    text = clean_text(values.one("q"), lines=False)[:MAX_LENGTH]
    query, typed_sort = _read(visit, text)
    sort = values.one("sort")
    given = sort if sort.removeprefix("-") in SORTS else SORTS[0]
    return Asked(
        wanted=chosen,
        filters=Filters(**ids, query=query),
        text=text,
        ignored=query.ignored,
        sort=typed_sort or given,
        is_sort_typed=bool(typed_sort),
        page=page_number(values.one("page")),
        more=bool(values.one("more")),
        columns=tuple(one for one in COLUMNS if one in values.all("column")),
    )


def _wanted(visit: Visit, values: Values) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Return the chosen values of each facet, and the people among them by key."""
    wanted = {facet: _values(values, facet) for facet in FACETS}
    keys = {one for one in wanted["handler"] if one not in {ME, NOBODY}}
    people = people_by_key(visit.db, keys)
    known = [one for one in wanted["handler"] if one in people or one in {ME, NOBODY}]
    own = {key for key, number in people.items() if number == visit.actor.person_id}
    wanted["handler"] = list(dict.fromkeys(ME if one in own else one for one in known))
    wanted["state"] = [one for one in wanted["state"] if one in set(State)]
    wanted["flag"] = [one for one in wanted["flag"] if one in FLAGS]
    return wanted, people


def _read(visit: Visit, text: str) -> tuple[Query, str]:
    """Return what was typed, and the order that it names."""
    if not text:
        return Query(), ""
    known = fields(visit, text)
    found, order, unknown = without_order(parse(text, fields=known, now=visit.now, zone=visit.zone))
    more = tuple(Ignored(one, Why.NO_VALUE, text.find(one)) for one in unknown)
    return replace(found, ignored=(*found.ignored, *more)), order


def _values(values: Values, facet: str) -> list[str]:
    given = (clean_text(one, lines=False)[:LONGEST_WISH] for one in values.all(facet))
    return list(dict.fromkeys(one for one in given if one))[:MOST_WISHES]


def asked_in_form(visit: Visit, form: Values) -> Asked:
    """Return the list from which a form was sent, as its field `from` says."""
    return asked_in(visit, form.one("from"))


def asked_in(visit: Visit, query: str) -> Asked:
    """Return the list that the query of an address makes."""
    return read_asked(visit, Values(parse_qs(query[:4000])))
