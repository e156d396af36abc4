"""Whoever's words stand in a letter, they stay words."""

import re

import pytest

from govmatch.decisions.letter_texts import plain
from govmatch.kit.markdown import render


@pytest.mark.parametrize(
    "words",
    [
        "[a](https://evil.example)",
        "<b>bold</b>",
        "# heading",
        "- item",
        "1. item",
        "*a* _b_ `c`",
        "> quote",
        "a\n===",
        "| a | b |\n|---|---|",
    ],
)
def test_words_stay_words(words: str) -> None:
    html = str(render(plain(words)))
    assert re.sub(r"</?p>|\n", "", html).count("<") == 0
