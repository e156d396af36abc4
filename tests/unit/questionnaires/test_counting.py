"""The counter in the browser counts as the server does, so that neither says «fits» alone."""

from playwright.sync_api import Browser

from govmatch.questionnaires import answers_form, load
from govmatch.questionnaires.texts import count_chars, count_words
from govmatch.settings import shipped
from tests.unit.questionnaires.pages import show

LIMIT = 500
# Every character that Unicode or JavaScript takes for white space, and some that look like it.
WHITE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u180e\u2028\u2029\u202f\u205f\u2060\u200b\u3000\ufeff"
    + "".join(map(chr, range(0x2000, 0x200B)))
)
SAMPLES = [
    "",
    "   ",
    "one two  three\nfour",
    " – e-mail: a@b.dk, 3,5 % … ",
    "Ærø får øl på ås\n\n\nstraße",
    "naïve 😀 👩‍👩‍👧 e\u0301te\u0301",
    *(f"a{char}b" for char in WHITE),
    *(f"{char}a{char}{char}b{char}" for char in WHITE),
]
FRAME = '<html lang="en"><body><div id="gm-live"></div><div id="gm-status"></div>{}</body></html>'


def test_words_and_characters_are_counted_alike_in_the_browser_and_on_the_server(
    browser: Browser,
) -> None:
    questions = [
        {"id": "words", "type": "long_text", "label": "Words", "max_words": LIMIT},
        {"id": "chars", "type": "long_text", "label": "Characters", "max_chars": LIMIT},
    ]
    form = load({"sections": [{"id": "s", "title": "S", "questions": questions}]})
    page = browser.new_page()
    page.set_content(
        FRAME.format(show("section", "en", form=answers_form(form.sections[0], {}, "en")))
    )
    page.add_script_tag(path=shipped("static") / "js" / "govmatch.js")
    left = page.evaluate(
        """(samples) => samples.map((text) => ["words", "chars"].map((kind) => {
            const field = document.getElementById(`f-q-${kind}`);
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            const hint = document.getElementById(`${field.id}-count`);
            return [field.value, Number(hint.textContent.match(/\\d+/)[0])];
        }))""",
        SAMPLES,
    )
    page.close()
    for sample, ((text, words), (_, chars)) in zip(SAMPLES, left, strict=True):
        assert (text, LIMIT - words) == (text, count_words(text)), repr(sample)
        assert (text, LIMIT - chars) == (text, count_chars(text)), repr(sample)
