"""Every text of the interface is there in German and Danish, complete and once."""

from pathlib import Path

import pytest

from govmatch.kit import i18n
from tests.architecture import texts
from tests.architecture.texts import LOCALES, TRANSLATED, Translation
from tests.architecture.tree import PACKAGE, name, python_files

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Hello {name}"
msgstr "Hallo {name}"

msgid "{n} person"
msgid_plural "{n} people"
msgstr[0] "eine Person"
msgstr[1] "{n} Personen"

#~ msgid "Gone"
#~ msgstr "Weg"
"""


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_text_is_translated(lang: str) -> None:
    known = texts.catalogues(lang).keys()
    assert {m: sorted(f) for m, f in texts.all_said().items() if m not in known} == {}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_catalogue_keeps_what_nobody_says(lang: str) -> None:
    known = texts.catalogues(lang)
    kept = {m: [t.file for t in found] for m, found in known.items() if m not in texts.all_said()}
    assert kept == {}
    assert {p.name: texts.obsolete(p) for p in (LOCALES / lang).glob("*.po")} == {
        p.name: [] for p in (LOCALES / lang).glob("*.po")
    }


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_translation_is_whole_and_keeps_its_placeholders(lang: str) -> None:
    found = {
        (msgid, translation.file): list(texts.wrong(msgid, translation))
        for msgid, translations in texts.catalogues(lang).items()
        for translation in translations
    }
    assert {key: faults for key, faults in found.items() if faults} == {}


@pytest.mark.parametrize("lang", TRANSLATED)
def test_one_text_has_one_translation(lang: str) -> None:
    assert texts.differing(texts.catalogues(lang)) == {}


def test_both_languages_have_the_same_catalogues() -> None:
    assert {p.name for p in (LOCALES / "de").iterdir()} == {
        p.name for p in (LOCALES / "da").iterdir()
    }


def test_every_text_in_code_is_written_where_it_is_said() -> None:
    own = [p for p in python_files() if p.is_relative_to(PACKAGE) and p != Path(i18n.__file__)]
    found = {name(path): list(texts.hidden_texts(path.read_text("utf-8"))) for path in own}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_texts_are_found_in_templates_and_in_code() -> None:
    assert texts.said("python", "msg('One'); msgn('{n} a', '{n} b', n=2); print('no')") == {
        "One",
        ("{n} a", "{n} b"),
    }
    page = "{{ ui.link(_('Two', x=1)) }}{% if n_('c', 'd', 3) %}{{ 'no' }}{% endif %}"
    assert texts.said("jinja2", page) == {"Two", ("c", "d")}


def test_a_catalogue_is_read_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    path = tmp_path / "de" / "x.po"
    path.write_text(PO, "utf-8")
    found = texts.catalogues("de", tmp_path)
    assert found == {
        "Hello {name}": [Translation("x.po", ("Hallo {name}",), fuzzy=False)],
        ("{n} person", "{n} people"): [
            Translation("x.po", ("eine Person", "{n} Personen"), fuzzy=False)
        ],
    }
    assert [list(texts.wrong(msgid, entries[0])) for msgid, entries in found.items()] == [[], []]
    assert texts.obsolete(path) == ["Gone"]


@pytest.mark.parametrize(
    ("msgid", "forms", "fault"),
    [
        ("Hello", ("",), "empty"),
        ("Hello {name}", ("Hallo {nam}",), "placeholders ['nam'] instead of ['name']"),
        ("Hello", ("Hallo {name}",), "placeholders ['name'] instead of []"),
        (("{n} a", "{n} b"), ("ein A {x}", "{n} B"), "a form has placeholders"),
        (("{n} a", "{n} b"), ("{n} A",), "1 plural forms instead of 2"),
    ],
)
def test_each_fault_of_a_translation_is_found(
    msgid: texts.MsgId, forms: tuple[str, ...], fault: str
) -> None:
    faults = texts.wrong(msgid, Translation("x.po", forms, fuzzy=False))
    assert any(found.startswith(fault) for found in faults)


def test_a_fuzzy_translation_is_found() -> None:
    assert list(texts.wrong("Yes", Translation("x.po", ("Ja",), fuzzy=True))) == ["fuzzy"]


def test_two_translations_of_one_text_are_found() -> None:
    one, other = (Translation(f, (t,), fuzzy=False) for f, t in (("a.po", "Ja"), ("b.po", "Jo")))
    assert texts.differing({"Yes": [one, other], "No": [one]}) == {"Yes": ["a.po", "b.po"]}


def test_a_text_that_no_extraction_can_find_is_named() -> None:
    source = "msg(f'{x}')\nmsg('fine' 'too')\nmsgn('a', b, n=1)"
    assert list(texts.hidden_texts(source)) == ["line 1: msg()", "line 3: msgn()"]
