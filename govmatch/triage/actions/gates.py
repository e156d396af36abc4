"""What staff find about a published requirement, with their evidence."""

from datetime import datetime

from sqlalchemy import select

from govmatch.applications.models import Application
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import msg
from govmatch.triage import queries, rules
from govmatch.triage.actions.holding import hold, require_seen
from govmatch.triage.events import GateRuled
from govmatch.triage.models import GateRuling

LONGEST_EVIDENCE = 2_000


def rule_gate(
    session: Session,
    application: Application,
    kind: str,
    *,
    is_met: bool,
    evidence: str,
    revision: int,
    actor: Actor,
    now: datetime,
) -> GateRuling:
    """Keep what staff found about one requirement and on what evidence; the last finding counts.

    `kind` is that of a gate of the submitted version, else `NotFound`. Raises `Invalid` without
    evidence: a finding that nobody can follow is none.
    """
    handling = hold(session, application, actor=actor, now=now)
    require(rules.may_work(actor, application))
    require_seen(handling, revision)
    gates = {one.gate.kind: one for one in queries.summary_of(session, application).gates}
    if kind not in gates:
        raise NotFound
    found = " ".join(evidence.split())
    if not found:
        raise Invalid({"evidence": msg("Please say what you found, and where.")})
    if len(found) > LONGEST_EVIDENCE:
        limit = msg("Please use at most {limit} characters.", limit=LONGEST_EVIDENCE)
        raise Invalid({"evidence": limit})
    row = _row(session, application, kind, " ".join(gates[kind].gate.wanted))
    row.is_met, row.evidence, row.by, row.at = is_met, found, actor.person_id or 0, now
    handling.revision += 1
    session.flush()
    event = GateRuled(application.id, kind=kind, is_met=is_met)
    journal.record(session, event, actor=actor, now=now)
    return row


def _row(session: Session, application: Application, kind: str, wanted: str) -> GateRuling:
    found = select(GateRuling).where(
        GateRuling.application_id == application.id,
        GateRuling.kind == kind,
        GateRuling.wanted == wanted,
    )
    row = session.scalars(found).first()
    if row is None:
        row = GateRuling(application_id=application.id, kind=kind, wanted=wanted)
        session.add(row)
    return row
