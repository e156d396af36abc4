"""Every event that a case can hold has words of its own and one kind, in every language."""

import importlib
import pkgutil
from collections import Counter
from dataclasses import fields
from typing import Any, get_type_hints

import pytest

import govmatch
from govmatch.kit.i18n import LANGUAGES, Lang, say
from govmatch.kit.journal import Event, JournalRow
from govmatch.overview.things import EVENTS, NAMES, THINGS, Thing
from govmatch.overview.wording import in_words

OF_CASES = {"challenge", "question", "application", "pilot", "late_code", "invitation"}
ABOUT_PEOPLE = {"RoleGiven", "RoleEnded"}
SAMPLES: dict[str, Any] = {
    "role": "reviewer",
    "object_kind": "challenge",
    "from_state": "submitted",
    "to_state": "in_review",
    "published_at": "2027-01-01T11:00:00+00:00",
    "due_at": "2027-01-01T11:00:00+00:00",
    "expires_at": "2027-01-01T11:00:00+00:00",
    "at": "2027-01-01T11:00:00+00:00",
    "fields": ["closes"],
    "kind": "selection",
    "side": "firm",
    "outcome": "scale",
    "verdict": "same",
    "entries": [[1, 1, "x"]],
}


def every_event() -> list[type[Event]]:
    """Return the events of every package that are no bases of others."""
    for one in pkgutil.iter_modules(govmatch.__path__):
        if importlib.util.find_spec(f"govmatch.{one.name}.events") if one.ispkg else False:
            importlib.import_module(f"govmatch.{one.name}.events")
    return sorted(_leaves(Event), key=lambda kind: kind.__name__)


def _leaves(kind: type[Event]) -> set[type[Event]]:
    below = {one for one in kind.__subclasses__() if one.__module__.startswith("govmatch.")}
    return set().union(*map(_leaves, below)) if below else {kind}


CASE_EVENTS = [
    kind for kind in every_event() if kind.subject_kind in OF_CASES or kind.__name__ in ABOUT_PEOPLE
]


def row(kind: type[Event]) -> JournalRow:
    hints = get_type_hints(kind)
    values = {f.name: _sample(kind, f.name, hints[f.name]) for f in fields(kind)}
    event = kind(**values)
    return JournalRow(
        event=kind.__name__, subject_kind=kind.subject_kind, subject_id=7, data=event.data()
    )


def _sample(kind: type[Event], name: str, hint: Any) -> Any:
    if kind.__name__ in {"ConflictNoted", "ConflictCleared"} and name == "kind":
        return "declared"
    if kind.__name__ == "ReviewReturned" and name == "state":
        return "draft"
    if kind.__name__ == "ChallengeMovedOn" and name == "to_state":
        return "decided"
    if name in SAMPLES:
        return SAMPLES[name]
    return {bool: True, str: "x"}.get(hint, (7,) if "tuple" in str(hint) else 7)


def test_the_events_of_all_packages_are_looked_at() -> None:
    names = {kind.__name__ for kind in CASE_EVENTS}
    assert {"ChallengeAmended", "LateCodeUsed", "ReviewSetAside", "OutcomeStated"} <= names
    assert {"LetterRead", "RoleGiven", "InvitationSent", "FirmWrote", "GateRuled"} <= names
    assert not names & {"SignedIn", "FirmMade", "ProgrammeChanged"}
    assert len(names) > 90


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_event_has_words_of_its_own(lang: Lang) -> None:
    about = {("person", 7): "Gro", ("application", 7): "K7Q", ("pilot", 7): "Labels"}
    for kind in CASE_EVENTS:
        said = say(in_words(row(kind), lang=lang, zone="Europe/Berlin", about=about), lang)
        assert kind.__name__ not in said, kind
        assert "{" not in said, said
        if kind.subject_kind == "pilot":
            assert "Labels" in said
        if kind.subject_kind == "application":
            assert "K7Q" in said, kind


def test_every_event_is_of_one_kind_and_every_kind_has_a_name() -> None:
    assert {kind.__name__ for kind in CASE_EVENTS} == set(THINGS)
    counted = Counter(name for names in EVENTS.values() for name in names)
    assert [name for name, n in counted.items() if n > 1] == []
    assert set(NAMES) == set(EVENTS) == set(Thing)
