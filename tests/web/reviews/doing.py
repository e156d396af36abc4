"""What people do on the pages of reviews, in few words."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.kit.db import commit
from govmatch.reviews.models import Review
from tests.site import Browser, Site, hidden
from tests.unit.reviews import reviewing
from tests.web.reviews.world import Selection

STATEMENT = {"confidential": "yes", "impartial": "yes", "then": "declare"}
FULL_SHEET = {
    "points-fit": "4", "points-team": "5", "comment-team": "Outstanding", "comment": "Sound",
    "private_note": "numbat",
}  # fmt: skip


def declare(browser: Browser, made: Selection, **fields: Any) -> Any:
    return browser.submit(made.declaration, made.declaration, {**STATEMENT, **fields})


def assigned(site: Site, made: Selection, *who: str, declared: bool = True) -> None:
    """Give both applications to these people, who have declared nothing but themselves."""
    with site.database.writing() as session:
        here = loaded(session, made)
        for name in who if declared else ():
            reviewing.declare(session, here, name)
        reviewing.assign(session, here, *who)
        commit(session)


def loaded(session: Any, made: Selection) -> Selection:
    """Return the selection with rows of this session."""
    people = {k: session.merge(v) for k, v in made.world.people.items()}
    firms = {k: session.merge(v) for k, v in made.world.firms.items()}
    applications = {k: session.merge(v) for k, v in made.applications.items()}
    world = replace(made.world, people=people, firms=firms)
    return Selection(world, session.merge(made.challenge), applications)


def address(site: Site, made: Selection, who: str, firm: str) -> str:
    return f"/reviews/{review(site, made, who, firm).public_id}"


def review(site: Site, made: Selection, who: str, firm: str) -> Review:
    """Return what is kept of a review, with its scores."""
    with site.database.reading() as session:
        found = (
            select(Review)
            .where(
                Review.person_id == made.world.people[who].id,
                Review.application_id == made.applications[firm].id,
            )
            .options(joinedload(Review.scores))
        )
        return session.scalars(found).unique().one()


def save(browser: Browser, page: str, **fields: str) -> Any:
    return browser.submit(page, page, fields)


def submit(browser: Browser, page: str, **fields: str) -> Any:
    """Press Submit: the form's hidden fields go to the button's own address."""
    kept = hidden(browser.get(page).text, page)
    return browser.post(f"{page}/submit", {**kept, **FULL_SHEET, **fields})
