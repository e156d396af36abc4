"""Dates of a round and ready mixtures of criteria fill the form; nothing is kept before saving."""

from datetime import timedelta
from typing import Any

import pytest

from govmatch.programmes.actions import RoundValues, create_round
from govmatch.programmes.queries import by_slug
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import editor, fields_of, section_form, typed

NAMES = {"en": "Spring", "de": "Frühjahr", "da": "Forår"}


def make_round(desk: Desk, slug: str = "spring", *, in_days: int = 30, **fixed: str) -> Any:
    """Make a round whose call opens 70 days after its first day, unless it says otherwise."""
    starts = (desk.now + timedelta(days=in_days)).date()

    def act(session: Any) -> None:
        values = RoundValues(
            names=NAMES,
            starts=starts,
            ends=starts + timedelta(days=600),
            authorities=["sikkerhedsstyrelsen"],
            fixed=fixed,
        )
        programme = by_slug(session, "govtech")
        create_round(session, programme, values, slug=slug, actor=desk.actors["kim"], now=desk.now)

    desk.change(act)
    return starts


def press(desk: Desk, slug: str, section: str, do: str, **changes: Any) -> Any:
    browser, path = desk.as_("astrid"), f"{editor(slug)}/{section}"
    fields = section_form(browser, slug, section)
    return browser.post(path, typed(fields, **changes, do=do))


def test_the_dates_of_a_round_fill_the_form_and_are_kept_when_it_is_saved(desk: Desk) -> None:
    slug = desk.draft(round=None)
    starts = make_round(desk)
    opens, closes = starts + timedelta(days=70), starts + timedelta(days=112)
    before = desk.says(slug)
    answer = press(desk, slug, "timeline", "dates:spring")
    assert answer.status_code == 200
    path = f"{editor(slug)}/timeline"
    fields = fields_of(answer.text, path)
    assert fields["opens"] == [f"{opens}T09:00"]
    assert fields["questions_until"] == [f"{opens + timedelta(days=28)}T12:00"]
    assert fields["closes"] == [f"{closes}T12:00"]
    assert desk.says(slug) == before, "nothing is kept yet"
    assert desk.as_("astrid").post(path, typed(fields)).status_code == 303
    kept = desk.says(slug)
    assert kept.closes is not None
    assert kept.closes.date() == closes


def test_only_a_round_whose_call_is_yet_to_open_is_offered(desk: Desk) -> None:
    slug = desk.draft(round=None)
    make_round(desk, "past", in_days=-100)
    make_round(desk, "coming")
    text = section_text(desk, slug)
    assert text.count("Take these dates") == 1 + shipped_to_come(desk, slug)


def section_text(desk: Desk, slug: str) -> str:
    return text_of(desk.as_("astrid").get(f"{editor(slug)}/timeline").text)


def shipped_to_come(desk: Desk, slug: str) -> int:
    """Return how many of the shipped rounds are offered; as time goes on, none."""
    html = desk.as_("astrid").get(f"{editor(slug)}/timeline").text
    return sum(f'value="dates:{one}"' in html for one in ("govtech-1", "govtech-2", "open-1"))


def test_a_draft_of_a_round_is_offered_the_dates_of_that_round_alone(desk: Desk) -> None:
    make_round(desk, "coming")
    slug = desk.draft(round="coming")
    html = desk.as_("astrid").get(f"{editor(slug)}/timeline").text
    assert html.count('value="dates:') == 1
    assert 'value="dates:coming"' in html


@pytest.mark.parametrize("which", ["nowhere", "bremen-1", "", "x" * 500])
def test_a_round_that_is_none_of_the_programme_changes_nothing(desk: Desk, which: str) -> None:
    slug = desk.draft()
    answer = press(desk, slug, "timeline", f"dates:{which}", opens="2031-05-05T10:00")
    assert answer.status_code == 200
    assert fields_of(answer.text, f"{editor(slug)}/timeline")["opens"] == ["2031-05-05T10:00"]


def test_a_ready_mixture_replaces_the_weights(desk: Desk) -> None:
    slug = desk.draft()
    before = desk.says(slug)
    answer = press(desk, slug, "criteria", "criteria:personal-data")
    fields = fields_of(answer.text, f"{editor(slug)}/criteria")
    weights = {
        name.removeprefix("weight-"): int(value[0])
        for name, value in fields.items()
        if name.startswith("weight-") and value[0]
    }
    assert weights == {
        "fit": 16, "team": 12, "traction": 12, "technology": 14, "innovation": 10, "scaling": 12,
        "motivation": 9, "data-protection": 15,
    }  # fmt: skip
    assert fields["minimum-data-protection"] == ["3"]
    assert "100 of 100 points" in text_of(answer.text)
    assert desk.says(slug) == before
    assert desk.as_("astrid").post(f"{editor(slug)}/criteria", typed(fields)).status_code == 303
    assert {one.id: one.weight for one in desk.says(slug).criteria} == weights


def test_a_mixture_that_there_is_not_changes_nothing(desk: Desk) -> None:
    slug = desk.draft()
    answer = press(desk, slug, "criteria", "criteria:nothing")
    assert answer.status_code == 200
    assert desk.events(slug) == ["ChallengeDrafted"]
