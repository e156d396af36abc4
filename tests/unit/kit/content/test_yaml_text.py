"""YAML is read as people mean it, with the line of everything, and without its traps."""

from typing import Any

import pytest
import yaml

from govmatch.kit.content import Source, Tree, Wrong, read_yaml
from tests.timing import soonest

LOADERS = [yaml.SafeLoader, yaml.CSafeLoader]


@pytest.fixture(params=LOADERS, ids=["python", "c"])
def loader(request: pytest.FixtureRequest) -> Any:
    return request.param


def read(text: str, loader: Any, first_line: int = 1) -> Tree:
    return read_yaml(Source("x.yaml", text), loader=loader, first_line=first_line)


def said(text: str, loader: Any) -> tuple[int, str, str]:
    """Return line, message and remedy of what is wrong."""
    with pytest.raises(Wrong) as caught:
        read(text, loader)
    problem = caught.value.problem
    return problem.line, problem.message.text, problem.remedy.text


def test_words_that_other_readers_take_for_booleans_and_dates_stay_text(loader: Any) -> None:
    text = "on: yes\ncountry: NO\nday: 2027-01-01\ntime: 12:30\nphone: 0045\nbig: 1_000\nx: True"
    assert read(text, loader).data == {
        "on": "yes",
        "country": "NO",
        "day": "2027-01-01",
        "time": "12:30",
        "phone": "0045",
        "big": "1_000",
        "x": "True",
    }


def test_booleans_numbers_and_nothing_are_read(loader: Any) -> None:
    text = "a: true\nb: false\nc: 12\nd: -3\ne: 0.5\nf:\ng: null\nh: ~\ni: '12'\nj: \"true\""
    assert read(text, loader).data == {
        "a": True, "b": False, "c": 12, "d": -3, "e": 0.5, "f": None, "g": None, "h": None,
        "i": "12", "j": "true",
    }  # fmt: skip


def test_every_key_and_item_has_its_line(loader: Any) -> None:
    tree = read("a: 1\nb:\n  - c: 2\n    d: 3\n  - e\nf: {g: 4}", loader, first_line=2)
    assert tree.lines == {
        (): 2, ("a",): 2, ("b",): 3, ("b", 0): 4, ("b", 0, "c"): 4, ("b", 0, "d"): 5, ("b", 1): 6,
        ("f",): 7, ("f", "g"): 7,
    }  # fmt: skip
    assert tree.line(("b", 0, "x", 1)) == 4


FAULTS = {
    "a: 1\n\tb: 2": (2, "A tab stands here."),
    "a: 'x\ty'": (1, "A tab stands here."),
    "a: 1\nb: 2\na: 3": (3, "The key {key} stands here a second time."),
    "a: 1\nb: &x 2": (2, "Anchors and aliases (& and *) are not read here."),
    "a: *x": (1, "Anchors and aliases (& and *) are not read here."),
    "a: 1\nb: !!python/object:os.system x": (2, "Tags (!) are not read here."),
    "a: !x {b: 1}": (1, "Tags (!) are not read here."),
    'a: "x': (1, "A quotation mark is opened here and not closed."),
    "a: 1\nb: [1, 2": (2, "A bracket is opened here and not closed, or a comma is missing."),
    "a: 1\nb: c: d": (2, "A colon stands where no key can be."),
    "a: %x": (1, "A value cannot begin with this character."),
    "a: @x": (1, "A value cannot begin with this character."),
    'title: "He said "no" to it"': (1, "This cannot be read as YAML."),
    "[a]: b": (1, "A key must be a plain word."),
    "a: 1\n---\nb: 2": (2, "A second YAML document begins here."),
    "- a": (1, "Keys with their values are expected here."),
    "": (1, "Keys with their values are expected here."),
    'a: "\\0"': (1, "The text holds a character that cannot be seen."),
    'a: "\\u202e"': (1, "The text holds a character that cannot be seen."),
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault_is_named_with_its_line_and_a_remedy(text: str, loader: Any) -> None:
    line, message, remedy = said(text, loader)
    assert (line, message) == FAULTS[text]
    assert remedy


HOSTILE = {
    "nested lists": "[" * 100_000,
    "nested maps": "{a: " * 100_000,
    "nested dashes": "- " * 100_000,
    "many keys": "\n".join(f"k{n}: {{a: 1}}" for n in range(60_000)),
    "a bomb of aliases": "a: &a [x, x]\n"
    + "\n".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}, x]" for n in range(50)),
    "quotation marks": '"' * 200_000,
    "colons": ": " * 200_000,
    "questions": "? " * 200_000,
    "escapes": 'a: "' + "\\x41" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_refused_soon_and_takes_little(name: str) -> None:
    assert soonest(lambda: said(HOSTILE[name], yaml.CSafeLoader), under=2)[1] < 2
