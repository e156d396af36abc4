"""A published challenge changes only with a reason, in time, and visibly."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from govmatch.challenges import actions, queries, rules
from govmatch.challenges.actions import Faulty
from govmatch.challenges.models import Challenge, ChallengeVersion, State
from govmatch.challenges.statement import Weight, Words, statement_of
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.i18n import say
from govmatch.programmes.actions import set_authorities
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    World,
    amended,
    drafted,
    happened,
    make_world,
    published,
)

DAY = timedelta(days=1)


@pytest.fixture
def world(session: Session) -> World:
    return make_world(session)


@pytest.fixture
def challenge(session: Session, world: World) -> Challenge:
    """Opens after ten days and closes after 52."""
    return published(session, world)


def refused(
    session: Session, challenge: Challenge, actor: Actor, now: datetime, **changes: Any
) -> dict[str, str]:
    before = statement_of(challenge)
    with pytest.raises(Faulty) as caught:
        amended(session, challenge, actor, now, **changes)
    session.refresh(challenge)
    assert statement_of(challenge) == before
    return {name: message.text for name, message in caught.value.errors.items()}


def test_an_amendment_keeps_reason_before_and_after(
    session: Session, world: World, challenge: Challenge
) -> None:
    words = dict(statement_of(challenge).words)
    words["en"] = replace(words["en"], title="Read every label")
    amended(session, challenge, world.eva, NOW + DAY, budget_max=700_000, words=words)
    (amendment,) = queries.amendments(session, challenge)
    assert amendment.reasons == {"en": "The data will be delivered a week later."}
    assert amendment.at == NOW + DAY
    assert [(one["field"], one["lang"]) for one in amendment.changes] == [
        ("budget", None),
        ("title", "en"),
    ]
    assert amendment.changes[1]["before"] == "Read the label"
    assert challenge.budget_max == 700_000
    assert challenge.revision == 2
    assert happened(session)[-1] == "ChallengeAmended"


def test_an_amendment_is_a_version_among_the_others(
    session: Session, world: World, challenge: Challenge
) -> None:
    amended(session, challenge, world.eva, NOW + DAY, pilots_max=2)
    kept = select(ChallengeVersion).where(ChallengeVersion.challenge_id == challenge.id)
    last = session.scalars(kept.order_by(ChallengeVersion.id.desc())).first()
    assert last is not None
    assert (last.revision, last.person_id) == (challenge.revision, world.eva.person_id)
    assert last.changed == ["pilots_max"]
    assert last.statement["pilots_max"] == 2


def test_without_a_reason_or_a_change_nothing_happens(
    session: Session, world: World, challenge: Challenge
) -> None:
    given: dict[str, Any] = {"actor": world.eva, "now": NOW, "content_dir": CONTENT}
    wanted = replace(statement_of(challenge), pilots_max=2)
    for reasons in ({}, {"en": "  "}, {"fr": "Parce que"}):
        with pytest.raises(Invalid) as caught:
            actions.amend(session, challenge, wanted, reasons=reasons, **given)
        assert set(caught.value.errors) == {"reason"}
    with pytest.raises(Invalid) as caught:
        actions.amend(
            session, challenge, statement_of(challenge), reasons={"en": "Why not"}, **given
        )
    assert caught.value.errors["form"].text == "Nothing was changed."
    assert queries.amendments(session, challenge) == []


@pytest.mark.parametrize("name", ["astrid", "ida", "pia", "jens", "kim", "bo", "visitor"])
def test_others_do_not_amend(
    session: Session, world: World, challenge: Challenge, name: str
) -> None:
    with pytest.raises(NotAllowed):
        amended(session, challenge, world.everybody[name], NOW, pilots_max=2)


def test_what_is_not_public_yet_is_saved_and_not_amended(session: Session, world: World) -> None:
    with pytest.raises(NotAllowed):
        amended(session, drafted(session, world), world.eva, NOW, pilots_max=2)


class TestInTheLastSevenDays:
    """Whatever changes, everybody gets at least seven more days."""

    def closes_after(
        self, session: Session, world: World, challenge: Challenge, left: timedelta
    ) -> timedelta:
        """Return by how much an amendment made `left` before the deadline moves it."""
        closes = challenge.closes
        assert closes is not None
        amended(session, challenge, world.eva, closes - left, pilots_max=2)
        assert challenge.closes is not None
        return challenge.closes - closes

    @pytest.mark.parametrize(
        "left", [timedelta(seconds=1), 3 * DAY, 7 * DAY - timedelta(seconds=1)]
    )
    def test_the_deadline_moves(
        self, session: Session, world: World, challenge: Challenge, left: timedelta
    ) -> None:
        assert self.closes_after(session, world, challenge, left) == 7 * DAY
        (amendment,) = queries.amendments(session, challenge)
        assert {one["field"] for one in amendment.changes} == {"pilots_max", "closes"}

    @pytest.mark.parametrize("left", [7 * DAY, 20 * DAY])
    def test_before_them_it_stays(
        self, session: Session, world: World, challenge: Challenge, left: timedelta
    ) -> None:
        assert self.closes_after(session, world, challenge, left) == timedelta(0)

    def test_a_later_wish_is_kept_and_an_earlier_one_is_not(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        closes = challenge.closes
        assert closes is not None
        amended(session, challenge, world.eva, closes - DAY, closes=closes + 9 * DAY)
        assert challenge.closes == closes + 9 * DAY
        amended(session, challenge, world.eva, closes + 8 * DAY, closes=closes + 10 * DAY)
        assert challenge.closes == closes + 16 * DAY

    def test_the_clock_on_the_wall_stays_the_same_when_summer_time_begins(self) -> None:
        one = Challenge(
            zone="Europe/Copenhagen", closes=datetime(2027, 3, 25, 11, tzinfo=UTC)
        )  # 12:00
        moved = rules.moved_deadline(one, one.closes, datetime(2027, 3, 24, tzinfo=UTC))
        assert moved == datetime(2027, 4, 1, 10, tzinfo=UTC)  # 12:00 again

    @given(left=st.integers(1, 20 * 86_400), wish=st.integers(-30, 30))
    def test_there_are_always_seven_days_left_or_more(self, left: int, wish: int) -> None:
        closes = NOW + timedelta(days=60)
        one = Challenge(
            zone="Europe/Berlin",
            closes=closes,
            state=State.PUBLISHED.value,
            published_at=NOW,
            opens=NOW,
        )
        now = closes - timedelta(seconds=left)
        moved = rules.moved_deadline(one, closes + wish * DAY, now)
        assert moved is not None
        if left < 7 * 86_400:
            assert moved >= closes + 7 * DAY
        else:
            assert moved == closes + wish * DAY


ZONES = ("Europe/Berlin", "Europe/Copenhagen")
SWITCHES = (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC))
"""When the clocks of both zones go to summer time and back."""


class TestAroundTheSwitchOfTheClocks:
    """Seven days are counted by the clocks on the wall, whatever those do in between."""

    @given(
        zone=st.sampled_from(ZONES),
        switch=st.sampled_from(SWITCHES),
        away=st.integers(-20 * 1440, 20 * 1440),
        left=st.integers(1, 10 * 86_400),
    )
    def test_the_new_deadline_is_at_the_same_local_time_a_week_on(
        self, zone: str, switch: datetime, away: int, left: int
    ) -> None:
        closes = switch + timedelta(minutes=away)
        now = closes - timedelta(seconds=left)
        one = Challenge(zone=zone, closes=closes)
        moved = rules.moved_deadline(one, closes, now)
        assert moved is not None
        here, there = (at.astimezone(ZoneInfo(zone)) for at in (closes, moved))
        if not rules.is_in_last_days(one, now):
            assert moved == closes
            assert left >= 7 * 86_400 - 3_600
            return
        assert left < 7 * 86_400 + 3_600
        assert abs((moved - closes) - 7 * DAY) <= timedelta(hours=1)
        skipped = there.hour * 60 + there.minute != here.hour * 60 + here.minute
        # Only a time that the clocks leave out in spring is another one: an hour later.
        assert not skipped or (there.date() == switch.date() and there.hour == here.hour + 1)
        assert (there.date() - here.date()).days == 7

    @pytest.mark.parametrize("zone", ZONES)
    @pytest.mark.parametrize("switch", SWITCHES)
    def test_a_change_in_the_last_hour_is_not_refused_for_its_own_deadline(
        self, session: Session, world: World, zone: str, switch: datetime
    ) -> None:
        closes = switch - timedelta(days=2)
        given = {"opens": closes - 40 * DAY, "questions_until": closes - 10 * DAY, "closes": closes}
        challenge = published(session, world, zone=zone, **given)
        amended(session, challenge, world.eva, closes - timedelta(seconds=30), pilots_max=2)
        assert challenge.closes == rules.week_after(closes, zone)


class TestWhatAsksToConfirm:
    """Every change while it is open, but whom to call, headings, and a language more."""

    NOW_OPEN = NOW + 20 * DAY

    def asks(
        self, session: Session, world: World, challenge: Challenge, now: datetime, **changes: Any
    ) -> bool:
        amended(session, challenge, world.eva, now, **changes)
        return queries.amendments(session, challenge)[0].asks_confirmation

    @pytest.mark.parametrize(
        "change",
        [
            {"pilots_max": 2},
            {"budget_max": 700_000},
            {"requires": ()},
            {"questions": ()},
            {"criteria": (Weight(id="fit", weight=50), Weight(id="team", weight=50))},
            {"closes": NOW + 60 * DAY},
        ],
    )
    def test_what_an_application_depends_on(
        self, session: Session, world: World, challenge: Challenge, change: dict[str, Any]
    ) -> None:
        assert self.asks(session, world, challenge, self.NOW_OPEN, **change)

    def test_a_text_that_was_there_before(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        words = dict(statement_of(challenge).words)
        words["da"] = replace(words["da"], summary="Hvem læser mærket?")
        assert self.asks(session, world, challenge, self.NOW_OPEN, words=words)

    def test_but_not_whom_to_call_headings_or_a_language_more(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        words = dict(statement_of(challenge).words)
        words["de"] = Words(title="Lies das Etikett", summary="Wer liest es?", body="Sicherheit.")
        quiet: list[dict[str, Any]] = [
            {"contact": {"name": "Other office", "email": "other@sik.example"}},
            {"themes": ("inspections", "product-safety")},
            {"words": words},
        ]
        for change in quiet:
            assert not self.asks(session, world, challenge, self.NOW_OPEN, **change)

    def test_nor_anything_before_it_opens_or_after_the_deadline(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        assert not self.asks(session, world, challenge, NOW, pilots_max=2)
        assert challenge.closes is not None
        assert not self.asks(session, world, challenge, challenge.closes, pilots_max=1)


class TestFromTheDeadlineOn:
    """Dates, form, criteria, weights and eligibility cannot change by any way."""

    CHANGES: tuple[tuple[str, dict[str, Any]], ...] = (
        ("opens", {"opens": NOW + 11 * DAY}),
        ("questions_until", {"questions_until": NOW + 40 * DAY}),
        ("closes", {"closes": NOW + 90 * DAY}),
        ("zone", {"zone": "Europe/Berlin"}),
        ("questions", {"questions": ()}),
        ("criteria", {"criteria": (Weight(id="fit", weight=50), Weight(id="team", weight=50))}),
        ("criteria", {"criteria": (Weight(id="fit", weight=60), Weight(id="team", weight=40))}),
        ("countries", {"countries": ("EU",)}),
        ("size", {"sizes": ("micro",)}),
        ("languages", {"languages": ("da",)}),
        ("requires", {"requires": ()}),
    )

    @pytest.mark.parametrize(("field", "change"), CHANGES)
    @pytest.mark.parametrize("state", [State.PUBLISHED, State.IN_SELECTION, State.PILOTING])
    def test_it_is_refused(
        self,
        session: Session,
        world: World,
        challenge: Challenge,
        field: str,
        change: dict[str, Any],
        state: State,
    ) -> None:
        assert challenge.closes is not None
        challenge.state = state.value
        session.flush()
        errors = refused(session, challenge, world.eva, challenge.closes, **change)
        assert errors == {field: "This cannot change after the deadline."}

    def test_until_a_second_before_it_is_possible(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        assert challenge.closes is not None
        amended(session, challenge, world.eva, challenge.closes - timedelta(seconds=1), requires=())
        assert challenge.eligibility["requires"] == []

    def test_words_and_contact_may_still_be_mended(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        assert challenge.closes is not None
        closes = challenge.closes
        contact = {"name": "Other office", "email": "other@sik.example"}
        amended(session, challenge, world.eva, closes + DAY, contact=contact)
        assert (challenge.contact, challenge.closes) == (contact, closes)


@pytest.mark.parametrize(
    ("days", "change", "field"),
    [
        (0, {"authority": "erhvervsstyrelsen"}, "authority"),
        (0, {"programme": "bremen-wirtschaft-digital", "round": None}, "programme"),
        (11, {"opens": NOW + 12 * DAY}, "opens"),
        (5, {"opens": NOW + 4 * DAY}, "opens"),
        (20, {"closes": NOW + 26 * DAY, "questions_until": NOW + 25 * DAY}, "closes"),
        (20, {"questions_until": NOW + 19 * DAY}, "questions_until"),
        (0, {"criteria": (Weight(id="fit", weight=60),)}, "criteria"),
        (0, {"cpv": ("00000000",)}, "cpv"),
        (0, {"words": {"en": Words(title="Only a title")}}, "summary.en"),
    ],
)
def test_what_does_not_fit_is_refused(
    session: Session,
    world: World,
    challenge: Challenge,
    days: int,
    change: dict[str, Any],
    field: str,
) -> None:
    assert field in refused(session, challenge, world.eva, NOW + days * DAY, **change)


def test_what_is_no_longer_possible_is_not_held_against_a_small_change(
    session: Session, world: World, challenge: Challenge
) -> None:
    """The authority has left the programme and a theme is gone; a typo can be mended still."""
    set_authorities(session, world.programme, [], actor=world.kim, now=NOW)
    session.flush()
    amended(session, challenge, world.eva, NOW, pilots_max=2)
    assert challenge.pilots_max == 2


def test_the_form_that_was_published_stays_when_the_programme_changes(
    session: Session, world: World, challenge: Challenge
) -> None:
    before = queries.form_of(challenge)
    world.programme.form = {"sections": []}
    world.programme.criteria = world.programme.criteria[:1]
    session.flush()
    session.expire_all()
    assert queries.form_of(challenge) == before
    # An amendment is still judged by the criteria of then.
    amended(session, challenge, world.eva, NOW, pilots_max=2)


class TestReading:
    """Changes as people read them."""

    def shown(self, session: Session, challenge: Challenge, lang: Any) -> dict[str, list[str]]:
        (amendment,) = queries.amendments(session, challenge)
        found = queries.shown_changes(session, challenge, amendment, lang=lang, content=CONTENT)
        return {
            say(one.label, lang): [f"{line.sign}{line.text}" for line in one.lines] for one in found
        }

    def test_facts_are_words_in_the_readers_language(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        assert challenge.closes is not None
        amended(
            session,
            challenge,
            world.eva,
            NOW,
            closes=challenge.closes + DAY,
            budget_max=700_000,
            themes=("inspections", "product-safety"),
            criteria=(Weight(id="fit", weight=50, minimum=3), Weight(id="team", weight=50)),
            round="govtech-2",
        )
        found = self.shown(session, challenge, "de")
        assert found["Frist"] == [
            "-12. Januar 2027, 11:00 MEZ",
            "+13. Januar 2027, 11:00 MEZ",
        ]
        assert found["Themen"] == [" Kontrollen vor Ort", "+Produktsicherheit"]
        assert found["Kriterien und Gewichte"] == [
            "-Passung zur Herausforderung: 60 (mindestens 3 von 5)",
            "-Team: 40",
            "+Passung zur Herausforderung: 50 (mindestens 3 von 5)",
            "+Team: 50",
        ]
        assert [line.replace("\xa0", " ") for line in found["Budget"]] == [
            "-200.000 DKK – 600.000 DKK",
            "+200.000 DKK – 700.000 DKK",
        ]
        assert found["Runde"] == ["-Dänemark, erste Runde", "+Dänemark, zweite Runde"]

    def test_a_long_text_shows_only_what_is_around_a_change(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        body = "\n".join(f"Line {n}" for n in range(100))
        words = dict(statement_of(challenge).words)
        words["en"] = replace(words["en"], body=body)
        amended(session, challenge, world.eva, NOW, words=words)
        words["en"] = replace(words["en"], body=body.replace("Line 50", "Another line"))
        amended(session, challenge, world.eva, NOW, words=words)
        amendment = queries.amendments(session, challenge)[0]
        (shown,) = queries.shown_changes(session, challenge, amendment, lang="en", content=CONTENT)
        assert (shown.name, shown.lang) == ("body", "en")
        assert [(line.sign, line.text) for line in shown.lines] == [
            (" ", "Line 49"),
            ("-", "Line 50"),
            ("+", "Another line"),
            (" ", "Line 51"),
        ]

    def test_questions_show_what_they_ask(
        self, session: Session, world: World, challenge: Challenge
    ) -> None:
        question = {**challenge.questions[0], "max_words": 300}
        amended(session, challenge, world.eva, NOW, questions=(question,))
        lines = self.shown(session, challenge, "en")["Own questions"]
        assert " How are labels read? [Long text]" in lines
        about = "Must be answered. · At most {} words. · Counts for: Fit to the challenge."
        assert f"-{about.format(200)}" in lines
        assert f"+{about.format(300)}" in lines
