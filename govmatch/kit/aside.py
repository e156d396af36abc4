"""Work that is done aside: what needs much memory, or a library that a site has no other use for.

`ask` names a function and what it is asked, all of it plain data. It is answered in this very
process, as in commands, tests and the worker, unless `use` was told of another (`kit.beside`), as
in `govmatch serve`. So whoever asks imports neither the function's module nor what that needs.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cache
from importlib import import_module
from threading import Lock
from typing import Any, Protocol

from govmatch.kit.errors import GovmatchError
from govmatch.kit.records import dataclass

MOST_KEPT = 8
"""Things that are kept for the questions to come; the one asked for longest ago goes."""


class Away(GovmatchError):
    """There is nobody who could answer at the moment: 503, and worth another try soon."""


class Failed(RuntimeError):
    """The function that was asked raised something: a fault of ours; its log has the traceback."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is made where the question is answered, and kept there by its key.

    `maker` names the function that makes it of what `source` returns; both are only asked for when
    nothing is kept under the key. The key says all that it is made of.
    """

    maker: str
    key: str
    source: Callable[[], tuple[object, ...]] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """What stands in a question for something `Kept`."""

    maker: str
    key: str


Sources = Mapping[Reference, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A function, by module and name, what it is given, and what references are made of."""

    function: str
    given: tuple[object, ...]
    named: Mapping[str, object]
    sources: Sources = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lacking:
    """The answer to a question with references that are not known: ask again with their sources."""

    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """The answer to a question over which another process stumbled."""

    text: str


class Asks(Protocol):
    """Somebody who answers questions."""

    def ask(self, question: Question, kept: Mapping[Reference, Kept]) -> Any:
        """Return what the function returns; raises `Away` and `Failed`."""


def ask(function: str, *given: object, **named: object) -> Any:
    """Return what `module:function` of govmatch returns for this; raises `Away`."""
    kept = {
        Reference(one.maker, one.key): one
        for one in (*given, *named.values())
        if isinstance(one, Kept)
    }
    question = Question(
        function,
        tuple(_sent(one) for one in given),
        {name: _sent(one) for name, one in named.items()},
    )
    return _asked.ask(question, kept)


def _sent(one: object) -> object:
    return Reference(one.maker, one.key) if isinstance(one, Kept) else one


class Answering:
    """Answers questions, in any number of threads, and keeps what several of them need."""

    def __init__(self) -> None:
        """Begin with nothing kept."""
        self._kept: OrderedDict[Reference, object] = OrderedDict()
        self._lock = Lock()

    def answer(self, question: Question) -> Any:
        """Return what the function returns, or `Lacking`."""
        known: dict[Reference, object] = {}
        references = [
            one for one in (*question.given, *question.named.values()) if isinstance(one, Reference)
        ]
        for one in references:
            with self._lock:
                if one in self._kept:
                    self._kept.move_to_end(one)
                    known[one] = self._kept[one]
                elif one in question.sources:
                    known[one] = self._make(one, question.sources[one])
        if lacking := tuple(one for one in references if one not in known):
            return Lacking(lacking)

        def given(one: object) -> object:
            return known[one] if isinstance(one, Reference) else one

        named = {name: given(one) for name, one in question.named.items()}
        return function_of(question.function)(*map(given, question.given), **named)

    def _make(self, reference: Reference, source: tuple[object, ...]) -> object:
        made: object = function_of(reference.maker)(*source)
        self._kept[reference] = made
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return made


@cache
def function_of(name: str) -> Callable[..., Any]:
    """Return the function that is called so: `search.answering:search`."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"govmatch.{module}"), function)
    return found


class _Here:
    """Answers in this process."""

    def __init__(self) -> None:
        self._answering = Answering()

    def ask(self, question: Question, kept: Mapping[Reference, Kept]) -> Any:
        found = self._answering.answer(question)
        if isinstance(found, Lacking):
            return self._answering.answer(with_sources(question, found, kept))
        return found


def with_sources(question: Question, lacking: Lacking, kept: Mapping[Reference, Kept]) -> Question:
    """Return the question with what is needed to make what was not known."""
    sources = {one: kept[one].source() for one in lacking.references}
    return Question(question.function, question.given, question.named, sources)


_asked: Asks = _Here()


def use(asked: Asks | None) -> None:
    """Let this process ask somebody else from now on; None is itself."""
    global _asked  # noqa: PLW0603 - one process asks one other, whatever its sites
    _asked = asked or _Here()
