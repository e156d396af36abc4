"""5,000 requests that nobody would send: none is answered with a 5xx, none shows how we work.

They are drawn from a seed, so that one that fails is drawn again: real addresses with wrong ids,
real forms with wrong fields, and everything that has ever broken a parser in between.
`GOVMATCH_FUZZ_ROUNDS` asks for more than ten rounds of 500.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from urllib.parse import quote

import pytest

from govmatch.app.routes import all_routes
from tests.security.acting import ACTS
from tests.security.asking import FORM, Got, encoded
from tests.security.filling import filled_form
from tests.security.house import House

pytestmark = pytest.mark.security(30)

SEEDS = range(max(10, int(os.environ.get("GOVMATCH_FUZZ_ROUNDS", "10"))))
EACH = 500
PUT_BACK_EVERY = 125
REACHED = (200, 303, 400, 403, 404, 422)
"""What must come back in each round: requests get as far as pages, forms and their checks."""
TELLING = re.compile(
    r"Traceback|File \"|sqlalchemy|sqlite3|psycopg|jinja2|starlette|\.py\b|/site-pac", re.IGNORECASE
)

NASTY = [
    "", " ", "0", "-1", "--5", "9" * 30, "1e999", "NaN", "null", "None", "undefined", "[]", "{}",
    "\x00", "\x00\x00a", "\ufeff", "\u202e", "\u200b" * 50, "ﬀ", "İ", "ß", "𝕏", "\ud7ff", "a" * 300,
    "ä" * 3000, "\r\n", "\n" * 40, "\t", "a\r\nSet-Cookie: a=b", "'", '"', "';--", "%", "%00",
    "%0d%0a", "%ff", "{{7777*7}}", "{0.__class__}", "%(x)s", "%s%n", "${x}", "<script>", "]]>",
    "<!--", "&#0;", "../" * 12, "..\\", "//", "/", "\\", "/etc/passwd", "file:///etc/passwd",
    "http://evil.example", "javascript:x", "*", "(", "[", "a OR", "a:b", "~", "a" * 60 + "!",
    "2026-02-30", "9999-12-31T23:59", "0000-00-00", "24:61", "de", "xx", "en-US-x-y", "on", "yes",
    "true", "a@b", "a@[1.2.3.4]", "\uff41@\uff42.example", "+", "=1+1", "once", "__proto__",
    "constructor", "a\u0301" * 200, "\U0010ffff", "¼", "\uff11\uff12\uff13",
]  # fmt: skip
QUERIED = [*("q", "page", "lang", "sort", "next", "kind", "state", "phase", "theme", "for", "show")]
LANGUAGES = ["", "*", "xx;q=nan", "de;q=9e99", "," * 500, "da-DK-x-" + "y" * 500, "\xff"]
COOKIES = ["govmatch=", "govmatch=x", "govmatch=" + "x" * 4000, "=;=;", "govmatch=%00", "a=\xff"]
HEADERS: list[tuple[str, list[str]]] = [
    ("accept-language", LANGUAGES),
    ("accept-encoding", ["br;q=0", "identity;q=0", "gzip;q=x", "*;q=0", "br," * 300, "zstd"]),
    ("range", ["bytes=0-0", "bytes=-1", "bytes=" + "0-1," * 1500, "x"]),
    ("if-none-match", ["*", '"', 'W/"x"', '"' + "x" * 3000 + '"']),
    ("if-modified-since", ["x", "Thu, 01 Jan 1970 00:00:00 GMT"]),
    ("cookie", COOKIES),
    ("hx-request", ["true", "x"]),
    ("hx-boosted", ["true"]),
    ("hx-target", ["<script>"]),
    ("user-agent", ["", "x" * 5000, "\x1b[31m", "a\tb"]),
    ("content-encoding", ["gzip", "br"]),
    ("transfer-encoding", ["identity"]),
    ("sec-fetch-site", ["same-origin", "none", ""]),
    ("expect", ["100-continue"]),
    ("content-length", ["0", "5", "99999999999999999999"]),
    ("accept", ["application/json", "x/y;q=z", ""]),
    ("upgrade", ["websocket"]),
]


class Chance:
    """Draws requests; the same seed draws the same ones, as far as ids do not differ."""

    def __init__(self, house: House, seed: int) -> None:
        self._house = house
        self._random = random.Random(seed)
        self._routes = all_routes(house.settings)
        self._forms = [(row, filled_form(house, row, row.by)) for row in ACTS]
        self._ids = sorted(house.ids)

    def request(self) -> tuple[str, str, str, list[tuple[str, str]], bytes]:
        pick = self._random
        if pick.random() < 0.3:
            return self._written()
        route = pick.choice(self._routes)
        method = (
            route.method if pick.random() < 0.95 else pick.choice(["HEAD", "PUT", "GET", "POST"])
        )
        who = pick.choice(["visitor", "visitor", "bo", "eva"])
        path = re.sub(r"{[^}]*}", lambda _: quote(self._id(), safe=""), route.path)
        if pick.random() < 0.1:
            path += quote(pick.choice(NASTY))
        if pick.random() < 0.6:
            path += "?" + "&".join(self._pair() for _ in range(pick.randint(1, 5)))
        headers = [(name, pick.choice(values)) for name, values in HEADERS if pick.random() < 0.08]
        if method != "POST":
            return who, method, path, headers, b""
        kind, body = self._body({})
        return who, method, path, [*self._own(), ("content-type", kind), *headers], body

    def _written(self) -> tuple[str, str, str, list[tuple[str, str]], bytes]:
        """Return a form as who may send it would, with a few of its fields otherwise."""
        row, fields = self._random.choice(self._forms)
        kind, body = self._body(fields)
        headers = [("origin", self._house.door.origin), ("content-type", kind)]
        return row.by, "POST", self._house.filled(row.path, row.fill), headers, body

    def _own(self) -> list[tuple[str, str]]:
        return [("origin", self._house.door.origin)] if self._random.random() < 0.95 else []

    def _id(self) -> str:
        drawn = self._random.random()
        if drawn < 0.7:
            return self._house.named(self._random.choice(self._ids))
        return self._random.choice(NASTY) if drawn < 0.9 else "govtech"

    def _pair(self) -> str:
        return f"{self._random.choice([*QUERIED, self._word()])}={quote(self._word())}"

    def _word(self) -> str:
        return self._random.choice(NASTY)

    def _body(self, form: Mapping[str, list[str]]) -> tuple[str, bytes]:
        pick, fields = self._random, dict(form)
        for key in list(fields):
            changes: list[Callable[[list[str]], list[str]]] = [
                lambda values: [],
                lambda values: values * 3,
                lambda values: [self._word()],
                lambda values: [values[0] + self._word()] if values else [],
            ]
            if pick.random() < 0.2:
                fields[key] = pick.choice(changes)(fields[key])
        fields |= {self._word(): [self._word()] for _ in range(pick.randint(0, 3))}
        if pick.random() < 0.85:
            return FORM, encoded(fields)
        return pick.choice(["multipart/form-data; boundary=zx", "text/plain", FORM, ""]), (
            pick.randbytes(pick.randint(0, 400))
            if pick.random() < 0.5
            else b"--zx\r\n" + encoded(fields) + b"\r\n--zx--\r\n"
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_no_request_is_answered_with_a_failure(house: House, seed: int) -> None:
    chance, wrong, met = Chance(house, seed), [], Counter[int]()
    for number in range(EACH):
        if number % PUT_BACK_EVERY == 0:
            house.put_back()
        who, method, path, headers, body = chance.request()
        got = house.ask(who, method, path, headers=headers, body=body)
        met[got.status] += 1
        if is_telling(got):
            wrong.append((number, who, method, path[:200], got.status))
    assert wrong == []
    assert min(met[status] for status in REACHED) > 0, f"too few ways were gone: {met}"


def is_telling(got: Got) -> bool:
    """True for a failure, and for a page that shows how the site is made; files are not read."""
    if got.status >= 500 or not got.status:
        return True
    is_page = got.kind in {"text/html", "text/plain"} and not got.header("content-disposition")
    return is_page and got.header("content-encoding") == "" and bool(TELLING.search(got.text))
