"""A draft at a secret address: read by whoever has it, found by nobody, and over in time."""

import re
from datetime import timedelta
from itertools import takewhile
from typing import Any

import pytest
from sqlalchemy import update

from govmatch.challenges.models import PreviewLink
from govmatch.challenges.statement import Words
from govmatch.kit.clock import real_now
from govmatch.kit.ids import token
from govmatch.web.limits import SECRETS
from tests.site import Browser, text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed
from tests.web.challenges.test_papers import PLAN, put_paper

HEADERS = {
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "referrer-policy": "no-referrer",
}


def path(slug: str, act: str = "previews") -> str:
    return f"/desk/challenges/{slug}/{act}"


def make(desk: Desk, slug: str, *, by: str = "astrid", **changes: Any) -> str:
    """Make a link on its page, and return its address."""
    browser = desk.as_(by)
    fields = fields_of(browser.get(path(slug)).text, path(slug))
    answer = browser.post(path(slug), typed(fields, label="Office of law", **changes))
    assert answer.status_code == 200, text_of(answer.text)
    found = re.search(r"http://127\.0\.0\.1:8000(/preview/[\w-]+)", answer.text)
    assert found is not None
    return found[1]


def revoke(browser: Browser, slug: str) -> Any:
    html = browser.get(path(slug)).text
    action = re.search(rf'action="({path(slug)}/\w+/revoke)"', html)
    assert action is not None
    return browser.post(action[1], fields_of(html, action[1]))


def set_links(desk: Desk, **values: Any) -> None:
    desk.change(lambda session: session.execute(update(PreviewLink).values(**values)))


def test_whoever_has_the_link_reads_the_draft_as_it_would_look(desk: Desk) -> None:
    slug = desk.draft()
    answer = desk.site.visit().get(make(desk, slug))
    assert answer.status_code == 200
    said = text_of(answer.text)
    for words in ("This is a draft", "Read the label", "Who reads it?", "Safety.", "Contact"):
        assert words in said, words
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert '<meta name="robots" content="noindex">' in answer.text
    assert 'rel="canonical"' not in answer.text
    assert 'rel="alternate"' not in answer.text


@pytest.mark.parametrize("make_it", ["draft", "submitted", "approved"])
def test_it_leads_to_nothing_else_of_the_draft(desk: Desk, make_it: str) -> None:
    """No way to apply, follow or ask, and no public address, which would not be there."""
    slug = getattr(desk, make_it)()
    for browser in (desk.site.visit(), desk.as_("bo")):
        html = browser.get(make(desk, slug)).text
        assert slug not in html
        assert "<form" not in html.partition("<main")[2].partition("</main>")[0]
        assert "data-hx-get" not in html.partition("<main")[2].partition("</main>")[0]
        said = text_of(html.partition("<main")[2].partition("</main>")[0])
        for words in ("Apply now", "Follow", "Waiting for approval", "Returned", "Approved"):
            assert words not in said, words


def test_it_speaks_the_readers_language_and_can_be_switched(desk: Desk) -> None:
    address = make(desk, desk.draft())
    html = desk.site.visit(lang="da").get(address).text
    assert "Læs mærket" in html
    assert f'href="{address}?lang=de"' in html
    assert "Dies ist ein Entwurf" in desk.site.visit().get(f"{address}?lang=de").text


def test_the_address_is_shown_once_and_kept_nowhere(desk: Desk) -> None:
    slug = desk.draft()
    secret = make(desk, slug).rpartition("/")[2]
    page = desk.as_("astrid").get(path(slug))
    assert secret not in page.text
    assert "Office of law" in page.text
    assert page.headers["cache-control"] == "no-store"
    raw = desk.site.database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("SELECT digest, label FROM challenge_previews")
        assert secret not in str(cursor.fetchall())
        cursor.execute("SELECT data FROM journal")
        data = str(cursor.fetchall())
    finally:
        raw.close()
    assert secret not in data
    assert "Office of law" not in data


def test_how_often_it_was_opened_stands_in_the_list(desk: Desk) -> None:
    slug = desk.draft()
    address = make(desk, slug)
    assert "never opened" in text_of(desk.as_("astrid").get(path(slug)).text)
    for _ in range(3):
        desk.site.visit().get(address)
    desk.site.visit().client.head(address)
    assert "opened 3 times, last on" in text_of(desk.as_("hanne").get(path(slug)).text)
    assert desk.events(slug).count("PreviewLinkOpened") == 1, "once a day"


def test_what_is_over_is_answered_like_what_never_was(desk: Desk) -> None:
    slug = desk.draft()
    address = make(desk, slug)
    assert revoke(desk.as_("hanne"), slug).status_code == 303
    revoked = desk.site.visit().get(address)
    set_links(desk, revoked_at=None, expires_at=real_now() - timedelta(seconds=1))
    expired = desk.site.visit().get(address)
    unknown = desk.site.visit().get(f"/preview/{token()}")
    long = desk.site.visit().get("/preview/" + "x" * 2_000)
    texts = {re.sub(r"/preview/[\w-]+", "", one.text) for one in (revoked, expired, unknown, long)}
    assert len(texts) == 1
    for one in (revoked, expired, unknown, long):
        assert one.status_code == 410
        assert {name: one.headers[name] for name in HEADERS} == HEADERS
        assert "has expired or was revoked" in text_of(one.text)
    set_links(desk, expires_at=real_now() + timedelta(days=1))
    assert desk.site.visit().get(address).status_code == 200


def test_the_link_of_a_cancelled_challenge_says_so(desk: Desk) -> None:
    slug = desk.draft()
    address = make(desk, slug)
    desk.as_("astrid").post(path(slug, "cancel"), {"reason-en": "No money"})
    answer = desk.site.visit().get(address)
    assert answer.status_code == 410
    assert "was cancelled" in text_of(answer.text)
    assert "Read the label" not in answer.text
    assert f"/challenges/{slug}" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    set_links(desk, revoked_at=real_now())
    assert "was cancelled" not in text_of(desk.site.visit().get(address).text)


def test_what_was_cancelled_after_its_publication_says_so_and_where_to_read_why(
    desk: Desk,
) -> None:
    slug = desk.approved()
    public = put_paper(desk, slug)
    address = make(desk, slug)
    desk.as_("eva").post(path(slug, "publish"), {"when": "now"})
    desk.as_("eva").post(path(slug, "cancel"), {"reason-en": "No money"})
    visitor = desk.site.visit()
    for gone in (address, f"{address}/papers/{public.rpartition('/')[2]}"):
        answer = visitor.get(gone)
        assert answer.status_code == 410
        assert "was cancelled" in text_of(answer.text)
        assert f'href="/challenges/{slug}"' in answer.text
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "No money" in text_of(visitor.get(f"/challenges/{slug}").text)


def test_after_the_publication_it_leads_to_the_public_page(desk: Desk) -> None:
    slug = desk.approved()
    address = make(desk, slug)
    later = {"when": "at", "at": ""}
    assert desk.as_("eva").post(path(slug, "publish"), later).status_code == 422
    assert desk.site.visit().get(address).status_code == 200
    desk.as_("eva").post(path(slug, "publish"), {"when": "now"})
    answer = desk.site.visit().get(f"{address}?lang=de")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/challenges/{slug}?lang=de")
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_it_works_until_the_chosen_time_of_the_publication(desk: Desk) -> None:
    slug = desk.approved()
    address = make(desk, slug)
    soon = desk.now + timedelta(days=5)
    desk.set_challenge(slug, state="published", published_at=soon)
    assert desk.site.visit().get(address).status_code == 200


@pytest.mark.security(5)
def test_nobody_finds_a_draft_that_has_a_link(desk: Desk) -> None:
    words = {"en": Words(title="Zweihundertfünfzig", summary="Zq", body="Zq")}
    slug = desk.draft(words=words)
    secret = make(desk, slug).rpartition("/")[2]
    desk.site.work()
    visitor = desk.site.visit()
    for address in (
        *("/", "/challenges", "/sitemap.xml", "/robots.txt", "/challenges.atom", "/challenges.ics"),
        *("/search?q=zweihundertfünfzig", "/suggest?q=zweih", "/opendata"),
    ):
        html = visitor.get(address).text
        assert "Zweihundertfünfzig" not in html.replace('value="zweihundertfünfzig"', "")
        assert secret not in html
        assert slug not in html
    assert visitor.get(f"/challenges/{slug}").status_code == 404


@pytest.mark.security(1)
def test_only_its_desk_makes_and_revokes_links(desk: Desk) -> None:
    slug = desk.draft()
    make(desk, slug)
    html = desk.as_("astrid").get(path(slug)).text
    action = re.search(rf'action="({path(slug)}/\w+/revoke)"', html)
    assert action is not None
    for name, status in (("ida", 404), ("pia", 404), ("bo", 403), ("jens", 403), ("kim", 403)):
        browser = desk.as_(name)
        assert browser.get(path(slug)).status_code == status
        assert browser.post(path(slug), {"label": "Me", "days": "7"}).status_code == status
        assert browser.post(action[1]).status_code == status
    other = desk.draft(words={"en": Words(title="Other", summary="Two", body="Two")})
    elsewhere = action[1].replace(slug, other)
    assert desk.as_("astrid").post(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("typed_days", "field"), [("31", "days"), ("0", "days"), ("x", "days"), ("", "days")]
)
def test_wrong_days_are_refused_at_the_field(desk: Desk, typed_days: str, field: str) -> None:
    slug = desk.draft()
    answer = desk.as_("astrid").post(path(slug), {"label": "Office", "days": typed_days})
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert 'value="Office"' in answer.text


@pytest.mark.security(14)
def test_whoever_tries_many_addresses_has_to_wait(desk: Desk) -> None:
    visitor = desk.site.visit()
    asked = (visitor.get(f"/preview/{token()}").status_code for _ in range(3 * SECRETS))
    codes = list(takewhile(lambda code: code == 410, asked))
    assert SECRETS <= len(codes) < 3 * SECRETS, "then it is 429"


@pytest.mark.security(5)
def test_papers_of_the_draft_are_had_by_the_link_alone(desk: Desk) -> None:
    slug = desk.draft()
    public = put_paper(desk, slug)
    address = make(desk, slug)
    visitor = desk.site.visit()
    (found,) = re.findall(r'href="([^"]*/papers/[^"]+)"', visitor.get(address).text)
    assert found.startswith(f"{address}/papers/")
    answer = visitor.get(found)
    assert (answer.status_code, answer.content) == (200, PLAN)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert visitor.get(public).status_code == 404
    assert visitor.get(f"{address}/papers/x7m3k9q2w5zz").status_code == 404
    revoke(desk.as_("astrid"), slug)
    assert visitor.get(found).status_code == 410
