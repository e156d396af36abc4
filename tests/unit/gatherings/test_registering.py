"""Places are given out in the order of asking, and who waits longest moves up by itself."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from govmatch.gatherings import actions, links, queries
from govmatch.gatherings.actions import Wish
from govmatch.gatherings.models import Gathering, Registration, SeatRequest
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.errors import Gone, Invalid, NotAllowed, TooMany
from govmatch.kit.journal import JournalRow, seal
from tests.unit.gatherings.making import NOW, SIGNER, STARTS, Hall, actor, open_hall
from tests.web.applications.world import fill


def events(session: Session) -> list[str]:
    session.flush()
    seal(session)
    found = select(JournalRow.event).where(JournalRow.subject_kind == "gathering")
    return list(session.scalars(found.order_by(JournalRow.id)))


def ask(hall: Hall, name: str, *, email: str = "", **more: str) -> str:
    """Ask without an account, and return the token that is mailed."""
    wish = Wish(name=name, email=email or f"{name.lower()}@out.example", **more)
    actions.ask(
        hall.session, hall.gathering, wish, lang="da", client="192.0.2.7",
        actor=VISITOR, now=NOW, real_now=NOW,
    )  # fmt: skip
    newest = select(SeatRequest).order_by(SeatRequest.id.desc()).limit(1)
    request = hall.session.scalars(newest).one()
    return links.sign_request(SIGNER, request.public_id, NOW + timedelta(hours=24))


def confirm(hall: Hall, token: str, *, at: timedelta = timedelta()) -> Registration:
    return actions.confirm(
        hall.session, SIGNER, token, slug=hall.gathering.slug,
        actor=VISITOR, now=NOW + at, real_now=NOW + at,
    )  # fmt: skip


def test_the_third_of_two_places_waits_and_moves_up_when_somebody_cancels(
    session: Session,
) -> None:
    hall = open_hall(session)
    first = hall.register("bo")
    hall.register("carla")
    third, fourth = hall.register("dieter"), hall.register("finn")
    assert [queries.place_in_line(session, one) for one in (first, third, fourth)] == [0, 1, 2]
    assert hall.gathering.is_full
    actions.give_up(session, first, actor=hall.actor("bo"), now=NOW)
    assert hall.seats() == {
        "Bo": "given_up",
        "Carla": "taken",
        "Dieter": "taken",
        "Finn": "waiting",
    }
    assert queries.place_in_line(session, fourth) == 1
    assert events(session)[2:] == [
        "SeatTaken",
        "SeatTaken",
        "PlacesFilled",
        "SeatAwaited",
        "SeatAwaited",
        "SeatGivenUp",
        "MovedUp",
    ]


def test_whoever_comes_back_comes_at_the_end_of_the_line(session: Session) -> None:
    hall = open_hall(session, places=1)
    first = hall.register("bo")
    hall.register("carla")
    hall.register("dieter")
    actions.give_up(session, first, actor=hall.actor("bo"), now=NOW)
    back = hall.register("bo")
    assert back.id != first.id
    assert queries.place_in_line(session, back) == 2


def test_registering_twice_is_registering_once(session: Session) -> None:
    hall = open_hall(session)
    assert hall.register("bo").id == hall.register("bo").id
    assert hall.gathering.asked == 1


def test_more_places_move_those_up_who_wait_and_fewer_than_are_taken_are_refused(
    session: Session,
) -> None:
    hall = open_hall(session, places=1)
    for name in ("bo", "carla", "dieter"):
        hall.register(name)
    hall.save(places=2)
    assert hall.seats() == {"Bo": "taken", "Carla": "taken", "Dieter": "waiting"}
    with pytest.raises(Invalid) as refused:
        hall.save(places=1)
    assert list(refused.value.errors) == ["places"]
    hall.save(places=None)
    assert set(hall.seats().values()) == {"taken"}
    assert not hall.gathering.is_full


def test_after_registration_has_closed_nobody_registers_but_who_waits_still_moves_up(
    session: Session,
) -> None:
    hall = open_hall(session, places=1, closes=STARTS - timedelta(days=2))
    first, second = hall.register("bo"), hall.register("carla")
    late = STARTS - timedelta(days=2)
    with pytest.raises(NotAllowed, match="closed"):
        actions.register(
            session, hall.gathering, Wish(), lang="en",
            actor=hall.actor("dieter"), now=late, real_now=NOW,
        )  # fmt: skip
    actions.give_up(session, first, actor=hall.actor("bo"), now=late)
    assert second.seat == "taken"


def test_nobody_moves_up_or_gives_up_once_it_has_begun(session: Session) -> None:
    hall = open_hall(session, places=1)
    first, second = hall.register("bo"), hall.register("carla")
    with pytest.raises(NotAllowed, match="begun"):
        actions.give_up(session, first, actor=hall.actor("bo"), now=STARTS)
    assert (first.seat, second.seat) == ("taken", "waiting")


def test_without_an_account_a_place_is_taken_with_the_mailed_link_and_once(
    session: Session,
) -> None:
    hall = open_hall(session)
    token = ask(hall, "Olga", needs="A ramp")
    assert hall.seats() == {}
    own = confirm(hall, token)
    assert (own.seat, own.email, own.needs, own.person_id) == (
        "taken", "olga@out.example", "A ramp", None,
    )  # fmt: skip
    with pytest.raises(Gone, match="used"):
        confirm(hall, token)
    assert hall.seats() == {"Olga": "taken"}


def test_a_link_holds_24_hours_and_only_for_its_event(session: Session) -> None:
    hall = open_hall(session)
    token = ask(hall, "Olga")
    with pytest.raises(Gone):
        confirm(hall, token, at=timedelta(hours=24))
    with pytest.raises(Gone):
        confirm(hall, token[:-2] + "xx")
    other = open_hall(session, hall.world)
    with pytest.raises(Gone):
        confirm(Hall(session, hall.world, other.gathering), token)
    assert hall.seats() == {}


def test_a_link_that_is_used_after_the_close_takes_no_place(session: Session) -> None:
    hall = open_hall(session, closes=NOW + timedelta(hours=1))
    token = ask(hall, "Olga")
    with pytest.raises(Gone) as over:
        confirm(hall, token, at=timedelta(hours=1))
    assert str(over.value.reason) == "Registration has closed."
    assert hall.seats() == {}


def test_the_address_of_an_account_registers_that_account(session: Session) -> None:
    hall = open_hall(session)
    bo = hall.world.people["bo"]
    own = confirm(hall, ask(hall, "Bo M.", email=bo.email))
    assert own.person_id == bo.id
    assert hall.register("bo").id == own.id


def test_two_links_for_one_address_are_one_registration(session: Session) -> None:
    hall = open_hall(session)
    first, second = ask(hall, "Olga"), ask(hall, "Olga")
    assert confirm(hall, first).id == confirm(hall, second).id
    assert hall.gathering.asked == 1


def test_an_address_gets_five_mails_an_hour_at_most(session: Session) -> None:
    hall = open_hall(session)
    for _ in range(5):
        ask(hall, "Olga")
    with pytest.raises(TooMany):
        ask(hall, "Olga")


def test_a_host_may_take_a_registration_away_and_nobody_else(session: Session) -> None:
    hall = open_hall(session, places=1)
    first, second = hall.register("bo"), hall.register("carla")
    for name in ("carla", "ida", "jens", "kim"):
        with pytest.raises(NotAllowed):
            actions.remove(session, first, actor=hall.actor(name), now=NOW)
    actions.remove(session, first, actor=hall.actor("astrid"), now=NOW)
    assert second.seat == "taken"


@pytest.mark.parametrize("people", [("bo", "carla"), ("bo", "bo")])
def test_of_two_who_want_the_last_place_at_once_one_waits(
    database: Database, people: tuple[str, str]
) -> None:
    """The same person twice at once has one registration."""
    with database.writing() as session:
        world = fill(session)
        gathering_id = open_hall(session, world, places=1).gathering.id
        actors = [actor(session, world, name) for name in people]
        commit(session)
    start, failed = Barrier(2), []

    def register(number: int) -> None:
        try:
            with database.writing() as session:
                start.wait(10)
                gathering = session.get_one(Gathering, gathering_id)
                actions.register(
                    session, gathering, Wish(), lang="en",
                    actor=actors[number], now=NOW, real_now=NOW,
                )  # fmt: skip
                commit(session)
        except Exception as error:  # noqa: BLE001 -- shown by the test
            failed.append(error)

    threads = [Thread(target=register, args=(n,)) for n in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert failed == []
    with database.reading() as reading:
        seats = sorted(reading.scalars(select(Registration.seat)))
        asked = reading.get_one(Gathering, gathering_id).asked
    assert seats == (["taken"] if people[0] == people[1] else ["taken", "waiting"])
    assert asked == len(seats)


def test_of_two_places_given_up_at_once_two_move_up(database: Database) -> None:
    with database.writing() as session:
        world = fill(session)
        hall = open_hall(session, world, places=2)
        for name in ("bo", "carla", "dieter", "finn", "gro"):
            hall.register(name)
        gathering_id = hall.gathering.id
        actors = {name: actor(session, world, name) for name in ("bo", "carla")}
        commit(session)
    start = Barrier(2)

    def leave(name: str) -> None:
        with database.writing() as session:
            start.wait(10)
            gathering = session.get_one(Gathering, gathering_id)
            own = queries.own(session, actors[name], gathering)
            assert own is not None
            actions.give_up(session, own, actor=actors[name], now=NOW)
            commit(session)

    threads = [Thread(target=leave, args=(name,)) for name in actors]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    with database.reading() as reading:
        found = select(Registration.seat).order_by(Registration.number)
        seats = list(reading.scalars(found))
    assert seats == ["given_up", "given_up", "taken", "taken", "waiting"]
