"""Two people at the same moment: one is first, the other is told, nothing is lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from govmatch.accounts.models import Person
from govmatch.applications.models import State
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, NotAllowed
from govmatch.kit.journal import JournalRow, verify
from govmatch.triage import actions, queries
from govmatch.triage.models import Handling
from tests.site import Site
from tests.unit.applications.acting import acting
from tests.unit.triage.doing import AFTER
from tests.web.applications.doing import kept
from tests.web.triage.conftest import Case

PAGE = "/desk/challenges/long/opening"


def at_once(site: Site, people: list[Person], act: Callable[[Session, Actor], object]) -> list[str]:
    """Let each do the same in a transaction of their own; return what came of it."""

    def do(person: Person) -> str:
        with site.database.writing() as session:
            try:
                act(session, acting(session, person))
            except (Conflict, NotAllowed) as refused:
                return type(refused).__name__
            commit(session)
            return "done"

    with ThreadPoolExecutor(len(people)) as pool:
        return sorted(pool.map(do, people))


def test_two_managers_moving_one_card_do_not_overwrite_each_other(site: Site, opened: Case) -> None:
    def move(session: Session, actor: Actor) -> None:
        application = queries.get_readable(session, actor, opened.nordlys)
        to = State.IN_REVIEW if actor.name == "Eva" else State.INELIGIBLE
        actions.move(session, application, to, revision=1, actor=actor, now=AFTER)

    came = at_once(site, [opened.world.eva, opened.world.ole], move)
    assert came == ["Conflict", "done"]
    with site.database.reading() as session:
        moves = session.query(JournalRow).filter(JournalRow.event == "ApplicationMoved").count()
        rows = {row.revision for row in session.query(Handling)}
    assert (moves, rows) == (1, {1, 2})


def test_an_opening_completed_twice_at_once_is_one(site: Site, sealed: Case) -> None:
    eva = site.as_(sealed.world.eva)
    assert eva.submit(PAGE, PAGE, {}).status_code == 303
    browsers = [site.as_(sealed.world.people[name]) for name in ("astrid", "ole", "hanne")]
    with ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda one: one.post(f"{PAGE}/complete", {"form_key": "k" * 43}), browsers)
        )
    assert sorted(one.status_code for one in answers) == [303, 403, 403]
    with site.database.reading() as session:
        opened = session.query(JournalRow).filter(JournalRow.event == "ApplicationsOpened").count()
        handled = session.query(Handling).count()
        assert verify(session).bad_id is None
    assert (opened, handled) == (1, 2)


def test_a_firm_that_withdraws_at_that_moment_is_not_moved_back(site: Site, opened: Case) -> None:
    bo, address = site.as_(opened.world.bo), f"/applications/{opened.nordlys}"

    def move(_: int) -> str:
        def act(session: Session, actor: Actor) -> None:
            found = queries.get_readable(session, actor, opened.nordlys)
            actions.move(session, found, State.IN_REVIEW, revision=1, actor=actor, now=AFTER)

        return at_once(site, [opened.world.eva], act)[0]

    def withdraw(_: int) -> str:
        fields = {"final": "yes", "form_key": "k" * 43}
        return str(bo.post(f"{address}/withdraw", fields).status_code)

    with ThreadPoolExecutor(2) as pool:
        moved, gone = pool.submit(move, 0), pool.submit(withdraw, 0)
        outcome = (moved.result(), gone.result())
    assert outcome[1] == "303" and outcome[0] in {"done", "NotAllowed"}
    (nordlys,) = [one for one in kept(site) if one.public_id == opened.nordlys]
    assert nordlys.state == State.WITHDRAWN
