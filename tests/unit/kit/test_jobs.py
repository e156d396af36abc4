"""Jobs: one per listener and journal row, claimed by one, leased, tried again, parked at last."""

from datetime import timedelta

from govmatch.kit import jobs
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session, commit
from tests.unit.kit.test_journal import LampCleaned, LampLit, light

NOW = real_now()


def test_each_journal_row_becomes_one_job_per_listener_once(database: Database) -> None:
    light(database, LampLit(subject_id=1), LampCleaned(subject_id=1))
    listeners = {"LampLit": ("tell", "count")}
    with database.writing() as session:
        assert jobs.dispatch(session, listeners, now=NOW) == 2
        commit(session)
    with database.writing() as session:
        assert jobs.dispatch(session, listeners, now=NOW) == 0
        found = session.query(jobs.Job).order_by(jobs.Job.handler)
        assert [(job.handler, job.key) for job in found] == [("count", "1"), ("tell", "1")]


def test_a_job_is_made_once_for_its_key(session: Session) -> None:
    for _ in range(2):
        jobs.enqueue(session, "remind", "challenge-7-2026-11-21", now=NOW)
    assert session.query(jobs.Job).count() == 1


def test_a_claimed_job_is_nobody_elses_until_its_lease_ends(session: Session) -> None:
    jobs.enqueue(session, "tell", "1", now=NOW)
    first = jobs.claim(session, "a", now=NOW)
    assert first is not None and first.key == "1"
    assert jobs.claim(session, "b", now=NOW + timedelta(seconds=14)) is None
    again = jobs.claim(session, "b", now=NOW + timedelta(seconds=16))
    assert again is not None and again.attempts == 2


def test_a_renewed_lease_is_kept(session: Session) -> None:
    jobs.enqueue(session, "tell", "1", now=NOW)
    job = jobs.claim(session, "a", now=NOW)
    assert job is not None
    jobs.renew(session, job, "a", now=NOW + timedelta(seconds=10))
    assert jobs.claim(session, "b", now=NOW + timedelta(seconds=20)) is None


def test_what_fails_comes_again_later_and_is_parked_in_the_end(session: Session) -> None:
    jobs.enqueue(session, "tell", "1", now=NOW)
    at, waits = NOW, []
    while (job := jobs.claim(session, "a", now=at)) is not None:
        jobs.fail(session, job, "no paper", now=at)
        row = session.get_one(jobs.Job, job.id, populate_existing=True)
        if row.parked_at:
            break
        waits.append((row.run_after - at).total_seconds())
        assert jobs.claim(session, "a", now=row.run_after - timedelta(seconds=1)) is None
        at = row.run_after
    assert waits == [5, 15, 60, 300, 1800, 7200, 43200]
    assert [(job.key, job.error) for job in jobs.parked(session)] == [("1", "no paper")]


def test_a_finished_job_is_not_open(session: Session) -> None:
    jobs.enqueue(session, "tell", "1", now=NOW)
    job = jobs.claim(session, "a", now=NOW)
    assert job is not None
    jobs.finish(session, job, now=NOW)
    assert not jobs.has_open(session, now=NOW + timedelta(days=1))
