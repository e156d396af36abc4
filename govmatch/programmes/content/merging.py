"""A programme that names a template: what it writes down laid over what the template says."""

from collections.abc import Mapping
from typing import Any

from govmatch.kit.content import Path, Tree

NEVER_INHERITED = frozenset({"slug", "template", "voices"})


def merged(template: Tree, own: Tree) -> Tree:
    """Return both as one, with the lines of the programme's own file.

    Mappings are merged key by key, lists whose items carry an `id` item by item (new items come
    last), all other values are replaced. What comes from the template has the line of whatever of
    the own file is around it.
    """
    base = {key: value for key, value in template.data.items() if key not in NEVER_INHERITED}
    merging = _Merging(own)
    data = merging.value(base, own.data, (), ())
    return Tree(own.name, data, merging.lines)


class _Merging:
    def __init__(self, own: Tree) -> None:
        self._own = own.lines
        self.lines: dict[Path, int] = {}

    def value(self, base: Any, own: Any, at: Path, from_path: Path) -> Any:
        """Return the merged value that stands at `at`, and stood at `from_path` in the own file."""
        self.lines[at] = self._own.get(from_path, 1)
        if isinstance(base, Mapping) and isinstance(own, Mapping):
            return self._mapping(base, own, at, from_path)
        if _has_ids(base) and _has_ids(own):
            return self._list(base, own, at, from_path)
        self._take_lines(at, from_path)
        return own

    def _mapping(
        self, base: Mapping[str, Any], own: Mapping[str, Any], at: Path, from_path: Path
    ) -> dict[str, Any]:
        whole = dict(base)
        for key, value in own.items():
            whole[key] = self.value(base.get(key), value, (*at, key), (*from_path, key))
        return whole

    def _list(
        self, base: list[dict[str, Any]], own: list[dict[str, Any]], at: Path, from_path: Path
    ) -> list[dict[str, Any]]:
        whole = list(base)
        places = {item["id"]: place for place, item in enumerate(base)}
        for number, item in enumerate(own):
            # Taken out at its first use: an id given twice stays in the list twice, and is found.
            place = places.pop(item["id"], len(whole))
            under = base[place] if place < len(base) else None
            whole[place : place + 1] = [self.value(under, item, (*at, place), (*from_path, number))]
        return whole

    def _take_lines(self, at: Path, from_path: Path) -> None:
        depth = len(from_path)
        for path, line in self._own.items():
            if path[:depth] == from_path:
                self.lines[(*at, *path[depth:])] = line


def _has_ids(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, Mapping) and isinstance(item.get("id"), str) for item in value)
    )
