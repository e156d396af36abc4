"""A bulk move of thousands of applications, measured: its preview and its one transaction."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import func, select

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge, State
from govmatch.kit.db import Database
from govmatch.kit.journal import JournalRow
from tests.bench import costs
from tests.bench.figures import Figure
from tests.bench.selection import Selection
from tests.bench.server import Server
from tests.site import hidden

MOST = 5_000
MOVE = 3.0  # seconds
PATH, TO = "/triage/bulk", "ineligible"
STATES = ("submitted", "in_review", "shortlisted")


def moves(server: Server, database: Database, world: Selection) -> Iterator[Figure]:
    """Move what is being assessed out of it, at most 5,000 applications."""
    with costs.browser(server, token=world.manager) as one:
        keys = _ids(database)
        asked = {"act": f"state:{TO}", "ids": " ".join(keys)}
        preview = one.post(PATH, asked, Accept_Encoding="identity").body.decode()
        sent = {**hidden(preview, PATH), "then": "change"}
        number = len(sent["seen"].split())
        before = _moved(database)
        took = costs.per_request(server, [partial(one.post, PATH, sent)], 303) / 1000
        rows = _moved(database) - before
        if rows != number:
            raise costs.Failed(f"{rows} rows in the journal for {number} applications")
        shown = partial(one.post, PATH, {**asked, "act": "state:in_review"})
        cost = costs.per_request(server, [shown], 200) / 1000
    how = f"{number:,} applications, one transaction, a row of the journal each; CPU of the server"
    yield Figure(name="bulk move", value=took, unit="s", limit=MOVE, how=how)
    how = f"{len(keys):,} applications"
    yield Figure(name="bulk move: its preview", value=cost, unit="s", limit=MOVE, how=how)


def _ids(database: Database) -> list[str]:
    """Return what is being assessed, the oldest first."""
    with database.reading() as session:
        found = (
            select(Application.public_id)
            .join(Challenge, Challenge.id == Application.challenge_id)
            .where(Application.state.in_(STATES), Challenge.state == State.IN_SELECTION)
            .order_by(Application.id)
            .limit(MOST)
        )
        return list(session.scalars(found))


def _moved(database: Database) -> int:
    with database.reading() as session:
        found = select(func.count()).where(JournalRow.event == "ApplicationMoved")
        return session.execute(found).scalar_one()
