"""Programmes and rounds that are made on the site: changed there, never what lives in files."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from govmatch.challenges.queries import terms_of
from govmatch.kit.content import FILES
from govmatch.kit.db import Session, canonical_json
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import LANGUAGES
from govmatch.kit.ids import digest
from govmatch.programmes import actions, queries
from govmatch.programmes.actions import RoundValues, Switch, Terms
from govmatch.programmes.letters import LetterName, LetterText, default_text, letter_text
from govmatch.programmes.models import Programme
from govmatch.programmes.promise import days_promised
from govmatch.programmes.switches import Rule
from govmatch.programmes.voices import voices
from tests.unit.challenges.world import (
    NOW,
    World,
    drafted,
    make_world,
    published,
    shipped_base,
)

NAMES = {"en": "New", "de": "Neu", "da": "Ny"}
CHAMBER = {"id": "voice-1", "kind": "chamber", "name": NAMES}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def own(session: Session, world: World) -> Programme:
    """A programme that was made on the site."""
    made = actions.create_from_template(
        session, world.programme, slug="own", names=NAMES, summaries={}, actor=world.kim, now=NOW
    )
    actions.set_authorities(session, made, [world.authority], actor=world.kim, now=NOW)
    return made


def terms(**changes: Any) -> Terms:
    given: dict[str, Any] = {
        "names": NAMES,
        "summaries": {},
        "days": {"call": 21},
        "weights": {"fit": (70, 3), "price": (30, None)},
        "pilots_max": 2,
    }
    return Terms(**{**given, **changes})


def set_terms(session: Session, world: World, programme: Programme, **changes: Any) -> None:
    actions.set_terms(session, programme, terms(**changes), actor=world.kim, now=NOW)


def test_lengths_and_weights_are_set(session: Session, world: World, own: Programme) -> None:
    set_terms(session, world, own)
    call = next(one for one in own.phases if one["id"] == "call")
    assert (call["days"], call["questions_until_day"], call["answers_by_day"]) == (21, 21, 21)
    on = {one.id: (one.weight, one.minimum) for one in queries.criteria(own) if one.is_on}
    assert on == {"fit": (70, 3), "price": (30, None)}
    off = {one.id: one.suggested_weight for one in queries.criteria(own) if not one.is_on}
    assert off["team"] == 14, "what it weighed is what a challenge is told to give it"
    assert own.facts["pilots_max"] == 2
    assert world.programme.phases[2]["days"] == 42, "the template stays"


def test_days_to_the_decision_are_promised_and_taken_back(
    session: Session, world: World, own: Programme
) -> None:
    assert days_promised(own.facts) == days_promised(world.programme.facts) == 35
    set_terms(session, world, own, decision_days=60)
    assert days_promised(own.facts) == 60
    set_terms(session, world, own)
    assert days_promised(own.facts) is None
    assert days_promised(world.programme.facts) == 35, "the template stays"


def test_weights_add_up_to_a_hundred(session: Session, world: World, own: Programme) -> None:
    with pytest.raises(Invalid) as refused:
        set_terms(session, world, own, weights={"fit": (70, None)})
    assert set(refused.value.errors) == {"weights"}
    assert own.facts["pilots_max"] == 3


def switches(programme: Programme) -> dict[Rule, Switch]:
    return {
        Rule(name): Switch(one["value"], one["reason"]) for name, one in programme.rules.items()
    }


def set_rules(session: Session, world: World, programme: Programme, **changes: Switch) -> None:
    wanted = {**switches(programme), **{Rule(name): one for name, one in changes.items()}}
    actions.set_rules(session, programme, wanted, actor=world.kim, now=NOW)


def test_a_rule_is_set_otherwise_with_a_new_reason(
    session: Session, world: World, own: Programme
) -> None:
    why: dict[str, str] = dict.fromkeys(LANGUAGES, "Few apply, and one person is enough.")
    set_rules(session, world, own, opening_people=Switch(1, why))
    assert queries.rule_value(own, "opening_people") == 1
    assert queries.rule_reason(own, "opening_people", "da") == why["da"]
    assert queries.rule_value(world.programme, "opening_people") == 2


def test_the_old_reason_is_none_for_the_new_setting(
    session: Session, world: World, own: Programme
) -> None:
    before = own.rules
    old = own.rules["sealed"]["reason"]
    with pytest.raises(Invalid) as refused:
        set_rules(session, world, own, sealed=Switch(value=False, reasons={**old, "de": "Neu."}))
    assert set(refused.value.errors) == {"reason-sealed-da", "reason-sealed-en"}
    assert own.rules == before


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_number_stays_in_its_bounds(
    session: Session, world: World, own: Programme, number: int
) -> None:
    why: dict[str, str] = dict.fromkeys(LANGUAGES, "Why not.")
    with pytest.raises(Invalid):
        set_rules(session, world, own, opening_people=Switch(number, why))


def letters(body: str) -> dict[str, LetterText]:
    return {lang: LetterText("Yes: {challenge}", f"{lang}: {body}") for lang in LANGUAGES}


WHOLE = "{firm} {challenge} {reference} {authority} {contact} {confirm_by}"


def set_letter(session: Session, world: World, programme: Programme, body: str) -> None:
    actions.set_letter(
        session, programme, LetterName.SELECTED, letters(body), actor=world.kim, now=NOW
    )


def test_a_letter_is_written_anew_and_the_others_stay(
    session: Session, world: World, own: Programme
) -> None:
    set_letter(session, world, own, WHOLE)
    assert letter_text(own, LetterName.SELECTED, "da") == LetterText(
        "Yes: {challenge}", f"da: {WHOLE}"
    )
    assert letter_text(own, LetterName.RESERVE, "da") == default_text(LetterName.RESERVE, "da")
    assert letter_text(world.programme, LetterName.SELECTED, "da") != letter_text(
        own, LetterName.SELECTED, "da"
    )


@pytest.mark.parametrize("body", [WHOLE.replace("{confirm_by}", ""), f"{WHOLE} {{salary}}", ""])
def test_a_letter_that_is_wrong_is_refused(
    session: Session, world: World, own: Programme, body: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_letter(session, world, own, body)
    assert set(refused.value.errors) == {f"body-{lang}" for lang in LANGUAGES}


def test_what_is_published_keeps_its_letters(
    session: Session, world: World, own: Programme
) -> None:
    challenge = published_in(session, world, own)
    before = letter_text(terms_of(challenge), LetterName.SELECTED, "en")
    set_letter(session, world, own, WHOLE)
    assert letter_text(terms_of(challenge), LetterName.SELECTED, "en") == before
    later = drafted(session, world, programme="own", round=None)
    assert letter_text(terms_of(later), LetterName.SELECTED, "en").body == f"en: {WHOLE}"
    version = actions.current_version(session, own, now=NOW)
    assert version is not challenge.version
    assert letter_text(version, LetterName.SELECTED, "en").body == f"en: {WHOLE}"


def published_in(session: Session, world: World, programme: Programme) -> Any:
    """Return a challenge of a programme, bound to the terms that it was submitted under."""
    challenge = drafted(session, world, programme=programme.slug, round=None)
    challenge.version = actions.current_version(session, programme, now=NOW)
    return challenge


def test_versions_from_before_there_were_letters_say_what_was_sent_then(
    session: Session, world: World
) -> None:
    challenge = published(session, world)
    assert challenge.version is not None
    challenge.version.letters = {}
    assert letter_text(terms_of(challenge), LetterName.ENDED, "de") == default_text(
        LetterName.ENDED, "de"
    )


def test_terms_without_letters_have_the_digest_that_they_had(
    session: Session, world: World
) -> None:
    programme = world.programme
    with_letters = queries.terms_digest(programme)
    programme.letters = {}
    said = [programme.criteria, programme.rules, programme.limits, programme.form]
    assert queries.terms_digest(programme) == digest(canonical_json(said)) != with_letters


def test_voices_are_named(session: Session, world: World, own: Programme) -> None:
    actions.set_voices(session, own, [CHAMBER], actor=world.kim, now=NOW)
    assert [(one.id, one.kind.value, one.url) for one in voices(own)] == [
        ("voice-1", "chamber", "")
    ]


def test_a_new_programme_has_no_voices_of_its_template(session: Session, world: World) -> None:
    template = queries.by_slug(session, "bremen-wirtschaft-digital")
    assert len(voices(template)) == 3
    made = actions.create_from_template(
        session, template, slug="other", names=NAMES, summaries={}, actor=world.kim, now=NOW
    )
    assert voices(made) == []
    assert made.letters == template.letters


def changes_of(session: Session, programme: Programme, actor: Any) -> list[Any]:
    given: dict[str, Any] = {"actor": actor, "now": NOW}
    return [
        lambda: actions.set_terms(session, programme, terms(), **given),
        lambda: actions.set_rules(session, programme, switches(programme), **given),
        lambda: actions.set_voices(session, programme, [CHAMBER], **given),
        lambda: actions.set_letter(
            session, programme, LetterName.SELECTED, letters(WHOLE), **given
        ),
    ]


def test_what_lives_in_a_file_is_not_changed_on_the_site(session: Session, world: World) -> None:
    for change in changes_of(session, world.programme, world.kim):
        with pytest.raises(NotAllowed, match="stands in its file"):
            change()


@pytest.mark.parametrize("name", ["astrid", "hanne", "eva", "pia", "jens", "bo"])
def test_nobody_but_administrators_changes_one(
    session: Session, world: World, own: Programme, name: str
) -> None:
    for change in changes_of(session, own, world.everybody[name]):
        with pytest.raises(NotAllowed):
            change()


def round_of(**changes: Any) -> RoundValues:
    given: dict[str, Any] = {
        "names": NAMES,
        "starts": date(2027, 1, 4),
        "ends": date(2028, 6, 30),
        "authorities": ["sikkerhedsstyrelsen"],
        "fixed": {},
    }
    return RoundValues(**{**given, **changes})


def make_round(
    session: Session, world: World, programme: Programme, slug: str = "spring", **changes: Any
) -> Any:
    return actions.create_round(
        session, programme, round_of(**changes), slug=slug, actor=world.kim, now=NOW
    )


def test_a_round_is_made_and_changed(session: Session, world: World, own: Programme) -> None:
    made = make_round(session, world, own)
    assert queries.rounds(session, own) == [made]
    later = round_of(fixed={"call": "2027-04-05"})
    actions.change_round(session, made, later, actor=world.kim, now=NOW)
    assert made.fixed == {"call": "2027-04-05"}


@pytest.mark.parametrize(
    ("slug", "changes", "fields"),
    [
        ("govtech-1", {}, {"slug"}),
        ("../x", {}, {"slug"}),
        ("new-one", {"ends": date(2026, 1, 1)}, {"ends"}),
        ("new-one", {"fixed": {"call": "2026-01-01"}}, {"fixed-call"}),
        ("new-one", {"fixed": {"call": "2027-08-01", "pilot": "2027-07-01"}}, {"fixed-pilot"}),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    session: Session, world: World, own: Programme, slug: str, changes: Any, fields: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        make_round(session, world, own, slug, **changes)
    assert set(refused.value.errors) == fields
    assert queries.rounds(session, own) == []


def test_neither_the_site_nor_the_files_change_the_round_of_the_other(
    session: Session, world: World, own: Programme
) -> None:
    filed = queries.find_round(session, "govtech-1")
    assert filed is not None
    assert filed.fixed == {"call": "2026-09-07"}
    with pytest.raises(NotAllowed, match="stands in its file"):
        actions.change_round(session, filed, round_of(), actor=world.kim, now=NOW)
    make_round(session, world, own)
    data = replace(shipped_base().rounds["govtech-1"], slug="spring")
    with pytest.raises(NotAllowed):
        actions.load_round(session, own, data, actor=FILES, now=NOW)


def test_criteria_sets_are_whole_and_of_the_programme(session: Session, world: World) -> None:
    for programme in queries.all_programmes(session):
        known = {one.id for one in queries.criteria(programme)}
        sets = queries.criteria_sets(programme)
        assert len(sets) > 3
        for one in sets:
            assert sum(part["weight"] for part in one.weights) == 100
            assert {part["id"] for part in one.weights} <= known
            assert set(one.names) == set(one.help) == set(LANGUAGES)


def test_every_criterion_says_in_three_languages_what_each_point_means(
    session: Session, world: World
) -> None:
    found = queries.criteria(world.programme)
    assert [one.id for one in found if not one.is_on] == [
        "data-protection", "accessibility", "sustainability", "price",
    ]  # fmt: skip
    for one in found:
        assert set(one.anchors) == set(range(6))
        assert all(set(words) == set(LANGUAGES) for words in one.anchors.values())
