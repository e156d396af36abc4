"""Writing on the site: begun, saved, saved by two at once, submitted when whole, thrown away."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.challenges import actions, queries, rules
from govmatch.challenges.actions import Faulty
from govmatch.challenges.addresses import slug_for
from govmatch.challenges.models import Challenge, ChallengeTerm, ChallengeText, State
from govmatch.challenges.statement import Statement, Weight, Words, statement_of
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    QUESTIONS,
    World,
    drafted,
    happened,
    make_world,
    remark,
    statement,
    submitted,
)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


def begun(title: str = "Read the label", **more: Any) -> Statement:
    """Return as little as a draft can be."""
    return Statement(
        authority="sikkerhedsstyrelsen",
        programme="govtech",
        zone="Europe/Copenhagen",
        words={"en": Words(title=title)},
        **more,
    )


def test_a_draft_needs_no_more_than_a_title(session: Session, world: World) -> None:
    challenge = actions.create(session, begun(), actor=world.astrid, now=NOW)
    assert (challenge.slug, challenge.state, challenge.revision) == ("read-the-label", "draft", 1)
    assert (challenge.author_id, challenge.editors) == (
        world.astrid.person_id,
        [world.astrid.person_id],
    )
    assert happened(session) == ["ChallengeDrafted"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"words": {"en": Words(title=" \u202e ")}}, "title.en"),
        ({"words": {"da": Words(title="Mærket")}}, "title.en"),
        ({"authority": "nobody"}, "authority"),
        ({"programme": "nothing"}, "programme"),
        ({"round": "bremen-1"}, "round"),
    ],
)
def test_what_a_draft_cannot_do_without_is_said(
    session: Session, world: World, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        actions.create(session, statement(**change), actor=world.astrid, now=NOW)
    assert set(caught.value.errors) == {field}


@pytest.mark.parametrize("name", ["hanne", "eva", "ida", "pia", "jens", "kim", "bo", "visitor"])
def test_only_staff_of_the_authority_begins_one(session: Session, world: World, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.create(session, begun(), actor=world.everybody[name], now=NOW)


def test_the_same_title_gets_another_address_that_tells_no_number(
    session: Session, world: World
) -> None:
    slugs = {drafted(session, world).slug for _ in range(3)}
    assert len(slugs) == 3
    assert "read-the-label" in slugs
    assert not any(slug.endswith(("-1", "-2", "-3")) for slug in slugs)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Wie führt ein Foto zu Ärger?", "wie-fuehrt-ein-foto-zu-aerger"),
        ("Når gøen på en ø måler", "naar-goeen-paa-en-oe-maaler"),
        ("Straße & <script>", "strasse-script"),
        ("x" * 100, "x" * 60),
        ("a " * 60, "-".join("a" * 30)),
        ("日本", ""),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_an_address_is_made_from_a_title(title: str, slug: str) -> None:
    assert slug_for(title) == slug


def test_a_title_in_another_script_still_gets_an_address(session: Session, world: World) -> None:
    challenge = actions.create(session, begun("日本"), actor=world.astrid, now=NOW)
    assert len(challenge.slug) == 4


def test_saving_replaces_everything_that_is_said(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    wanted = statement(
        words={"da": Words(title="Nyt", summary="Kort", body="**Fed** <b>rå</b>")},
        themes=("culture", "inspections"),
        technologies=(),
        pilots_max=1,
        budget_min=None,
        main_lang="da",
    )
    actions.save(session, challenge, wanted, revision=1, actor=world.astrid, now=NOW)
    session.expire_all()
    assert statement_of(challenge) == wanted
    (text,) = challenge.texts
    assert "<strong>Fed</strong>" in text.html
    assert "<b>" not in text.html
    assert (challenge.slug, challenge.revision) == ("read-the-label", 2)
    # And back again, in another order.
    actions.save(session, challenge, statement(), revision=2, actor=world.astrid, now=NOW)
    session.expire_all()
    assert statement_of(challenge) == statement()


def test_what_is_typed_is_kept_tidy(session: Session, world: World) -> None:
    words = {"en": Words(title="  A\n title\x00 ", body="one\r\ntwo\u202e\n\n"), "de": Words()}
    challenge = drafted(session, world, words=words)
    (text,) = challenge.texts
    assert (text.title, text.body) == ("A title", "one\ntwo")


def test_a_save_on_an_old_page_is_a_conflict(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    actions.save(
        session, challenge, statement(pilots_max=2), revision=1, actor=world.astrid, now=NOW
    )
    with pytest.raises(Conflict) as caught:
        actions.save(
            session, challenge, statement(pilots_max=1), revision=1, actor=world.astrid, now=NOW
        )
    assert caught.value.reason.text.startswith("Somebody else has saved")
    assert challenge.pilots_max == 2


def test_a_challenge_does_not_change_its_authority_on_the_site(
    session: Session, world: World
) -> None:
    challenge = drafted(session, world)
    with pytest.raises(Invalid):
        actions.save(
            session,
            challenge,
            statement(authority="erhvervsstyrelsen"),
            revision=1,
            actor=world.astrid,
            now=NOW,
        )


def test_everybody_who_wrote_in_it_is_kept(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    other = Actor(person_id=world.ida.person_id, roles=world.astrid.roles)
    for revision in (1, 2):
        actions.save(session, challenge, statement(), revision=revision, actor=other, now=NOW)
    assert challenge.editors == [world.astrid.person_id, other.person_id]
    assert rules.wrote(challenge) == {world.astrid.person_id, other.person_id}


def test_a_draft_can_be_thrown_away_until_it_was_submitted(session: Session, world: World) -> None:
    challenge = drafted(session, world)
    actions.delete_draft(session, challenge, actor=world.astrid, now=NOW)
    for table in (Challenge, ChallengeText, ChallengeTerm):
        assert session.scalars(select(table.id)).all() == []
    assert happened(session)[-1] == "DraftDeleted"
    kept = submitted(session, world)
    actions.return_(
        session, kept, written=[remark("No.")], actor=world.hanne, now=NOW, real_now=NOW
    )
    with pytest.raises(NotAllowed):
        actions.delete_draft(session, kept, actor=world.astrid, now=NOW)


class TestSubmitting:
    """What is missing is said field by field, and nothing happens."""

    def errors(self, session: Session, world: World, challenge: Challenge) -> dict[str, str]:
        with pytest.raises(Faulty) as caught:
            actions.submit_for_approval(
                session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
            )
        assert challenge.state == State.DRAFT
        assert {fault.field for fault in caught.value.faults} == set(caught.value.errors)
        return {name: message.text for name, message in caught.value.errors.items()}

    def test_all_that_a_bare_draft_lacks_is_named(self, session: Session, world: World) -> None:
        challenge = actions.create(session, begun(), actor=world.astrid, now=NOW)
        assert set(self.errors(session, world, challenge)) == {
            "summary.en", "body.en", "theme", "cpv", "opens", "questions_until", "closes",
            "budget", "countries", "size", "languages", "criteria", "contact",
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"opens": NOW}, "opens"),
            ({"closes": NOW + timedelta(days=9)}, "closes"),
            ({"questions_until": NOW + timedelta(days=60)}, "questions_until"),
            ({"budget_min": 9, "budget_max": 5}, "budget"),
            ({"budget_max": 0, "budget_min": None}, "budget"),
            ({"currency": "ABC"}, "budget"),
            ({"pilots_max": 4}, "pilots_max"),
            ({"themes": ("inspections", "culture", "mobility", "open-data")}, "theme"),
            ({"cpv": ("72212328", "1")}, "cpv"),
            ({"zone": "Mars"}, "zone"),
            ({"criteria": (Weight(id="fit", weight=99),)}, "criteria"),
            (
                {"criteria": (Weight(id="fit", weight=101), Weight(id="team", weight=-1))},
                "criteria",
            ),
            ({"contact": {"name": "x", "email": "nobody"}}, "contact"),
            ({"countries": ("ZZ",)}, "countries"),
            ({"languages": ("DA",)}, "languages"),
            ({"questions": ({**QUESTIONS[0], "id": "motivation"},)}, "questions"),
            ({"questions": QUESTIONS * 2}, "questions"),
            ({"questions": ({**QUESTIONS[0], "criterion": "price"},)}, "questions"),
            ({"words": {"en": Words(title="x" * 91, summary="y", body="z")}}, "title.en"),
        ],
    )
    def test_what_does_not_fit_is_named(
        self, session: Session, world: World, change: dict[str, Any], field: str
    ) -> None:
        challenge = drafted(session, world, **change)
        assert field in self.errors(session, world, challenge)

    def test_another_language_that_was_begun_has_to_be_whole(
        self, session: Session, world: World
    ) -> None:
        words = {**statement().words, "de": Words(title="Nur ein Titel")}
        challenge = drafted(session, world, words=words)
        assert set(self.errors(session, world, challenge)) == {"summary.de", "body.de"}

    def test_what_is_whole_waits_with_the_terms_of_its_programme(
        self, session: Session, world: World
    ) -> None:
        challenge = submitted(session, world)
        assert (challenge.state, challenge.submitted_by) == ("in_review", world.astrid.person_id)
        assert queries.terms_of(challenge) is challenge.version
        assert challenge.version is not None
        assert challenge.version.form == world.programme.form
        with pytest.raises(NotAllowed):
            actions.submit_for_approval(
                session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
            )
