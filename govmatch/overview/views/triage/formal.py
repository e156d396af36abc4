"""The formal check of one application on its triage page: requirements, gaps, requests."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.applications.eligibility import Met
from govmatch.applications.models import Application
from govmatch.applications.showing import conditions
from govmatch.challenges.amended import path_of
from govmatch.kit.i18n import Lang, Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Gap
from govmatch.triage import queries, rules
from govmatch.triage.models import Deficiency
from govmatch.triage.queries import GateCheck, Summary
from govmatch.web.visit import Visit

MET: Mapping[Met, tuple[Message, str]] = {
    Met.YES: (msg("Met"), "success"),
    Met.NO: (msg("Not met"), "danger"),
    Met.UNKNOWN: (msg("Not in the profile"), "neutral"),
}


@dataclass(frozen=True)
class Gate:
    """One published requirement: what stands, by whom and on what evidence."""

    kind: str
    label: Message
    wanted: str | Message
    state: tuple[Message, str]
    by_profile: tuple[Message, str]
    now: tuple[Message, str] | None
    """What the profile says today, where that is something else than at submission."""
    evidence: str
    ruled_by: str
    ruled_at: datetime | None
    is_open: bool


@dataclass(frozen=True)
class Request:
    """What the firm was asked for, and how it stands."""

    key: str
    text: str
    asked_at: datetime
    asked_by: str
    due_at: datetime
    state: Message
    kind: str
    answer: str
    answered_at: datetime | None
    files: list[tuple[str, str]]
    may_mend: bool
    """It can be settled as mended; `may_refuse` as not mended, once the time is over."""
    may_refuse: bool


@dataclass(frozen=True)
class Formal:
    gates: list[Gate]
    gaps: list[Gap]
    is_late: bool
    is_form_changed: bool
    unconfirmed: list[tuple[datetime, str]]
    """Changes after which the firm did not confirm: when, and where each is read."""
    requests: list[Request]

    @property
    def open(self) -> list[Gate]:
        return [one for one in self.gates if one.is_open]

    @property
    def failed(self) -> list[Gate]:
        return [one for one in self.gates if not one.is_open and one.state[1] == "danger"]

    @property
    def met(self) -> list[Gate]:
        """Return what nobody has to look at any more; it is told in one line."""
        return [one for one in self.gates if not one.is_open and one.state[1] != "danger"]

    @property
    def met_in_words(self) -> Message:
        n = len(self.met)
        if n == len(self.gates):
            return msgn("The requirement is met", "All {n} requirements are met", n=n)
        return msgn("{n} requirement is met", "{n} requirements are met", n=n)


def formal_of(
    visit: Visit, application: Application, summary: Summary, names: Mapping[int, str]
) -> Formal:
    requests = queries.requests_of(visit.db, visit.actor, application)
    return Formal(
        gates=[_gate(one, visit.lang, names) for one in summary.gates],
        gaps=summary.gaps,
        is_late=summary.is_late,
        is_form_changed=summary.is_form_changed,
        unconfirmed=[
            (one.at, visit.url(path_of(application.challenge, one))) for one in summary.unconfirmed
        ],
        requests=[_request(visit, one, names) for one in requests],
    )


def people_in(visit: Visit, application: Application, summary: Summary) -> set[int]:
    """Return the ids of those whom the formal check names."""
    rulings = {one.ruling.by for one in summary.gates if one.ruling is not None}
    asked = queries.requests_of(visit.db, visit.actor, application)
    return rulings | {one.asked_by for one in asked}


def _gate(check: GateCheck, lang: Lang, names: Mapping[int, str]) -> Gate:
    (words,) = conditions([check.gate], lang)
    ruling = check.ruling
    differs = check.now is not None and check.now is not check.gate.met
    return Gate(
        kind=check.gate.kind,
        label=words.label,
        wanted=words.wanted,
        state=(msg("To be looked at"), "warning") if check.is_open else MET[check.stands],
        by_profile=MET[check.gate.met],
        now=MET[check.now] if differs and check.now is not None else None,
        evidence=ruling.evidence if ruling is not None else "",
        ruled_by=names.get(ruling.by, "") if ruling is not None else "",
        ruled_at=ruling.at if ruling is not None else None,
        is_open=check.is_open,
    )


def _request(visit: Visit, asked: Deficiency, names: Mapping[int, str]) -> Request:
    path = f"/applications/{asked.application.public_id}/requests/{asked.public_id}/files"
    state, kind = _state(asked, visit.now)
    actor, now = visit.actor, visit.now
    return Request(
        key=asked.public_id,
        text=asked.text,
        asked_at=asked.asked_at,
        asked_by=names.get(asked.asked_by, ""),
        due_at=asked.due_at,
        state=state,
        kind=kind,
        answer=asked.answer,
        answered_at=asked.answered_at,
        files=[
            (one.name, visit.url(f"{path}/{one.public_id}"))
            for one in queries.files_of(visit.db, asked)
        ],
        may_mend=bool(rules.may_settle(actor, asked, is_mended=True, now=now)),
        may_refuse=bool(rules.may_settle(actor, asked, is_mended=False, now=now)),
    )


def _state(asked: Deficiency, now: datetime) -> tuple[Message, str]:
    if asked.settled_at is not None:
        return (msg("Mended"), "success") if asked.is_mended else (msg("Not mended"), "danger")
    if asked.answered_at is not None:
        return msg("Firm has answered"), "warning"
    if now >= asked.due_at:
        return msg("Answer overdue"), "danger"
    return msg("Waits for the firm"), "info"
