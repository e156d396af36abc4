"""What in a text tells who somebody is, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.organisations.names import name_key
from govmatch.questions.naming import Finding, What, candidates, found_in, names_in
from tests.timing import soonest

FIRMS = ["Nordlys Scan ApS", "Weserbeleg GmbH", "Data AG"]


def found(text: str, *, firms: list[str] = FIRMS) -> set[tuple[str, str]]:
    """Return what is found, with the directory answering as it would."""
    keys = candidates(text)
    known = [firm for firm in firms if name_key(firm) in keys]
    return {(one.what.value, one.text) for one in found_in([text], firms=known)}


@pytest.mark.parametrize(
    ("text", "what", "said"),
    [
        ("We at Nordlys Scan ask this", "firm", "Nordlys Scan"),
        ("We at NORDLYS-SCAN A/S ask this", "firm", "NORDLYS-SCAN"),
        ("Wir von Weserbeleg fragen", "firm", "Weserbeleg"),
        ("Wir, die Heide & Sohn GmbH, fragen", "firm", "Heide & Sohn GmbH"),
        ("Vi i Klarsprog ApS spørger", "firm", "Klarsprog ApS"),
        ("Vi i Havblik Scan har egne telefoner", "firm", "Havblik Scan"),
        ("Hej! Vi hos Klarsprog spørger", "firm", "Klarsprog"),
        ("Wir von der Heidelicht haben Drohnen", "firm", "Heidelicht"),
        ("Darf unser Unternehmen „Heidelicht“ mitmachen?", "firm", "Heidelicht"),
        ("May we at Harbour Optics use our own?", "firm", "Harbour Optics"),
        ("Må vores firma Havblik være med?", "firm", "Havblik"),
        ("Fragen Sie Frau Dr. Lehmann", "person", "Frau Dr. Lehmann"),
        ("Mr. Larsen knows", "person", "Mr. Larsen"),
        ("Mit freundlichen Grüßen\nDieter Dorn", "person", "Dieter Dorn"),
        ("Venlig hilsen, Bo Holm", "person", "Bo Holm"),
        ("My name is Carla Friis and I ask", "person", "Carla Friis"),
        ("Write to bo.holm+q@nordlys.example", "mail", "bo.holm+q@nordlys.example"),
        ("Write to bo (at) nordlys.example", "mail", "bo (at) nordlys.example"),
        ("Ring +45 12 34 56 78", "phone", "+45 12 34 56 78"),
        ("Ring på 12 34 56 78.", "phone", "12 34 56 78"),
        ("Tel. 0421 361-2345", "phone", "Tel. 0421 361-2345"),
        ("0421 3612345", "phone", "0421 3612345"),
        ("See https://nordlys.example/demo?x=1", "web", "https://nordlys.example/demo?x=1"),
        ("See www.nordlys.example", "web", "www.nordlys.example"),
        ("Unsere Seite weserbeleg.de zeigt es", "web", "weserbeleg.de"),
    ],
)
def test_what_tells_who_somebody_is_is_found_as_it_stands(text: str, what: str, said: str) -> None:
    assert (what, said) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Which data may we use, and is the data anonymised?",
        "Der Betrag ist 1.064.177,00 DKK, bis zum 31.12.2026 um 12:00 Uhr.",
        "Reichen 90 von 100 Fällen bei 500 Produkten, CPV 72212328?",
        "Er 8.000 billeder nok? Se afsnit 3.2.1.",
        "May firms from Denmark and Germany apply together?",
        "Is a phone enough, or do you need 2 or 3 of them?",
        "Gelten die Fristen nach § 12 GewO auch hier?",
        "Können wir bei Bedarf anrufen, und dürfen wir von Bildern ausgehen?",
        "Vi i Danmark har andre regler. Må vi i Pilotfasen bruge egne billeder?",
        "Darf unser Unternehmen Daten speichern?",
        "Unser Unternehmen sitzt in Norwegen. Our company is small; can we from March on join?",
    ],
)
def test_ordinary_questions_raise_no_warning(text: str) -> None:
    assert found(text) == set()


def test_a_firm_called_by_a_common_word_is_found_where_it_stands_as_a_name() -> None:
    assert found("our data is good") == set()
    assert ("firm", "Data") in found("Wir von Data AG fragen")


def test_own_names_are_found_in_any_case_and_only_whole() -> None:
    asked = ["bo holm asks", "a bohemian hole"]
    assert names_in(asked, ["Bo Holm", "Ole"], What.PERSON) == [Finding(What.PERSON, "Bo Holm")]
    assert names_in(["the bo holmen way"], ["Bo Holm"], What.PERSON) == []


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_an_address_between_spaces_is_found_whatever_stands_around_it(
    before: str, after: str
) -> None:
    assert any(
        one.what is What.MAIL and "who@firm.example" in one.text
        for one in found_in([f"{before} who@firm.example {after}"])
    )


@given(st.text(max_size=400))
def test_any_text_can_be_looked_at(text: str) -> None:
    found_in([text], firms=FIRMS)


@pytest.mark.parametrize(
    "text",
    ["A " * 10_000, "a.a" * 7_000, "1 " * 10_000, "@" * 20_000, "Frau Dr. " * 2_500,
     "http://" * 3_000, "A-" * 10_000, "+45" + " 1" * 9_000],
)  # fmt: skip
def test_a_hostile_text_is_looked_at_in_time(text: str) -> None:
    _, took = soonest(lambda: (found_in([text], firms=FIRMS), candidates(text)), under=2)
    assert took < 2
