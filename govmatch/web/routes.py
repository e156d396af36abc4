"""Addresses and who may ask them: every route names its rule."""

from collections.abc import Callable
from typing import Literal

from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.i18n import msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.visit import Visit, WritingVisit

Rule = Callable[[Actor], Ruling]
GetView = Callable[[Visit], Answer]
PostView = Callable[[WritingVisit], Answer]


@dataclass(frozen=True, kw_only=True)
class Route:
    """One method at one address.

    `cached`: for visitors the answer depends on address, language and public events alone.
    `once`: the form key makes a second equal POST answer like the first.
    `limit`: name of a read limit. `upload_mb`: how much more than a form this route takes.
    `without_origin`: named exemption from the same-origin check (machine-to-machine).
    `records`: reading here is itself an act; what the view notes with `visit.note` is written down.
    `waits`: reading here asks another process (`kit.aside`), and others are answered meanwhile.
    `prints`: the page is made for paper too, and can be had as a PDF where the site makes them.
    """

    method: Literal["GET", "POST"]
    path: str
    view: GetView | PostView
    rule: Rule
    cached: bool = False
    once: bool = False
    limit: str = ""
    upload_mb: int = 0
    without_origin: bool = False
    records: bool = False
    waits: bool = False
    prints: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def package(self) -> str:
        """The package of ours that the view stands in, empty for a view from elsewhere."""
        ours, _, rest = self.view.__module__.partition(".")
        return rest.partition(".")[0] if ours == "govmatch" else ""


def get(
    path: str,
    view: GetView,
    rule: Rule,
    *,
    cached: bool = False,
    limit: str = "",
    records: bool = False,
    waits: bool = False,
    prints: bool = False,
) -> Route:
    """Return a route for reading; raises `ValueError` for one that is both kept and recorded."""
    if cached and records:
        raise ValueError(f"{path}: what is answered from the cache records nothing")
    return Route(
        method="GET",
        path=path,
        view=view,
        rule=rule,
        cached=cached,
        limit=limit,
        records=records,
        waits=waits,
        prints=prints,
    )


def post(path: str, view: PostView, rule: Rule, *, once: bool = False, upload_mb: int = 0) -> Route:
    return Route(method="POST", path=path, view=view, rule=rule, once=once, upload_mb=upload_mb)


def anyone(_actor: Actor) -> Ruling:
    """Everybody, signed in or not."""
    return YES


def signed_in(actor: Actor) -> Ruling:
    """Everybody who has signed in, second factor or not."""
    if actor.is_signed_in:
        return YES
    return No(msg("Please sign in first."))


def settled(actor: Actor) -> Ruling:
    """Everybody who has signed in and owes no second factor."""
    if not actor.is_signed_in:
        return No(msg("Please sign in first."))
    if actor.needs_factor:
        return No(msg("Please give your second factor first."))
    return YES


def holder_of(*roles: str) -> Rule:
    """Whoever holds one of the roles, for whatever object; the view asks for which."""

    def holds_one_of(actor: Actor) -> Ruling:
        if actor.has_any(roles):
            return YES
        return No(msg("This page is for people with another role."))

    holds_one_of.__name__ = f"holder_of({', '.join(roles)})"
    return holds_one_of
