"""Questions that pages ask: the next change, the best language, who had a hand in it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from govmatch.challenges import actions, queries
from govmatch.challenges.models import Challenge
from govmatch.challenges.personal import erase, export
from govmatch.challenges.statement import Words
from govmatch.kit.db import Session
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    World,
    approved,
    drafted,
    make_world,
    published,
)

DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 21, 23, tzinfo=UTC)  # in Berlin


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def test_without_challenges_the_next_change_is_midnight(session: Session, world: World) -> None:
    drafted(session, world, opens=NOW + timedelta(hours=1))
    assert queries.next_change(session, NOW, zone="Europe/Berlin") == MIDNIGHT
    assert queries.next_change(session, MIDNIGHT, zone="Europe/Berlin") == MIDNIGHT + DAY


def test_each_instant_of_a_published_one_is_a_change(session: Session, world: World) -> None:
    challenge = approved(
        session,
        world,
        opens=NOW + timedelta(hours=3),
        questions_until=NOW + timedelta(hours=5),
        closes=NOW + timedelta(hours=7),
    )
    actions.publish(
        session,
        challenge,
        actor=world.eva,
        now=NOW,
        at=NOW + timedelta(hours=1),
        content_dir=CONTENT,
    )
    session.flush()
    at, found = NOW, []
    for _ in range(5):
        at = queries.next_change(session, at, zone="Europe/Berlin")
        found.append(at)
    assert found == [*(NOW + timedelta(hours=n) for n in (1, 3, 5, 7)), MIDNIGHT]
    assert queries.next_change_of(challenge, NOW) == NOW + timedelta(hours=1)
    assert queries.next_change_of(challenge, NOW + timedelta(hours=7)) == MIDNIGHT


def test_midnight_follows_summer_time() -> None:
    before = datetime(2027, 3, 28, 12, tzinfo=UTC)  # the day on which clocks go forward
    assert queries.next_midnight(before, "Europe/Copenhagen") == datetime(
        2027, 3, 28, 22, tzinfo=UTC
    )
    assert queries.next_midnight(datetime(2027, 3, 27, 12, tzinfo=UTC), "Europe/Copenhagen") == (
        datetime(2027, 3, 27, 23, tzinfo=UTC)
    )


def test_words_come_in_the_readers_language_or_the_next_best(
    session: Session, world: World
) -> None:
    challenge = drafted(session, world)  # English and Danish
    assert queries.languages(challenge) == ["da", "en"]
    assert queries.text_for(challenge, "da").title == "Læs mærket"
    assert queries.text_for(challenge, "de").lang == "en"
    only = drafted(session, world, words={"da": Words(title="Kun dansk")}, main_lang="da")
    assert queries.text_for(only, "de").lang == "da"
    assert queries.text_for(Challenge(texts=[]), "de").title == ""


def test_terms_are_slugs_and_have_labels(session: Session, world: World) -> None:
    challenge = drafted(session, world, themes=("culture", "inspections"))
    assert queries.terms(session, challenge) == {
        "theme": ["culture", "inspections"],
        "technology": ["computer-vision"],
    }
    assert queries.term_labels(session, challenge, "da") == {
        "culture": "Kultur og kulturarv",
        "inspections": "Tilsyn og kontrol",
        "computer-vision": "Billedgenkendelse",
    }


def test_a_person_sees_where_they_had_a_hand(session: Session, world: World) -> None:
    slug = published(session, world).slug
    drafted(session, world)
    session.flush()
    for name, expected in {
        "astrid": ["began", "wrote", "submitted"],
        "hanne": ["approved"],
        "eva": None,
    }.items():
        person_id = world.everybody[name].person_id
        assert person_id is not None
        found = export(session, person_id)["challenges"]
        assert isinstance(found, list)
        parts = {one["slug"]: one["part"] for one in found}
        assert parts.get(slug) == expected
    assert world.astrid.person_id is not None
    erase(session, world.astrid.person_id, now=NOW)
    assert session.scalars(select(Challenge.author_id).where(Challenge.slug == slug)).one()
