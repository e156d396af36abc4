"""The way of a request: refused early, done once, kept for visitors only, never a bare failure."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.models import Person
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, commit
from govmatch.kit.errors import Conflict, Gone, NotAllowed, NotFound, TooLarge, TooMany
from govmatch.kit.i18n import msg
from govmatch.kit.journal import Event, JournalRow
from govmatch.web.answers import Answer, attachment, redirect, text
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, holder_of, post, signed_in
from govmatch.web.visit import Visit, WritingVisit
from tests.site import Site, text_of


@dataclass(frozen=True)
class BellRung(Event):
    subject_kind: ClassVar[str] = "bell"
    public: ClassVar[bool] = True

    loud: str = ""


calls: list[str] = []


def hello(visit: Visit) -> Answer:
    calls.append(visit.lang)
    return text("hello " + visit.lang + " " + "x" * 700, "text/html")


def ring(visit: WritingVisit) -> Answer:
    event = BellRung(subject_id=1, loud=visit.form.one("loud"))
    journal.record(visit.session, event, actor=visit.actor, now=visit.now)
    if visit.form.one("loud") == "too":
        raise NotAllowed(msg("Please sign in first."))
    if visit.form.one("loud") == "bad":
        return text("bad", "text/html", status=422)
    if visit.form.one("loud") == "broken":
        raise RuntimeError("secret detail")
    visit.flash("success", msg("Please confirm this."))
    return redirect("/hello")


def raising(error: Exception) -> object:
    def view(_visit: Visit) -> Answer:
        raise error

    return view


def own(visit: Visit) -> Answer:
    return page(visit, "layout/base.html")


def paper(_visit: Visit) -> Answer:
    return attachment(b"<script>", "übersicht\r\nX: y.html", "text/html")


REASON = msg("Please sign in first.")
ERRORS: dict[str, tuple[Exception, int]] = {
    "/gone": (Gone(REASON), 410),
    "/missing": (NotFound(), 404),
    "/forbidden": (NotAllowed(REASON), 403),
    "/changed": (Conflict(REASON), 409),
    "/large": (TooLarge(REASON), 413),
    "/often": (TooMany(7), 429),
}
ROUTES = [
    get("/hello", hello, anyone, cached=True),
    post("/ring", ring, anyone, once=True),
    get("/own", own, signed_in),
    get("/staff", own, holder_of("staff")),
    get("/paper", paper, anyone),
    *(get(path, raising(error), anyone) for path, (error, _) in ERRORS.items()),  # type: ignore[arg-type]
    get("/broken", raising(RuntimeError("secret detail")), anyone),  # type: ignore[arg-type]
]


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Site:
    calls.clear()
    return Site(database, tmp_path, routes=ROUTES)


@pytest.fixture
def person(site: Site) -> Person:
    with site.database.writing() as session:
        now = real_now()
        made = create_person(
            session,
            address="a@example.org",
            name="Ann",
            lang="en",
            actor=VISITOR,
            now=now,
            real_now=now,
        )
        commit(session)
        session.refresh(made)
        session.expunge(made)
    return made


def rings(site: Site) -> list[dict[str, object]]:
    with site.database.reading() as session:
        return [r.data for r in session.query(JournalRow).filter_by(event="BellRung")]


def test_an_unchanged_public_page_is_made_once_per_language(site: Site) -> None:
    german, danish = site.visit(lang="de"), site.visit(lang="da-DK,en;q=0.5")
    assert german.get("/hello").text.startswith("hello de")
    assert danish.get("/hello").text.startswith("hello da")
    again = german.get("/hello")
    assert again.text.startswith("hello de") and calls == ["de", "da"]
    assert german.get("/hello", **{"if-none-match": again.headers["etag"]}).status_code == 304
    german.post("/ring", {"loud": "1"})
    german.get("/hello")
    assert calls == ["de", "da", "de"]


def test_who_is_signed_in_gets_nothing_from_the_cache(site: Site, person: Person) -> None:
    site.visit().get("/hello")
    answer = site.as_(person).get("/hello")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers and calls == ["en", "en"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://127.0.0.1:8000"}, 303),
        ({"sec-fetch-site": "same-origin", "origin": "http://localhost:8000"}, 303),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:8000.evil.example"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8000"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "", "hx-request": "true"}, 403),
    ],
)
def test_a_write_counts_only_from_our_own_pages(
    site: Site, headers: dict[str, str], status: int
) -> None:
    answer = site.visit().post("/ring", {"loud": "1"}, headers=headers)
    assert answer.status_code == status
    assert len(rings(site)) == (1 if status == 303 else 0)


def test_the_same_form_five_times_at_once_rings_once(site: Site) -> None:
    form = {"form_key": "k1", "loud": "1"}
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: site.visit().post("/ring", form), range(5)))
    assert {(a.status_code, a.headers["location"]) for a in answers} == {(303, "/hello")}
    assert rings(site) == [{"loud": "1"}]


def test_a_changed_form_under_the_same_key_counts_anew(site: Site) -> None:
    for loud in ("1", "2", "1"):
        site.visit().post("/ring", {"form_key": "k1", "loud": loud})
    assert rings(site) == [{"loud": "1"}, {"loud": "2"}]


@pytest.mark.parametrize(("loud", "status"), [("too", 403), ("bad", 422), ("broken", 500)])
def test_what_is_refused_or_fails_leaves_nothing(site: Site, loud: str, status: int) -> None:
    answer = site.visit().post("/ring", {"form_key": "k", "loud": loud})
    assert answer.status_code == status
    assert rings(site) == []
    site.visit().post("/ring", {"form_key": "k", "loud": "1"})
    assert rings(site) == [{"loud": "1"}]


def test_what_was_typed_stands_on_the_page_that_refuses_it(site: Site) -> None:
    answer = site.visit().post("/ring", {"loud": "too", "story": "Once <upon> a time"})
    assert "Once <upon> a time" in text_of(answer.text)
    assert "Once &lt;upon&gt; a time" in answer.text


def test_a_long_text_that_is_refused_keeps_the_label_of_its_field(site: Site) -> None:
    sent = {"loud": "too", "notes-da": "## Tak", "link-title-1": "Slides"}
    assert "Notes in Dansk ## Tak" in text_of(site.visit().post("/ring", sent).text)


def test_switching_the_language_saves_nothing(site: Site) -> None:
    site.visit().post("/ring", {"loud": "1", "switch_lang": "de", "form_key": "k"})
    assert rings(site) == []


@pytest.mark.parametrize("path", ERRORS)
@pytest.mark.parametrize(
    ("lang", "home"),
    [("de", "Zur Startseite"), ("da", "Til forsiden"), ("en", "To the start page")],
)
def test_each_refusal_has_its_status_and_the_readers_language(
    site: Site, path: str, lang: str, home: str
) -> None:
    answer = site.visit(lang=lang).get(path)
    assert answer.status_code == ERRORS[path][1]
    assert f'<html lang="{lang}"' in answer.text and home in answer.text
    if path == "/often":
        assert answer.headers["retry-after"] == "7"


def test_a_failure_says_nothing_of_itself(site: Site) -> None:
    answer = site.visit(lang="de").get("/broken")
    assert answer.status_code == 500
    assert "Bei uns ist etwas schiefgegangen" in answer.text
    assert "secret" not in answer.text and "Traceback" not in answer.text


def test_strangers_are_sent_to_sign_in_and_back(site: Site, person: Person) -> None:
    answer = site.visit().get("/own?a=1&lang=de")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2Fown")
    assert site.as_(person).get("/own").status_code == 200
    assert site.as_(person).get("/staff").status_code == 403


def test_a_flash_is_shown_once(site: Site, person: Person) -> None:
    browser = site.as_(person)
    browser.post("/ring", {"loud": "1"})
    assert "Please confirm this." in browser.get("/own").text
    assert "Please confirm this." not in browser.get("/own").text


@pytest.mark.parametrize("path", ["/hello", "/missing", "/broken", "/nothing", "/static/x/y.css"])
def test_every_answer_carries_the_headers(site: Site, path: str) -> None:
    headers = site.visit().get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_an_attachment_is_never_shown(site: Site) -> None:
    headers = site.visit().get("/paper").headers
    assert headers["content-disposition"].startswith('attachment; filename="_bersicht__X__y.html"')
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "127.0.0.1@evil"])
def test_a_foreign_host_gets_nothing(site: Site, host: str) -> None:
    answer = site.visit().get("/hello", host=host)
    assert answer.status_code == 421 and "hello" not in answer.text


def test_no_link_follows_the_host_header(site: Site) -> None:
    page_text = site.visit().get("/missing", host="localhost:1234").text
    assert "localhost" not in page_text and "1234" not in page_text


@pytest.mark.parametrize("path", ["/hello%00", "/%FF", "/a%5Cb", "/" + "a" * 5000])
def test_a_broken_address_is_not_found(site: Site, path: str) -> None:
    answer = site.visit(lang="da").get(path)
    assert answer.status_code == 404 and "Siden blev ikke fundet" in answer.text


def test_ten_megabytes_of_fields_are_too_large(site: Site) -> None:
    answer = site.visit(lang="de").post("/ring", {"loud": "x" * 10_000_000})
    assert answer.status_code == 413 and "höchstens 2 MB" in answer.text
    chunks = (b"loud=" + b"x" * 1_000_000 for _ in range(10))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = site.visit().client.post("/ring", content=chunks, headers=headers)
    assert answer.status_code == 413
    assert rings(site) == []


def test_a_form_of_many_fields_or_a_foreign_kind_is_refused(site: Site) -> None:
    many = {f"f{n}": "x" for n in range(1500)}
    assert site.visit().post("/ring", many).status_code == 400
    json = site.visit().client.post("/ring", json={"loud": "1"})
    assert json.status_code == 400
    assert rings(site) == []


def test_nul_and_broken_characters_do_no_harm(site: Site) -> None:
    body = b"loud=a%00b%FFc%ED%A0%80"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = site.visit().client.post("/ring", content=body, headers=headers)
    assert answer.status_code == 303
    [kept] = rings(site)
    assert "\x00" not in str(kept["loud"]) and str(kept["loud"]).startswith("ab")


def test_a_method_that_is_not_there_is_refused(site: Site) -> None:
    assert site.visit().post("/hello", {}).status_code == 405
    assert site.visit().get("/ring").status_code == 405


def test_an_htmx_write_is_redirected_by_header(site: Site) -> None:
    answer = site.visit().post("/ring", {"loud": "1"}, headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/hello")


def test_a_fixed_language_goes_along(site: Site) -> None:
    answer = site.visit(lang="en").post("/ring?lang=da", {"loud": "1"})
    assert answer.headers["location"] == "/hello?lang=da"
