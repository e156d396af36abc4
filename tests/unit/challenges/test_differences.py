"""An amendment as everybody reads it, in the three languages."""

from dataclasses import replace
from typing import Any

import pytest

from govmatch.challenges import queries
from govmatch.challenges.differences import Difference, as_text
from govmatch.challenges.models import Challenge
from govmatch.challenges.statement import Weight, statement_of
from govmatch.kit.db import Session
from govmatch.kit.i18n import Lang
from tests.unit.challenges.world import CONTENT, NOW, World, amended, make_world, published

PAPER = {
    "name": "plan.pdf",
    "title": {"en": "Plan", "de": "Plan"},
    "media_type": "application/pdf",
    "size": 4,
    "sha256": "a" * 64,
}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def challenge(session: Session, world: World) -> Challenge:
    return published(session, world)


def read(session: Session, challenge: Challenge, lang: Lang) -> list[Difference]:
    (amendment, *_) = queries.amendments(session, challenge)
    return queries.differences(session, challenge, amendment, lang=lang, content=CONTENT)


def text(session: Session, challenge: Challenge, lang: Lang = "en") -> list[str]:
    lines = [line for one in read(session, challenge, lang) for line in as_text(one, lang)]
    return [line.replace("\xa0", " ") for line in lines]


def change(session: Session, world: World, challenge: Challenge, **changes: Any) -> list[str]:
    amended(session, challenge, world.eva, NOW, **changes)
    return text(session, challenge)


def test_weights_and_minimum_scores_stand_side_by_side(
    session: Session, world: World, challenge: Challenge
) -> None:
    criteria = (Weight(id="fit", weight=50, minimum=2), Weight(id="traction", weight=50))
    amended(session, challenge, world.eva, NOW, criteria=criteria)
    (shown,) = read(session, challenge, "de")
    assert [(row.label, row.weight, row.minimum) for row in shown.rows] == [
        ("Passung zur Herausforderung", ("60", "50"), ("3", "2")),
        ("Belegte Nachfrage", ("–", "50"), ("–", "–")),
        ("Team", ("40", "–"), ("–", "–")),
    ]
    assert "Fit to the challenge: Weight [-60-]{+50+}, Minimum score [-3-]{+2+}" in text(
        session, challenge
    )


def test_weights_that_stay_are_not_listed_but_it_is_said(
    session: Session, world: World, challenge: Challenge
) -> None:
    weights = [Weight(id="fit", weight=50, minimum=3), Weight(id="team", weight=40)]
    change(session, world, challenge, criteria=(*weights, Weight(id="traction", weight=10)))
    assert text(session, challenge)[1:] == [
        "Fit to the challenge: Weight [-60-]{+50+}, Minimum score 3",
        "Traction: Weight [-–-]{+10+}, Minimum score –",
        "The other criteria stay as they are.",
    ]


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("en", ["fewer than 10 people", "[-fewer than 50 people-]"]),
        ("de", ["weniger als 10 Beschäftigte", "[-weniger als 50 Beschäftigte-]"]),
        ("da", ["færre end 10 ansatte", "[-færre end 50 ansatte-]"]),
    ],
)
def test_who_can_take_part_is_said_in_words_and_not_in_codes(
    session: Session, world: World, challenge: Challenge, lang: Lang, lines: list[str]
) -> None:
    amended(session, challenge, world.eva, NOW, sizes=("micro",))
    found = text(session, challenge, lang)
    assert found[1:] == lines


def test_countries_languages_and_proofs_are_named(
    session: Session, world: World, challenge: Challenge
) -> None:
    found = change(
        session, world, challenge,
        countries=("EEA", "GB"), languages=("da", "en", "de"),
        requires=("company-registration", "iso-27001"),
    )  # fmt: skip
    assert "{+European Economic Area (EU, Iceland, Liechtenstein, Norway)+}" in found
    assert "[-European Union-]" in found
    assert "United Kingdom" in found
    assert "{+German+}" in found
    assert "{+ISO/IEC 27001 certificate+}" in found


def test_papers_are_added_replaced_renamed_and_removed(
    session: Session, world: World, challenge: Challenge
) -> None:
    assert change(session, world, challenge, attachments=(PAPER,)) == [
        "Attachments", "added", "{+Plan (plan.pdf)+}",
    ]  # fmt: skip
    newer = {**PAPER, "sha256": "b" * 64}
    assert change(session, world, challenge, attachments=(newer,)) == [
        "Attachments", "replaced by a new file", "Plan (plan.pdf)",
    ]  # fmt: skip
    renamed = {**newer, "title": {"en": "New plan"}}
    assert change(session, world, challenge, attachments=(renamed,)) == [
        "Attachments", "changed", "[-Plan (plan.pdf)-]{+New plan (plan.pdf)+}",
    ]  # fmt: skip
    assert change(session, world, challenge, attachments=()) == [
        "Attachments", "removed", "[-New plan (plan.pdf)-]",
    ]  # fmt: skip


def test_questions_are_told_one_by_one(
    session: Session, world: World, challenge: Challenge
) -> None:
    first = challenge.questions[0]
    another: dict[str, Any] = {"id": "price", "type": "text", "label": {"en": "What does it cost?"}}
    found = change(session, world, challenge, questions=({**first, "max_words": 300}, another))
    assert found[0] == "Own questions"
    assert "How are labels read? (changed)" in found
    assert any("At most [-200-]{+300+} words." in line for line in found)
    assert "What does it cost? (added)" in found
    assert "{+What does it cost? [One line of text]+}" in found
    turned = tuple(reversed(challenge.questions))
    assert change(session, world, challenge, questions=turned) == [
        "Own questions", "The order has changed.",
    ]  # fmt: skip
    assert "What does it cost? (removed)" in change(
        session, world, challenge, questions=tuple(q for q in turned if q["id"] == first["id"])
    )


def test_words_are_marked_within_their_line_and_language(
    session: Session, world: World, challenge: Challenge
) -> None:
    words = dict(statement_of(challenge).words)
    words["en"] = replace(words["en"], title="Read every label", body="## Why\n\nSafety first.")
    assert change(session, world, challenge, words=words) == [
        "Title in English", "Read [-the-]{+every+} label",
        "Description in English", "…", "Safety{+ first+}.",
    ]  # fmt: skip


def test_dates_and_money_are_whole(session: Session, world: World, challenge: Challenge) -> None:
    assert challenge.closes is not None
    found = change(
        session, world, challenge,
        closes=challenge.closes.replace(day=13), budget_max=700_000,
    )  # fmt: skip
    assert "[-12 January 2027, 11:00 CET-]{+13 January 2027, 11:00 CET+}" in found
    assert "[-DKK 200,000 – DKK 600,000-]{+DKK 200,000 – DKK 700,000+}" in found


def test_a_text_in_the_readers_language_comes_first(
    session: Session, world: World, challenge: Challenge
) -> None:
    words = {
        lang: replace(one, title=f"{one.title}!")
        for lang, one in statement_of(challenge).words.items()
    }
    amended(session, challenge, world.eva, NOW, words=words, pilots_max=2)
    assert [one.lang for one in read(session, challenge, "en")] == [None, "en", "da"]
    assert [one.lang for one in read(session, challenge, "da")] == [None, "da", "en"]


def test_a_paragraph_broken_otherwise_is_no_change_of_words(
    session: Session, world: World, challenge: Challenge
) -> None:
    words = dict(statement_of(challenge).words)
    words["en"] = replace(words["en"], body="## Why\n\nSafety comes\nfirst.\n\n- one\n- two")
    amended(session, challenge, world.eva, NOW, words=words)
    words["en"] = replace(words["en"], body="## Why\n\nSafety\ncomes first.\n\n- one\n- two")
    assert change(session, world, challenge, words=words) == [
        "Description in English", "Only line breaks have changed.",
    ]  # fmt: skip
