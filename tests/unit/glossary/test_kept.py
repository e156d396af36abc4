"""What processes keep of the glossary follows each change, and is not made anew without one."""

from pathlib import Path

from govmatch.glossary import actions
from govmatch.glossary.bridging import bridge
from govmatch.glossary.kept import KeptExpansions
from govmatch.kit.db import Database, commit
from govmatch.kit.journal import HeadReader
from govmatch.search.fields import Fields
from govmatch.search.query import Query, parse
from tests.unit.glossary.test_entries import CONTENT, EDITOR, NOW, WAGON


def add(database: Database) -> str:
    with database.writing() as session:
        key = actions.add(session, WAGON, note="", actor=EDITOR, now=NOW)
        commit(session)
    return key


def switch_off(database: Database, key: str) -> None:
    with database.writing() as session:
        actions.switch(session, key, on=False, seen=1, content_dir=CONTENT, actor=EDITOR, now=NOW)
        commit(session)


def wagon() -> Query:
    return parse("Imkerwagen", fields=Fields.of({}), now=NOW)


def test_every_process_expands_by_what_holds_now(database: Database) -> None:
    one, other = (KeptExpansions(database, HeadReader(database), CONTENT) for _ in range(2))
    assert one().expand(wagon()) == wagon()
    key = add(database)
    for kept in (one, other):
        assert len(kept().expand(wagon()).clauses[0].any_of) == 2
    assert one() is one(), "nothing has changed, so nothing is read again"
    switch_off(database, key)
    for kept in (one, other):
        assert kept().expand(wagon()) == wagon()


def test_the_bridge_is_made_anew_only_when_the_glossary_has_changed(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "a.tsv").write_text("de\tda\ten\nHaus\thus\thouse\n", "utf-8")
    with database.reading() as session:
        before = bridge(session, tmp_path)
        assert bridge(session, tmp_path) is before
    add(database)
    with database.reading() as session:
        after = bridge(session, tmp_path)
    assert after is not before
    shared = after.terms("Imkerwagen", "de").keys() & after.terms("Bienenwagen", "de").keys()
    assert shared
    assert not before.terms("Imkerwagen", "de").keys() & shared
