"""Terms that were kept are the terms that were read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmatch.matching.packing import FORM
from govmatch.matching.profile import Profile, Text
from govmatch.matching.reading import Terms, Written
from tests.unit.matching.profiles import READER, profile

TEXTS = (
    Text("Rechnungen über Peppol, Ärger mit Størrelser", "de", "products"),
    Text("fakturaer og faktura", "da", "references"),
)
READ = READER.read(Profile("firm", "f", TEXTS, codes=("cpv:654", "theme:invoicing")))


def test_what_was_kept_comes_back_with_its_words_and_fields() -> None:
    back = Terms.loads(READ.dumps())
    assert back.text == pytest.approx(dict(READ.text))
    assert back.codes == pytest.approx(dict(READ.codes))
    assert back.written == READ.written
    assert back.written["rechnung~faktura~invoic"][-1] == Written("faktura", "references")


def test_what_only_ranks_comes_back_without_its_words() -> None:
    back = Terms.loads(READ.dumps(), written=False)
    assert (list(back.text), list(back.codes)) == (list(READ.text), list(READ.codes))
    assert back.written == {}


def test_terms_take_less_room_than_their_text() -> None:
    text = " ".join(f"Rechnung{number} Leitung{number}" for number in range(300))
    terms = READER.read(profile("f", text))
    assert len(terms.text) > 300
    assert len(terms.dumps()) < 1.5 * len(text)


def test_a_profile_without_words_is_kept_too() -> None:
    assert Terms.loads(Terms({}, {}).dumps()) == Terms({}, {})


def test_what_was_kept_in_another_form_is_refused() -> None:
    kept = READ.dumps()
    assert kept[0] == FORM
    with pytest.raises(ValueError, match=f"form {FORM + 1}"):
        Terms.loads(bytes([FORM + 1]) + kept[1:])


def test_what_is_not_whole_is_refused_wherever_it_was_cut() -> None:
    kept = READ.dumps()
    for length in range(0, len(kept), 7):
        with pytest.raises(ValueError, match="not whole"):
            Terms.loads(kept[:length])


def test_a_name_that_would_be_read_as_two_is_not_kept() -> None:
    with pytest.raises(ValueError, match="zero character"):
        Terms({"a\0b": 1.0}, {}).dumps()


names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)
weights = st.dictionaries(names, st.floats(0.25, 4.0, width=32), max_size=6)


@given(weights, weights, st.data())
def test_whatever_is_kept_comes_back(
    text: dict[str, float], codes: dict[str, float], data: st.DataObject
) -> None:
    words = st.lists(st.builds(Written, names, names), min_size=1, max_size=3).map(tuple)
    terms = Terms(text, codes, {term: data.draw(words) for term in text})
    assert Terms.loads(terms.dumps()) == terms
