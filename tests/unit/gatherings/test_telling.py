"""Who hears what: the join address only with a place, everybody of changes, reminders once."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from govmatch.gatherings import actions, links, personal, queries
from govmatch.gatherings.actions import Recording, Wish
from govmatch.gatherings.handlers import DUE
from govmatch.gatherings.index_entries import INDEXED
from govmatch.gatherings.models import Kind, Registration, SeatRequest, Shows
from govmatch.gatherings.notices import NOTICES
from govmatch.gatherings.plan import Words
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import Session
from govmatch.kit.journal import JournalRow, seal
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import written
from govmatch.settings import load
from tests.unit.gatherings.making import LINK, NOW, PLAN, SIGNER, STARTS, Hall, open_hall

SETTINGS = load(
    {"GOVMATCH_MODE": "test", "GOVMATCH_SECRET_KEY": "x" * 40, "GOVMATCH_CONFIG": "-"},
    data_dir=Path("unused"),
)


def background(*, at: timedelta = timedelta()) -> Background:
    return Background(SETTINGS, Signer("x" * 40), NOW + at, NOW + at)


def news(session: Session, event: str) -> list[tuple[str, str, str]]:
    """Return (address, subject, body) of what the rows of one event tell."""
    session.flush()
    seal(session)
    rows = session.scalars(select(JournalRow).where(JournalRow.event == event))
    found: list[Notice] = []
    for row in rows.all():
        found += NOTICES[event](background(), session, row)
    return [(one.address, *written(one, SETTINGS)) for one in found]


def due(session: Session, at: timedelta) -> None:
    for work in DUE:
        work(background(at=at), session)
    session.flush()


def olga(hall: Hall, **more: str) -> Registration:
    wish = Wish(name="Olga", email="olga@out.example", **more)
    actions.ask(
        hall.session, hall.gathering, wish, lang="da", client="192.0.2.7",
        actor=VISITOR, now=NOW, real_now=NOW,
    )  # fmt: skip
    request = hall.session.scalars(select(SeatRequest).order_by(SeatRequest.id.desc())).first()
    assert request is not None
    token = links.sign_request(SIGNER, request.public_id, NOW + timedelta(hours=24))
    return actions.confirm(
        hall.session, SIGNER, token, slug=hall.gathering.slug,
        actor=VISITOR, now=NOW, real_now=NOW,
    )  # fmt: skip


def addresses(told: Iterable[tuple[str, str, str]]) -> set[str]:
    return {address for address, _, _ in told}


def test_the_address_to_join_is_mailed_to_who_has_a_place_and_to_nobody_who_waits(
    session: Session,
) -> None:
    hall = open_hall(session, places=1)
    first = hall.register("bo")
    hall.register("carla")
    [(to, _, body)] = news(session, "SeatTaken")
    assert to == hall.world.people["bo"].email
    assert LINK in body
    [(_, subject, body)] = news(session, "SeatAwaited")
    assert subject.startswith("Place 1 on the waiting list")
    assert "example.org" not in body
    actions.give_up(session, first, actor=hall.actor("bo"), now=NOW)
    [(to, _, body)] = news(session, "MovedUp")
    assert to == hall.world.people["carla"].email
    assert LINK in body


def test_an_address_that_is_registered_gets_the_link_to_its_registration_instead(
    session: Session,
) -> None:
    hall = open_hall(session)
    own = olga(hall)
    wish = Wish(name="X", email="olga@out.example")
    actions.ask(
        session, hall.gathering, wish, lang="en", client="192.0.2.7",
        actor=VISITOR, now=NOW, real_now=NOW,
    )  # fmt: skip
    told = news(session, "SeatRequested")
    [(to, subject, body)] = told  # the first request was used: nothing goes out for it again
    assert to == "olga@out.example"
    assert subject.startswith("Du er allerede tilmeldt")
    assert links.sign_place(SIGNER, own.public_id) in body


def test_everybody_registered_hears_of_another_time_and_of_the_end(session: Session) -> None:
    hall = open_hall(session, places=1)
    hall.register("bo")
    olga(hall)
    everybody = {hall.world.people["bo"].email, "olga@out.example"}
    hall.save(words={**PLAN.words, "da": Words("Ny", "Ny")})
    assert news(session, "GatheringChanged") == []
    hall.save(starts=STARTS + timedelta(days=1), ends=STARTS + timedelta(days=1, hours=2))
    told = news(session, "GatheringChanged")
    assert addresses(told) == everybody
    assert all("It was:" in body or "Før:" in body for _, _, body in told)
    actions.cancel(
        session, hall.gathering, reasons={"en": "Flood in the hall"},
        actor=hall.actor("astrid"), now=NOW,
    )  # fmt: skip
    told = news(session, "GatheringCancelled")
    assert addresses(told) == everybody
    assert all("Flood in the hall" in body for _, _, body in told)
    assert not any(LINK in body for _, _, body in told)


def test_who_has_a_place_is_reminded_once_a_day_before(session: Session) -> None:
    hall = open_hall(session, places=1)
    hall.register("bo")
    hall.register("carla")
    until = STARTS - NOW
    due(session, until - timedelta(hours=25))
    assert news(session, "GatheringSoon") == []
    due(session, until - timedelta(hours=24))
    due(session, until - timedelta(hours=23))
    [(to, _, body)] = news(session, "GatheringSoon")
    assert to == hall.world.people["bo"].email
    assert LINK in body


def test_access_needs_are_gone_30_days_after_the_event(session: Session) -> None:
    hall = open_hall(session)
    own = hall.register("bo", needs="A ramp", answer="Yes")
    session.flush()
    ended = hall.gathering.ends - NOW
    due(session, ended + timedelta(days=29))
    session.refresh(own)
    assert own.needs == "A ramp"
    due(session, ended + timedelta(days=30))
    session.refresh(own)
    assert (own.needs, own.answer) == ("", "Yes")
    assert hall.gathering.needs_erased_at is not None


def test_addresses_without_account_are_gone_a_year_after_and_requests_after_a_day(
    session: Session,
) -> None:
    hall = open_hall(session)
    bo, guest = hall.register("bo"), olga(hall)
    session.flush()
    due(session, timedelta(hours=25))
    assert session.scalars(select(SeatRequest)).all() == []
    due(session, hall.gathering.ends - NOW + timedelta(days=365))
    session.refresh(guest)
    session.refresh(bo)
    assert (guest.name, guest.email) == ("", "")
    assert bo.name == "Bo"


def test_who_was_at_a_course_gets_a_certificate_and_loses_it_when_that_was_wrong(
    session: Session,
) -> None:
    hall = open_hall(session, kind=Kind.COURSE)
    bo, carla = hall.register("bo"), hall.register("carla")
    keys = {bo.public_id, carla.public_id}
    astrid = hall.actor("astrid")
    tick: dict[str, Any] = {"shown": keys, "actor": astrid, "now": STARTS}
    assert actions.note_attendance(session, hall.gathering, present={bo.public_id}, **tick) == 1
    code = str(bo.certificate)
    assert (len(code), carla.certificate) == (24, None)
    assert queries.by_certificate(session, code) is bo
    assert addresses(news(session, "CertificateIssued")) == {bo.email}
    assert bo.shows == Shows.NOTHING
    actions.note_attendance(session, hall.gathering, present=set(), **tick)
    assert queries.by_certificate(session, code) is None
    assert news(session, "CertificateIssued") == []


@pytest.mark.parametrize("tells", [True, False])
def test_of_notes_those_registered_hear_once_and_only_when_asked_for(
    session: Session, *, tells: bool
) -> None:
    hall = open_hall(session)
    hall.register("bo")
    for _ in range(2):
        actions.keep_notes(
            session, hall.gathering, notes={"en": "**Slides**"},
            recordings=[Recording("Film", "https://films.example/1")], tells=tells,
            actor=hall.actor("astrid"), now=STARTS,
        )  # fmt: skip
    assert hall.gathering.notes_html == {"en": "<p><strong>Slides</strong></p>"}
    assert len(news(session, "NotesPublished")) == (1 if tells else 0)


def test_what_is_kept_of_a_person_is_exported_and_erased_and_the_next_moves_up(
    session: Session,
) -> None:
    hall = open_hall(session, places=1)
    bo, carla = hall.register("bo", needs="A ramp"), hall.register("carla")
    person = hall.world.people["bo"]
    told = str(personal.export(session, person.id)["event_registrations"])
    assert "'name': 'Bo'" in told
    assert "'access_needs': 'A ramp'" in told
    personal.erase(session, person.id, now=NOW)
    session.flush()
    assert (bo.name, bo.email, bo.needs, bo.seat) == ("", "", "", "given_up")
    assert carla.seat == "taken"
    assert addresses(news(session, "SeatGivenUp")) == set()


def test_everybody_finds_what_is_published_and_nobody_its_link_or_people(
    session: Session,
) -> None:
    hall = open_hall(session)
    hall.register("bo", organisation="Nordlys")
    session.flush()
    found = INDEXED["event"].entries(background(), session, hall.gathering.id)
    assert {(one.lang, one.title) for one in found} == {
        ("de", "Etiketten maschinell lesen"),
        ("en", "Labels seen by machines"),
    }
    assert all("public" in one.audience for one in found)
    said = " ".join(f"{one.title} {one.text} {one.labels}" for one in found)
    assert not any(word in said for word in ("zq7hall", "Nordlys", "Bo"))
    actions.cancel(
        session, hall.gathering, reasons={"en": "No"}, actor=hall.actor("astrid"), now=NOW
    )
    assert INDEXED["event"].entries(background(), session, hall.gathering.id) == []
