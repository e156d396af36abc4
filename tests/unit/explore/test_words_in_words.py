"""What a profile could have too is said only where the profile does not say it in any way."""

from govmatch.explore.matching.naming import Names
from govmatch.explore.matching.words_in_words import unsaid_words
from govmatch.kit.i18n import say
from govmatch.matching.rarity import Rarity
from govmatch.matching.reading import Terms, Written
from govmatch.settings import shipped
from govmatch.taxonomy import cpv

NAMES = Names("en", cpv.codes(shipped("content")), {"technology:images": "Image recognition"})
FIRM = Terms({"phone": 1.0}, {})


def said(word: str, *codes: str) -> list[str]:
    challenge = Terms({"it": 1.0}, {}, {"it": (Written(word, "title.en"),)})
    many = Rarity(100, {"it": 2, "phone": 2}, {})
    lines = unsaid_words(challenge, FIRM, codes, many, NAMES)
    return [say(line.text, "en") for line in lines]


def test_what_neither_texts_nor_labels_name_is_missing() -> None:
    about = "The challenge is about “recognition”; the profile does not speak of it."
    assert said("recognition") == [about]


def test_what_the_label_of_a_code_of_the_profile_names_is_not_missing() -> None:
    assert said("Recognition", "technology:images") == []
    assert said("image recognition", "technology:images") == []
    assert said("voice recognition", "technology:images") != []
