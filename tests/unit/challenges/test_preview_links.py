"""Links to a preview: who makes them, how long they hold, what is kept of them."""

from datetime import timedelta
from typing import Any

import pytest

from govmatch.challenges import actions, queries
from govmatch.challenges.actions.previews import MAX_LABEL, MOST_LINKS
from govmatch.challenges.models import Challenge, PreviewLink
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.ids import digest
from tests.unit.challenges.world import (
    NOW,
    World,
    approved,
    drafted,
    happened,
    make_world,
    published,
    submitted,
)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def make(session: Session, challenge: Challenge, who: Any, **changes: Any) -> str:
    given = {"label": "Office of law", "actor": who, "now": NOW, "real_now": NOW, **changes}
    return actions.make_preview_link(session, challenge, **given)


def only(session: Session, challenge: Challenge) -> PreviewLink:
    (link,) = queries.preview_links(session, challenge)
    return link


def test_only_the_digest_of_the_secret_is_kept(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    secret = make(session, challenge, world.astrid)
    link = only(session, challenge)
    assert link.digest == digest(secret)
    assert len(secret) >= 43, "256 bits"
    assert queries.link_of_token(session, secret) is link
    assert queries.link_of_token(session, link.digest) is None
    kept = [str(item.event.data()) for item in session.info["journal"]]
    assert not any(secret in one or "Office" in one or link.digest in one for one in kept)
    assert link.expires_at == NOW + timedelta(days=7)


@pytest.mark.parametrize("who", ["astrid", "hanne", "eva", "pia"])
@pytest.mark.parametrize("maker", [drafted, submitted, approved])
def test_whoever_works_on_it_makes_one_before_its_publication(
    session: Session, world: World, who: str, maker: Any
) -> None:
    challenge = maker(session, world)
    assert make(session, challenge, world.everybody[who])
    assert happened(session)[-1] == "PreviewLinkMade"


@pytest.mark.security(3)
@pytest.mark.parametrize("who", ["ida", "jens", "kim", "bo", "visitor"])
def test_nobody_else_makes_or_revokes_one(session: Session, world: World, who: str) -> None:
    challenge = drafted(session, world)
    with pytest.raises(NotAllowed):
        make(session, challenge, world.everybody[who])
    make(session, challenge, world.astrid)
    with pytest.raises(NotAllowed):
        actions.revoke_preview_link(
            session, challenge, only(session, challenge),
            actor=world.everybody[who], now=NOW, real_now=NOW,
        )  # fmt: skip


def test_none_is_made_of_what_is_public_or_cancelled(session: Session, world: World) -> None:
    with pytest.raises(NotAllowed):
        make(session, published(session, world), world.astrid)
    challenge = drafted(session, world)
    actions.cancel(session, challenge, reasons={"en": "No."}, actor=world.astrid, now=NOW)
    with pytest.raises(NotAllowed):
        make(session, challenge, world.astrid)


@pytest.mark.parametrize("days", [0, 31, -1])
def test_it_holds_for_one_to_thirty_days(session: Session, world: World, days: int) -> None:
    challenge = drafted(session, world)
    with pytest.raises(Invalid) as refused:
        make(session, challenge, world.astrid, days=days)
    assert list(refused.value.errors) == ["days"]
    make(session, challenge, world.astrid, days=30)


@pytest.mark.parametrize("label", ["", "  ", "x" * (MAX_LABEL + 1)])
def test_it_says_for_whom_it_is(session: Session, world: World, label: str) -> None:
    with pytest.raises(Invalid) as refused:
        make(session, drafted(session, world), world.astrid, label=label)
    assert list(refused.value.errors) == ["label"]


def test_a_colleague_revokes_it_once(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    make(session, challenge, world.astrid)
    link = only(session, challenge)
    for _ in range(2):
        actions.revoke_preview_link(
            session, challenge, link, actor=world.hanne, now=NOW, real_now=NOW
        )
    assert link.revoked_at == NOW
    assert happened(session).count("PreviewLinkRevoked") == 1


def test_so_many_hold_at_once_and_no_more(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    for number in range(MOST_LINKS):
        make(session, challenge, world.astrid, label=f"Office {number}")
    with pytest.raises(Invalid):
        make(session, challenge, world.astrid)
    actions.revoke_preview_link(
        session, challenge, queries.preview_links(session, challenge)[0],
        actor=world.astrid, now=NOW, real_now=NOW,
    )  # fmt: skip
    make(session, challenge, world.astrid)


def test_a_draft_that_is_thrown_away_takes_its_links_along(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    secret = make(session, challenge, world.astrid)
    actions.delete_draft(session, challenge, actor=world.astrid, now=NOW)
    assert queries.link_of_token(session, secret) is None
