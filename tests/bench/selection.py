"""A world in which challenges were opened, reviewed, decided and tried, beside the open ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from govmatch.accounts.models import Person
from govmatch.accounts.queries import roles_of
from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.decisions import actions as decisions
from govmatch.decisions.models import Decision, Letter
from govmatch.kit.actor import Actor
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.journal import last_id
from govmatch.pilots.models import Pilot
from govmatch.reviews.models import Review, State
from govmatch.search.writer import Writer
from govmatch.settings import Settings
from tests.bench import chronicle
from tests.bench.cases import Case, Desk, Size, add_desk, next_id, open_cases, sign_in
from tests.bench.entries import add_entries, forms_for
from tests.bench.texts import Texts
from tests.bench.trials import add_pilots
from tests.bench.verdicts import add_decision, add_reviews


@dataclass(frozen=True)
class Selection:
    """What the measurements ask for: sessions and addresses."""

    manager: str
    auditor: str
    reviewer: str
    judged: str
    """The challenge whose reviews are under way."""
    cases: list[str]
    to_do: list[str]
    """Reviews of the judged challenge that wait for the reviewer."""
    done: list[str]
    pilots: list[str]
    applications: list[str]
    told: list[str]
    """Confirmed decisions whose letters wait for their release."""
    rows: int
    """Of the journal."""


def add_selection(settings: Settings, database: Database, texts: Texts, size: Size) -> Selection:
    """Fill a world with what follows the deadline, in one transaction but for what is told."""
    now = real_now()
    with database.writing() as session:
        desk = add_desk(session, size, texts, now=now)
        cases = open_cases(session, size, desk, texts, now=now)
        _fill(session, cases, size, desk, texts, now)
        commit(session)
    with database.writing() as session:
        rows = chronicle.write(session, cases, desk, now=now)
        commit(session)
    told = [_told(settings, database, one, desk) for one in cases[: size.told]]
    with database.writing() as session:
        made = _found(session, cases, cases[size.told], desk, told, rows, now)
        commit(session)
    _pass_over(settings, database)
    return made


def _fill(
    session: Session, cases: list[Case], size: Size, desk: Desk, texts: Texts, now: datetime
) -> None:
    forms = forms_for(session, cases[0], texts)
    entry, review = next_id(session, Application), next_id(session, Review)
    for place, case in enumerate(cases):
        if not case.size:
            continue
        add_entries(session, case, entry, desk, forms, texts)
        add_reviews(session, case, review, texts, is_told=place < size.told)
        entry += case.size
        review += sum(len(one.reviews) for one in case.entries)
        if case.stage is not Stage.IN_SELECTION:
            add_decision(session, case, desk, texts)
        if case.stage in {Stage.PILOTING, Stage.COMPLETED}:
            add_pilots(session, case, size.pilots_each, desk, texts, now=now)


def acting(session: Session, person_id: int, *, now: datetime) -> Actor:
    """Return a person as the one who acts, with the second factor given."""
    person = session.get_one(Person, person_id)
    return Actor(
        person_id=person.id, name=person.name, roles=frozenset(roles_of(session, person, now=now))
    )


def _told(settings: Settings, database: Database, case: Case, desk: Desk) -> str:
    """Lead a case up to its release by the site's own acts; return its decision's public id."""
    now = real_now()
    with database.writing() as session:
        manager = acting(session, desk.manager, now=now)
        approver = acting(session, desk.approver, now=now)
        challenge = session.get_one(Challenge, case.id)
        decision = decisions.begin(session, challenge, actor=manager, now=now)
        said = decisions.Proposal(
            reasons={"en": "The best by the published criteria."}, deviation="By the minutes."
        )
        decisions.save(session, decision, said, revision=decision.revision, actor=manager, now=now)
        decisions.propose(session, decision, revision=decision.revision, actor=manager, now=now)
        decisions.confirm(
            session, decision, revision=decision.revision, actor=approver, now=now, real_now=now
        )
        letters = session.execute(
            select(Letter.public_id, Letter.revision)
            .join(Letter.determination)
            .where(Letter.application_id.in_([one.id for one in case.entries]))
        ).tuples()
        decisions.check_several(session, decision, letters.all(), actor=manager, now=now)
        commit(session)
        return decision.public_id


def _found(
    session: Session, cases: list[Case], judged: Case, desk: Desk, told: list[str], rows: int,
    now: datetime,
) -> Selection:  # fmt: skip
    reviewer = desk.reviewers[0]
    here = [one.id for one in judged.entries]

    def own(*states: State) -> list[str]:
        found = select(Review.public_id).where(
            Review.person_id == reviewer,
            Review.application_id.in_(here),
            Review.state.in_(states),
        )
        return list(session.scalars(found.order_by(Review.id)))

    return Selection(
        manager=sign_in(session, desk.manager, now=now),
        auditor=sign_in(session, desk.auditor, now=now),
        reviewer=sign_in(session, reviewer, now=now),
        judged=judged.slug,
        cases=[one.slug for one in cases],
        to_do=own(State.ASSIGNED, State.DRAFT),
        done=own(State.SUBMITTED),
        pilots=list(session.scalars(select(Pilot.public_id).order_by(Pilot.id))),
        applications=[entry.public_id for one in cases for entry in one.entries],
        told=told,
        rows=rows,
    )


def _pass_over(settings: Settings, database: Database) -> None:
    """Have the index follow only what comes next: it holds the challenges and firms as they were.

    None of the pages that are measured asks it for anything else.
    """
    writer = Writer(settings.index_dir)
    with database.reading() as session:
        cursor = last_id(session)
    writer.apply([], cursor=cursor)
    writer.close()


def released(database: Database, public_id: str) -> bool:
    """Tell whether a decision is out."""
    with database.reading() as session:
        found = select(Decision.state).where(Decision.public_id == public_id)
        return session.execute(found).scalar_one() == "released"
