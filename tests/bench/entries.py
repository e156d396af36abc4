"""Applications of opened challenges, and what triage keeps about them; in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from govmatch.applications.models import Application, State, Version
from govmatch.applications.naming import title_of
from govmatch.challenges.models import Challenge
from govmatch.challenges.models import State as Stage
from govmatch.challenges.queries import form_of
from govmatch.kit.db import Session
from govmatch.kit.ids import digest
from govmatch.questionnaires import Answers, Questionnaire, dump
from govmatch.questionnaires import digest as digest_of
from govmatch.triage.models import Deficiency, GateRuling, Handling, Note, Tag
from tests.bench.applicant import answers_to
from tests.bench.cases import Case, Desk, Entry, key
from tests.bench.texts import Texts

WAITING = (
    *(State.SUBMITTED,) * 5,
    State.INCOMPLETE,
    *(State.IN_REVIEW,) * 9,
    *(State.SHORTLISTED,) * 3,
    State.INELIGIBLE,
    State.WITHDRAWN,
)
"""The states of twenty applications of a case that is not decided."""
WORDS = ("ask again", "strong", "look at the price", "demo", "partner", "team call")
KINDS = 50
"""How many different answers there are; each with its own title."""


@dataclass(frozen=True)
class Forms:
    """The form that everybody answers, as kept with versions, and answers to it."""

    form: Questionnaire
    kept: dict[str, Any]
    digest: str
    answers: Sequence[Answers]


def forms_for(session: Session, case: Case, texts: Texts) -> Forms:
    form = form_of(session.get_one(Challenge, case.id))
    made = [answers_to(form, texts) for _ in range(KINDS)]
    return Forms(form, dump(form), digest_of(form), made)


def add_entries(
    session: Session, case: Case, first: int, desk: Desk, forms: Forms, texts: Texts
) -> None:
    """Add every application of a case, numbered from `first`, with all that staff noted."""
    firms = texts.dice.sample(list(desk.of_firms), k=case.size)
    kept: dict[Any, list[dict[str, Any]]] = {
        model: [] for model in (Application, Version, Handling, Tag, Note, GateRuling, Deficiency)
    }
    aliases = texts.dice.sample(range(1, max(99, 10 * case.size) + 1), k=case.size)
    for place, (firm, alias) in enumerate(zip(firms, aliases, strict=True)):
        entry = Entry(
            id=first + place,
            public_id=key(texts),
            state=_state(case, place).value,
            firm_id=firm,
            by=desk.of_firms[firm],
            submitted_at=case.closes - timedelta(minutes=texts.dice.randint(5, 20_000)),
            content_hash=digest(f"{case.id}:{place}"),
        )
        case.entries.append(entry)
        answers = forms.answers[entry.id % KINDS]
        kept[Application].append(_application(entry, case, alias, answers, forms))
        kept[Version].append(_version(entry, case, answers, forms))
        kept[Handling].append(_handling(entry, case, desk))
        _add_notes(kept, entry, case, desk, texts)
    for model, rows in kept.items():
        if rows:
            session.execute(insert(model), rows)


def _state(case: Case, place: int) -> State:
    if case.is_big:
        return State.IN_REVIEW
    if case.stage is Stage.IN_SELECTION:
        return WAITING[place * 7 % len(WAITING)]
    if place < 3:
        return State.SELECTED if case.stage is Stage.DECIDED and place else State.CONFIRMED
    if place < 6:
        return State.RESERVE
    return State.INELIGIBLE if place % 12 == 6 else State.NOT_SELECTED


def _application(
    entry: Entry, case: Case, alias: int, answers: Answers, forms: Forms
) -> dict[str, Any]:
    is_told = case.stage is not Stage.IN_SELECTION
    told_at = case.closes + timedelta(days=30) if is_told else None
    is_over = entry.state == State.WITHDRAWN
    return {
        "id": entry.id,
        "public_id": entry.public_id,
        "reference": f"B{entry.id:06d}",
        "challenge_id": case.id,
        "firm_id": entry.firm_id,
        "single_key": f"{case.id}:{entry.firm_id}",
        "state": entry.state,
        "answers": answers,
        "title": title_of(forms.form, answers),
        "lang": ("en", "de", "da")[entry.id % 3],
        "created_by": entry.by,
        "created_at": case.closes - timedelta(days=20),
        "updated_at": entry.submitted_at,
        "submitted_at": entry.submitted_at,
        "withdrawn_at": case.opened_at + timedelta(days=1) if is_over else None,
        "current_version": 1,
        "alias": alias,
        "decision_released_at": told_at,
        "confirm_by": case.closes + timedelta(days=44) if told_at else None,
        "is_pilot_agreed": False,
    }


def _version(entry: Entry, case: Case, answers: Answers, forms: Forms) -> dict[str, Any]:
    return {
        "public_id": f"v{entry.public_id[1:]}",
        "application_id": entry.id,
        "number": 1,
        "answers": answers,
        "form": forms.kept,
        "form_digest": forms.digest,
        "salt": entry.public_id,
        "content_hash": entry.content_hash,
        "lang": ("en", "de", "da")[entry.id % 3],
        "gates": [
            {"kind": "country", "wanted": ["EU", "EEA"], "met": "yes"},
            {"kind": "company-registration", "wanted": ["company-registration"], "met": "unknown"},
        ],
        "at": entry.submitted_at,
        "by": entry.by,
    }  # fmt: skip


def _handling(entry: Entry, case: Case, desk: Desk) -> dict[str, Any]:
    handlers = (desk.manager, desk.second, None)
    return {
        "application_id": entry.id,
        "handler_id": handlers[entry.id % 3],
        "state_since": case.opened_at + timedelta(minutes=entry.id % 5000),
    }


def _add_notes(
    kept: dict[Any, list[dict[str, Any]]], entry: Entry, case: Case, desk: Desk, texts: Texts
) -> None:
    """Tag a third, note about a fifth, look at a gate of half, ask those incomplete."""
    at = case.opened_at + timedelta(hours=5)
    about = {"application_id": entry.id}
    if entry.id % 3 == 1:
        kept[Tag].append({**about, "word": WORDS[entry.id // 3 % len(WORDS)]})
    if entry.id % 5 == 1:
        words = texts.words("en", 200)
        note = {"public_id": key(texts), "by": desk.manager, "at": at, "text": words}
        kept[Note].append({**about, **note, "html": f"<p>{words}</p>"})
    if entry.id % 2 == 1:
        kind = "company-registration"
        found = {"kind": kind, "wanted": kind, "is_met": entry.id % 14 != 1}
        kept[GateRuling].append(
            {**about, **found, "evidence": "extract of the register", "by": desk.manager, "at": at}
        )
    if entry.state == State.INCOMPLETE:
        kept[Deficiency].append(_deficiency(entry, desk, texts, at))


def _deficiency(entry: Entry, desk: Desk, texts: Texts, at: datetime) -> dict[str, Any]:
    is_answered = entry.id % 2 == 1
    return {
        "public_id": key(texts),
        "application_id": entry.id,
        "text": texts.words("en", 200),
        "asked_by": desk.manager,
        "asked_at": at,
        "due_at": at + timedelta(days=200 if entry.id % 3 else 7),
        "reminded_at": at,
        "answer": texts.words("en", 200) if is_answered else "",
        "answered_by": entry.by if is_answered else None,
        "answered_at": at + timedelta(days=3) if is_answered else None,
    }
