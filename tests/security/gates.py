"""The small table that says who may: rules of this file alone, none asked of the site.

A gate says who passes a route's rule, and so how the others are turned away. A row says of one
address with certain ids who is answered; everybody else who passes the gate is told that there is
no such thing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FIRMS = ("bo", "carla", "frieda", "dieter", "lea", "orla")
DESKS = ("astrid", "hanne", "eva", "ida", "mads")
JURY = ("finn", "greta", "quinn")
MENTORS = ("mia", "mona")
SIGNED_IN = ("newcomer", "former", "halfway", *FIRMS, *DESKS, *JURY, *MENTORS, "jens", "kim")
EVERYBODY = ("visitor", "closed", *SIGNED_IN)
"""The personas of the demonstration, and: a visitor; somebody without a role; somebody whose role
has ended; the cookie of a closed account; an administrator who has not given the second factor; the
finance contact of a firm; the lead of a firm that is not listed; a juror of one challenge; the
manager of another programme; the mentors of a pilot that runs and of one that is planned."""

LOGIN = "to sign-in"
FACTOR = "to the second factor"
Outcome = int | str


@dataclass(frozen=True)
class Gate:
    """Who passes the rule of a route."""

    passes: frozenset[str]

    def turned_away(self, who: str, method: str) -> Outcome:
        """Return what somebody is answered who does not pass: told the way, or that it is shut."""
        if method == "GET" and who in {"visitor", "closed"}:
            return LOGIN
        if method == "GET" and who == "halfway":
            return FACTOR
        return 403


def _gate(names: Iterable[str]) -> Gate:
    return Gate(frozenset(names))


ANYONE = _gate(EVERYBODY)
ACCOUNTS = _gate(SIGNED_IN)
SETTLED = _gate(set(SIGNED_IN) - {"halfway"})
DESK = _gate(DESKS)
WRITERS = _gate(("astrid", "ida"))
AUDIT = _gate(("jens",))
ADMIN = _gate(("kim",))
MANAGERS = _gate(("eva", "mads"))
EDITORS = _gate(("eva", "mads", "kim"))
NOBODY = _gate(())
TAKERS = _gate(("astrid", "eva", "ida", "mads"))
HOLDERS = _gate(("astrid", "eva", "ida", "mads"))
"""Who may hold events: staff of authorities and managers of programmes."""
JURORS = _gate(JURY)
OVERSEERS = _gate((*DESKS, "jens"))
COUNTERS = _gate((*DESKS, "jens", "kim"))
"""Who reads figures: administrators those of everything, without what they are made of."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One route with certain ids: who gets `status`, who 403, and the rest 404.

    `fill` names for each parameter what it is filled with: a name of the world, or a text after
    «=». `but` holds what is answered otherwise, by person. `unknown` is what those who pass the
    gate are answered when the ids are made up; None where there is no id to make up.
    """

    route: str
    gate: Gate
    fill: Mapping[str, str] = field(default_factory=dict)
    reach: frozenset[str] | None = None
    refused: frozenset[str] = frozenset()
    status: Outcome = 200
    but: Mapping[str, Outcome] = field(default_factory=dict)
    query: str = ""
    unknown: int | None = 404
    noted: str = ""
    """The events that the journal has once somebody in `noted_for`, or else in `reach`, read it."""
    noted_for: frozenset[str] | None = None

    @property
    def method(self) -> str:
        return self.route.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.route.partition(" ")[2]

    @property
    def label(self) -> str:
        filled = ", ".join(self.fill.values())
        return f"{self.route} ({filled})" if filled else self.route

    def expected(self, who: str) -> Outcome:
        if who in self.but:
            return self.but[who]
        if who not in self.gate.passes:
            return self.gate.turned_away(who, self.method)
        if self.reach is None or who in self.reach:
            return self.status
        return 403 if who in self.refused else self._hidden(who)

    def expected_of_unknown(self, who: str) -> Outcome:
        if who not in self.gate.passes:
            return self.gate.turned_away(who, self.method)
        assert self.unknown is not None
        return self._hidden(who) if self.unknown == 404 else self.unknown

    def is_noted_for(self, who: str) -> bool:
        readers = self.reach if self.noted_for is None else self.noted_for
        return bool(self.noted) and readers is not None and who in readers

    def _hidden(self, who: str) -> Outcome:
        """Who owes a second factor is asked for it first, whether the thing is there or not."""
        return FACTOR if who == "halfway" and self.method == "GET" else 404


def each(names: Iterable[str], outcome: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys(names, outcome)


def look(path: str, gate: Gate, reach: str | None = None, /, **more: Any) -> Row:
    """Return a row that is read; what is not an option of a row fills a parameter of the path."""
    options = {name: more.pop(name) for name in OPTIONS & more.keys()}
    refused = frozenset(more.pop("refused", "").split())
    if "noted_for" in more:
        options["noted_for"] = frozenset(more.pop("noted_for").split())
    shown = None if reach is None else frozenset(reach.split())
    fill = more
    if not fill:
        options["unknown"] = None
    route = f"GET {path}"
    return Row(route=route, gate=gate, fill=fill, reach=shown, refused=refused, **options)


OPTIONS = {"status", "but", "query", "unknown", "noted"}
