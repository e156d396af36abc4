"""Firms book times: first come, first served; they change, give up, and learn of nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from govmatch.applications.models import Application, State
from govmatch.interviews.models import Interview
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import rows_about
from tests.site import hidden, text_of
from tests.web.explore.results_world import Told
from tests.web.interviews.doing import (
    PATH,
    YEAR,
    book,
    booked,
    come,
    ics,
    invite,
    of,
    offer,
    own,
    page,
    slots,
    work_due,
)


def test_a_firm_is_invited_books_and_finds_what_it_needs_to_come(case: Told) -> None:
    assert offer(case).status_code == 303
    assert invite(case, "weser").status_code == 303
    dieter = case.as_("dieter")
    overview = dieter.get(own(case, "weser").removesuffix("/interview")).text
    assert "Next: book your interview until" in text_of(overview)
    assert "Book your interview" in overview
    assert "Next: book your interview until" in text_of(dieter.get("/applications").text)
    shown = text_of(dieter.get(own(case, "weser")).text)
    for said in ("Way without steps, Hearing loop", "Four of us listen", "Time (Europe/Copen"):
        assert said in shown
    assert book(case, "weser", "dieter", slots(case)[0], "Danish, please").status_code == 303
    shown = text_of(dieter.get(own(case, "weser")).text)
    for said in ("Your interview is booked", "https://video.example/labels", "45 minutes",
                 "Ask Astrid for captions.", "Booked by Dieter"):  # fmt: skip
        assert said in shown, said
    overview = text_of(dieter.get(own(case, "weser").removesuffix("/interview")).text)
    assert "Next: your interview on" in overview
    assert "Interview booked" in overview
    assert "Danish, please" in text_of(case.as_("astrid").get(page(case, "weser")).text)


def test_mails_say_only_that_something_is_there(case: Told) -> None:
    booked(case)
    case.site.work()
    letters = {one.to: one for one in case.site.postbox.letters if "nterview" in one.subject}
    world = case.world
    assert letters.keys() == {one.email for one in (world.dieter, world.eva, world.egon,
                                                    world.finn, world.rosa)}  # fmt: skip
    for one in case.site.postbox.letters:
        for secret in ("Room 3", "video.example", "Weser", "Danish, please", "10:00", "Four of us"):
            assert secret not in f"{one.subject} {one.body}", (one.subject, secret)


def test_two_firms_take_one_time_and_the_second_sees_what_is_left(case: Told) -> None:
    assert offer(case).status_code == 303
    assert invite(case, "weser", "nordlys").status_code == 303
    first, second = slots(case)
    bo = case.as_("bo")
    stale = bo.get(own(case, "nordlys")).text
    assert first in stale
    assert book(case, "weser", "dieter", first).status_code == 303
    sent = {**hidden(stale, own(case, "nordlys")), "slot": first, "needs": "A ramp"}
    answer = bo.post(own(case, "nordlys"), sent)
    assert answer.status_code == 409
    said = text_of(answer.text)
    assert "This time is taken by now" in said
    assert "A ramp" in said, "what was typed is kept"
    assert f'value="{second}"' in answer.text
    assert f'value="{first}"' not in answer.text
    assert "Weser" not in said
    assert of(case, "nordlys").slot_id is None
    assert book(case, "nordlys", "bo", second).status_code == 303


def test_the_database_itself_keeps_a_time_for_one_firm(case: Told) -> None:
    booked(case)
    assert invite(case, "nordlys").status_code == 303
    with case.site.database.writing() as session:
        taken = select(Interview.slot_id).where(Interview.slot_id.is_not(None)).scalar_subquery()
        with pytest.raises(IntegrityError):
            session.execute(update(Interview).values(slot_id=taken))


def test_a_calendar_entry_keeps_its_uid_and_raises_its_sequence(case: Told) -> None:
    booked(case)
    dieter, path = case.as_("dieter"), f"{own(case, 'weser')}.ics"
    one = ics(dieter, path)
    assert (one["SEQUENCE"], one["STATUS"], one["METHOD"]) == ("1", "CONFIRMED", "PUBLISH")
    assert one["DTSTART"] == f"{YEAR}0615T080000Z"
    assert book(case, "weser", "dieter", slots(case)[1]).status_code == 303
    two = ics(dieter, path)
    assert (two["UID"], two["SEQUENCE"]) == (one["UID"], "2")
    assert two["DTSTART"] == f"{YEAR}0615T090000Z"
    slot = f"{PATH}/slots/{slots(case)[1]}"
    moved = {"starts": f"{YEAR}-06-16T09:00", "minutes": "30", "place": "Room 9", "video": "",
             "access": "", "offers[]": []}  # fmt: skip
    assert case.as_("eva").submit(slot, slot, moved).status_code == 303
    three = ics(dieter, path)
    assert (three["UID"], three["SEQUENCE"], three["LOCATION"]) == (one["UID"], "3", "Room 9")
    give_up = f"{own(case, 'weser')}/give-up"
    assert dieter.submit(own(case, "weser"), give_up, {}).status_code == 303
    four = ics(dieter, path)
    assert (four["UID"], four["SEQUENCE"]) == (one["UID"], "4")
    assert (four["STATUS"], four["METHOD"]) == ("CANCELLED", "CANCEL")
    assert "Weser" not in case.as_("dieter").get(path).text, "calendars are open to others"


def test_nobody_learns_of_the_others(case: Told) -> None:
    booked(case)
    assert invite(case, "nordlys").status_code == 303
    bo, theirs = case.as_("bo"), own(case, "weser")
    for path in (theirs, f"{theirs}.ics", page(case, "weser"), PATH):
        assert bo.get(path).status_code in {403, 404}, path
    assert bo.post(f"{theirs}/give-up", {}).status_code == 404
    shown = bo.get(own(case, "nordlys"))
    for secret in ("Weser", "Dieter", slots(case)[0], of(case, "weser").public_id):
        assert secret not in shown.text
    assert case.as_("lea").get(own(case, "fjord")).status_code == 404, "nobody invited Fjord"


def test_until_its_date_a_firm_changes_and_afterwards_it_writes(case: Told) -> None:
    booked(case)
    first, second = slots(case)
    with case.site.database.writing() as session:
        session.execute(update(Interview).values(until=real_now() - timedelta(minutes=1)))
        commit(session)
    dieter, path = case.as_("dieter"), own(case, "weser")
    shown = dieter.get(path).text
    assert "The time to book or change is over" in text_of(shown)
    assert second not in shown
    assert dieter.post(path, {"slot": second}).status_code == 403
    assert of(case, "weser").slot_id is not None
    with case.site.database.reading() as session:
        application = session.get_one(Application, case.world.of("weser").id)
        assert application.interview_at is not None
        events = [row.event for row in rows_about(session, "application", application.id)]
        assert events.count("InterviewBooked") == 1
        assert "InterviewMoved" not in events
    assert first


def test_an_interview_is_called_off_by_hand_and_by_what_happens_to_its_application(
    case: Told,
) -> None:
    here = booked(case)
    eva = case.as_("eva")
    said = eva.submit(here, f"{here}/call-off", {"reason": ""})
    assert said.status_code == 422
    assert eva.submit(here, f"{here}/call-off", {"reason": "The jury is ill."}).status_code == 303
    shown = text_of(case.as_("dieter").get(own(case, "weser")).text)
    assert "The jury is ill." in shown
    assert invite(case, "weser", "nordlys").status_code == 303, "it may be invited again"
    assert book(case, "weser", "dieter", slots(case)[0]).status_code == 303
    with case.site.database.writing() as session:
        session.get_one(Application, case.world.of("weser").id).state = State.IN_REVIEW.value
        commit(session)
    work_due(case)
    assert of(case, "weser").state == "called_off"
    assert of(case, "nordlys").state == "invited"
    assert slots(case)[0] in case.as_("bo").get(own(case, "nordlys")).text, "free again"


def test_what_is_missing_of_a_booking_is_said_in_the_order_of_the_page(case: Told) -> None:
    assert offer(case).status_code == 303
    assert invite(case, "weser").status_code == 303
    path = own(case, "weser")
    answer = case.as_("dieter").submit(path, path, {"needs": "x" * 1001})
    assert answer.status_code == 422
    summary = answer.text.partition('id="error-summary"')[2].partition("</ul>")[0]
    assert 0 < summary.find('href="#f-slot"') < summary.find('href="#f-needs"')


def test_times_neither_overlap_nor_lie_in_the_past_nor_nowhere(case: Told) -> None:
    assert offer(case).status_code == 303
    for more, said in (
        ({"starts": f"{YEAR}-06-15T10:30"}, "another slot already"),
        ({"starts": "2020-06-15T10:30"}, "has not passed"),
        ({"starts": f"{YEAR}-06-17T10:30", "place": "", "video": ""}, "Please say where"),
        ({"starts": f"{YEAR}-06-17T10:30", "video": "javascript:x"}, "Please enter an address"),
        ({"starts": f"{YEAR}-06-17T10:30", "minutes": "5"}, "from 10 to 240"),
        ({"starts": f"{YEAR}-06-17T10:30", "count": "900"}, "from 1 to 24"),
    ):
        answer = offer(case, **more)
        assert answer.status_code == 422, more
        assert said in text_of(answer.text), more
    assert len(slots(case)) == 2


def test_a_booked_time_is_not_taken_away(case: Told) -> None:
    booked(case)
    first, second = (f"{PATH}/slots/{one}/remove" for one in slots(case))
    eva = case.as_("eva")
    assert eva.submit(PATH, second, {}).status_code == 303
    assert first not in eva.get(PATH).text
    assert eva.post(first).status_code == 409
    assert len(slots(case)) == 1


def test_reminders_go_out_once_before_the_date_and_before_the_time(case: Told) -> None:
    here = booked(case)
    assert invite(case, "nordlys").status_code == 303
    soon = real_now() + timedelta(hours=20)
    with case.site.database.writing() as session:
        session.execute(update(Interview).values(until=soon))
        commit(session)
    come(case)
    with case.site.database.writing() as session:
        booked_one = session.scalars(select(Interview).where(Interview.state == "booked")).one()
        assert booked_one.slot is not None
        booked_one.slot.starts = soon
        commit(session)
    for _ in range(2):
        work_due(case)
    subjects = [(one.to, one.subject) for one in case.site.postbox.letters]
    reminded = [to for to, subject in subjects if "Reminder of your interview" in subject]
    assert sorted(reminded) == sorted(
        one.email for one in (case.world.bo, case.world.carla, case.world.dieter)
    )
    assert here
