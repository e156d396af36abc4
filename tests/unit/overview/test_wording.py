"""Whatever the journal can hold about a case has words of its own, in every language."""

from dataclasses import fields
from typing import Any, get_type_hints

import pytest

from govmatch.accounts import events as accounts
from govmatch.applications import events as applications
from govmatch.challenges import events as challenges
from govmatch.kit.i18n import LANGUAGES, Lang, say
from govmatch.kit.journal import Event, JournalRow
from govmatch.overview.wording import in_words

SAMPLES: dict[str, Any] = {
    "role": "reviewer",
    "object_kind": "challenge",
    "from_state": "draft",
    "to_state": "decided",
    "published_at": "2027-01-01T11:00:00+00:00",
    "fields": ["closes", "body.de", "closes"],
}
BY_TYPE: dict[Any, Any] = {int: 7, bool: True, str: "x", tuple[str, ...]: ("x",)}


def events_of(module: Any, *names: str) -> list[type[Event]]:
    found = [one for one in vars(module).values() if isinstance(one, type)]
    own = [one for one in found if issubclass(one, Event) and one.__module__ == module.__name__]
    return [one for one in own if (one.__name__ in names if names else len(fields(one)) >= 1)]


CASE_EVENTS = [
    *(one for one in events_of(challenges) if "About" not in one.__name__),
    *(
        one
        for one in events_of(applications)
        if one.__name__ != "ApplicationEvent" and "About" not in one.__name__
    ),
    *events_of(
        accounts,
        "RoleGiven",
        "RoleEnded",
        "InvitationSent",
        "InvitationAccepted",
        "InvitationRevoked",
    ),
]


def row(kind: type[Event]) -> JournalRow:
    """Return a row of this event with something in every field."""
    hints = get_type_hints(kind)
    values: dict[str, Any] = {
        f.name: SAMPLES.get(f.name, BY_TYPE.get(hints[f.name])) for f in fields(kind)
    }
    event = kind(**values)
    return JournalRow(
        event=kind.__name__, subject_kind=kind.subject_kind, subject_id=7, data=event.data()
    )


def words(kind: type[Event], lang: Lang) -> str:
    about = {("person", 7): "Gro", ("application", 7): "K7Q"}
    return say(in_words(row(kind), lang=lang, zone="Europe/Berlin", about=about), lang)


def test_the_events_of_a_case_are_all_looked_at() -> None:
    names = {kind.__name__ for kind in CASE_EVENTS}
    assert {"ChallengeDrafted", "ChallengeCancelled", "RoleEnded", "ApplicationSubmitted"} <= names
    assert len(names) >= 19


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", CASE_EVENTS, ids=lambda kind: kind.__name__)
def test_every_event_has_words_of_its_own(kind: type[Event], lang: Lang) -> None:
    said = words(kind, lang)
    assert kind.__name__ not in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("event", "lang", "said"),
    [
        ("ChallengePublished", "de", "Veröffentlicht: öffentlich ab 1. Januar 2027, 12:00 MEZ"),
        ("ChallengeAmended", "da", "Ændret efter offentliggørelsen: Frist, Beskrivelse (tysk)"),
        ("ChallengeMovedOn", "en", "New state: Decided"),
        ("RoleGiven", "en", "Role given to Gro: Reviewer"),
        ("ApplicationSubmitted", "en", "Application K7Q submitted, version 7"),
    ],
)
def test_words_name_what_matters(event: str, lang: Lang, said: str) -> None:
    kind = next(one for one in CASE_EVENTS if one.__name__ == event)
    assert words(kind, lang) == said


def test_an_event_without_words_is_called_by_its_name() -> None:
    unknown = JournalRow(event="MoonRose", subject_kind="challenge", subject_id=7, data={})
    message = in_words(unknown, lang="en", zone="UTC", about={})
    assert say(message, "en") == "Entry of the kind MoonRose"
