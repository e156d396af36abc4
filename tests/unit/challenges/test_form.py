"""What an application to a challenge is asked."""

import pytest

from govmatch.challenges import queries
from govmatch.challenges.statement import Weight
from govmatch.kit.db import Session
from govmatch.programmes.queries import limit, rule_value
from govmatch.questionnaires import digest
from tests.unit.challenges.world import (
    QUESTIONS,
    World,
    drafted,
    make_world,
    published,
)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def test_own_questions_are_one_more_section_after_the_programmes(
    session: Session, world: World
) -> None:
    form = queries.form_of(published(session, world))
    ids = [section.id for section in form.sections]
    assert ids[-1] == "challenge"
    assert ids[:-1] == [section["id"] for section in world.programme.form["sections"]]
    last = form.sections[-1]
    assert last.title == {
        "en": "About this challenge",
        "de": "Zu dieser Herausforderung",
        "da": "Om denne udfordring",
    }
    assert [question.id for question in last.questions] == ["labels"]


def test_without_own_questions_it_is_the_programmes_form(session: Session, world: World) -> None:
    form = queries.form_of(drafted(session, world, questions=()))
    assert [one.id for one in form.sections] == [
        one["id"] for one in world.programme.form["sections"]
    ]


def test_a_programme_without_a_form_gives_one_section(session: Session, world: World) -> None:
    world.programme.form = {"sections": []}
    form = queries.form_of(drafted(session, world))
    assert [section.id for section in form.sections] == ["challenge"]


def test_amounts_are_in_the_currency_of_the_budget(session: Session, world: World) -> None:
    for currency in ("DKK", "EUR", "DKK"):
        challenge = published(session, world, currency=currency)
        price = queries.form_of(challenge).question("total-price")
        assert price is not None
        assert price.currency == currency


def test_an_optional_criterion_brings_its_question_along(session: Session, world: World) -> None:
    criteria = (Weight(id="fit", weight=60), Weight(id="accessibility", weight=40))
    form = queries.form_of(drafted(session, world, criteria=criteria))
    assert [one.id for one in form.sections[-1].questions] == ["labels", "accessibility"]


def test_unless_a_question_of_the_challenge_feeds_it(session: Session, world: World) -> None:
    criteria = (Weight(id="fit", weight=60), Weight(id="accessibility", weight=40))
    own = {**QUESTIONS[0], "criterion": "accessibility"}
    form = queries.form_of(drafted(session, world, criteria=criteria, questions=(own,)))
    assert [one.id for one in form.sections[-1].questions] == ["labels"]


def test_the_same_form_has_the_same_digest(session: Session, world: World) -> None:
    one, other = published(session, world), published(session, world)
    assert digest(queries.form_of(one)) == digest(queries.form_of(other))
    different = published(session, world, questions=())
    assert digest(queries.form_of(different)) != digest(queries.form_of(one))


def test_rules_and_limits_are_those_it_was_submitted_under(session: Session, world: World) -> None:
    challenge = published(session, world)
    world.programme.rules = {"sealed": {"value": False}}
    world.programme.limits = {"files": 1}
    assert rule_value(queries.terms_of(challenge), "sealed") is True
    assert limit(queries.terms_of(challenge), "files") == 5
    draft = drafted(session, world)
    assert rule_value(queries.terms_of(draft), "sealed") is False
