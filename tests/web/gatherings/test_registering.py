"""Registering on the site: with an account, without one by a mailed link, and giving up again."""

from datetime import timedelta

from govmatch.gatherings import actions
from govmatch.gatherings.models import Kind
from govmatch.kit.db import commit
from govmatch.kit.journal import Head
from tests.site import Browser, hidden, text_of
from tests.unit.gatherings.making import LINK, NOW, STARTS, Hall, open_hall
from tests.web.gatherings.world import GUEST, Stage


def move_clock(stage: Stage, seconds: float) -> None:
    with stage.site.database.writing() as session:
        session.get_one(Head, 1).clock_offset = int(seconds)
        commit(session)


def unfolded(browser: Browser, path: str) -> str:
    """Return a calendar file with its long lines whole."""
    return str(browser.get(path).text.replace("\r\n ", ""))


def cancel(hall: Hall) -> None:
    actions.cancel(
        hall.session, hall.gathering, reasons={"en": "Flood in the hall"},
        actor=hall.actor("astrid"), now=NOW,
    )  # fmt: skip


def test_with_an_account_a_place_is_taken_at_once_and_the_form_sent_twice_takes_one(
    open_event: Stage,
) -> None:
    bo, path = open_event.as_("bo"), f"{open_event.path}/register"
    page = bo.get(path).text
    fields = {**hidden(page, path), "answer": "Which cameras?"}
    first, second = bo.post(path, fields), bo.post(path, fields)
    assert first.headers["location"] == second.headers["location"] == f"{open_event.path}/place"
    assert open_event.seats() == {"Bo": "taken"}
    assert "You have a place." in text_of(bo.get(f"{open_event.path}/place").text)
    assert bo.get(path).headers["location"] == f"{open_event.path}/place"


def test_the_address_to_join_is_shown_to_who_has_a_place_alone(open_event: Stage) -> None:
    for name in ("bo", "carla", "dieter"):
        open_event.register(name)
    for name, shown in (("bo", True), ("dieter", False), ("gro", False)):
        assert (LINK in open_event.as_(name).get(open_event.path).text) is shown, name
        assert (LINK in unfolded(open_event.as_(name), f"{open_event.path}.ics")) is shown, name
    assert LINK not in open_event.site.visit().get(open_event.path).text
    place = open_event.as_("dieter").get(f"{open_event.path}/place").text
    assert "Place 1 on the waiting list" in place
    assert LINK not in place
    for path in ("/events", "/events.ics", "/events.atom", "/events.json"):
        assert LINK not in open_event.site.visit().get(path).text


def test_somebody_without_an_account_registers_by_the_mailed_link_once(
    open_event: Stage,
) -> None:
    link = open_event.come(needs="A ramp")
    guest = open_event.site.visit()
    assert open_event.seats() == {}
    for _ in range(2):  # scanners of mail open what they find
        assert "Olga Ohlsen" in guest.get(link).text
    assert open_event.seats() == {}
    done = guest.post(link)
    assert done.status_code == 303
    place = done.headers["location"]
    assert open_event.seats() == {"Olga Ohlsen": "taken"}
    page = guest.get(place)
    assert page.headers["cache-control"] == "no-store"
    assert LINK in page.text
    assert LINK in unfolded(guest, f"{place}.ics")
    again = guest.post(link)
    assert again.status_code == 410
    assert "has been used" in text_of(again.text)
    open_event.site.work()
    assert open_event.link(rf"{open_event.path}/place/[\w.-]+") == place


def test_the_mailed_link_manages_and_cancels_and_the_next_is_told(open_event: Stage) -> None:
    guest = open_event.site.visit()
    place = guest.post(open_event.come()).headers["location"]
    open_event.register("bo")
    open_event.register("carla")
    changed = guest.submit(place, place, {"organisation": "Ohlsen & Co", "answer": "", "needs": ""})
    assert changed.status_code == 303
    assert "Ohlsen &amp; Co" in guest.get(place).text
    gone = guest.submit(place, place, {"act": "give-up"})
    assert gone.status_code == 303
    assert open_event.seats() == {"Olga Ohlsen": "given_up", "Bo": "taken", "Carla": "taken"}
    open_event.site.work()
    subjects = {one.subject for one in open_event.site.postbox.letters[-2:]}
    assert subjects == {
        "Your registration is cancelled: Labels seen by machines",
        "You have a place now: Labels seen by machines",
    }
    assert "You have a place now" in open_event.as_("carla").get("/inbox").text
    assert guest.post(place, {"act": "give-up"}).status_code == 403
    assert "Register again" in guest.get(place).text


def test_known_and_unknown_addresses_are_answered_alike(open_event: Stage) -> None:
    path = f"{open_event.path}/register"
    open_event.register("bo")
    bo = open_event.world.people["bo"].email
    answers = []
    for email in (bo, "nobody@out.example"):
        visitor = open_event.site.visit()
        answer = visitor.submit(path, path, {**GUEST, "email": email})
        sent = visitor.get(answer.headers["location"])
        answers.append((answer.status_code, answer.headers["location"], sent.text))
    assert answers[0] == answers[1]


def test_a_link_that_is_not_ours_or_of_another_event_leads_nowhere(open_event: Stage) -> None:
    link = open_event.come()
    guest = open_event.site.visit()
    for wrong in (link[:-3] + "xyz", f"{open_event.path}/confirm/{'a' * 40}"):
        assert guest.get(wrong).status_code == 410
        assert guest.post(wrong).status_code == 410
    assert guest.get(f"{open_event.path}/place/{'a' * 40}").status_code == 410
    assert open_event.seats() == {}


def test_after_the_close_neither_form_nor_link_takes_a_place(open_event: Stage) -> None:
    link = open_event.come()
    path = f"{open_event.path}/register"
    move_clock(open_event, (STARTS - NOW).total_seconds() + 60)
    guest = open_event.site.visit()
    assert "Registration has closed." in text_of(guest.get(path).text)
    assert guest.post(path, GUEST).status_code == 403
    assert open_event.as_("bo").post(path, {}).status_code == 403
    assert guest.post(link).status_code == 410
    assert open_event.seats() == {}


def test_a_link_to_a_registration_is_over_30_days_after_the_event(open_event: Stage) -> None:
    guest = open_event.site.visit()
    place = guest.post(open_event.come()).headers["location"]
    move_clock(open_event, (STARTS - NOW + timedelta(days=31)).total_seconds())
    assert guest.get(place).status_code == 410


def test_a_cancelled_event_says_so_everywhere(open_event: Stage) -> None:
    open_event.register("bo")
    open_event.do(cancel)
    visitor = open_event.site.visit()
    page = text_of(visitor.get(open_event.path).text)
    assert "This event was cancelled Flood in the hall" in page
    assert "Register" not in page
    bo = open_event.as_("bo")
    assert "Flood in the hall" in bo.get(f"{open_event.path}/place").text
    assert LINK not in bo.get(f"{open_event.path}/place").text
    assert "This event was cancelled." in text_of(visitor.get(f"{open_event.path}/register").text)
    assert visitor.post(f"{open_event.path}/register", GUEST).status_code == 403


def test_the_calendar_keeps_its_uid_and_raises_its_sequence_until_it_cancels(
    open_event: Stage,
) -> None:
    def lines() -> dict[str, str]:
        text = unfolded(open_event.site.visit(), f"{open_event.path}.ics")
        split = (line.partition(":") for line in text.split("\r\n"))
        return {name: value for name, _, value in split}

    first = lines()
    assert first["METHOD"] == "PUBLISH"
    assert first["STATUS"] == "CONFIRMED"
    assert first["DTSTART"] == f"{STARTS:%Y%m%dT%H%M%SZ}"
    assert first['ORGANIZER;CN="Events office"'] == "mailto:events@safety.example"
    open_event.do(lambda hall: hall.save(place="Hall 2"))
    changed = lines()
    open_event.do(cancel)
    last = lines()
    assert (last["METHOD"], last["STATUS"]) == ("CANCEL", "CANCELLED")
    assert first["UID"] == changed["UID"] == last["UID"]
    assert [int(one["SEQUENCE"]) for one in (first, changed, last)] == [1, 2, 3]
    every = open_event.site.visit().get("/events.ics").text
    assert "STATUS:CANCELLED" in every
    assert "METHOD:PUBLISH" in every


def test_what_is_missing_is_said_and_what_was_typed_stays(open_event: Stage) -> None:
    path = f"{open_event.path}/register"
    visitor = open_event.site.visit()
    answer = visitor.submit(path, path, {"name": "Olga", "email": "olga", "answer": "Kept words"})
    assert answer.status_code == 422
    assert "Please enter an e-mail address" in answer.text
    assert "Please confirm this." in answer.text
    assert "Kept words" in answer.text
    switched = visitor.submit(path, f"{path}?lang=de", {"name": "Olga", "switch_lang": "de"})
    assert switched.status_code == 200
    assert "Olga" in switched.text


def test_the_list_of_events_is_a_page_and_its_part_and_costs_the_same_for_three(
    open_event: Stage,
) -> None:
    visitor = open_event.site.visit()
    page, part = visitor.get("/events"), visitor.get("/events", **{"HX-Request": "true"})
    assert part.text.strip() in page.text
    one = open_event.statements(open_event.as_("gro"), "/events")
    for _ in range(2):
        open_event.do(lambda hall: open_hall(hall.session, hall.world))
    assert open_event.statements(open_event.as_("gro"), "/events") == one
    assert "3 events are coming" in visitor.get("/events?kind=seminar").text
    assert "/events.atom?kind=seminar" in visitor.get("/events?kind=seminar").text


def test_a_feed_and_a_calendar_can_be_narrowed_as_the_list(open_event: Stage) -> None:
    open_event.do(lambda hall: open_hall(hall.session, hall.world, kind=Kind.COURSE))
    visitor = open_event.site.visit()
    for path, each in (("/events.atom", "<entry"), ("/events.ics", "BEGIN:VEVENT")):
        assert visitor.get(path).text.count(each) == 2
        assert visitor.get(f"{path}?kind=course").text.count(each) == 1
        assert visitor.get(f"{path}?kind=course&where=online").text.count(each) == 1


def test_events_stand_on_the_page_of_their_challenge_by_address(open_event: Stage) -> None:
    visitor = open_event.site.visit()
    challenge = open_event.world.challenges["long"].slug
    number = open_event.world.challenges["long"].id
    assert "There is no event about it." in visitor.get(f"/challenges/{challenge}/events").text
    open_event.do(lambda hall: hall.save(challenges=(number,)))
    assert "Labels seen by machines" in visitor.get(f"/challenges/{challenge}/events").text
    assert f"/challenges/{challenge}/events" in visitor.get(f"/challenges/{challenge}").text


def test_what_is_published_is_found_in_search_and_in_the_map(open_event: Stage) -> None:
    open_event.site.work()
    visitor = open_event.site.visit()
    assert open_event.path in visitor.get("/search?q=cameras&kind=event").text
    assert open_event.path in visitor.get("/sitemap.xml").text
