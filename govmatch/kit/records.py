"""Data classes at a third of their weight: what `dataclass` of the standard library makes, leaner.

The standard one writes, compiles and keeps up to six functions for each class. The site has more
than a thousand classes, which made 8 MB and a fifth of its start. Here a class has a function of
its own for `__init__`; comparing, showing and refusing to change are done by functions that all
classes share. What a class does is the same (tests/unit/kit/test_records.py).
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Return the class as a data class; takes what the standard decorator takes."""
        return _lean(options) if cls is None else _lean(options)(cls)


def _lean(options: dict[str, bool]) -> Callable[[type], Any]:
    options = dict(options)
    compares, shows = options.pop("eq", True), options.pop("repr", True)
    if options.keys() & {"order", "unsafe_hash"}:
        # They are asked for in a few places, and rest on comparing functions of their own.
        return dataclasses.dataclass(eq=compares, repr=shows, **options)
    frozen = options.get("frozen", False)

    def made(cls: type) -> Any:
        own = set(vars(cls))
        # Without a text of its own a class gets its signature, which takes long to be made.
        cls.__doc__ = cls.__doc__ or cls.__name__
        lean: Any = dataclasses.dataclass(eq=False, repr=False, **options)(cls)
        if shows and "__repr__" not in own:
            lean.__repr__ = _shown
        if compares:
            _compare(lean, own, frozen=frozen)
        if frozen:
            lean.__setattr__, lean.__delattr__ = _refuse_to_set, _refuse_to_delete
        return lean

    return made


def _compare(lean: Any, own: set[str], *, frozen: bool) -> None:
    names = [one.name for one in dataclasses.fields(lean) if one.compare]
    lean.__compared__ = staticmethod(attrgetter(*names) if names else _nothing)
    if "__eq__" not in own:
        lean.__eq__ = _equal
    if "__hash__" not in own or ("__eq__" in own and lean.__hash__ is None):
        lean.__hash__ = _hashed if frozen else None


def _nothing(_one: object) -> tuple[()]:
    return ()


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self.__compared__(self) == self.__compared__(other)


def _hashed(self: Any) -> int:
    return hash(self.__compared__(self))


@recursive_repr()
def _shown(self: Any) -> str:
    shown = (one.name for one in dataclasses.fields(self) if one.repr)
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{self.__class__.__qualname__}({values})"


def _refuse_to_set(self: object, name: str, value: object) -> None:
    if not _is_free(self, name):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _refuse_to_delete(self: object, name: str) -> None:
    if not _is_free(self, name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _is_free(one: Any, name: str) -> bool:
    """True for what a subclass that is no data class itself adds, as in the standard library."""
    return "__dataclass_fields__" not in vars(type(one)) and name not in one.__dataclass_fields__
