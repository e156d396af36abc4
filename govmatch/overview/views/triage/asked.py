"""What stands in the address of the triage table and board: filters, order, page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from govmatch.accounts.models import Role
from govmatch.applications.models import State
from govmatch.kit.paging import page_number
from govmatch.overview.queries.triage import people_by_key
from govmatch.triage.queries import FACETS, FLAGS, SORTS, Filters
from govmatch.web.fields import clean_text
from govmatch.web.routes import holder_of
from govmatch.web.visit import Values, Visit

TABLE, BOARD = "/triage", "/triage/board"
NOBODY, ME = "none", "me"
COLUMNS = ("reference", "country", "submitted")
"""What the table shows beside its own columns, for readers who choose so."""
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
    sort: str = SORTS[0]
    page: int = 1
    more: bool = False
    """Every value of the facets is to be shown."""
    columns: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.wanted or self.text)

    def pairs(self) -> dict[str, object]:
        """Return what makes this list again, for an address; the page is left out."""
        return {
            **{facet: list(values) for facet, values in self.wanted.items()},
            "q": self.text or None,
            "sort": self.sort if self.sort != SORTS[0] else None,
            "more": "yes" if self.more else None,
            "column": list(self.columns) or None,
        }

    @property
    def query(self) -> str:
        """Return the same as one text, which a form carries along."""
        return urlencode({k: v for k, v in self.pairs().items() if v}, doseq=True)

    def without(self, facet: str, value: str) -> "Asked":
        rest = tuple(one for one in self.wanted.get(facet, ()) if one != value)
        others = {name: values for name, values in self.wanted.items() if name != facet}
        return replace(self, wanted={**others, facet: rest} if rest else others)

    def sorted_by(self, sort: str) -> "Asked":
        return replace(self, sort=sort)


def address(visit: Visit, path: str, asked: Asked, **more: object) -> str:
    return visit.url(path, **{**asked.pairs(), **more})


def read_asked(visit: Visit, values: Values) -> Asked:
    """Return what is asked for; a state, mark or person that there is not is read over."""
    wanted = {facet: _values(values, facet) for facet in FACETS}
    keys = {one for one in wanted["handler"] if one not in {ME, NOBODY}}
    people = people_by_key(visit.db, keys)
    known = [one for one in wanted["handler"] if one in people or one in {ME, NOBODY}]
    own = {key for key, number in people.items() if number == visit.actor.person_id}
    wanted["handler"] = list(dict.fromkeys(ME if one in own else one for one in known))
    wanted["state"] = [one for one in wanted["state"] if one in set(State)]
    wanted["flag"] = [one for one in wanted["flag"] if one in FLAGS]
    chosen = {facet: tuple(found) for facet, found in wanted.items() if found}
    text = clean_text(values.one("q"), lines=False)[:LONGEST_WISH]
    ids = {**chosen, "handler": tuple(str(people.get(one, one)) for one in wanted["handler"])}
    sort = values.one("sort")
    return Asked(
        wanted=chosen,
        filters=Filters(**ids, text=text),
        text=text,
        sort=sort if sort.removeprefix("-") in SORTS else SORTS[0],
        page=page_number(values.one("page")),
        more=bool(values.one("more")),
        columns=tuple(one for one in COLUMNS if one in values.all("column")),
    )


def _values(values: Values, facet: str) -> list[str]:
    given = (clean_text(one, lines=False)[:LONGEST_WISH] for one in values.all(facet))
    return list(dict.fromkeys(one for one in given if one))[:MOST_WISHES]


def asked_in_form(visit: Visit, form: Values) -> Asked:
    """Return the list from which a form was sent, as its field `from` says."""
    query = form.one("from")[:4000]
    return read_asked(visit, Values(parse_qs(query)))
