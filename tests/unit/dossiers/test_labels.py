"""What stands on the page of a case's file has a name in words, whatever table it comes from."""

import pytest

from govmatch.dossiers import labels, words
from govmatch.dossiers.tables import APPLICATIONS, CHALLENGES, columns_of, links
from govmatch.dossiers.values import Known, said
from govmatch.kit.i18n import LANGUAGES, Message, say
from govmatch.migrations.models import metadata

TABLES = [CHALLENGES, APPLICATIONS, *(one.table.name for one in links())]
SHOWN = [name for name in TABLES if name not in words.LEFT_TO_THE_DATA]


def test_every_table_of_a_case_has_a_name_or_is_left_to_the_data() -> None:
    assert [name for name in SHOWN if name not in words.TITLES] == []
    assert set(TABLES) >= words.LEFT_TO_THE_DATA


def test_every_column_of_a_case_has_a_name_or_is_left_to_the_data() -> None:
    nameless = [
        f"{table}.{column.name}"
        for table in SHOWN
        for column in columns_of(metadata.tables[table])
        if column.name not in labels.LEFT_TO_THE_DATA
        and not isinstance(labels.label_of(column.name), Message)
    ]
    assert nameless == []


def test_no_name_speaks_to_the_reader_as_if_the_case_were_about_them() -> None:
    for table in SHOWN:
        for column in columns_of(metadata.tables[table]):
            if column.name not in labels.LEFT_TO_THE_DATA:
                assert " you" not in f" {say(labels.label_of(column.name), 'en')}", column.name


@pytest.mark.parametrize(
    ("table", "name", "within", "code", "german"),
    [
        ("reviews", "state", "", "submitted", "Bewertung abgegeben"),
        ("determinations", "outcome", "", "reserve", "Nachrückliste"),
        ("panels", "state", "", "frozen", "von allen unterschrieben"),
        ("conflict_suspicions", "kinds", "", "mail_domain", "Domain"),
        ("applications", "lang", "", "da", "Dänisch"),
        ("", "countries", "eligibility", "DK", "Dänemark"),
        ("", "wanted", "gates", "de", "Deutsch"),
        ("scores", "criterion", "", "fit", "Passung"),
        ("", "id", "criteria", "fit", "Passung"),
        ("challenge_terms", "slug", "", "ai", "KI"),
        ("", "outcome", "decided", "selected", "Ausgewählt"),
    ],
)
def test_a_code_is_said_in_words(
    table: str, name: str, within: str, code: str, german: str
) -> None:
    known = Known(criteria={"fit": "Passung"}, terms={"ai": "KI"})
    found = said(code, name, table=table, within=within, known=known, lang="de")
    assert german in say(found, "de")


def test_what_is_no_code_stands_as_it_was_written() -> None:
    for lang in LANGUAGES:
        assert said("fit", "text", table="", within="", known=Known(), lang=lang) == "fit"
