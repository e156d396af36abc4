"""Our lean data classes do what those of the standard library do."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, asdict, field, replace
from typing import Any

import pytest

from govmatch.kit import records

BOTH = pytest.mark.parametrize(
    "decorator", [dataclasses.dataclass, records.dataclass], ids=["theirs", "ours"]
)


def _options() -> list[dict[str, bool]]:
    every: list[dict[str, bool]] = [{}]
    for name in ("frozen", "slots", "kw_only"):
        every += [{**one, name: True} for one in every]
    return every


def _made(decorator: Any, **options: bool) -> Any:
    class Firm:
        name: str
        size: int = 3
        tags: tuple[str, ...] = field(default=(), compare=False)
        secret: str = field(default="x", repr=False)

    return decorator(**options)(Firm)


@pytest.mark.parametrize("options", _options(), ids=str)
def test_values_compare_hash_and_show_as_in_the_standard_library(options: dict[str, bool]) -> None:
    ours, theirs = (_made(d, **options) for d in (records.dataclass, dataclasses.dataclass))
    for cls in (ours, theirs):
        one, same, other = cls(name="A"), cls(name="A", tags=("new",)), cls(name="B")
        assert one == same != other
        assert one != "A"
        assert replace(one, name="B") == other
        assert asdict(one) == {"name": "A", "size": 3, "tags": (), "secret": "x"}
        assert copy.deepcopy(one) == one
    assert repr(ours(name="A")) == repr(theirs(name="A"))
    if options.get("frozen"):
        assert len({ours(name="A"), ours(name="A", tags=("new",)), ours(name="B")}) == 2
    else:
        with pytest.raises(TypeError, match="unhashable"):
            hash(ours(name="A"))


@BOTH
@pytest.mark.parametrize("slots", [False, True])
def test_a_frozen_value_refuses_to_change(decorator: Any, slots: bool) -> None:
    one = _made(decorator, frozen=True, slots=slots)(name="A")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        one.name = "B"
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'size'"):
        del one.size
    with pytest.raises((FrozenInstanceError, TypeError)):  # 3.11 has TypeError where there is none
        one.new = 1
    assert one.name == "A"


@BOTH
def test_a_plain_subclass_of_a_frozen_class_may_have_more(decorator: Any) -> None:
    class More(_made(decorator, frozen=True)):  # type: ignore[misc]
        pass

    one = More(name="A")
    one.more = 1
    assert one.more == 1
    del one.more
    with pytest.raises(FrozenInstanceError):
        one.name = "B"


@BOTH
def test_what_a_class_says_itself_stays(decorator: Any) -> None:
    class Word:
        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Word) and self.text.lower() == other.text.lower()

        def __hash__(self) -> int:
            return hash(self.text.lower())

        def __repr__(self) -> str:
            return f"«{self.text}»"

    made: Any = decorator(frozen=True)(Word)
    assert {made("A"), made("a")} == {made("A")}
    assert repr(made("A")) == "«A»"


@BOTH
def test_a_class_may_be_compared_by_who_it_is(decorator: Any) -> None:
    cls = _made(decorator, frozen=True, eq=False)
    assert cls(name="A") != cls(name="A")


@BOTH
def test_a_class_may_be_put_in_order(decorator: Any) -> None:
    cls = _made(decorator, frozen=True, order=True)
    assert min([cls(name="B"), cls(name="A")]) == cls(name="A")


@BOTH
def test_a_class_without_fields_has_equal_values(decorator: Any) -> None:
    cls = decorator(frozen=True)(type("Nothing", (), {}))
    assert cls() == cls()
    assert hash(cls()) == hash(cls())


@BOTH
def test_children_compare_what_they_add_too(decorator: Any) -> None:
    base = _made(decorator, frozen=True, kw_only=True)
    child = decorator(frozen=True, kw_only=True)(
        type("Child", (base,), {"__annotations__": {"place": str}})
    )
    assert child(name="A", place="x") != child(name="A", place="y")
    assert child(name="A", place="x") != base(name="A")


@records.dataclass(frozen=True, slots=True)
class Kept:
    name: str


def test_values_are_kept_as_bytes_and_come_back() -> None:
    assert pickle.loads(pickle.dumps(Kept("A"))) == Kept("A")  # noqa: S301 - our own bytes


def test_functions_are_shared_by_all_classes() -> None:
    one, other = (_made(records.dataclass, frozen=True) for _ in range(2))
    for name in ("__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__"):
        assert getattr(one, name) is getattr(other, name)
