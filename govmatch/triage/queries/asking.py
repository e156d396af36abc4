"""What a typed query asks of the triage table: the rows for which every clause of it holds.

The grammar is that of `search.query`; what its fields look in are the facets of the table, and for
ages and dates `submitted` and `waiting`, which are orders of the table too. A word stands anywhere
in a firm's name, a reference or a title.
"""

from bisect import bisect_left, bisect_right
from math import inf

from govmatch.kit.actor import Actor
from govmatch.organisations.names import fold
from govmatch.search.query import Part, Query, Range, Term, Value
from govmatch.triage.queries.table import FIRM, Table, bitmap_of

ME = "me"
_SECOND = 1_000_000  # microseconds


def fitting(there: Table, query: Query, actor: Actor) -> int:
    """Return the rows that a query asks for, as a bitmap; whether they may be seen is asked apart.

    A field or a value that the table does not know holds for no row.
    """
    shown = there.facets.every
    for clause in query.clauses:
        holding = 0
        for part in clause.any_of:
            holding |= _having(there, part, actor)
        shown &= ~holding if clause.excluded else holding
    return shown


def _having(there: Table, part: Part, actor: Actor) -> int:
    if isinstance(part, Term):
        return _with_words(there, part)
    if isinstance(part, Range):
        return _within(there, part)
    return _with_value(there, part, actor)


def _with_words(there: Table, part: Term) -> int:
    """Return the rows with these words next to each other; the last one may be a beginning."""
    wanted = fold(" ".join(part.groups))
    lines = enumerate(there.lines)
    if part.in_title:
        found = (n for n, line in lines if line is not None and wanted in line.keys[FIRM])
    else:
        found = (n for n, line in lines if line is not None and wanted in line.words)
    return bitmap_of(found, len(there.lines))


def _within(there: Table, part: Range) -> int:
    """Return the rows whose instant lies between two, both of them included."""
    order = there.orders.get(part.from_, [])
    low = -inf if part.low is None else part.low / _SECOND
    high = inf if part.high is None else part.high / _SECOND
    first, end = bisect_left(order, (low, -1)), bisect_right(order, (high, inf))
    return there.stretch(part.from_, first, end)


def _with_value(there: Table, part: Value, actor: Actor) -> int:
    wanted = part.text.casefold()
    if part.facet == "handler" and wanted == ME:
        wanted = str(actor.person_id)
    holding = 0
    for value, bitmap in there.facets.values.get(part.facet, {}).items():
        known = value.casefold()
        if known == wanted or (part.prefix and known.startswith(wanted)):
            holding |= bitmap
    return holding
