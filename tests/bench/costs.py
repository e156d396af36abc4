"""What requests cost the site: CPU per request by the process's own accounting."""

import random
import re
from collections.abc import Callable, Iterable
from functools import partial
from html import unescape
from itertools import count

from tests.bench.browser import Browser, Got
from tests.bench.server import Server
from tests.bench.world import World
from tests.site import hidden

_addresses = count(2)


class Failed(RuntimeError):
    """The site did not answer as it should, so that there is nothing to measure."""


def per_request(server: Server, asked: Iterable[Callable[[], Got]], status: int) -> float:
    """Return milliseconds of CPU for each request; every answer must have this status."""
    before, number = server.cpu(), 0
    for ask in asked:
        got = ask()
        if got.status != status:
            raise Failed(f"{got.status} instead of {status}: {got.body[:300]!r}")
        number += 1
    return (server.cpu() - before) * 1000 / number


def browser(server: Server, *, token: str = "") -> Browser:
    """Return a browser at an address of its own, as each visitor has, so that limits keep apart."""
    return Browser(server.port, address=f"127.0.0.{next(_addresses)}", token=token)


def unchanged(server: Server, path: str, number: int) -> float:
    """Return the cost of a page that was asked before, sent whole."""
    with browser(server) as one:
        one.get(path)
        return per_request(server, [partial(one.get, path)] * number, 200)


def not_modified(server: Server, path: str, number: int) -> float:
    """Return the cost of a page that the browser has already and asks whether it is new."""
    with browser(server) as one:
        etag = one.get(path).headers["etag"]
        asked = [partial(one.get, path, If_None_Match=etag)] * number
        return per_request(server, asked, 304)


def never_asked(server: Server, paths: list[str], *, token: str = "") -> float:
    """Return the cost of pages that nobody has asked for before: each address once."""
    with browser(server, token=token) as one:
        for path in paths[:5]:
            one.get(f"{path}&warm=1")
        return per_request(server, [partial(one.get, path) for path in paths], 200)


def filters(page: str, number: int, dice: random.Random) -> list[str]:
    """Return different addresses of a list: one to three of its filters, an order and a page."""
    offered = re.findall(
        r'<input[^>]*type="checkbox"[^>]*name="(\w+)(?:\[\])?"[^>]*value="([\w-]+)"', page
    )
    found: dict[str, None] = {}
    while len(found) < number:
        chosen = sorted(set(dice.choices(offered, k=dice.randint(1, 3))))
        query = "&".join(f"{name}={value}" for name, value in chosen)
        found[f"?{query}&sort={dice.choice(('closing', 'newest'))}&page={dice.randint(1, 9)}"] = (
            None
        )
    return list(found)


def static_of(page: str) -> set[str]:
    """Return the css and js files that a page loads, as paths below the checkout."""
    found = re.findall(r'(?:href|src)="/static/[0-9a-f]+/([^"]+\.(?:css|js))"', page)
    return {f"static/{name}" for name in found}


def saving(server: Server, world: World, number: int) -> float:
    """Return the cost of saving a section of a draft, other texts each time, as a browser does."""
    path = f"/applications/{world.applicant.drafts[0]}/sections/{world.section}"
    with browser(server, token=world.applicant.token) as one:
        page = one.read(path)
        fields = hidden(page, path) | texts_in(page)
        forms = [fields | _changed(fields, n) for n in range(number + 5)]
        for form in forms[:5]:
            one.post_parts(path, form)
        asked = [partial(one.post_parts, path, form) for form in forms[5:]]
        return per_request(server, asked, 303)


def saving_by_itself(server: Server, token: str, path: str, number: int) -> float:
    """Return the cost of saving a section as it is typed: four texts, each time other ones."""
    with browser(server, token=token) as one:
        page = one.read(path)
        fields = hidden(page, path) | texts_in(page)

        def save(count: int) -> Got:
            nonlocal fields
            sent = fields | _changed(fields, count) | {"sequence": str(count + 1)}
            got = one.post(path, sent, HX_Request="true", Accept_Encoding="identity")
            fields = fields | renewed(got.body.decode())
            return got

        for count in range(5):
            save(count)
        return per_request(server, [partial(save, count) for count in range(5, number + 5)], 200)


def renewed(answer: str) -> dict[str, str]:
    """Return the hidden fields of a page that the answer to a save by itself renews."""
    found = re.findall(r'name="(revision|base)" value="([^"]*)"', answer)
    return {name: unescape(value) for name, value in found}


def texts_in(page: str) -> dict[str, str]:
    """Return the text areas and the ticked choice of each question on a page."""
    areas = re.findall(r'<textarea[^>]*name="(q-[\w-]+)"[^>]*>([^<]*)</textarea>', page)
    ticked = re.findall(r'<input[^>]*name="(q-[\w-]+)"[^>]*value="([^"]*)"[^>]*\bchecked', page)
    return dict(areas) | dict(ticked)


def _changed(fields: dict[str, str], number: int) -> dict[str, str]:
    return {
        name: f"{text} {number}"
        for name, text in fields.items()
        if name.startswith("q-") and " " in text
    }


def submitting(server: Server, world: World) -> float:
    """Return the cost of submitting complete drafts, each once; the first few warm up."""
    with browser(server, token=world.applicant.token) as one:
        forms = [_ready(one, f"/applications/{draft}") for draft in world.applicant.drafts[1:]]
        for path, form in forms[:5]:
            one.post(path, form)
        asked = [partial(one.post, path, form) for path, form in forms[5:]]
        return per_request(server, asked, 303)


def _ready(one: Browser, path: str) -> tuple[str, dict[str, str]]:
    page = one.read(f"{path}/check")
    return f"{path}/submit", {**hidden(page, f"{path}/submit"), "confirmed": "on"}
