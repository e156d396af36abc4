"""What is not published stays with its authority and its programme, wherever one looks."""

from datetime import timedelta

import pytest

from govmatch.challenges.statement import Words
from tests.web.challenges.desk_world import Desk

CANARY = "zyzzyva"
WORDS = {
    "en": Words(title=f"The {CANARY} problem", summary=f"About {CANARY}", body=f"{CANARY}!"),
}
MAKERS = {
    "draft": lambda desk: desk.draft(words=WORDS),
    "in review": lambda desk: desk.submitted(words=WORDS),
    "approved": lambda desk: desk.approved(words=WORDS),
    "published for later": lambda desk: desk.published(
        words=WORDS, at=desk.now + timedelta(days=5)
    ),
}
PUBLIC = (
    "/",
    "/challenges",
    "/challenges?theme=inspections",
    "/challenges.atom",
    "/challenges.ics",
    f"/search?q={CANARY}",
    f"/suggest?q={CANARY[:4]}",
    "/authorities/sikkerhedsstyrelsen",
    "/programmes/govtech",
)


def without_the_question(html: str) -> str:
    """Return a page without the places that repeat what was asked."""
    for asked in ("q={}", "q%3D{}", 'value="{}"', "Search: {}"):
        html = html.replace(asked.format(CANARY), "")
    return html


@pytest.mark.security(4)
@pytest.mark.parametrize("state", MAKERS)
def test_what_is_not_public_is_nowhere_for_others(desk: Desk, state: str) -> None:
    slug = MAKERS[state](desk)
    desk.site.work()
    for browser in (desk.site.visit(), desk.as_("bo"), desk.as_("ida"), desk.as_("kim")):
        for address in PUBLIC:
            assert CANARY not in without_the_question(browser.get(address).text), address
        for ending in ("", ".md", ".json", ".ics"):
            assert browser.get(f"/challenges/{slug}{ending}").status_code == 404


@pytest.mark.security(4)
def test_those_who_work_on_it_find_it_and_once_public_everybody_does(desk: Desk) -> None:
    """The negative tests above would pass for a title that is shown to nobody at all."""
    slug = MAKERS["approved"](desk)
    desk.site.work()
    for name in ("astrid", "hanne", "eva"):
        assert CANARY in desk.as_(name).get("/desk").text
        assert desk.as_(name).get(f"/challenges/{slug}").status_code == 200
    answer = desk.as_("eva").post(f"/desk/challenges/{slug}/publish", {"when": "now"})
    assert answer.status_code == 303
    desk.site.work()
    visitor = desk.site.visit()
    for address in ("/challenges", "/challenges.atom", f"/challenges/{slug}"):
        assert CANARY in visitor.get(address).text, address


@pytest.mark.security(6)
def test_what_is_typed_is_shown_as_text_everywhere_at_the_desk(desk: Desk) -> None:
    attack = "<img src=x onerror=alert(1)>"
    words = {
        "en": Words(title=f"T {attack}", summary=attack, body=f"{attack}\n\n[a](javascript:x)")
    }
    slug = desk.submitted(words=words, contact={"name": attack, "email": "o@example.org"})
    remarks = {"new-whole": attack, "new-topic": attack}
    assert desk.as_("hanne").post(f"/desk/challenges/{slug}/return", remarks).status_code == 303
    desks = ("", "/people", "/edit/topic", "/remarks", "/rounds", "/versions")
    for page in (
        "/desk",
        *(f"/desk/challenges/{slug}{one}" for one in desks),
        f"/challenges/{slug}",
    ):
        html = desk.as_("astrid").get(page).text
        assert "<img" not in html, page
        assert 'href="javascript:' not in html, page
        assert "&lt;img" in html, page
