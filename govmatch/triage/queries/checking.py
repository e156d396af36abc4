"""The formal check of applications: requirements with evidence, completeness, what is late.

`summaries` takes the same number of statements for one application and for fifty.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from govmatch.applications import call
from govmatch.applications.eligibility import Gate, Met, gates
from govmatch.applications.models import Application, Version
from govmatch.applications.queries import changed, unconfirmed
from govmatch.challenges.models import Amendment
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Evidence
from govmatch.organisations.rules import is_in_date
from govmatch.questionnaires import Gap, Questionnaire, check_complete, digest
from govmatch.questionnaires.loading import load_kept
from govmatch.triage.models import Deficiency, GateRuling
from govmatch.triage.queries.requests import open_requests

HARD = frozenset({"country", "size"})


@dataclass(frozen=True)
class GateCheck:
    """One published requirement: how the profile met it at submission, and what staff found.

    `gate.met` is what was kept with the version, `now` what the firm's profile says today (None
    where the requirement is no longer asked). `ruling` is the finding with its evidence, if any.
    """

    gate: Gate
    now: Met | None
    ruling: GateRuling | None

    @property
    def stands(self) -> Met:
        """What counts: the finding of staff, else what the profile said at submission."""
        if self.ruling is not None:
            return Met.YES if self.ruling.is_met else Met.NO
        return self.gate.met

    @property
    def is_open(self) -> bool:
        """True where somebody still has to look."""
        return self.ruling is None and self.gate.met is not Met.YES


@dataclass(frozen=True)
class Summary:
    """The formal check of one application.

    `gaps` are required answers and files that the submitted version lacks by the form it was
    written to; `is_form_changed` says that the challenge's form was amended since and the firm did
    not submit again; `is_late` that the version came by a late code; `waiting` is the request that
    is not settled; `unconfirmed` are changes of the challenge, newest first, after which the firm
    has neither confirmed its application nor submitted again.
    """

    gates: list[GateCheck]
    gaps: list[Gap]
    is_late: bool
    is_form_changed: bool
    waiting: Deficiency | None
    unconfirmed: list[Amendment]

    @property
    def is_complete(self) -> bool:
        return not self.gaps and self.waiting is None

    @property
    def open_gates(self) -> int:
        return sum(one.is_open for one in self.gates)

    @property
    def failed_gates(self) -> int:
        return sum(one.ruling is not None and not one.ruling.is_met for one in self.gates)

    @property
    def is_settled(self) -> bool:
        """True where the formal check leaves nothing to look at."""
        return self.is_complete and not self.open_gates and not self.is_form_changed


def summary_of(
    session: ReadSession,
    application: Application,
    *,
    lang: Lang = "en",
    now: datetime | None = None,
) -> Summary:
    """Return the formal check of one application that the caller may read."""
    return summaries(session, [application], lang=lang, now=now)[application.id]


def summaries(
    session: ReadSession,
    applications: Sequence[Application],
    *,
    lang: Lang = "en",
    now: datetime | None = None,
) -> dict[int, Summary]:
    """Return the formal checks by application id; five statements for any number, and two more for
    each that was not confirmed after a change.

    Challenge and firm of each should be loaded. `now` dates the evidence of today's profile.
    """
    ids = [application.id for application in applications]
    versions = current_versions(session, ids)
    rulings = _rulings(session, ids)
    waiting = open_requests(session, ids)
    on = now.date() if now else None
    open_changes = unconfirmed(session, ids)
    evidence = _evidence(session, {one.firm_id for one in applications}) if on else {}
    forms: dict[str, Questionnaire] = {}
    found: dict[int, Summary] = {}
    for one in applications:
        version = versions.get(one.id)
        today: list[Gate] = []
        if on is not None:
            shown = frozenset(e.kind for e in evidence.get(one.firm_id, ()) if is_in_date(e, on=on))
            today = gates(one.challenge.eligibility, one.firm, evidence=shown, lang=one.lang)
        checks = _gate_checks(version, today, rulings.get(one.id, ()))
        found[one.id] = Summary(
            gates=checks,
            gaps=_gaps(version, forms, lang),
            is_late=is_late(version, one.challenge.closes),
            is_form_changed=is_form_changed(one, version),
            waiting=waiting.get(one.id),
            unconfirmed=changed(session, one).to_confirm if one.id in open_changes else [],
        )
    return found


def current_versions(session: ReadSession, ids: Collection[int]) -> dict[int, Version]:
    """Return the version that counts of each application, by the application's id."""
    found = (
        select(Version)
        .join(Application, Application.id == Version.application_id)
        .where(Version.application_id.in_(sorted(ids)))
        .where(Version.number == Application.current_version)
    )
    return {row.application_id: row for row in session.scalars(found)} if ids else {}


def is_late(version: Version | None, closes: datetime | None) -> bool:
    return version is not None and closes is not None and version.at >= closes


def is_form_changed(application: Application, version: Version | None) -> bool:
    """True where the challenge asks something else by now than this version answers."""
    return version is not None and version.form_digest != digest(call.form(application.challenge))


def _gate_checks(
    version: Version | None, today: Sequence[Gate], rulings: Sequence[GateRuling]
) -> list[GateCheck]:
    now = {gate.kind: gate for gate in today}
    ruled = {(row.kind, row.wanted): row for row in rulings}
    kept = version.gates if version is not None else []
    checks = []
    for data in kept:
        kind, wanted = str(data["kind"]), tuple(str(code) for code in data["wanted"])
        there = now.get(kind)
        gate = Gate(kind, wanted, there.has if there else "", Met(data["met"]), kind in HARD)
        ruling = ruled.get((kind, " ".join(wanted)))
        checks.append(GateCheck(gate, there.met if there else None, ruling))
    return checks


def _gaps(version: Version | None, forms: dict[str, Questionnaire], lang: Lang) -> list[Gap]:
    if version is None:
        return []
    if version.form_digest not in forms:
        forms[version.form_digest] = load_kept(version.form)
    return check_complete(forms[version.form_digest], version.answers, lang)


def _rulings(session: ReadSession, ids: Collection[int]) -> dict[int, list[GateRuling]]:
    found = select(GateRuling).where(GateRuling.application_id.in_(sorted(ids)))
    rows: dict[int, list[GateRuling]] = {}
    for row in session.scalars(found.order_by(GateRuling.id)) if ids else ():
        rows.setdefault(row.application_id, []).append(row)
    return rows


def _evidence(session: ReadSession, firms: Collection[int]) -> dict[int, list[Evidence]]:
    found = select(Evidence).where(Evidence.firm_id.in_(sorted(firms)))
    rows: dict[int, list[Evidence]] = {}
    for row in session.scalars(found) if firms else ():
        rows.setdefault(row.firm_id, []).append(row)
    return rows
