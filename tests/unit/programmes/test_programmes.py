"""Programmes kept: made from files and templates, asked for rules, limits and criteria."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from govmatch.kit.content import FILES
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Invalid, NotAllowed, NotFound
from govmatch.kit.journal import JournalRow
from govmatch.organisations.models import Authority
from govmatch.programmes import actions, queries
from govmatch.programmes.models import Programme, ProgrammeVersion
from govmatch.programmes.switches import STRICTEST, USUAL, Limit, Rule
from tests.unit.challenges.world import NOW, World, make_world, shipped_base

NAMES = {"en": "New", "de": "Neu"}


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def make(session: Session, world: World, slug: str = "new") -> Programme:
    return actions.create_from_template(
        session,
        world.programme,
        slug=slug,
        names=NAMES,
        summaries={"en": " A programme. "},
        actor=world.kim,
        now=NOW,
    )


def events(session: Session) -> list[str]:
    commit(session)
    found = select(JournalRow.event).where(JournalRow.subject_kind == "programme")
    return list(session.scalars(found.order_by(JournalRow.id)))


def test_an_administrator_makes_a_programme_from_a_template(session: Session, world: World) -> None:
    before = len(events(session))
    made = make(session, world)
    assert made.template == "govtech"
    assert made.names == NAMES
    assert made.summaries == {"en": "A programme."}
    assert made.form == world.programme.form
    assert made.rules == world.programme.rules
    assert made.source_path is None
    assert events(session)[before:] == ["ProgrammeCreated"]


@pytest.mark.parametrize("name", ["astrid", "hanne", "eva", "pia", "jens", "bo"])
def test_nobody_else_makes_one(session: Session, world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.create_from_template(
            session,
            world.programme,
            slug="new",
            names=NAMES,
            summaries={},
            actor=world.everybody[name],
            now=NOW,
        )


@pytest.mark.parametrize(
    ("slug", "names", "fields"),
    [
        ("govtech", NAMES, {"slug"}),
        ("../new", NAMES, {"slug"}),
        ("new", {"en": "  "}, {"names"}),
        ("", {}, {"slug", "names"}),
    ],
)
def test_a_slug_and_a_name_are_needed(
    session: Session, world: World, slug: str, names: dict[str, str], fields: set[str]
) -> None:
    with pytest.raises(Invalid) as caught:
        actions.create_from_template(
            session,
            world.programme,
            slug=slug,
            names=names,
            summaries={},
            actor=world.kim,
            now=NOW,
        )
    assert set(caught.value.errors) == fields


def test_who_takes_part_is_set_as_a_whole(session: Session, world: World) -> None:
    made = make(session, world)
    every = session.scalars(select(Authority).order_by(Authority.slug)).all()
    for wanted in (every[:3], every[2:4], []):
        actions.set_authorities(session, made, wanted, actor=world.kim, now=NOW)
        session.flush()
        assert queries.authorities(session, made) == list(wanted)
    with pytest.raises(NotAllowed):
        actions.set_authorities(session, made, every, actor=world.eva, now=NOW)


def test_the_authorities_of_a_round_take_part(session: Session, world: World) -> None:
    slugs = {authority.slug for authority in queries.authorities(session, world.programme)}
    assert {"sikkerhedsstyrelsen", "historic-environment-scotland"} <= slugs
    assert queries.takes_part(session, world.programme, world.authority)
    assert "govtech" in [one.slug for one in queries.programmes_of(session, world.authority)]


def test_the_files_do_not_touch_what_was_made_on_the_site(session: Session, world: World) -> None:
    make(session, world, "other")
    data = replace(shipped_base().programmes["govtech"], slug="other")
    with pytest.raises(NotAllowed):
        actions.load_programme(session, data, actor=FILES, now=NOW)


def test_a_second_load_changes_nothing(session: Session, world: World) -> None:
    data = shipped_base().programmes["govtech"]
    actions.load_programme(session, data, actor=FILES, now=NOW)  # the world asks for less
    before = events(session)
    assert actions.load_programme(session, data, actor=FILES, now=NOW) == (world.programme, False)
    changed = replace(data, names={**data.names, "en": "Another name"})
    assert actions.load_programme(session, changed, actor=FILES, now=NOW)[1]
    assert events(session)[len(before) :] == ["ProgrammeChanged"]


def test_a_version_is_kept_once_for_the_same_terms(session: Session, world: World) -> None:
    first = actions.current_version(session, world.programme, now=NOW)
    assert actions.current_version(session, world.programme, now=NOW) is first
    world.programme.limits = {**world.programme.limits, "files": 7}
    second = actions.current_version(session, world.programme, now=NOW)
    assert second is not first
    assert (queries.limit(first, "files"), queries.limit(second, "files")) == (5, 7)
    assert len(session.scalars(select(ProgrammeVersion)).all()) == 2


def test_rules_are_read_by_name(session: Session, world: World) -> None:
    assert queries.rule_value(world.programme, "sealed") is True
    assert queries.rule_value(world.programme, Rule.OPENING_PEOPLE) == 2
    assert queries.rule_reason(world.programme, "sealed", "da").startswith("Ingen kan få")
    with pytest.raises(ValueError, match="seeled"):
        queries.rule_value(world.programme, "seeled")


def test_where_a_programme_says_nothing_the_strictest_holds() -> None:
    silent = Programme(criteria=[], rules={}, limits={}, form={})
    assert {rule: queries.rule_value(silent, rule) for rule in Rule} == STRICTEST
    assert {name: queries.limit(silent, name) for name in Limit} == USUAL


def test_criteria_come_with_labels_and_anchors(world: World) -> None:
    found = {one.id: one for one in queries.criteria(world.programme)}
    assert list(found)[:2] == ["fit", "team"]
    fit = found["fit"]
    assert (fit.weight, fit.minimum, fit.is_on) == (16, 3, True)
    assert fit.label["da"] == "Relevans for udfordringen"
    assert sorted(fit.anchors) == [0, 1, 2, 3, 4, 5]
    assert fit.anchors[0]["de"] == "Geht nicht auf das Problem ein"
    assert not found["price"].is_on
    assert found["price"].suggested_weight == 20
    assert sum(one["weight"] for one in queries.default_weights(world.programme)) == 100


def test_a_programme_is_found_by_its_slug(session: Session, world: World) -> None:
    assert queries.by_slug(session, "govtech") is world.programme
    with pytest.raises(NotFound):
        queries.by_slug(session, "nothing")
    assert [one.slug for one in queries.all_programmes(session)] == [
        "bremen-wirtschaft-digital",
        "govtech",
    ]
    assert [one.slug for one in queries.rounds(session, world.programme)] == [
        "govtech-1",
        "govtech-2",
        "open-1",
    ]
