"""`content sync`: files become challenges; a second time nothing happens; nothing is deleted."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from govmatch.challenges import actions, queries
from govmatch.challenges.content import sync
from govmatch.challenges.models import Amendment, Challenge, State
from govmatch.files import storage
from govmatch.files.queries import of_owner
from govmatch.kit import journal
from govmatch.kit.content import Done, Report
from govmatch.kit.db import Database, commit
from govmatch.kit.i18n import say
from govmatch.settings import Mode
from tests.unit.challenges.world import (
    CONTENT,
    NOW,
    change_files,
    content_with,
    make_world,
    one,
    settings,
    statement,
)

SLUG = "scanning-technology"
OTHER = "visitor-counting"
APPROVING = {"content_counts_as_approval": True}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content_with(tmp_path / "content", SLUG, OTHER)


def run(
    database: Database,
    folder: Path,
    mode: Mode = Mode.PRODUCTION,
    *,
    now: datetime = NOW,
    approving: bool = False,
) -> Report:
    own = settings(
        mode,
        content_dir=folder,
        data_dir=folder.parent / "data",
        content_counts_as_approval=approving or mode is not Mode.PRODUCTION,
    )
    return sync(database, folder, settings=own, now=now, real_now=now)


def done(report: Report, kind: str = "challenge") -> dict[str, Done]:
    return {outcome.slug: outcome.done for outcome in report.outcomes if outcome.kind == kind}


def events(database: Database) -> Counter[str]:
    with database.reading() as session:
        return Counter(session.scalars(select(journal.JournalRow.event)))


def test_in_production_files_become_drafts(database: Database, folder: Path) -> None:
    report = run(database, folder)
    assert report.problems == []
    assert done(report) == {SLUG: Done.CREATED, OTHER: Done.CREATED}
    challenge = one(database, SLUG)
    assert (challenge.state, challenge.published_at) == (State.DRAFT, None)
    assert challenge.source_path == f"challenges/{SLUG}"
    assert challenge.opens == datetime(2027, 1, 11, 8, tzinfo=UTC)
    assert challenge.closes == datetime(2027, 2, 22, 11, tzinfo=UTC)
    assert [term.slug for term in challenge.terms] == [
        "product-safety", "inspections", "computer-vision", "text-recognition",
        "data-integration", "mobile-apps",
    ]  # fmt: skip
    assert {text.lang for text in challenge.texts} == {"de", "da", "en"}
    assert all("<h2" in text.html for text in challenge.texts)
    assert challenge.main_lang == "da"
    assert (challenge.author_id, challenge.editors) == (None, [])


def test_where_review_counts_files_are_published_at_once(database: Database, folder: Path) -> None:
    report = run(database, folder, approving=True)
    assert set(done(report).values()) == {Done.PUBLISHED}
    challenge = one(database, SLUG)
    assert (challenge.state, challenge.published_at) == (State.PUBLISHED, NOW)
    assert challenge.approved_in_file == "Sikkerhedsstyrelsen, Direktionssekretariatet"
    assert challenge.version_id is not None
    assert challenge.promised_days == 35, "as its programme promises"


def test_a_file_without_approval_stays_a_draft(database: Database, folder: Path) -> None:
    change_files(folder, SLUG, "\napproved: {", "\n# approved: {")
    assert done(run(database, folder, approving=True))[SLUG] is Done.CREATED


def test_publication_is_never_later_than_the_opening(database: Database, folder: Path) -> None:
    later = datetime(2027, 1, 20, tzinfo=UTC)
    run(database, folder, approving=True, now=later)
    challenge = one(database, SLUG)
    assert challenge.published_at == challenge.opens


def test_what_is_past_its_deadline_is_not_published(database: Database, folder: Path) -> None:
    report = run(database, folder, approving=True, now=datetime(2027, 6, 1, tzinfo=UTC))
    assert done(report)[SLUG] is Done.CREATED
    assert {(problem.path, problem.field) for problem in report.problems} == {
        (f"challenges/{SLUG}.en.md", "closes"),
        (f"challenges/{OTHER}.en.md", "closes"),
    }
    assert one(database, SLUG).state == State.DRAFT


@pytest.mark.parametrize("mode", [Mode.DEMO, Mode.TEST])
def test_a_demonstration_moves_the_dates_to_the_day_of_seeding(
    database: Database, folder: Path, mode: Mode
) -> None:
    run(database, folder, mode)
    challenge = one(database, SLUG)  # publish -16, opens -14, questions 9, closes 23
    assert challenge.published_at == datetime(2026, 11, 5, 8, tzinfo=UTC)
    assert challenge.opens == datetime(2026, 11, 7, 8, tzinfo=UTC)
    assert challenge.questions_until == datetime(2026, 11, 30, 11, tzinfo=UTC)
    assert challenge.closes == datetime(2026, 12, 14, 11, tzinfo=UTC)
    # Days later nothing moves, and a demonstration's dates are no change of the files.
    report = run(database, folder, mode, now=NOW + timedelta(days=3))
    assert done(report)[SLUG] is Done.UNCHANGED
    assert one(database, SLUG).closes == challenge.closes


def test_a_second_run_does_nothing(database: Database, folder: Path) -> None:
    run(database, folder, approving=True)
    before = events(database)
    report = run(database, folder, approving=True)
    assert set(done(report).values()) == {Done.UNCHANGED}
    assert {outcome.done for outcome in report.outcomes} == {Done.UNCHANGED}
    assert events(database) == before


def test_a_wrong_file_stops_no_other(database: Database, folder: Path) -> None:
    change_files(folder, SLUG, "pilots_max: 3", "pilots_max: 99")
    report = run(database, folder, approving=True)
    assert done(report) == {SLUG: Done.REFUSED, OTHER: Done.PUBLISHED}
    assert report.problems[0].field == "pilots_max"
    with database.reading() as session:
        assert queries.find_by_slug(session, SLUG) is None


def test_a_wrong_file_leaves_what_was_loaded_before(database: Database, folder: Path) -> None:
    run(database, folder)
    change_files(folder, SLUG, "pilots_max: 3", "pilots_max: 99")
    assert done(run(database, folder))[SLUG] is Done.REFUSED
    assert one(database, SLUG).pilots_max == 3


def test_a_draft_follows_its_files(database: Database, folder: Path) -> None:
    run(database, folder)
    change_files(folder, SLUG, "pilots_max: 3", "pilots_max: 2")
    change_files(folder, SLUG, "theme: [product-safety, inspections]", "theme: [inspections]")
    report = run(database, folder)
    assert done(report)[SLUG] is Done.CHANGED
    challenge = one(database, SLUG)
    assert (challenge.pilots_max, challenge.revision) == (2, 2)
    assert [term.slug for term in challenge.terms if term.kind == "theme"] == ["inspections"]


def test_files_written_otherwise_that_mean_the_same_change_nothing(
    database: Database, folder: Path
) -> None:
    run(database, folder, approving=True)
    before = events(database)
    change_files(folder, SLUG, "pilots_max: 3", "pilots_max:   3   # as many as ever")
    assert done(run(database, folder, approving=True))[SLUG] is Done.UNCHANGED
    assert events(database) == before


def test_a_file_that_is_gone_deletes_nothing(database: Database, folder: Path) -> None:
    run(database, folder)
    for path in (folder / "challenges").glob(f"{SLUG}.*"):
        path.unlink()
    report = run(database, folder)
    assert done(report)[SLUG] is Done.FILE_GONE
    assert one(database, SLUG).state == State.DRAFT


def test_what_was_in_review_is_a_draft_again_when_its_files_change(
    database: Database, folder: Path
) -> None:
    run(database, folder)
    with database.writing() as session:
        world = make_world(session)
        challenge = queries.find_by_slug(session, SLUG)
        assert challenge is not None
        actions.submit_for_approval(
            session, challenge, actor=world.astrid, now=NOW, content_dir=CONTENT
        )
        actions.approve(session, challenge, actor=world.hanne, now=NOW, real_now=NOW)
        commit(session)
    change_files(folder, SLUG, "pilots_max: 3", "pilots_max: 2")
    assert done(run(database, folder))[SLUG] is Done.CHANGED
    challenge = one(database, SLUG)
    assert (challenge.state, challenge.approved_by, challenge.version_id) == ("draft", None, None)
    assert events(database)["ChallengeTakenBack"] == 1


def test_a_challenge_written_on_the_site_is_not_touched(database: Database, folder: Path) -> None:
    run(database, content_with(folder.parent / "empty"))
    with database.writing() as session:
        world = make_world(session)
        actions.create(session, statement(), actor=world.astrid, now=NOW, slug=SLUG)
        commit(session)
    report = run(database, folder, approving=True)
    assert done(report)[SLUG] is Done.REFUSED
    assert report.problems[0].field == "slug"
    assert one(database, SLUG).source_path is None


def test_an_authority_made_on_the_site_is_not_touched(database: Database, folder: Path) -> None:
    run(database, folder)
    with database.writing() as session:
        make_world(session)
        challenge = queries.find_by_slug(session, SLUG)
        assert challenge is not None
        challenge.authority.source_path = None
        commit(session)
    path = folder / "authorities" / "sikkerhedsstyrelsen.yaml"
    path.write_text(path.read_text("utf-8").replace("region: Syddanmark", "region: Fyn"), "utf-8")
    report = run(database, folder)
    assert done(report, "authority")["sikkerhedsstyrelsen"] is Done.REFUSED
    assert [problem.path for problem in report.problems] == ["authorities/sikkerhedsstyrelsen.yaml"]
    assert one(database, SLUG).authority.region == "Syddanmark"


class TestAfterPublication:
    """A change needs a reason of its own, and runs the action of the site."""

    @pytest.fixture(autouse=True)
    def _published(self, database: Database, folder: Path) -> None:
        run(database, folder, approving=True)

    def amendments(self, database: Database) -> list[Amendment]:
        with database.reading() as session:
            return list(session.scalars(select(Amendment).order_by(Amendment.id)))

    def give_reason(self, folder: Path, reason: str, old: str = "status: draft") -> None:
        kept = "" if old.startswith("amendment") else f"{old}\n"
        change_files(folder, SLUG, old, f'{kept}amendment: "{reason}"')

    def test_without_a_reason_it_is_refused(self, database: Database, folder: Path) -> None:
        change_files(folder, SLUG, "max: 600000", "max: 700000")
        report = run(database, folder, approving=True)
        assert done(report)[SLUG] is Done.REFUSED
        (problem,) = report.problems
        assert (problem.field, problem.message.text) == (
            "budget",
            "It is published, and a change needs a reason of its own.",
        )
        assert one(database, SLUG).budget_max == 600_000
        # It stays refused each time until it has its reason.
        assert done(run(database, folder, approving=True))[SLUG] is Done.REFUSED

    def test_with_a_reason_it_is_amended(self, database: Database, folder: Path) -> None:
        change_files(folder, SLUG, "max: 600000", "max: 700000")
        self.give_reason(folder, "More money was granted.")
        report = run(database, folder, approving=True)
        assert (report.problems, done(report)[SLUG]) == ([], Done.AMENDED)
        challenge = one(database, SLUG)
        assert (challenge.budget_max, challenge.state) == (700_000, State.PUBLISHED)
        (amendment,) = self.amendments(database)
        assert amendment.reasons == dict.fromkeys(("de", "da", "en"), "More money was granted.")
        assert [change["field"] for change in amendment.changes] == ["budget"]
        assert events(database)["ChallengeAmended"] == 1
        assert done(run(database, folder, approving=True))[SLUG] is Done.UNCHANGED

    def test_an_old_reason_does_not_serve_twice(self, database: Database, folder: Path) -> None:
        change_files(folder, SLUG, "max: 600000", "max: 700000")
        self.give_reason(folder, "More money was granted.")
        run(database, folder, approving=True)
        change_files(folder, SLUG, "max: 700000", "max: 800000")
        assert done(run(database, folder, approving=True))[SLUG] is Done.REFUSED
        self.give_reason(folder, "Still more.", 'amendment: "More money was granted."')
        assert done(run(database, folder, approving=True))[SLUG] is Done.AMENDED
        assert len(self.amendments(database)) == 2

    def test_late_in_the_call_the_deadline_moves_and_stays_moved(
        self, database: Database, folder: Path
    ) -> None:
        change_files(folder, SLUG, "max: 600000", "max: 700000")
        self.give_reason(folder, "More money was granted.")
        late = datetime(2027, 2, 20, 12, tzinfo=UTC)
        report = run(database, folder, approving=True, now=late)
        moved = datetime(2027, 3, 1, 11, tzinfo=UTC)
        assert one(database, SLUG).closes == moved
        (note,) = [outcome.note for outcome in report.outcomes if outcome.note]
        assert say(note, "en") == "The deadline moved to 2027-03-01T12:00."
        # The files still say the old deadline, and that does not take the new one back.
        change_files(folder, SLUG, "pilots_max: 3", "pilots_max: 2")
        self.give_reason(folder, "Fewer pilots.", 'amendment: "More money was granted."')
        run(database, folder, approving=True, now=datetime(2027, 2, 20, 13, tzinfo=UTC))
        assert one(database, SLUG).closes == moved

    @pytest.mark.parametrize(
        ("old", "new", "field"),
        [
            ("closes: 2027-02-22T12:00", "closes: 2027-06-22T12:00", "closes"),
            ("questions_until: 2027-02-08", "questions_until: 2027-02-09", "questions_until"),
            ("opens: 2027-01-11", "opens: 2027-01-12", "opens"),
            ("zone: Europe/Copenhagen", "zone: Europe/Berlin", "zone"),
            ("    max_words: 250", "    max_words: 300", "questions"),
            ("weight: 22, minimum: 3", "weight: 22, minimum: 2", "criteria"),
            ("countries: [EU, EEA, GB]", "countries: [EU]", "eligibility.countries"),
            ("size: [micro, small, medium]", "size: [micro]", "eligibility.size"),
        ],
    )
    def test_after_the_deadline_what_applicants_relied_on_stays(
        self, database: Database, folder: Path, old: str, new: str, field: str
    ) -> None:
        change_files(folder, SLUG, old, new)
        self.give_reason(folder, "We changed our minds.")
        report = run(database, folder, approving=True, now=datetime(2027, 2, 22, 11, tzinfo=UTC))
        assert done(report)[SLUG] is Done.REFUSED
        assert [(problem.field, problem.message.text) for problem in report.problems] == [
            (field, "This cannot change after the deadline.")
        ]
        assert self.amendments(database) == []

    def test_after_the_deadline_a_contact_may_still_change(
        self, database: Database, folder: Path
    ) -> None:
        change_files(folder, SLUG, "email: govtech@sik.example", "email: other@sik.example")
        self.give_reason(folder, "The office moved.")
        report = run(database, folder, approving=True, now=datetime(2027, 3, 22, tzinfo=UTC))
        assert (report.problems, done(report)[SLUG]) == ([], Done.AMENDED)
        challenge = one(database, SLUG)
        assert challenge.contact["email"] == "other@sik.example"
        assert challenge.closes == datetime(2027, 2, 22, 11, tzinfo=UTC)

    def test_a_programme_that_changes_leaves_the_published_form(
        self, database: Database, folder: Path
    ) -> None:
        path = folder / "programmes" / "govtech.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("max_words: 120", "max_words: 5", 1), "utf-8")
        assert done(run(database, folder, approving=True), "programme")["govtech"] is Done.CHANGED
        with database.reading() as session:
            challenge = queries.find_by_slug(session, SLUG)
            assert challenge is not None
            asked = queries.form_of(challenge).question("motivation")
            assert asked is not None
            assert asked.max_words == 120

    def test_a_cancelled_one_does_not_change(self, database: Database, folder: Path) -> None:
        with database.writing() as session:
            world = make_world(session)
            challenge = queries.find_by_slug(session, SLUG)
            assert challenge is not None
            actions.cancel(
                session, challenge, reasons={"en": "No money."}, actor=world.eva, now=NOW
            )
            commit(session)
        change_files(folder, SLUG, "pilots_max: 3", "pilots_max: 2")
        self.give_reason(folder, "Because.")
        report = run(database, folder, approving=True)
        assert done(report)[SLUG] is Done.REFUSED
        assert one(database, SLUG).pilots_max == 3


def test_papers_are_kept_with_all_files_of_the_site(database: Database, folder: Path) -> None:
    papers = folder / "challenges" / SLUG
    papers.mkdir()
    (papers / "plan.txt").write_text("A plan.")
    change_files(
        folder, SLUG, "attachments: []", 'attachments: [{file: plan.txt, title: "The plan"}]'
    )
    run(database, folder)
    challenge = one(database, SLUG)
    (paper,) = challenge.attachments
    assert (paper["name"], paper["title"]["de"]) == ("plan.txt", "The plan")
    assert storage.read(folder.parent / "data" / "files", paper["sha256"]) == b"A plan."
    change_files(folder, SLUG, 'attachments: [{file: plan.txt, title: "The plan"}]', "")
    run(database, folder)
    with database.reading() as session:
        assert of_owner(session, "challenge", challenge.id) == []


def test_two_runs_at_once_make_each_challenge_once(database: Database, folder: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: run(database, folder, approving=True), range(2)))
    with database.reading() as session:
        assert sorted(session.scalars(select(Challenge.slug))) == [SLUG, OTHER]
        assert journal.verify(session).bad_id is None
    assert sorted(done(report)[SLUG] for report in reports) in (
        [Done.PUBLISHED, Done.UNCHANGED],
        [Done.PUBLISHED, Done.REFUSED],  # at the very same moment: "run the command again"
    )
    assert set(done(run(database, folder, approving=True)).values()) == {Done.UNCHANGED}


def test_the_chain_of_the_journal_holds(database: Database, folder: Path) -> None:
    run(database, folder, Mode.TEST)
    with database.reading() as session:
        assert journal.verify(session).bad_id is None
