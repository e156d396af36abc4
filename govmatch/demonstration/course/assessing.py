"""From the deadline to the shortlist: late codes, the opening, and what triage does."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from govmatch.applications.actions import late_codes, messaging
from govmatch.applications.models import State
from govmatch.decisions import actions as decisions
from govmatch.decisions.models import Reply
from govmatch.decisions.queries.letters import for_firm
from govmatch.demonstration.course.applying import FIRM, Applied, who
from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.kit.i18n import as_lang
from govmatch.kit.signing import Signer
from govmatch.triage import actions as triage
from govmatch.triage import queries
from govmatch.triage.actions.holding import handlings
from govmatch.triage.models import Opening

BEGINNING, COMPLETING, NOON, AFTERNOON = 10, 11, 12, 14


Verb = Callable[[Applied, Told, str, datetime], None]
"""Does to an application what one entry of its course says."""


def late_code(stage: Stage, challenge: str, manager: str, told: Told) -> Iterator[Step]:
    """Let one person in after the deadline."""

    def issue(now: datetime) -> None:
        late_codes.issue(
            stage.session, stage.challenge(challenge),
            address=told["address"], reason=told["reason"],
            expires_at=stage.at(told["expires"], NOON), lang=as_lang(told["lang"]),
            signer=Signer(stage.settings.secret_key),
            actor=stage.actor(manager), now=now, real_now=stage.now,
        )  # fmt: skip

    yield Step(stage.at(told["on"], AFTERNOON), issue)


def opening(stage: Stage, challenge: str, told: Told) -> Iterator[Step]:
    """Open the applications, two people one after the other."""

    def act(verb: Callable[..., Opening], by: str, now: datetime) -> None:
        verb(stage.session, stage.challenge(challenge), actor=stage.actor(by), now=now)

    begun, completed = told["begin"], told["complete"]
    yield Step(stage.at(begun["on"], BEGINNING), partial(act, triage.begin, begun["by"]))
    yield Step(
        stage.at(completed["on"], COMPLETING), partial(act, triage.complete, completed["by"])
    )


def course(applied: Applied, manager: str) -> Iterator[Step]:
    """Do what was done with one application, entry by entry; `by` is the manager unless said."""
    for place, entry in enumerate(applied.told.get("course", ())):
        verb = next(name for name in VERBS if name in entry)
        by = who(applied, entry.get("by", FIRM if verb in OF_THE_FIRM else manager))
        at = applied.stage.at(entry["on"], entry.get("hour", AFTERNOON), place)
        yield Step(at, partial(VERBS[verb], applied, entry, by))


def _triage(applied: Applied, by: str, now: datetime) -> dict[str, Any]:
    """Return what every act of triage is called with."""
    session = applied.stage.session
    application = _application(applied)
    handling = handlings(session, [application], now=now)[application.id]
    return {"revision": handling.revision, "actor": applied.stage.actor(by), "now": now}


def _application(applied: Applied) -> Any:
    return applied.stage.application(applied.challenge, applied.firm)


def _handle(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    stage = applied.stage
    person = stage.person(entry["handler"])
    triage.assign(
        stage.session, _application(applied), person.id,
        real_now=stage.now, **_triage(applied, by, now),
    )  # fmt: skip


def _tag(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    triage.tag(
        applied.stage.session, _application(applied), entry["tag"], **_triage(applied, by, now)
    )


def _note(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    triage.add_note(
        applied.stage.session, _application(applied), entry["note"],
        actor=applied.stage.actor(by), now=now,
    )  # fmt: skip


def _rule(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    triage.rule_gate(
        applied.stage.session, _application(applied), entry["gate"],
        is_met=entry["met"], evidence=entry["evidence"], **_triage(applied, by, now),
    )  # fmt: skip


def _move(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    to = State(entry["to"])
    triage.move(applied.stage.session, _application(applied), to, **_triage(applied, by, now))


def _ask(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    triage.ask(
        applied.stage.session, _application(applied), entry["ask"],
        due_at=applied.stage.at(entry["due"], NOON), **_triage(applied, by, now),
    )  # fmt: skip


def _answer(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    stage = applied.stage
    asked = queries.open_request(stage.session, _application(applied))
    assert asked is not None, f"nothing was asked of {applied.firm}"
    triage.answer(
        stage.session, asked, entry["answer"], seen=triage.answer_mark(asked),
        settings=stage.settings, actor=stage.actor(by), now=now, real_now=stage.now,
    )  # fmt: skip


def _settle(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    session = applied.stage.session
    asked = queries.open_request(session, _application(applied))
    assert asked is not None, f"nothing was asked of {applied.firm}"
    triage.settle(session, asked, is_mended=entry["mended"], **_triage(applied, by, now))


def _write(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    stage = applied.stage
    messaging.write(
        stage.session, _application(applied), entry["message"],
        actor=stage.actor(by), now=now, real_now=stage.now,
    )  # fmt: skip


def _read(applied: Applied, _entry: Told, by: str, now: datetime) -> None:
    """Open every letter that the firm has."""
    session = applied.stage.session
    for letter in for_firm(session, _application(applied)):
        decisions.note_reading(session, letter.id, applied.stage.person(by).id, now=now)


def _reply(applied: Applied, entry: Told, by: str, now: datetime) -> None:
    decisions.answer(
        applied.stage.session, _application(applied), Reply(entry["reply"]),
        reason=entry.get("reason", ""), actor=applied.stage.actor(by), now=now,
    )  # fmt: skip


VERBS: Mapping[str, Verb] = {
    "handler": _handle,
    "tag": _tag,
    "note": _note,
    "gate": _rule,
    "to": _move,
    "ask": _ask,
    "answer": _answer,
    "mended": _settle,
    "message": _write,
    "read": _read,
    "reply": _reply,
}
OF_THE_FIRM = frozenset({"answer", "read", "reply"})
