"""What ships and what the site says become one glossary, for searches and for the bridge."""

from datetime import UTC, datetime

import pytest

from govmatch.accounts.actions import create_person
from govmatch.accounts.models import Role
from govmatch.glossary import actions, personal
from govmatch.glossary.entries import Entry, Word, WordKind, as_lines, rows, spellings
from govmatch.glossary.queries import all_entries, bridge_rows, change_stamp, touched_entries
from govmatch.glossary.shipped import read_shipped
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from govmatch.search.bridge.concepts import Bridge
from govmatch.search.bridge.rows import GLOSSARY, read_glossary
from govmatch.search.expansion import Spelling
from govmatch.settings import shipped

CONTENT = shipped("content")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EDITOR = Actor(name="Eva", roles=frozenset({Held(Role.MANAGER, "programme", 1)}))


def word(text: str, lang: str = "de", kind: WordKind = WordKind.WORD) -> Word:
    return Word(lang, kind, text)  # type: ignore[arg-type]


WAGON = (word("Imkerwagen"), word("Bienenwagen"))


def add(session: Session, *words: Word, note: str = "") -> str:
    return actions.add(session, words or WAGON, note=note, actor=EDITOR, now=NOW)


def person(session: Session) -> int:
    made = create_person(
        session, address="eva@example.org", name="Eva", lang="en",
        actor=VISITOR, now=NOW, real_now=NOW,
    )  # fmt: skip
    return made.id


def shipped_key(text: str) -> str:
    found = (e.key for e in read_shipped(CONTENT).values() if text in e.of("da"))
    return next(found)


def change(session: Session, key: str, *words: Word, seen: int, actor: Actor = EDITOR) -> None:
    actions.change(
        session, key, words, note="", seen=seen, content_dir=CONTENT, actor=actor, now=NOW
    )


def switch(session: Session, key: str, *, on: bool, seen: int) -> None:
    actions.switch(session, key, on=on, seen=seen, content_dir=CONTENT, actor=EDITOR, now=NOW)


def test_without_entries_of_the_site_the_bridge_is_that_of_the_files(session: Session) -> None:
    found = bridge_rows(session, CONTENT)
    assert Bridge(found).digest == Bridge(read_glossary(CONTENT / GLOSSARY).rows).digest
    assert touched_entries(session, CONTENT) == []


def test_an_entry_of_the_site_is_a_concept_of_the_bridge(session: Session) -> None:
    before = Bridge(bridge_rows(session, CONTENT))
    assert not before.terms("Imkerwagen", "de").keys() & before.terms("bivogn", "da").keys()
    add(session, word("Imkerwagen"), word("bivogn", "da"))
    after = Bridge(bridge_rows(session, CONTENT))
    shared = after.terms("Imkerwagen", "de").keys() & after.terms("bivogn", "da").keys()
    assert shared
    assert after.digest != before.digest


def test_words_that_join_a_shipped_entry_have_its_concept(session: Session) -> None:
    change(session, shipped_key("databeskyttelse"), word("Imkerwagen"), seen=0)
    bridge = Bridge(bridge_rows(session, CONTENT))
    assert bridge.terms("Imkerwagen", "de").keys() & bridge.terms("privacy", "en").keys()


def test_a_shipped_entry_that_is_switched_off_is_no_concept_any_more(session: Session) -> None:
    switch(session, shipped_key("databeskyttelse"), on=False, seen=0)
    there = {row.words[0][0] for row in bridge_rows(session, CONTENT)}
    assert "Datenschutz" not in there
    assert len(there) > 1_000


def test_searches_put_only_what_the_site_touched_beside_each_other(session: Session) -> None:
    assert spellings(all_entries(session, CONTENT)) == []
    add(session, word("Imkerwagen"), word("IMW", kind=WordKind.ABBREVIATION))
    (group,) = spellings(all_entries(session, CONTENT))
    assert group == [Spelling("Imkerwagen", "de"), Spelling("IMW", "de", exact=True)]


def test_an_entry_whose_file_has_lost_it_keeps_the_words_of_the_site(session: Session) -> None:
    key = shipped_key("databeskyttelse")
    change(session, key, *WAGON, seen=0)
    empty = CONTENT / "pages"
    (entry,) = touched_entries(session, empty)
    assert (entry.key, entry.words, entry.path) == (key, WAGON, "")
    assert [one.key for one in all_entries(session, empty)] == [key]


def test_each_change_moves_the_stamp_and_nothing_else_does(session: Session) -> None:
    stamps = [change_stamp(session)]
    key = add(session)
    commit(session)
    stamps.append(change_stamp(session))
    change(session, key, *WAGON, word("Wanderwagen"), seen=1)
    commit(session)
    stamps.append(change_stamp(session))
    switch(session, key, on=False, seen=2)
    commit(session)
    stamps.append(change_stamp(session))
    assert sorted(set(stamps)) == stamps
    switch(session, key, on=False, seen=3)
    commit(session)
    assert change_stamp(session) == stamps[-1]


def test_nobody_but_editors_changes_anything(session: Session) -> None:
    staff = Actor(name="Astrid", roles=frozenset({Held(Role.STAFF, "authority", 1)}))
    for actor in (VISITOR, staff):
        with pytest.raises(NotAllowed):
            actions.add(session, WAGON, note="", actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            change(session, shipped_key("databeskyttelse"), *WAGON, seen=0, actor=actor)


def test_actions_refuse_what_helps_nobody_what_is_gone_and_what_has_changed(
    session: Session,
) -> None:
    with pytest.raises(Invalid):
        add(session, word("Imkerwagen"))
    with pytest.raises(NotFound):
        change(session, "file-000000000000", *WAGON, seen=0)
    key = add(session)
    with pytest.raises(Conflict):
        change(session, key, word("Imker"), word("Wagen"), seen=0)
    with pytest.raises(Conflict):
        switch(session, key, on=False, seen=7)


def test_a_row_may_lack_a_language(session: Session) -> None:
    (row,) = rows([Entry(key="x", own=WAGON, version=1)])
    assert row.words == (("Imkerwagen", "Bienenwagen"), (), ())
    bridge = Bridge([row])
    assert bridge.terms("Imkerwagen", "de").keys() & bridge.terms("Bienenwagen", "de").keys()


def test_what_is_off_or_lacks_a_language_is_handed_on_as_a_note() -> None:
    whole = tuple(word(f"wort{lang}", lang) for lang in ("de", "da", "en"))
    entries = [
        Entry(key="a", own=whole, version=1),
        Entry(key="b", own=WAGON, version=1),
        Entry(key="c", own=whole, version=2, is_on=False),
    ]
    lines = as_lines(entries).splitlines()[2:]
    assert lines == [
        "wortde\twortda\tworten",
        "# Imkerwagen, Bienenwagen\t\t",
        "# wortde\twortda\tworten",
    ]


def test_a_person_is_told_what_they_wrote(session: Session) -> None:
    writer = person(session)
    actor = Actor(person_id=writer, roles=EDITOR.roles)
    actions.add(session, WAGON, note="Asked for", actor=actor, now=NOW)
    assert personal.export(session, writer) == {
        "glossary": [
            {
                "at": NOW.isoformat(),
                "words": ["Imkerwagen", "Bienenwagen"],
                "note": "Asked for",
                "is_on": True,
            }
        ]
    }
    assert personal.export(session, writer + 1) == {"glossary": []}
    personal.erase(session, writer, now=NOW)
    assert len(touched_entries(session, CONTENT)) == 1
