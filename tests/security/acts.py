"""One row of the table of writes: who may, with which form, and what then stands in the journal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.security.gates import Gate, Row
from tests.security.house import House

Value = str | Callable[[House, str], str]


@dataclass(frozen=True, kw_only=True)
class Act(Row):
    """One write. `events` stand in the journal for who is in `reach`, in this order.

    `otherwise` holds what stands there for some people instead. `page` is where `by` finds the
    form, None for one without fields. `silent` are people who get the same answer while nothing
    happens that is worth a row. `keeps` says that something is kept without a row of the journal.
    """

    by: str = ""
    page: str | None = None
    form: str = ""
    """Where the form of the page goes, where a button of it goes elsewhere."""
    fields: Mapping[str, Value] = field(default_factory=dict)
    events: tuple[str, ...] = ()
    otherwise: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()
    keeps: bool = False
    refused_leaves: tuple[str, ...] = ()
    """What a made-up id leaves in the journal, where even that is worth a row."""
    tells: tuple[str, ...] = ()
    """What who is in `reach` may read from now on, by its name among the canaries."""

    @property
    def label(self) -> str:
        """Name the row by its route, what fills it, and the ids in its form."""
        ids = [str(text)[1:] for text in self.fields.values() if str(text).startswith("@")]
        filled = ", ".join([*self.fill.values(), *ids])
        return f"{self.route} ({filled})" if filled else self.route

    def is_told(self, who: str) -> tuple[str, ...]:
        return self.tells if self.reach is not None and who in self.reach else ()

    def happens_for(self, who: str) -> tuple[str, ...]:
        return () if who in self.silent else self.otherwise.get(who, self.events)


OPTIONS = {
    "otherwise",
    "status",
    "but",
    "unknown",
    "page",
    "form",
    "fields",
    "keeps",
    "refused_leaves",
    "tells",
}


def act(
    path: str, gate: Gate, reach: str | None, /, *events: str, by: str = "", **more: Any
) -> Act:
    """Return a row; what is no option of it fills a parameter of the path."""
    options = {name: more.pop(name) for name in OPTIONS & more.keys()}
    refused, silent = (frozenset(more.pop(n, "").split()) for n in ("refused", "silent"))
    shown = None if reach is None else frozenset(reach.split()) | silent
    if not more:
        options["unknown"] = None
    options.setdefault("status", 303)
    return Act(
        route=f"POST {path}", gate=gate, fill=more, reach=shown, refused=refused, silent=silent,
        events=events, by=by or (reach or "visitor").split()[0], **options,
    )  # fmt: skip
