"""What belongs to a case is found by the keys of the tables, whatever is added."""

from govmatch.dossiers.tables import (
    APPLICATIONS,
    COLUMNS_LEFT_OUT,
    TABLES_LEFT_OUT,
    columns_of,
    links,
)
from govmatch.migrations.models import metadata


def test_every_table_that_leads_to_a_case_is_in_its_file_parents_first() -> None:
    found = links()
    names = [one.table.name for one in found]
    assert len(names) == len(set(names))
    known = {"challenges", "applications"}
    for one in found:
        assert one.parent.name in known, one.table.name
        known.add(one.table.name)
    for table in metadata.tables.values():
        leads = any(key.column.table.name in known for key in table.foreign_keys)
        assert not leads or table.name in known | set(TABLES_LEFT_OUT), table.name


def test_what_is_about_one_application_goes_with_it() -> None:
    parents = {one.table.name: one.parent.name for one in links()}
    for name in ("determinations", "letters", "pilots", "reviews", "panel_items"):
        assert parents[name] == APPLICATIONS
    assert parents["scores"] == "reviews"
    assert parents["application_confirmations"] == "application_versions"


def test_drafts_secrets_and_who_asked_are_left_out_and_nothing_that_is_not_there() -> None:
    for name in COLUMNS_LEFT_OUT:
        table, column = name.split(".")
        assert column in metadata.tables[table].c
        assert column not in {one.name for one in columns_of(metadata.tables[table])}
    assert set(TABLES_LEFT_OUT) <= set(metadata.tables)
    assert "question_askings" in TABLES_LEFT_OUT
    assert "code_digest" not in {one.name for one in columns_of(metadata.tables["late_codes"])}
