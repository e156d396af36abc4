"""Every event of triage has its words on the case page."""

from govmatch.kit.i18n import LANGUAGES, say
from govmatch.kit.journal import Event, JournalRow
from govmatch.triage import events
from govmatch.triage.history import happened

DATA = {
    "begun_by": 1,
    "entries": [[1, 1, "x"], [2, 1, "y"]],
    "number": 2,
    "from_id": None,
    "to_id": 3,
    "added": 1,
    "removed": 0,
    "note_id": 4,
    "kind": "size",
    "is_met": False,
    "deficiency_id": 5,
    "due_at": "2026-12-01T11:00:00+00:00",
    "is_first": True,
    "is_mended": False,
    "verdict": "same",
}


def test_every_event_has_words_in_each_language() -> None:
    kinds = [one for one in vars(events).values() if isinstance(one, type)]
    named = [one for one in kinds if issubclass(one, Event) and one.__module__ == events.__name__]
    assert len(named) >= 13
    said = {}
    for kind in named:
        if kind.__name__.startswith("About"):
            continue
        row = JournalRow(event=kind.__name__, data=DATA)
        for lang in LANGUAGES:
            words = happened(row, name="A-1", lang=lang, zone="Europe/Berlin")
            assert words is not None, kind
            said[kind.__name__, lang] = say(words, lang)
    assert len(set(said.values())) == len(said)
    assert said["ApplicationsOpened", "en"] == "Applications opened: 2 entries"
    assert "1 December 2026, 12:00" in said["RequestSent", "en"]


def test_another_packages_event_has_none_here() -> None:
    row = JournalRow(event="DraftStarted", data={})
    assert happened(row, name="A-1", lang="en", zone="Europe/Berlin") is None
