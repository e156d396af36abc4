"""What people do about a meeting, in few words."""

import re
from typing import Any

from sqlalchemy import select, update

from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.panels.models import Panel, PanelItem
from govmatch.programmes.models import Programme
from govmatch.reviews.models import Review, Score
from tests.site import Browser
from tests.web.decisions.world import World
from tests.web.explore.results_world import Told

PATH = "/desk/challenges/labels/panel"
YEAR = real_now().year + 1


def call(case: Told, *firms: str, who: str = "eva", chair: str = "finn", **more: Any) -> Any:
    """Call Finn and Rosa together about some applications."""
    people = case.world.people
    fields = {
        "starts": f"{YEAR}-06-15T10:00",
        "place": "Room 3, ground floor, Kanalstraat 1",
        "video": "",
        "access": "Induction loop",
        "members[]": [people["finn"].public_id, people["rosa"].public_id],
        "chair": people[chair].public_id if chair else "",
        "items[]": [case.world.of(name).public_id for name in firms or ("weser", "nordlys")],
    }
    browser = case.as_(who)
    return browser.submit(f"{PATH}/call", f"{PATH}/call", {**fields, **more})


def begin(case: Told, *there: str, who: str = "finn") -> Any:
    present = [case.world.people[name].public_id for name in there or ("finn", "rosa")]
    return case.as_(who).submit(PATH, f"{PATH}/begin", {"present[]": present})


def item(case: Told, firm: str) -> str:
    """Return the address of an application on the agenda."""
    with case.site.database.reading() as session:
        found = select(PanelItem).where(PanelItem.application_id == case.world.of(firm).id)
        return f"{PATH}/items/{session.scalars(found).one().public_id}"


def note(case: Told, firm: str, *, who: str = "finn", **fields: str) -> Any:
    path = item(case, firm)
    return case.as_(who).submit(path, path, {"note": f"On {firm}: muscat.", **fields})


def end(case: Told, who: str = "finn") -> Any:
    return case.as_(who).submit(PATH, f"{PATH}/end", {"remarks": "All were of one mind."})


def sign(case: Told, who: str) -> Any:
    return case.as_(who).submit(f"{PATH}/minutes", f"{PATH}/sign", {})


def held(case: Told) -> None:
    """Hold a meeting to the end: Weser gets 3 for fit, which the reviews gave 2.5."""
    assert call(case).status_code == 303
    assert begin(case).status_code == 303
    given = {"points-fit": "3", "reason-fit": "Both heard the other."}
    assert note(case, "weser", **given).status_code == 303
    assert note(case, "nordlys").status_code == 303
    assert end(case).status_code == 303


def panel(case: Told) -> Panel:
    with case.site.database.reading() as session:
        found = session.scalars(select(Panel)).one()
        session.expunge(found)
        return found


def means(browser: Browser) -> dict[str, str]:
    """Return the means of the ranking on the page of the decision, by firm."""
    html = browser.get("/desk/challenges/labels/decision").text
    found = re.findall(
        r'data-label="Application"><a[^>]*>([^<]+)</a>.*?data-label="Mean">([^<]+)<',
        html,
        re.DOTALL,
    )
    return {name.split(" ")[0]: mean for name, mean in found}


def disagree(session: Session, world: World) -> None:
    """Let Rosa give Weser 1 and 4 where Finn gave 4 and 4."""
    quorum = {"panel_quorum": {"value": 2}}
    session.execute(update(Programme).values(rules={**world.programmes["labels"].rules, **quorum}))
    review = session.scalars(
        select(Review).where(
            Review.application_id == world.of("weser").id, Review.person_id == world.rosa.id
        )
    ).one()
    own = (Score.review_id == review.id) & (Score.criterion == "fit")
    session.execute(update(Score).where(own).values(points=1))
    review.mean = 2.2
