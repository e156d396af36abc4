"""What search knows of a challenge, and who finds it."""

from datetime import timedelta

import pytest

from govmatch.challenges import actions
from govmatch.challenges.index_entries import INDEXED
from govmatch.challenges.models import Challenge
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.kit.signing import Signer
from govmatch.search.entry import Change, Entry
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    World,
    approved,
    drafted,
    make_world,
    published,
    settings,
)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


GIVEN = Background(settings(), Signer("x" * 40), NOW, NOW)


def entries(session: Session, challenge: Challenge) -> dict[str, Entry]:
    found = INDEXED["challenge"].entries(GIVEN, session, challenge.id)
    Change("challenge", str(challenge.id), tuple(found))  # refuses what does not fit together
    return {one.lang: one for one in found}


def test_each_language_is_an_entry_that_every_label_finds(session: Session, world: World) -> None:
    challenge = published(session, world)
    found = entries(session, challenge)
    assert set(found) == {"en", "da"}
    entry = found["en"]
    assert (entry.title, entry.url) == ("Read the label", f"/challenges/{challenge.slug}")
    assert entry.text == "Who reads it?\n\nWhy Safety."
    for words in (
        "Kontrollen vor Ort",  # the theme in German
        "Billedgenkendelse",  # the technology in Danish
        "Image-processing software development services",  # the CPV code in English
        "Udvikling af billedbehandlingsprogrammel",
    ):
        assert words in entry.labels
    assert entry.facets == {
        "authority": ("sikkerhedsstyrelsen",),
        "country": ("DK",),
        "apply_in": ("da", "en"),
        "theme": ("inspections",),
        "technology": ("computer-vision",),
    }
    assert entry.dates == {
        "added": challenge.published_at, "opens": challenge.opens, "closes": challenge.closes
    }  # fmt: skip


def own(challenge: Challenge) -> set[str]:
    """Return the tokens of its authority, and of who runs its programme or audits it."""
    programme = f"programme:{challenge.programme_id}"
    roles = ("manager", "approver", "auditor")
    return {f"authority:{challenge.authority_id}", *(f"{role}@{programme}" for role in roles)}


def test_before_publication_only_its_people_find_it(session: Session, world: World) -> None:
    for challenge in (drafted(session, world), approved(session, world)):
        for entry in entries(session, challenge).values():
            assert entry.audience == own(challenge)
            assert entry.visible_from is None
    assert "authority" in str(sorted(world.astrid.audience))
    assert not world.ida.audience & own(challenge)


def test_published_for_later_it_carries_that_instant(session: Session, world: World) -> None:
    challenge = approved(session, world)
    later = NOW + timedelta(days=2)
    actions.publish(session, challenge, actor=world.eva, now=NOW, at=later, content_dir=CONTENT)
    for entry in entries(session, challenge).values():
        assert entry.audience == own(challenge) | {"public"}
        assert entry.visible_from == later


def test_what_is_gone_has_no_entry(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    number = challenge.id
    assert list(INDEXED["challenge"].ids(GIVEN, session)) == [number]
    actions.delete_draft(session, challenge, actor=world.astrid, now=NOW)
    assert INDEXED["challenge"].entries(GIVEN, session, number) == []
