"""What three languages write in their own manner is compared as if it were written alike."""

import pytest

from govmatch.search.bridge.spelling import plain, shared_spelling, stem


@pytest.mark.parametrize(
    "words",
    [
        (("Zentrum", "de"), ("centrum", "da")),
        (("Kontakt", "de"), ("kontakt", "da"), ("contact", "en")),
        (("Radar", "de"), ("radar", "da"), ("radar", "en")),
        (("Zertifikat", "de"), ("certifikater", "da")),
    ],
)
def test_words_of_one_origin_are_spelled_alike(words: tuple[tuple[str, str], ...]) -> None:
    assert len({shared_spelling(stem(*word)) for word in words}) == 1


def test_numbers_and_mixed_names_are_left_as_they_are() -> None:
    assert shared_spelling("27001") == "27001"
    assert stem("ISO27001", "de") == "iso27001"


def test_letters_are_folded_the_long_way() -> None:
    assert plain("Ärger") == "aerger"
    assert plain("\u00ad") == ""
    assert stem("", "de") == ""
