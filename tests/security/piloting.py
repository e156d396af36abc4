"""Pilots of confirmed applications: planned, running with all that is written there, and over."""

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from govmatch.accounts.models import Role
from govmatch.decisions.models import Reply
from govmatch.files.models import StoredFile
from govmatch.kit.db import Session
from govmatch.pilots import actions as pilots
from govmatch.pilots import queries
from govmatch.pilots.actions import KpiData, MilestoneData, PlanData, Reported, Wish
from govmatch.pilots.models import Outcome, Pilot
from govmatch.web.visit import Upload
from tests.security.deciding import SELECTED, answer, decided
from tests.security.making import Maker
from tests.security.selecting import FIRMS, STAFF, Stage
from tests.unit.files.samples import pdf

MONEY = "frieda"
"""Who sees plan and amounts alone: the finance contact of Nordlys."""


def pilots_of(maker: Maker) -> None:
    """Make four pilots: one runs with a mentor, one is planned with another, two are over."""
    stage = decided(
        maker, "piloting", dict.fromkeys(("nordlys", "klar", "weser"), SELECTED), pilots=3
    )
    for firm in ("nordlys", "klar", "weser"):
        answer(stage, firm, Reply.CONFIRMED)
    _plan(stage, "klar", "planned", mentor="mona")
    _plan(stage, "nordlys", "running", mentor="mia", others=MONEY)
    _plan(stage, "weser", "stopped")
    _stop(stage, "weser", "stopped")
    ended = decided(maker, "ended", {"weser": SELECTED})
    answer(ended, "weser", Reply.CONFIRMED)
    _plan(ended, "weser", "ended")
    _stop(ended, "weser", "ended")
    _end(ended, "ended")
    waiting = decided(maker, "waiting pilot", {"weser": SELECTED})
    answer(waiting, "weser", Reply.CONFIRMED)


def find(session: Session, stage: Stage, key: str) -> Pilot:
    found = select(Pilot).where(Pilot.public_id == stage.maker.world.ids[f"pilot {key}"])
    return session.scalars(found).one()


def _plan(stage: Stage, firm: str, key: str, *, mentor: str = "", others: str = "") -> None:
    """Make a pilot with two milestones and a key figure; only a planned one is not public."""
    maker, own = stage.maker, FIRMS[firm][2]
    full = f"{own} {mentor} {STAFF}"
    is_public = key != "planned"
    # Who administers roles reads what they are held for.
    title = f"Pilot {key}" if is_public else stage.word(f"title of pilot {key}", f"{full} kim")
    accepted_by = stage.word(f"acceptance criteria of pilot {key}", f"{full} {others}")
    today = maker.now.date()

    def act(session: Session) -> None:
        by = stage.by(session, "astrid")
        data = PlanData(
            title=title, summary={"en": f"What pilot {key} tries."}, budget=300_000,
            starts=today - timedelta(days=3), ends=today + timedelta(days=80),
        )  # fmt: skip
        pilot = pilots.make(session, stage.of(session, firm), data, lang="en", **by)
        stage.know(f"pilot {key}", pilot.public_id)
        for number in (1, 2):
            milestone = pilots.add_milestone(
                session, pilot,
                MilestoneData(
                    title=f"Step {number} of {key}", acceptance=accepted_by, amount=100_000,
                    due=today + timedelta(days=30 * number),
                ),
                revision=pilot.revision, lang="en", **by,
            )  # fmt: skip
            stage.know(f"milestone {key} {number}", milestone.public_id)
        kpi = pilots.add_kpi(
            session, pilot,
            KpiData(name={"en": f"Minutes of {key}"}, unit="minutes", baseline=Decimal(30),
                    target=Decimal(12)),
            revision=pilot.revision, lang="en", **by,
        )  # fmt: skip
        stage.know(f"kpi {key}", kpi.public_id)
        for who in ("astrid", FIRMS[firm][1]) if is_public else ():
            pilots.agree(session, pilot, revision=pilot.revision, **stage.by(session, who))
        stage.maker.world.numbers[f"pilot {key}"] = pilot.id

    maker.do(act)
    if not is_public:  # the others' ids stand in the table of results
        watch, public_id = maker.world.canaries.watch, maker.world.ids[f"pilot {key}"]
        watch(public_id, f"id of pilot {key} in {stage.key}", f"{full} {others} kim")
    if mentor:
        maker.give(mentor, Role.MENTOR, "pilot", maker.world.numbers[f"pilot {key}"], title)


def write_in_pilot(maker: Maker) -> None:
    """Let both sides of the running pilot write wherever something can be written."""
    stage, key = Stage(maker, "piloting"), "running"
    full = f"bo carla mia {STAFF}"
    words = {
        what: stage.word(f"{what} of a pilot", full)
        for what in ("delivery", "reasons of a return", "log", "note on a kpi", "wish to change",
                     "name of a document", "name of evidence", "place of presentation")
    }  # fmt: skip

    def act(session: Session) -> None:
        pilot = find(session, stage, key)
        first, second = queries.milestones(session, pilot)
        [kpi] = queries.kpis(session, pilot)
        bo, astrid = stage.by(session, "bo"), stage.by(session, "astrid")
        evidence = Upload(f"{words['name of evidence']}.pdf", pdf(b"evidence"))
        measured = Reported(
            kpi=kpi, unit="minutes", value=Decimal(20), measured=maker.now.date(),
            note=words["note on a kpi"],
        )  # fmt: skip
        for number in (1, 2):
            pilots.deliver(
                session, pilot, first, text=words["delivery"],
                uploads=[evidence] if number == 1 else [],
                reported=[measured] if number == 1 else [], number=number, lang="en",
                settings=maker.settings, real_now=maker.now, **bo,
            )  # fmt: skip
            if number == 1:
                pilots.return_delivery(
                    session, pilot, first, number=1, reasons=words["reasons of a return"], **astrid
                )
        pilots.note(session, pilot, text=words["log"], **stage.by(session, "mia"))
        document = pilots.add_document(
            session, pilot, Upload(f"{words['name of a document']}.pdf", pdf(b"document")),
            settings=maker.settings, real_now=maker.now, **bo,
        )  # fmt: skip
        pilots.plan_presentation(
            session, pilot, at=maker.minute + timedelta(days=70),
            place=words["place of presentation"], **astrid,
        )  # fmt: skip
        later = second.due + timedelta(days=3)
        wish = Wish(milestone=second, due=later, amount=second.amount)
        pilots.propose_change(
            session, pilot, [wish], ends=pilot.ends, reason=words["wish to change"],
            revision=pilot.revision, lang="en", **bo,
        )  # fmt: skip
        stage.know("pilot document", document.public_id)
        evidences = select(StoredFile).where(StoredFile.name == evidence.name)
        stage.know("pilot evidence", session.scalars(evidences).one().public_id)

    maker.do(act)


def _stop(stage: Stage, firm: str, key: str) -> None:
    why = stage.word(f"why pilot {key} was stopped", f"{FIRMS[firm][2]} {STAFF}")

    def act(session: Session) -> None:
        pilots.stop(session, find(session, stage, key), reasons=why, **stage.by(session, "astrid"))

    stage.maker.do(act)


def _end(stage: Stage, key: str) -> None:
    def act(session: Session) -> None:
        pilots.state_outcome(
            session, find(session, stage, key), outcome=Outcome.STOP,
            reasons={"en": "It is not pursued."}, cost=0, **stage.by(session, "astrid"),
        )  # fmt: skip

    stage.maker.do(act)
