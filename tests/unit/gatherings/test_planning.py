"""Drafts, publication, changes that people are told of, cancelling, and who may do it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from govmatch.gatherings import actions, queries, rules
from govmatch.gatherings.events import GatheringChanged
from govmatch.gatherings.forms import Choices, read_plan
from govmatch.gatherings.models import Gathering, Mode, State
from govmatch.gatherings.plan import Words, plan_of
from govmatch.gatherings.rules import Phase
from govmatch.gatherings.showing import when_text
from govmatch.kit.db import Session
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from govmatch.web.visit import Values
from tests.unit.gatherings.making import NOW, PLAN, STARTS, actor, draft, open_hall
from tests.web.applications.world import fill

EVERYBODY = (
    "visitor", "bo", "carla", "dieter", "finn", "gro", "astrid", "eva", "ida", "jens", "kim",
)  # fmt: skip


def test_only_its_hosts_see_a_draft_and_everybody_sees_what_is_published(
    session: Session,
) -> None:
    hall = draft(session)
    for name in EVERYBODY:
        by = hall.actor(name)
        seen = queries.visible_among(session, [hall.gathering.id], actor=by, now=NOW)
        assert bool(seen) is bool(rules.may_see(by, hall.gathering, NOW)), name
        assert bool(seen) is (name == "astrid"), name
    actions.publish(session, hall.gathering, actor=hall.actor("astrid"), now=NOW)
    session.flush()
    for name in EVERYBODY:
        found = queries.get_visible(
            session, actor=hall.actor(name), now=NOW, slug=hall.gathering.slug
        )
        assert found.id == hall.gathering.id


@pytest.mark.parametrize("name", [one for one in EVERYBODY if one not in {"astrid", "eva"}])
def test_nobody_but_its_hosts_touches_it(session: Session, name: str) -> None:
    hall = open_hall(session)
    by = hall.actor(name)
    with pytest.raises(NotFound):
        queries.get_hosted(session, actor=by, slug=hall.gathering.slug)
    for ruling in (
        rules.may_write(by, hall.gathering, NOW),
        rules.may_cancel(by, hall.gathering, NOW),
        rules.may_see_participants(by, hall.gathering),
        rules.may_note_attendance(by, hall.gathering, STARTS),
        rules.may_keep_notes(by, hall.gathering, STARTS),
    ):
        assert not ruling


def test_a_manager_holds_events_of_their_programme_and_no_authority_else_does(
    session: Session,
) -> None:
    world = fill(session)
    made = actions.create(
        session, PLAN, authority=None, programme=world.programmes["long"],
        actor=actor(session, world, "eva"), now=NOW,
    )  # fmt: skip
    assert rules.hosts(actor(session, world, "eva"), made)
    assert not rules.hosts(actor(session, world, "astrid"), made)
    for name in ("astrid", "bo", "jens"):
        with pytest.raises(NotAllowed):
            actions.create(
                session, PLAN, authority=None, programme=world.programmes["long"],
                actor=actor(session, world, name), now=NOW,
            )  # fmt: skip


def test_a_change_of_time_is_told_with_what_it_was_and_one_of_words_is_not(
    session: Session,
) -> None:
    hall = open_hall(session)
    words = {**PLAN.words, "da": Words("Mærkater", "Hvad kameraer kan læse.")}
    assert hall.save(words=words) == []
    later = STARTS + timedelta(days=1)
    assert hall.save(starts=later, ends=later + timedelta(hours=1)) == ["time"]
    assert hall.save(link="https://meet.example.org/new", place="Hall 2") == ["place", "link"]
    assert hall.gathering.revision == 4
    pending = [one.event for one in session.info["journal"]]
    changes = [one for one in pending if isinstance(one, GatheringChanged)]
    assert changes[1].was_starts == STARTS.isoformat(timespec="seconds")


def test_a_save_on_an_old_page_is_refused(session: Session) -> None:
    hall = open_hall(session)
    hall.save(place="Hall 2")
    with pytest.raises(Conflict):
        actions.save(
            session, hall.gathering, replace(plan_of(hall.gathering), place="Hall 3"),
            revision=1, actor=hall.actor("astrid"), now=NOW,
        )  # fmt: skip


def test_what_moves_further_than_a_day_away_is_reminded_of_again(session: Session) -> None:
    hall = open_hall(session)
    hall.gathering.reminded_at = NOW
    hall.save(starts=NOW + timedelta(hours=5), ends=NOW + timedelta(hours=7), closes=None)
    assert hall.gathering.reminded_at is not None
    hall.save(starts=STARTS, ends=STARTS + timedelta(hours=2))
    assert hall.gathering.reminded_at is None


def test_cancelling_needs_a_reason_and_is_for_good(session: Session) -> None:
    hall = open_hall(session)
    astrid = hall.actor("astrid")
    with pytest.raises(Invalid):
        actions.cancel(session, hall.gathering, reasons={"en": " "}, actor=astrid, now=NOW)
    actions.cancel(session, hall.gathering, reasons={"en": "Flood"}, actor=astrid, now=NOW)
    assert rules.phase(hall.gathering, NOW) is Phase.CANCELLED
    assert hall.gathering.revision == 2
    with pytest.raises(NotAllowed, match="cancelled"):
        hall.save(place="Hall 2")
    with pytest.raises(NotAllowed, match="cancelled"):
        hall.register("bo")


def test_a_draft_is_deleted_and_what_was_published_is_not(session: Session) -> None:
    hall = open_hall(session)
    with pytest.raises(NotAllowed):
        actions.delete(session, hall.gathering, actor=hall.actor("astrid"), now=NOW)
    other = draft(session, hall.world).gathering
    actions.delete(session, other, actor=hall.actor("astrid"), now=NOW)
    session.flush()
    assert queries.find(session, other.id) is None


def test_two_events_of_one_title_have_two_addresses(session: Session) -> None:
    hall = open_hall(session)
    assert draft(session, hall.world).gathering.slug != hall.gathering.slug
    new = draft(session, hall.world, words={"en": Words("New", "Its address is a page.")})
    assert new.gathering.slug not in {"", "new"}


def test_the_phase_follows_from_the_dates_and_the_places(session: Session) -> None:
    hall = open_hall(session, places=1, closes=STARTS - timedelta(days=1))
    one = hall.gathering
    assert rules.phase(one, NOW) is Phase.OPEN
    hall.register("bo")
    assert rules.phase(one, NOW) is Phase.FULL
    assert rules.phase(one, STARTS - timedelta(days=1)) is Phase.CLOSED
    assert rules.phase(one, one.starts) is Phase.RUNNING
    assert rules.phase(one, one.ends) is Phase.PAST


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": STARTS}, "ends"),
        ({"ends": STARTS + timedelta(days=32)}, "ends"),
        ({"closes": STARTS + timedelta(minutes=1)}, "closes"),
        ({"place": ""}, "place"),
        ({"country": ""}, "country"),
        ({"places": 0}, "places"),
        ({"words": {"de": Words("Nur Deutsch", "Ohne Englisch.")}}, "title-en"),
        ({"words": {**PLAN.words, "da": Words("Kun titel", "")}}, "summary-da"),
        ({"registers": False, "places": None}, "registers"),
        ({"starts": NOW - timedelta(hours=1)}, "starts"),
        ({"challenges": (987654,)}, "challenges"),
    ],
)
def test_what_contradicts_itself_is_said_at_its_field(
    session: Session, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        draft(session, **changes)
    assert field in wrong.value.errors


def typed(**changes: str) -> Values:
    fields = {
        "kind": "seminar", "mode": "online", "zone": "Europe/Berlin", "main_lang": "en",
        "starts": "2027-03-27T10:00", "ends": "2027-03-28T12:00", "title-en": "T",
        "summary-en": "S", "contact_name": "Office", "contact_email": "a@b.example", **changes,
    }  # fmt: skip
    return Values({name: [value] for name, value in fields.items()})


def test_times_are_meant_on_the_clocks_of_their_day_also_when_these_change() -> None:
    """In 2027 summer time begins in Germany on 28 March, and ends on 31 October."""
    plan, _ = read_plan(typed(), Choices())
    assert plan is not None
    assert plan.starts == datetime(2027, 3, 27, 9, tzinfo=UTC)
    assert plan.ends == datetime(2027, 3, 28, 10, tzinfo=UTC)


def test_a_time_that_the_clocks_leave_out_is_refused() -> None:
    plan, form = read_plan(typed(starts="2027-03-28T02:30"), Choices())
    assert plan is None
    assert "clocks" in form.errors["starts"].text


def test_a_time_that_comes_twice_is_refused() -> None:
    plan, form = read_plan(typed(starts="2027-10-31T02:30", ends="2027-10-31T04:00"), Choices())
    assert plan is None
    assert "clocks" in form.errors["starts"].text


def test_an_hour_that_comes_twice_is_shown_with_the_zone_of_each_end() -> None:
    starts, ends = (datetime(2027, 10, 31, *at, tzinfo=UTC) for at in ((0, 30), (3, 0)))
    shown = when_text(starts, ends, "de", "Europe/Berlin")
    assert shown == "31. Oktober 2027, 02:30 MESZ – 31. Oktober 2027, 04:00 MEZ"


def test_times_of_one_day_are_shown_with_one_date() -> None:
    plan, _ = read_plan(typed(ends="2027-03-27T12:30"), Choices())
    assert plan is not None
    shown = when_text(plan.starts, plan.ends, "en", "Europe/Berlin")
    assert shown == "27 March 2027, 10:00–12:30 CET"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://a b", "ftp://x.example"])
def test_only_an_address_of_the_web_is_taken_to_join(link: str) -> None:
    plan, form = read_plan(typed(link=link), Choices())
    assert plan is None
    assert list(form.errors) == ["link"]


def test_what_is_on_site_keeps_no_address_to_join() -> None:
    changes = {
        "mode": Mode.ON_SITE.value,
        "link": "https://x.example",
        "place": "A",
        "country": "DK",
    }
    plan, _ = read_plan(typed(**changes), Choices())
    assert plan is not None
    assert (plan.link, plan.place) == ("", "A")


def test_the_states_lead_where_the_table_says(session: Session) -> None:
    hall = open_hall(session)
    assert hall.gathering.state == State.PUBLISHED
    with pytest.raises(NotAllowed):
        actions.publish(session, hall.gathering, actor=hall.actor("astrid"), now=NOW)
    assert session.get_one(Gathering, hall.gathering.id).published_at == NOW
