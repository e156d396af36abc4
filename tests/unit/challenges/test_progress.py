"""How far each section of a draft is, from what the rules find and what is written."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from govmatch.challenges.keeping import as_data, from_data
from govmatch.challenges.known import Known
from govmatch.challenges.models import ChallengeVersion
from govmatch.challenges.progress import Standing, State, gaps_in, progress
from govmatch.challenges.queries.versions import left_behind
from govmatch.challenges.rules import faults
from govmatch.challenges.sections import PARTS, Section, section_of
from govmatch.challenges.statement import Statement, Words
from govmatch.kit.i18n import say
from govmatch.taxonomy import cpv
from tests.unit.challenges.world import CONTENT, LANGS, statement

ALL = "\n\n".join(
    f"## {name}\n\nWords."
    for name in ("The problem", "Who would use it", "What a good solution would change",
                 "Data and systems at hand", "Constraints", "What we offer in the pilot",
                 "What happens afterwards")
)  # fmt: skip


@cache
def known() -> Known:
    return Known(
        authorities={"sikkerhedsstyrelsen": LANGS},
        programmes={},
        rounds={"govtech-1": "govtech"},
        taking_part=frozenset(),
        themes=frozenset({"inspections"}),
        technologies=frozenset({"computer-vision"}),
        codes=cpv.codes(CONTENT),
    )


def standings(of: Statement, **more: Any) -> dict[Section, Standing]:
    found = [one for one in faults(of, known()) if one.name != "programme"]
    return progress(of, found, reader="en", **more)


def lacks(of: Statement, section: Section, **more: Any) -> list[str]:
    return [say(one, "en") for one in standings(of, **more)[section].lacks]


def whole(**changes: Any) -> Statement:
    return statement(words={"en": Words(title="T", summary="S", body=ALL)}, **changes)


def test_a_whole_challenge_in_one_language_is_complete_but_for_its_translations() -> None:
    found = standings(whole())
    states = {section: one.state for section, one in found.items()}
    assert states.pop(Section.TRANSLATIONS) is State.NOT_STARTED
    assert set(states.values()) == {State.COMPLETE}
    note = found[Section.TRANSLATIONS].note
    assert note is not None
    assert say(note, "en") == "Only in English"


def test_a_bare_draft_has_hardly_begun_and_names_what_it_needs() -> None:
    bare = Statement(
        authority="sikkerhedsstyrelsen", programme="govtech", zone="Europe/Copenhagen",
        words={"en": Words(title="T")},
    )  # fmt: skip
    found = standings(bare)
    assert found[Section.TOPIC].state is State.INCOMPLETE
    assert lacks(bare, Section.TOPIC) == ["Summary in English", "Themes", "CPV codes"]
    assert lacks(bare, Section.PROBLEM) == ["Description in English"]
    assert lacks(bare, Section.TIMELINE) == ["Opening", "End of questions", "Deadline"]
    for section in (Section.PROBLEM, Section.USERS, Section.TIMELINE, Section.BUDGET,
                    Section.ELIGIBILITY, Section.CRITERIA, Section.CONTACT):  # fmt: skip
        assert found[section].state is State.NOT_STARTED, section


def test_a_language_that_was_begun_lacks_what_the_main_one_has() -> None:
    words = {
        "en": Words(title="T", summary="S", body=ALL),
        "de": Words(title="T", summary="S", body="## Das Problem\n\nFeuer"),
    }
    two = replace(whole(), words=words)
    found = standings(two)
    assert found[Section.PROBLEM].state is State.COMPLETE
    assert found[Section.USERS].state is State.INCOMPLETE
    assert lacks(two, Section.USERS) == ["Users in German"]
    assert lacks(two, Section.OFFER) == [
        "Offer in the pilot in German", "What happens afterwards in German",
    ]  # fmt: skip
    assert lacks(two, Section.TRANSLATIONS) == ["German: 6 texts"]
    old = {"problem.de"}
    assert lacks(two, Section.TRANSLATIONS, outdated=old) == [
        "German: 6 texts", "German: 1 text changed since",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "section", "says"),
    [
        ({"budget_min": 9, "budget_max": 5}, Section.BUDGET,
         "Budget: The largest amount is smaller than the smallest, or nothing."),
        ({"criteria": ()}, Section.CRITERIA, "Criteria and weights"),
        ({"contact": {"name": "x", "email": "nobody"}}, Section.CONTACT,
         "Contact: nobody is no e-mail address."),
        ({"sizes": ()}, Section.ELIGIBILITY, "Size of the firms"),
    ],
)  # fmt: skip
def test_what_the_rules_find_stands_in_its_section(
    change: dict[str, Any], section: Section, says: str
) -> None:
    assert lacks(whole(**change), section) == [says]


def test_every_field_that_can_be_wrong_has_a_section() -> None:
    wrong = Statement(authority="", programme="", zone="", main_lang="en", pilots_max=0)
    sections = {section_of(one.name) for one in faults(wrong, known())}
    assert sections == {
        Section.TOPIC, Section.PROBLEM, Section.ELIGIBILITY, Section.CRITERIA, Section.BUDGET,
        Section.TIMELINE, Section.CONTACT,
    }  # fmt: skip
    for section, parts in PARTS.items():
        assert {section_of(f"{part.value}.de") for part in parts} == {section}


def test_only_what_the_main_language_has_can_be_missing_in_another() -> None:
    pieces = {"title.en": "T", "title.de": "", "goal.en": "", "goal.de": "", "users.de": "Wir"}
    assert gaps_in(pieces, "en", "de") == ["title.de"]


def version(revision: int, *changed: str, confirmed: tuple[str, ...] = ()) -> ChallengeVersion:
    return ChallengeVersion(
        revision=revision, changed=list(changed), confirmed=list(confirmed), statement={}
    )


def test_a_translation_is_left_behind_by_a_later_change_of_its_original() -> None:
    rows = [version(1, "problem.en", "problem.de", "problem.da", "title.en"), version(2, "closes")]
    assert left_behind(rows, "en") == {}
    rows.append(version(3, "problem.en", "problem.da"))
    assert left_behind(rows, "en") == {"problem.de": 1}
    assert left_behind(rows, "de") == {}
    rows.append(version(4, confirmed=("problem.de",)))
    assert left_behind(rows, "en") == {}
    rows.append(version(5, "problem.en"))
    assert left_behind(rows, "en") == {"problem.de": 4, "problem.da": 3}


def test_what_a_version_keeps_is_the_same_statement_again() -> None:
    for one in (whole(), statement(), Statement(authority="a", programme="p", zone="UTC")):
        assert from_data(as_data(one)) == one


def test_what_a_later_release_has_added_does_not_break_an_old_version() -> None:
    data = as_data(whole())
    del data["requires"]
    assert from_data({**data, "invented_later": 1}) == whole(requires=())
