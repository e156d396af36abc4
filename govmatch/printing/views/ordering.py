"""POST beside each page that is made for paper: the same page, for the same reader, as a PDF."""

import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape

from govmatch.kit.actor import Actor, Ruling
from govmatch.kit.errors import NotFound
from govmatch.printing import actions
from govmatch.printing.actions import Sheet
from govmatch.web.answers import HTML, Answer, redirect
from govmatch.web.reading import write_readings
from govmatch.web.routes import PostView, Route, Rule, get, post, settled
from govmatch.web.visit import Visit, WritingVisit

END = "/pdf"
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def companions(routes: Iterable[Route]) -> list[Route]:
    """Return what makes a PDF of each route that `prints`, under the rule of that very route.

    Whoever loads the address of the button is led to the page that it stands on.
    """
    found: list[Route] = []
    for route in routes:
        if route.prints:
            found.append(get(route.path + END, to_page, _for_people(route.rule)))
            found.append(
                post(route.path + END, ordering(route), _for_people(route.rule), once=True)
            )
    return found


def _for_people(rule: Rule) -> Rule:
    """Return the rule for those who have signed in; visitors print with their browser."""

    def settled_and(actor: Actor) -> Ruling:
        ruling = settled(actor)
        return rule(actor) if ruling else ruling

    settled_and.__name__ = f"settled_and({rule.__name__})"
    return settled_and


def to_page(visit: Visit) -> Answer:
    return redirect(_page_address(visit))


def ordering(route: Route) -> PostView:
    """Return the view that has this route's page made a PDF.

    The page is made by the route's own view, for the same person, address and query, so whoever may
    not read it is refused in the same way, and reading it is written down in the same way.
    """

    def order(visit: WritingVisit) -> Answer:
        address = _page_address(visit)
        if visit.switching:
            return redirect(address)
        shown = _as_reader(visit)
        answer = route.view(shown)
        if answer.status != 200:
            return answer
        if answer.media_type != HTML or answer.file is not None or answer.location is not None:
            raise NotFound
        if route.records and shown.readings:
            write_readings(visit.session, shown)
        made = actions.ask(
            visit.session,
            Sheet(answer.body, _title(answer.body.decode(), visit), address, visit.lang),
            data_dir=visit.settings.data_dir,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
        return redirect(f"/prints/{made.public_id}")

    return order


def _page_address(visit: Visit) -> str:
    """Return the address of the page itself, with its query."""
    query = {name: list(values) for name, values in visit.query.fields.items() if name != "lang"}
    return visit.url(visit.path.removesuffix(END), **query)


def _as_reader(visit: WritingVisit) -> WritingVisit:
    """Return the visit as if the page itself had been asked for, whole and without messages."""
    return replace(
        visit,
        method="GET",
        path=visit.path.removesuffix(END),
        fragment=False,
        is_htmx=False,
        flashes=[],
        readings=[],
    )


def _title(html: str, visit: Visit) -> str:
    found = _TITLE.search(html)
    whole = " ".join(unescape(found[1]).split()) if found else ""
    return whole.removesuffix(f" – {visit.settings.site_name}")[:200]
