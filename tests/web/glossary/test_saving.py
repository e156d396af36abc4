"""An entry is previewed, saved, used by the next search, changed and switched off."""

import pytest

from govmatch.challenges.statement import Words
from tests.site import text_of
from tests.unit.search.entries import build, entry
from tests.web.challenges.desk_world import Desk
from tests.web.challenges.sending import fields_of, typed
from tests.web.glossary.editing import (
    NEW,
    add,
    found,
    happened,
    kept,
    rows,
    send,
    shipped_page,
)

TITLE = "Cabins for wandering beekeepers"
TEXTS = {
    "en": Words(title=TITLE, summary="Who builds them?", body="## Why\n\nFor the bees."),
    "da": Words(title="Hytter til biavlere", summary="Hvem bygger?", body="## Hvorfor\n\nBier."),
}
WORDS = {"word_de": "Imkerwagen", "word_en": "beekeepers", "word_da": "bivogn"}


@pytest.fixture
def published(desk: Desk) -> str:
    slug = desk.published(words=TEXTS)
    desk.site.work()
    return slug


def test_the_preview_says_what_comes_in_and_saves_nothing(desk: Desk, published: str) -> None:
    assert TITLE not in found(desk, "Imkerwagen")
    answer = send(desk, step="preview", queries="bivogn\ncabins", **WORDS)
    assert answer.status_code == 200
    said = text_of(answer.text)
    assert "Imkerwagen 0 1" in said
    assert "bivogn 0 1" in said
    assert "cabins 1 1" in said
    assert f"Afterwards {TITLE} comes in" in said
    assert "The first 10 for “cabins”" not in said
    assert rows(desk) == (0, 0)
    assert happened(desk) == []
    assert TITLE not in found(desk, "Imkerwagen")


def test_from_the_preview_it_is_saved_and_the_next_search_uses_it(
    desk: Desk, published: str
) -> None:
    previewed = send(desk, step="preview", note="Asked for by Kai", **WORDS)
    browser = desk.as_("eva")
    fields = fields_of(previewed.text, NEW)
    answer = browser.post(NEW, typed(fields, step="save"))
    assert answer.status_code == 303
    for query in ("Imkerwagen", "bivogn", "beekeepers"):
        assert TITLE in found(desk, query)
    (entry,) = kept(desk)
    assert {(word.lang, word.text) for word in entry.own} == {
        ("de", "Imkerwagen"),
        ("da", "bivogn"),
        ("en", "beekeepers"),
    }
    assert entry.note == "Asked for by Kai"
    assert happened(desk) == [("GlossaryEntryAdded", {"version": 1})]
    assert "The entry is saved" in text_of(browser.get(answer.headers["location"]).text)


def test_what_the_search_finds_by_it_is_marked(desk: Desk, published: str) -> None:
    add(desk, **WORDS)
    html = desk.site.visit().get("/search?q=Imkerwagen").text
    assert "<mark>beekeepers</mark>" in html


def test_change_on_the_preview_leads_back_to_what_was_typed(desk: Desk) -> None:
    previewed = send(desk, step="preview", queries="bivogn", **WORDS)
    fields = fields_of(previewed.text, NEW)
    answer = desk.as_("eva").post(NEW, typed(fields, step="change"))
    again = fields_of(answer.text, NEW)
    assert {name: again[name] for name in (*WORDS, "queries")} == {
        **{name: [word] for name, word in WORDS.items()},
        "queries": ["bivogn"],
    }
    assert rows(desk) == (0, 0)


def test_enter_leads_to_the_preview_and_a_switch_of_language_keeps_the_step(desk: Desk) -> None:
    answer = send(desk, step="", **WORDS)
    assert "Nothing is saved yet" in text_of(answer.text)
    fields = fields_of(answer.text, NEW)
    switched = desk.as_("eva").post(NEW, typed(fields, switch_lang="de"))
    assert switched.status_code == 200
    assert "Es ist noch nichts gespeichert" in text_of(switched.text)
    form = send(desk, step="", switch_lang="da", word_de="Imkerwagen")
    assert form.status_code == 200
    assert "Tilføj et opslag" in text_of(form.text)
    assert fields_of(form.text, NEW)["word_de"] == ["Imkerwagen"]


def test_a_form_that_is_sent_twice_makes_one_entry(desk: Desk) -> None:
    browser = desk.as_("eva")
    fields = typed(fields_of(browser.get(NEW).text, NEW), step="save", **WORDS)
    first, second = browser.post(NEW, fields), browser.post(NEW, fields)
    assert first.headers["location"] == second.headers["location"]
    assert rows(desk) == (1, 1)


@pytest.mark.parametrize(
    ("typed_", "field", "says"),
    [
        ({"word_de": "Imkerwagen"}, "word_de", "at least two words"),
        ({"word_de": "Imkerwagen", "word_da": "imkerwagen"}, "word_de", "at least two words"),
        ({"word_de": "ab\nImkerwagen"}, "word_de", "“ab” is too short"),
        ({"abbreviation_en": "X\nImkerwagen"}, "abbreviation_en", "“X” is too short"),
        ({"word_de": "Imkerwagen\n2026"}, "word_de", "“2026” is too short"),
        ({"word_en": "Imkerwagen\nwith"}, "word_en", "“with” stands in every text"),
        ({"abbreviation_de": "IT\nEDVX"}, "abbreviation_de", "“IT” stands in every text"),
        ({"word_da": "af den\nbivogn"}, "word_da", "“af den” stands in every text"),
        ({"word_de": "=SUM(A1)\nImkerwagen"}, "word_de", "does not begin with a letter"),
        ({"word_de": "a b c d e f g\nImkerwagen"}, "word_de", "is too long"),
        ({"word_de": "x" * 61 + "\nImkerwagen"}, "word_de", "is too long"),
        ({"word_de": "\n".join(f"wort{chr(97 + n)}" for n in range(13))}, "word_de", "at most 12"),
        ({"queries": "\n".join("abcdef"), **WORDS}, "queries", "at most 5 searches"),
        ({"note": "x" * 501, **WORDS}, "note", "at most 500"),
    ],
)
@pytest.mark.parametrize("step", ["preview", "save"])
def test_what_does_not_fit_is_named_and_kept(
    desk: Desk, typed_: dict[str, str], field: str, says: str, step: str
) -> None:
    answer = send(desk, step=step, **typed_)
    assert answer.status_code == 422
    assert f'id="f-{field}-error"' in answer.text
    assert says in text_of(answer.text)
    again = fields_of(answer.text, NEW)
    assert {name: again[name] for name in typed_} == {k: [v] for k, v in typed_.items()}
    assert rows(desk) == (0, 0)


def test_words_are_parted_by_lines_and_commas_and_lose_quotation_marks(desk: Desk) -> None:
    add(desk, word_de="Imkerwagen, „Bienenwagen“;Wanderwagen\n\n  Imkerwagen ")
    (entry,) = kept(desk)
    assert [word.text for word in entry.own] == ["Imkerwagen", "Bienenwagen", "Wanderwagen"]


def test_a_word_of_another_entry_is_named_and_may_join_it(desk: Desk) -> None:
    answer = send(desk, step="preview", word_de="Datenschutz\nImkerwagen")
    assert answer.status_code == 422
    said = text_of(answer.text)
    assert "“Datenschutz” stands in another entry too" in said
    assert "databeskyttelse" in said
    key = answer.text.partition('value="merge:')[2].partition('"')[0]
    fields = fields_of(answer.text, NEW)
    joined = desk.as_("eva").post(NEW, typed(fields, step=f"merge:{key}"))
    assert joined.status_code == 200
    page = f"/glossary/{key}/edit"
    form = fields_of(joined.text, page)
    assert form["word_de"] == ["Imkerwagen"], "the file has the other word already"
    assert rows(desk) == (0, 0)
    assert desk.as_("eva").post(page, typed(form, step="save")).status_code == 303
    (entry,) = kept(desk)
    assert "Datenschutz" in entry.of("de")
    assert "Imkerwagen" in entry.of("de")


def test_a_word_may_have_two_meanings(desk: Desk) -> None:
    answer = send(desk, step="save", word_de="Datenschutz\nImkerwagen", apart="yes")
    assert answer.status_code == 303
    page = f"{answer.headers['location']}/edit"
    again = send(desk, page, word_de="Datenschutz\nImkerwagen\nBienenwagen")
    assert again.status_code == 303, "what was told apart once is not asked again"


def test_words_cannot_join_an_entry_that_is_not_there(desk: Desk) -> None:
    assert send(desk, step="merge:file-000000000000", **WORDS).status_code == 404


def test_a_word_that_stands_nearly_everywhere_is_warned_of(desk: Desk) -> None:
    hives = [entry(str(n), "Hives", "For beekeepers.", kind="page") for n in range(1, 13)]
    others = [entry(str(n), "Bridges", "Of stone.", kind="page") for n in range(13, 41)]
    build(desk.site.settings.index_dir, *hives, *others)
    said = text_of(send(desk, step="preview", **WORDS).text)
    assert "“beekeepers” stands in 12 of 40 texts: this would blur searches" in said
    assert said.count("this would blur searches") == 1
    assert "Imkerwagen 0 12" in said


def test_without_an_index_the_preview_says_so_and_counts_nothing(desk: Desk) -> None:
    said = text_of(send(desk, step="preview", **WORDS).text)
    assert "Search is being prepared" in said
    assert "Found today" not in said
    assert add(desk, **WORDS)


def test_the_preview_counts_only_what_the_editor_may_find(desk: Desk) -> None:
    desk.draft(words=TEXTS)
    desk.site.work()
    for who, counted in (("eva", "Imkerwagen 0 1"), ("pia", "Imkerwagen 0 0")):
        said = text_of(send(desk, by=who, step="preview", **WORDS).text)
        assert counted in said
        assert (TITLE in said) == (who == "eva")


def test_somebody_elses_change_is_shown_beside_ones_own(desk: Desk) -> None:
    page = f"{add(desk, **WORDS)}/edit"
    eva, kim = desk.as_("eva"), desk.as_("kim")
    mine, theirs = (fields_of(browser.get(page).text, page) for browser in (eva, kim))
    saved = kim.post(page, typed(theirs, word_de="Imkerwagen\nBienenwagen", step="save"))
    assert saved.status_code == 303
    answer = eva.post(page, typed(mine, word_de="Imkerwagen\nWanderwagen", step="save"))
    assert answer.status_code == 409
    said = text_of(answer.text)
    assert "Somebody else saved this meanwhile" in said
    assert "German words Imkerwagen Bienenwagen Imkerwagen Wanderwagen" in said
    assert rows(desk) == (1, 2)
    again = eva.post(page, typed(fields_of(answer.text, page), step="save"))
    assert again.status_code == 303
    assert rows(desk) == (1, 3)
    assert [word.text for word in kept(desk)[0].own][:2] == ["Imkerwagen", "Wanderwagen"]


def test_a_change_without_a_difference_makes_no_version(desk: Desk) -> None:
    page = f"{add(desk, **WORDS)}/edit"
    assert send(desk, page).status_code == 303
    assert rows(desk) == (1, 1)


def test_what_is_switched_off_is_used_no_more_and_can_be_switched_on(
    desk: Desk, published: str
) -> None:
    address = add(desk, **WORDS)
    for on, event in ((False, "GlossaryEntrySwitched"), (True, "GlossaryEntrySwitched")):
        answer = desk.as_("kim").submit(address, f"{address}/switch", {})
        assert answer.status_code == 303
        assert (TITLE in found(desk, "Imkerwagen")) is on
        assert happened(desk)[-1][0] == event
        assert happened(desk)[-1][1]["is_on"] is on


def test_a_switch_that_was_used_meanwhile_is_said(desk: Desk) -> None:
    address = add(desk, **WORDS)
    eva, kim = desk.as_("eva"), desk.as_("kim")
    fields = fields_of(eva.get(address).text, f"{address}/switch")
    kim.submit(address, f"{address}/switch", {})
    answer = eva.post(f"{address}/switch", fields)
    assert answer.status_code == 409
    assert "Nothing was overwritten" in text_of(answer.text)
    assert rows(desk) == (1, 2)


def test_the_history_says_who_wrote_what(desk: Desk) -> None:
    address = add(desk, **WORDS)
    send(desk, f"{address}/edit", by="kim", word_de="Imkerwagen\nBienenwagen")
    said = text_of(desk.as_("eva").get(address).text)
    assert said.index("Kim") < said.index("Imkerwagen, Bienenwagen, bivogn") < said.index("Eva: in")


def test_an_entry_of_a_file_gets_words_of_the_site_and_keeps_its_own(
    desk: Desk, published: str
) -> None:
    page = shipped_page(desk, "databeskyttelse")
    said = text_of(desk.as_("eva").get(page).text)
    assert "It ships with govmatch: content/glossary/digital.tsv, line" in said
    assert send(desk, f"{page}/edit", word_en="beekeepers").status_code == 303
    for query in ("beekeepers", "Datenschutz", "privacy"):
        assert TITLE in found(desk, query)
    (entry,) = kept(desk)
    assert entry.of("en")[0] == "data protection"
    assert entry.of("en")[-1] == "beekeepers"
    refused = send(desk, f"{page}/edit", word_en="privacy")
    assert refused.status_code == 422
    assert "The file has these words already" in text_of(refused.text)


def test_an_entry_of_a_file_is_switched_off_here_and_stays_in_its_file(desk: Desk) -> None:
    page = shipped_page(desk, "databeskyttelse")
    assert desk.as_("eva").submit(page, f"{page}/switch", {}).status_code == 303
    (entry,) = kept(desk)
    assert not entry.is_on
    assert "Datenschutz" in entry.of("de")
    assert "Switched off" in text_of(desk.as_("eva").get(page).text)


@pytest.mark.parametrize("end", ["", "/edit"])
def test_an_entry_that_is_not_there_is_not_found(desk: Desk, end: str) -> None:
    for key in ("file-000000000000", "23456789abcd", "new-and-odd"):
        assert desk.as_("eva").get(f"/glossary/{key}{end}").status_code == 404
        for action in ("edit", "switch"):
            answer = desk.as_("eva").post(f"/glossary/{key}/{action}", {**WORDS, "step": "save"})
            assert answer.status_code == 404


@pytest.mark.parametrize("who", ["astrid", "hanne", "jens", "bo", "gro"])
def test_nobody_else_changes_the_glossary(desk: Desk, who: str) -> None:
    address = add(desk, **WORDS)
    browser = desk.as_(who)
    for path in (NEW, address, f"{address}/edit", "/glossary.tsv"):
        assert browser.get(path).status_code == 403
    for path in (NEW, f"{address}/edit", f"{address}/switch"):
        answer = browser.post(path, {**WORDS, "step": "save", "seen": "1", "on": "no"})
        assert answer.status_code == 403
    assert rows(desk) == (1, 1)
    assert "/glossary/new" not in browser.get("/glossary").text


def test_editors_find_the_glossary_in_their_menu(desk: Desk) -> None:
    for who in ("eva", "kim"):
        assert '<a href="/glossary">Glossary</a>' in desk.as_(who).get("/glossary").text
