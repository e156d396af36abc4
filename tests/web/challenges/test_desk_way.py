"""The way of a challenge on its page at the desk: every step with its state, date and page."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest

from govmatch.accounts.models import Role
from govmatch.challenges import actions
from govmatch.challenges.models import State
from govmatch.challenges.queries import find_by_slug
from govmatch.kit.db import Session
from tests.web.challenges.desk_world import PROGRAMME, Desk

ONE = re.compile(
    r'<li class="gm-steps__one gm-steps__one--(?P<state>\w+)".*?'
    r'<span class="gm-steps__name">(?P<name>.*?)</span>(?P<rest>.*?)</li>',
    re.DOTALL,
)
SELECTION = [State.IN_SELECTION, State.DECIDED, State.PILOTING, State.COMPLETED]
READERS = ("astrid", "hanne", "eva", "pia")


def way(desk: Desk, name: str, slug: str) -> list[tuple[str, str, str]]:
    """Return (state, label, address) of each step as somebody sees it."""
    page = desk.as_(name).get(f"/desk/challenges/{slug}")
    assert page.status_code == 200
    found = []
    for one in ONE.finditer(page.text):
        address = re.search(r'href="([^"]*)"', one["name"])
        label = re.sub(r"<[^>]*>.*?</span>$|<[^>]*>", "", one["name"])
        label = label.removesuffix(": done")
        found.append((one["state"], label, html.unescape(address[1]) if address else ""))
    return found


def states(desk: Desk, slug: str, name: str = "eva") -> dict[str, str]:
    return {label: state for state, label, _ in way(desk, name, slug)}


def move(desk: Desk, slug: str, *to: State) -> None:
    """Take it through these states, as the packages above do."""

    def act(session: Session) -> None:
        challenge = find_by_slug(session, slug)
        assert challenge is not None
        for one in to:
            actions.move_on(
                session, challenge, one, actor=desk.actors["eva"], now=desk.now,
                reasons={"en": "Nobody could."} if one is State.DID_NOT_PROCEED else None,
            )  # fmt: skip

    desk.change(act)


def closed(desk: Desk, **more: Any) -> str:
    """Return a challenge whose deadline has passed."""
    slug = desk.published()
    ago = {name: desk.now - timedelta(days=n) for name, n in (("opens", 20), ("closes", 3))}
    desk.set_challenge(slug, published_at=ago["opens"], approved_at=ago["opens"], **ago, **more)
    return slug


def selecting(desk: Desk, *to: State) -> str:
    slug = closed(desk, opened_at=desk.now - timedelta(days=2))
    move(desk, slug, State.IN_SELECTION, *to)
    return slug


def test_a_draft_has_its_whole_way_before_it(desk: Desk) -> None:
    slug = desk.draft()
    assert [label for _, label, _ in way(desk, "astrid", slug)] == [
        "Draft", "In review", "Approved", "Announced", "Open", "Deadline",
        "Opening of the applications", "Reviewing", "Decision", "Pilots", "Completion",
    ]  # fmt: skip
    assert {state for state, label, _ in way(desk, "astrid", slug) if label != "Draft"} == {"todo"}
    assert [address for _, _, address in way(desk, "astrid", slug)] == [""] * 11


def test_after_the_deadline_the_opening_comes_next(desk: Desk) -> None:
    slug = closed(desk)
    found = states(desk, slug)
    assert "Draft" not in found
    assert (found["Deadline"], found["Opening of the applications"]) == ("done", "current")
    assert found["Reviewing"] == "todo"


@pytest.mark.parametrize(
    ("to", "current"),
    [
        ([], "Reviewing"),
        ([State.DECIDED], "Pilots"),
        ([State.DECIDED, State.PILOTING], "Pilots"),
        ([State.DECIDED, State.PILOTING, State.COMPLETED], None),
    ],
)
def test_each_state_after_the_opening_is_one_step_of_it(
    desk: Desk, to: list[State], current: str | None
) -> None:
    slug = selecting(desk, *to)
    found = states(desk, slug)
    here = [label for label, state in found.items() if state == "current"]
    assert here == ([current] if current else [])
    assert found["Opening of the applications"] == "done"
    assert (found["Completion"] == "done") == (State.COMPLETED in to)


def test_a_step_says_when_it_was_reached(desk: Desk) -> None:
    slug = selecting(desk, State.DECIDED)
    page = desk.as_("eva").get(f"/desk/challenges/{slug}").text
    dated = {
        re.sub(r"<.*?>", "", one["name"]).removesuffix(": done"): "gm-steps__when" in one["rest"]
        for one in ONE.finditer(page)
    }
    assert dated["Decision"]
    assert dated["Opening of the applications"]
    assert not dated["Completion"]


def test_what_did_not_proceed_ends_with_that(desk: Desk) -> None:
    slug = selecting(desk, State.DID_NOT_PROCEED)
    found = way(desk, "eva", slug)
    decision = f"/desk/challenges/{slug}/decision"
    assert found[-1] == ("current", "Did not proceed", decision)
    assert [label for _, label, _ in found] == [
        "Approved", "Announced", "Open", "Deadline", "Opening of the applications", "Reviewing",
        "Did not proceed",
    ]  # fmt: skip


def test_every_page_that_is_named_opens_for_the_reader(desk: Desk) -> None:
    """Pia approves for the programme too, and takes no part in the opening."""
    desk.give("pia", Role.APPROVER, "programme", PROGRAMME)
    slugs = [closed(desk), *(selecting(desk, *SELECTION[1:n]) for n in range(1, 5))]
    asked = 0
    for slug in slugs:
        for name in READERS:
            browser = desk.as_(name)
            page = browser.get(f"/desk/challenges/{slug}").text
            named = {address for _, _, address in way(desk, name, slug) if address}
            named |= set(re.findall(rf'href="(/desk/challenges/{slug}/[a-z-]+)"', page))
            refused = {one for one in named if browser.get(one).status_code != 200}
            assert refused == set(), (slug, name)
            asked += len(named)
    assert asked > 40


def test_who_takes_no_part_in_the_opening_is_shown_no_way_there(desk: Desk) -> None:
    desk.give("pia", Role.APPROVER, "programme", PROGRAMME)
    slug = selecting(desk, State.DECIDED)
    pages = {label for _, label, address in way(desk, "pia", slug) if address}
    assert pages == {"Pilots", "Completion"}
    assert desk.as_("pia").get(f"/desk/challenges/{slug}/opening").status_code == 404
    everything = {label for _, label, address in way(desk, "hanne", slug) if address}
    assert everything == {
        "Opening of the applications", "Reviewing", "Decision", "Pilots", "Completion",
    }  # fmt: skip


def test_the_next_step_leads_to_where_people_work_now(desk: Desk) -> None:
    slug = selecting(desk)
    page = desk.as_("eva").get(f"/desk/challenges/{slug}").text
    next_step = page.partition('class="gm-next"')[2].partition("</section>")[0]
    assert f'href="/desk/challenges/{slug}/reviewing"' in next_step
    assert f'href="/desk/challenges/{slug}/decision"' in next_step
    move(desk, slug, State.DECIDED, State.PILOTING)
    page = desk.as_("eva").get(f"/desk/challenges/{slug}").text
    next_step = page.partition('class="gm-next"')[2].partition("</section>")[0]
    assert f'href="/pilots?challenge={slug}"' in next_step
    assert f'href="/desk/challenges/{slug}/completion"' in next_step


def test_what_is_over_leads_to_what_everybody_reads_of_it(desk: Desk) -> None:
    slug = selecting(desk, State.DECIDED, State.PILOTING, State.COMPLETED)
    page = desk.as_("eva").get(f"/desk/challenges/{slug}").text
    next_step = page.partition('class="gm-next"')[2].partition("</section>")[0]
    assert f'href="/results/{slug}"' in next_step
    assert desk.as_("eva").get(f"/results/{slug}").status_code == 200


def test_a_reader_of_another_authority_sees_nothing_of_it(desk: Desk) -> None:
    slug = selecting(desk, State.DECIDED)
    assert desk.as_("ida").get(f"/desk/challenges/{slug}").status_code == 404
