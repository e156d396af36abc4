"""What an application is called tells neither its place nor who sent it."""

import re

from govmatch.applications.naming import LONGEST_TITLE, new_reference, title_of
from govmatch.questionnaires import load
from tests.web.applications.world import LONG, SHORT


def test_references_are_random_and_can_be_read_aloud() -> None:
    made = [new_reference() for _ in range(200)]
    assert len(set(made)) == 200
    assert all(re.fullmatch(r"A(-[2-9a-hjkmnp-tv-z]{4}){3}", one) for one in made)
    assert made != sorted(made)


def test_the_first_answer_in_words_gives_the_title() -> None:
    form = load(LONG)
    assert title_of(form, {}) == ""
    assert title_of(form, {"days": "3", "skills": "Optics"}) == "Optics"
    assert title_of(form, {"solution": " Scan\n it ", "skills": "Optics"}) == "Scan it"
    assert title_of(load(SHORT), {"title": "Probe tk1", "contact": "a@b.example"}) == "Probe tk1"


def test_a_long_beginning_is_cut_between_words() -> None:
    title = title_of(load(LONG), {"solution": "word, " * 100})
    assert title.endswith("word …")
    assert len(title) <= LONGEST_TITLE + 2
