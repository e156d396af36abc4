"""What people do about interviews, in few words."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from govmatch.applications.actions import access
from govmatch.applications.models import How, State
from govmatch.interviews import actions
from govmatch.interviews.models import Interview, Slot
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session, commit
from govmatch.programmes.models import Programme
from govmatch.reviews.models import Declaration, Review, Score
from tests.site import Browser
from tests.unit.decisions.acting import NOW, acting
from tests.web.decisions.world import World
from tests.web.explore.results_world import Told

PATH = "/desk/challenges/labels/interviews"
NAMES = "/reviews/challenges/labels/names"
YEAR = real_now().year + 1
FIRMS = ("nordlys", "weser", "fjord")
JURY = ("finn", "rosa")


def shortlist(session: Session, world: World) -> None:
    """Put three firms on the shortlist; Finn and Rosa declared, and read them without names.

    Rosa gave Weser 1 for fit where Finn gave 4, and was not sure.
    """
    rules = {"interviews": {"value": True}, "panel_quorum": {"value": 2}}
    session.execute(update(Programme).values(rules=rules))
    eva = acting(session, world.eva)
    for name in JURY:
        person = world.people[name]
        declared = NOW - timedelta(hours=2)
        session.add(Declaration(challenge_id=world.case.id, person_id=person.id, at=declared))
        for firm in FIRMS:
            access.grant(
                session, world.of(firm), person.id, how=How.BLIND, why="review", actor=eva, now=NOW
            )
    for firm in FIRMS:
        world.of(firm).state = State.SHORTLISTED.value
    session.execute(update(Review).values(is_blind=True))
    rosa = session.scalars(
        select(Review).where(
            Review.application_id == world.of("weser").id, Review.person_id == world.rosa.id
        )
    ).one()
    rosa.confidence, rosa.mean = "low", 2.2
    own = (Score.review_id == rosa.id) & (Score.criterion == "fit")
    session.execute(update(Score).where(own).values(points=1))


def offer(case: Told, *, who: str = "eva", **more: Any) -> Any:
    """Offer two times, at ten and at eleven."""
    fields = {
        "starts": f"{YEAR}-06-15T10:00",
        "minutes": "45",
        "pause": "15",
        "count": "2",
        "place": "Room 3, ground floor, Kanalstraat 1",
        "video": "https://video.example/labels",
        "offers[]": ["step_free", "hearing_loop"],
        "access": "Ask Astrid for captions.",
    }
    return case.as_(who).submit(f"{PATH}/slots", f"{PATH}/slots", {**fields, **more})


def invite(case: Told, *firms: str, who: str = "eva", **more: Any) -> Any:
    fields = {
        "items[]": [case.world.of(name).public_id for name in firms],
        "until": f"{YEAR}-06-01T12:00",
        "message": "Four of us listen, in English.",
    }
    return case.as_(who).submit(f"{PATH}/invite", f"{PATH}/invite", {**fields, **more})


def own(case: Told, firm: str) -> str:
    return f"/applications/{case.world.of(firm).public_id}/interview"


def slots(case: Told) -> list[str]:
    """Return the public ids of the slots by their time."""
    with case.site.database.reading() as session:
        return list(session.scalars(select(Slot.public_id).order_by(Slot.starts)))


def book(case: Told, firm: str, who: str, slot: str, needs: str = "") -> Any:
    path = own(case, firm)
    return case.as_(who).submit(path, path, {"slot": slot, "needs": needs})


def of(case: Told, firm: str) -> Interview:
    with case.site.database.reading() as session:
        found = select(Interview).where(Interview.application_id == case.world.of(firm).id)
        interview = session.scalars(found).one()
        session.expunge(interview)
        return interview


def page(case: Told, firm: str) -> str:
    return f"{PATH}/{of(case, firm).public_id}"


def booked(case: Told, firm: str = "weser", who: str = "dieter") -> str:
    """Invite a firm that then books the first time; return the page of its interview."""
    assert offer(case).status_code == 303
    assert invite(case, firm).status_code == 303
    assert book(case, firm, who, slots(case)[0], "Danish, please").status_code == 303
    return page(case, firm)


def come(case: Told, firm: str = "weser") -> None:
    """Let the booked time come."""
    with case.site.database.writing() as session:
        slot = update(Slot).where(Slot.id == of(case, firm).slot_id)
        session.execute(slot.values(starts=real_now() - timedelta(minutes=1)))
        commit(session)


def reveal(case: Told, *firms: str, who: str = "eva", why: str = "The jury meets them.") -> Any:
    items = [case.world.of(name).public_id for name in firms]
    path = f"{PATH}/names"
    return case.as_(who).submit(path, path, {"items[]": items, "why": why})


def declare(case: Told, who: str, ties: str = "") -> Any:
    return case.as_(who).submit(NAMES, NAMES, {"impartial": "yes", "other_ties": ties})


def hold(case: Told, firm: str = "weser", who: str = "eva", there: tuple[str, ...] = JURY) -> Any:
    path = page(case, firm)
    people = [case.world.people[name].public_id for name in there]
    fields = {"people[]": people, "firm_people": "The two who founded it"}
    return case.as_(who).submit(path, f"{path}/held", fields)


def ics(browser: Browser, path: str) -> dict[str, str]:
    """Return the lines of a calendar file by their names, unfolded."""
    lines = browser.get(path).text.replace("\r\n ", "").split("\r\n")
    return {name: value for name, _, value in (line.partition(":") for line in lines)}


def work_due(case: Told) -> None:
    """Let the background do what it looks for each minute, and send what follows."""
    with case.site.database.writing() as session:
        actions.settle(session, now=real_now())
        actions.remind(session, now=real_now())
        commit(session)
    case.site.work()
