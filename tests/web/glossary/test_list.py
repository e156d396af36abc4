"""The glossary as everybody reads it, and what only editors see of it."""

import pytest

from govmatch.search.bridge.rows import read_glossary
from tests.site import text_of
from tests.web.challenges.desk_world import Desk
from tests.web.glossary.editing import add, send, shipped_page


@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "Words that mean"), ("de", "Wörter, die dasselbe"), ("da", "Ord, der betyder")],
)
def test_everybody_reads_the_words_of_three_languages(desk: Desk, lang: str, says: str) -> None:
    html = desk.site.visit(lang=lang).get("/glossary?q=e-faktura").text
    for text in (says, "E-Rechnung", "e-invoice"):
        assert text in text_of(html)
    others = {"de", "da", "en"} - {lang}
    assert {
        other for other in others if f' lang="{other}">' in html.partition("<main")[2]
    } == others


def test_the_readers_own_language_stands_first_and_in_its_alphabet(desk: Desk) -> None:
    german = text_of(desk.site.visit(lang="de").get("/glossary").text)
    assert german.index("3D-Druck") < german.index("Abend") < german.index("Abfall")
    danish = desk.site.visit(lang="da")
    last = text_of(danish.get("/glossary?page=100").text)
    assert "Her er ingen opslag endnu" in last
    pages = [text_of(danish.get(f"/glossary?page={n}").text) for n in (30, 31)]
    assert "ånd" in "".join(pages) or "år" in "".join(pages)


def test_the_pages_together_show_every_entry_once(desk: Desk) -> None:
    content = desk.site.settings.content_dir / "glossary"
    first = {tuple(words[0] for words in row.words) for row in read_glossary(content).rows}
    html = desk.site.visit().get("/glossary").text
    assert f"{len(first):,} glossary entries" in text_of(html)


def test_a_word_is_found_in_any_language_and_case(desk: Desk) -> None:
    for query in ("DATENSCHUTZ", "databeskyttelse", "data protection"):
        assert "Datenschutz" in text_of(desk.site.visit().get(f"/glossary?q={query}").text)
    assert "No entry has this word" in text_of(desk.site.visit().get("/glossary?q=xyzzy").text)


def test_visitors_see_neither_buttons_nor_what_is_switched_off(desk: Desk) -> None:
    address = add(desk, word_de="Honorarnote\nGebührennote")
    assert "Honorarnote" in text_of(desk.site.visit().get("/glossary?q=honorarnote").text)
    desk.as_("kim").submit(address, f"{address}/switch", {})
    for path in ("/glossary?q=honorarnote", "/glossary?q=honorarnote&show=off"):
        html = desk.site.visit().get(path).text
        assert "Gebührennote" not in html
        assert "/glossary/new" not in html
    shown = text_of(desk.as_("eva").get("/glossary?show=off").text)
    assert "Honorarnote" in shown
    assert "Switched off" in shown


def test_editors_look_at_their_own_entries_alone(desk: Desk) -> None:
    add(desk, word_de="Honorarnote\nGebührennote")
    shown = text_of(desk.as_("eva").get("/glossary?show=own").text)
    assert "1 glossary entry" in shown
    assert "Honorarnote, Gebührennote" in shown


def test_the_sites_entries_are_given_as_lines_of_a_file(desk: Desk) -> None:
    add(desk, word_de="Honorarnote", word_da="honorarnota", word_en="fee note")
    add(desk, word_de="Gebührennote\nKostennote")
    page = shipped_page(desk, "databeskyttelse")
    send(desk, f"{page}/edit", word_de="Schutz der Privatsphäre")
    answer = desk.as_("kim").get("/glossary.tsv")
    assert answer.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[1:4] == [
        "de\tda\ten",
        "Honorarnote\thonorarnota\tfee note",
        "# Gebührennote, Kostennote\t\t",
    ]
    assert lines[4].startswith("# content/glossary/digital.tsv, line ")
    german = lines[5].split("\t")[0].split(", ")
    assert (german[0], german[-1]) == ("Datenschutz", "Schutz der Privatsphäre")


def test_the_file_that_is_given_is_read_as_the_glossary_is(desk: Desk) -> None:
    add(desk, word_de="Honorarnote", word_da="honorarnota", word_en="fee note")
    add(desk, word_de="Gebührennote\nKostennote")
    folder = desk.site.settings.data_dir / "taken-over"
    folder.mkdir()
    (folder / "site.tsv").write_text(desk.as_("kim").get("/glossary.tsv").text, "utf-8")
    glossary = read_glossary(folder)
    assert glossary.wrong == ()
    words = [row.words for row in glossary.rows]
    assert words == [(("Honorarnote",), ("honorarnota",), ("fee note",))]
