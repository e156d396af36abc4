"""Has this been asked before? Shown to the desk, of what its people may read, side by side."""

import pytest

from govmatch.challenges.statement import Words
from tests.site import text_of
from tests.web.challenges.desk_world import Desk

GERMAN = Words(
    title="Lecks im Wasserleitungsnetz finden",
    summary="Wir suchen Sensoren, die Lecks im Netz orten.",
    body="""## Das Problem

Das Wasserleitungsnetz unserer Stadt ist 420 km lang und über hundert Jahre alt. Etwa 12,5 Prozent
des Trinkwassers versickern, bevor es bei den Haushalten ankommt.

- Wir suchen Sensoren, die Lecks orten, ohne dass wir die Straße aufreißen müssen.
- Die Daten der Zähler stellen wir bereit.""",
)
DANISH = Words(
    title="Find lækager i vandledningsnettet",
    summary="Vi søger sensorer, der finder lækager i nettet.",
    body="""## Problemet

Byens vandledningsnet er 420 km langt og over hundrede år gammelt. Omkring 12,5 procent af
drikkevandet siver ud, før det når frem til husstandene.

- Vi søger sensorer, der kan finde lækager, uden at vi skal grave vejen op.
- Vi stiller målernes data til rådighed.""",
)
BREAD = Words(
    title="Økologisk brød til kantinerne",
    summary="Vores kantiner søger en leverandør af brød.",
    body="Bageren leverer hver morgen <b>frisk</b> brød til skoler og plejehjem.",
)


def path(slug: str, other: str = "") -> str:
    return f"/desk/challenges/{slug}/similar" + (f"/{other}" if other else "")


def drafts(desk: Desk) -> tuple[str, str, str]:
    """Return a German draft, a Danish one that says the same, and one about bread."""
    made = (("de", GERMAN), ("da", DANISH), ("da", BREAD))
    first, second, third = (desk.draft(words={lang: one}, main_lang=lang) for lang, one in made)
    return first, second, third


def test_what_says_the_same_in_another_language_stands_first_and_itself_never(desk: Desk) -> None:
    german, danish, _ = drafts(desk)
    text = desk.as_("astrid").get(path(german)).text
    shown = text_of(text)
    assert "1 challenge says much the same" in shown
    assert "Same content in another language" in shown
    assert f'href="/challenges/{danish}"' in text
    assert f'href="/challenges/{german}"' not in text
    assert path(german, danish) in text
    assert path(danish, german) in desk.as_("astrid").get(path(danish)).text


def test_the_page_of_the_challenge_leads_there(desk: Desk) -> None:
    slug = drafts(desk)[0]
    assert f'href="{path(slug)}"' in desk.as_("eva").get(f"/desk/challenges/{slug}").text


def test_side_by_side_stand_the_sentences_that_say_the_same_in_their_languages(desk: Desk) -> None:
    german, danish, _ = drafts(desk)
    text = desk.as_("astrid").get(path(german, danish)).text
    rows = text.split("<tbody", 1)[1].split("</tbody", 1)[0].split("</tr>")
    (water,) = [row for row in rows if "420 km" in row]
    assert water.count("420 km") == 2
    assert 'lang="de"' in water
    assert 'lang="da"' in water


@pytest.mark.security(10)
def test_words_of_a_draft_are_text_and_no_markup(desk: Desk) -> None:
    german, _, bread = drafts(desk)
    text = desk.as_("astrid").get(path(german, bread)).text
    assert "&lt;b&gt;frisk" in text or "frisk" in text_of(text)
    assert "<b>frisk" not in text
    assert "No sentence of one says" in text_of(text)


@pytest.mark.security(9)
def test_drafts_of_others_are_neither_listed_nor_shown_beside(desk: Desk) -> None:
    german, danish, _ = drafts(desk)
    foreign = desk.draft(
        by="ida",
        words={"da": DANISH},
        main_lang="da",
        authority="bremen-wirtschaft",
        programme="bremen-wirtschaft-digital",
        round=None,
    )
    listed = desk.as_("astrid").get(path(german)).text
    assert f'href="/challenges/{danish}"' in listed
    assert foreign not in listed
    assert desk.as_("astrid").get(path(german, foreign)).status_code == 404
    assert desk.as_("ida").get(path(foreign, danish)).status_code == 404
    assert desk.as_("ida").get(path(german)).status_code == 404
    alone = desk.as_("ida").get(path(foreign)).text
    assert f'href="/challenges/{danish}"' not in alone
    assert "Nothing like it was found" in text_of(alone)


def test_a_challenge_is_not_put_beside_itself_nor_beside_nothing(desk: Desk) -> None:
    slug = drafts(desk)[0]
    assert desk.as_("astrid").get(path(slug, slug)).status_code == 404
    assert desk.as_("astrid").get(path(slug, "never-there")).status_code == 404


@pytest.mark.parametrize("name", ["gro", "bo", "jens", "kim"])
def test_who_has_no_desk_does_not_get_there(desk: Desk, name: str) -> None:
    slug = drafts(desk)[0]
    assert desk.as_(name).get(path(slug)).status_code in {403, 404}


def test_an_empty_draft_is_like_nothing_and_says_so(desk: Desk) -> None:
    drafts(desk)
    slug = desk.draft(words={"de": Words(title="?")}, main_lang="de")
    answer = desk.as_("astrid").get(path(slug))
    assert answer.status_code == 200
    assert "Nothing like it was found" in text_of(answer.text)


def test_more_challenges_cost_no_more_statements(desk: Desk) -> None:
    german, *_ = drafts(desk)
    browser = desk.as_("astrid")
    few = desk.statements(browser, path(german))
    for _ in range(3):
        desk.draft(words={"da": DANISH}, main_lang="da")
    assert desk.statements(browser, path(german)) <= few
