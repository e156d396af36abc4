"""What a challenge says stands in one section each, and so does what has changed in it."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from govmatch.challenges.by_section import Reading
from govmatch.challenges.sections import Section
from govmatch.challenges.statement import Statement, Weight, Words
from govmatch.kit.i18n import say
from tests.unit.challenges.world import statement

READING = Reading("en", lambda _field, slug, _lang: slug)
BODY = "Before.\n\n## The problem\n\nHeavy.\n\n## Who would use it\n\nInspectors.\n"


def words(**changes: str) -> dict[str, Words]:
    texts = {"title": "Read", "summary": "Who?", "body": BODY, **changes}
    return {"en": Words(**texts), "da": Words(title="Læs", summary="Hvem?", body="Tekst")}


BASE: Statement = statement(words=words())
CHANGES: list[tuple[dict[str, Any], Section, str]] = [
    ({"words": words(title="Read on")}, Section.TOPIC, "Title"),
    ({"words": words(summary="Who reads?")}, Section.TOPIC, "Summary"),
    ({"words": words(body=BODY.replace("Heavy", "Light"))}, Section.PROBLEM, "Problem"),
    (
        {"words": words(body=BODY.replace("Before", "Now"))},
        Section.PROBLEM,
        "Text before the first heading",
    ),
    ({"words": words(body=BODY.replace("Inspectors", "All"))}, Section.USERS, "Users"),
    (
        {"words": words(body=BODY + "\n## What a good solution would change\n\nMuch.\n")},
        Section.GOAL,
        "Goal",
    ),
    (
        {"words": {**words(), "da": Words(title="Læs nu", summary="Hvem?", body="Tekst")}},
        Section.TRANSLATIONS,
        "Title in Danish",
    ),
    ({"words": {"en": words()["en"]}}, Section.TRANSLATIONS, "Title in Danish"),
    ({"round": None}, Section.TOPIC, "Round"),
    ({"programme": "other"}, Section.TOPIC, "Programme"),
    ({"themes": ("safety",)}, Section.TOPIC, "Themes"),
    ({"technologies": ()}, Section.TOPIC, "Technologies"),
    ({"cpv": ("72212000",)}, Section.TOPIC, "CPV codes"),
    ({"countries": ("DK",)}, Section.ELIGIBILITY, "Countries of the firms"),
    ({"sizes": ("micro",)}, Section.ELIGIBILITY, "Size of the firms"),
    ({"languages": ("de",)}, Section.ELIGIBILITY, "Languages of applications"),
    ({"requires": ()}, Section.ELIGIBILITY, "What firms must show"),
    ({"questions": ()}, Section.FORM, "Own questions"),
    ({"criteria": (Weight(id="fit", weight=100),)}, Section.CRITERIA, "Criteria and weights"),
    ({"budget_max": 900_000}, Section.BUDGET, "Budget"),
    ({"currency": "EUR"}, Section.BUDGET, "Budget"),
    ({"pilots_max": 1}, Section.BUDGET, "Number of pilots"),
    ({"closes": BASE.closes and BASE.closes + timedelta(days=1)}, Section.TIMELINE, "Deadline"),
    ({"contact": {"name": "Another office"}}, Section.CONTACT, "Contact"),
]


@pytest.mark.parametrize(("changes", "section", "label"), CHANGES)
def test_a_change_stands_in_its_section_under_its_name(
    changes: dict[str, Any], section: Section, label: str
) -> None:
    found = READING.changed(BASE, replace(BASE, **changes))
    assert list(found) == [section]
    assert say(found[section][0].label, "en") == label
    one = found[section][0]
    assert one.rows or any(group.lines for group in one.groups)


def test_every_part_of_a_statement_is_compared() -> None:
    """What is added to a statement one day has its place here, or is named with its reason."""
    compared = {name for changes, _, _ in CHANGES for name in changes}
    left = {one.name for one in fields(Statement)} - compared
    assert left == {
        "authority",  # stays what it is
        "attachments",  # compared below
        "zone",  # compared below
        "opens",
        "questions_until",
        "budget_min",
        "main_lang",  # decides which texts are translations
    }


def test_papers_and_the_zone_are_compared_too() -> None:
    paper = {
        "name": "map.pdf", "title": {"en": "Map"}, "media_type": "application/pdf",
        "size": 1, "sha256": "0" * 64,
    }  # fmt: skip
    found = READING.changed(BASE, replace(BASE, attachments=(paper,), zone="Europe/Berlin"))
    assert [one.name for one in found[Section.TIMELINE]] == ["zone"]
    assert "attachments" in [one.name for section in found for one in found[section]]


def test_nothing_has_changed_in_what_is_the_same() -> None:
    assert READING.changed(BASE, statement(words=words())) == {}


def test_each_section_says_its_own_and_empty_ones_nothing() -> None:
    said = READING.said(BASE)
    assert list(said) == list(Section)
    assert [one.text for one in said[Section.PROBLEM]] == ["Before.", "Heavy."]
    assert [one.text for one in said[Section.USERS]] == ["Inspectors."]
    assert said[Section.GOAL] == []
    assert [(one.lang, one.text) for one in said[Section.TRANSLATIONS]] == [
        ("da", "Læs"),
        ("da", "Hvem?"),
        ("da", "Tekst"),
    ]
    assert said[Section.CRITERIA][0].lines == ["fit: 60 (at least 3 of 5)", "team: 40"]


def test_a_moved_deadline_is_shown_with_both_times() -> None:
    assert BASE.closes is not None
    after = replace(BASE, closes=BASE.closes + timedelta(days=7))
    lines = READING.changed(BASE, after)[Section.TIMELINE][0].groups[0].lines
    assert [piece.sign for piece in lines[0]] == ["-", "+"]
