"""Reading content/rounds: a time of a programme, and which authorities take part in it."""

from collections.abc import Collection, Mapping
from datetime import date

from govmatch.kit.content import Folder, Place, Problem, Tree, Wrong, read_yaml
from govmatch.kit.i18n import msg
from govmatch.organisations.content import same_as_file
from govmatch.programmes.content.data import RoundData

FOLDER = "rounds"
_KEYS = ("slug", "programme", "name", "starts", "ends", "authorities")


def read_rounds(
    folder: Folder,
    problems: list[Problem],
    *,
    programmes: Collection[str],
    authorities: Collection[str],
) -> dict[str, RoundData]:
    """Return the rounds whose files are right, by slug; `problems` says what is wrong.

    `programmes` and `authorities` are all that have a file, or are there already; whether that file
    is right is said there and not here.
    """
    found: dict[str, RoundData] = {}
    for name in folder.names(FOLDER, ".yaml"):
        before = len(problems)
        try:
            data = _round(read_yaml(folder.read(name)), problems, programmes, authorities)
        except Wrong as wrong:
            problems.append(wrong.problem)
            continue
        if data is not None and len(problems) == before:
            found[data.slug] = data
    return found


def _round(
    tree: Tree,
    problems: list[Problem],
    programmes: Collection[str],
    authorities: Collection[str],
) -> RoundData | None:
    top = Place.top(tree, problems)
    top.only(_KEYS)
    starts, ends = top.needed("starts").day(), top.needed("ends").day()
    if starts and ends and starts > ends:
        top.child("ends").wrong(
            msg("The end lies before the beginning."), msg("Choose a later day.")
        )
    places = top.needed("authorities").items(low=1, high=500)
    values = {
        "programme": known(top.needed("programme"), programmes),
        "slug": same_as_file(top),
    }
    names = top.needed("name").texts(limit=120)
    taking_part = tuple(known(place, authorities) for place in places)
    return _whole(values, names, (starts, ends), taking_part, tree.name)


def _whole(
    values: Mapping[str, str],
    names: Mapping[str, str],
    days: tuple[date | None, date | None],
    authorities: tuple[str, ...],
    path: str,
) -> RoundData | None:
    starts, ends = days
    if starts is None or ends is None:
        return None
    return RoundData(
        slug=values["slug"],
        programme=values["programme"],
        names=names,
        starts=starts,
        ends=ends,
        authorities=authorities,
        source_path=path,
    )


def known(place: Place, slugs: Collection[str]) -> str:
    """Return the slug at a place, which must be one of those that are there."""
    found = place.text(limit=200)
    if found and found not in slugs:
        place.wrong(
            msg("There is no {slug} here.", slug=found[:60]),
            msg("Write one that exists, or add its file first."),
        )
        return ""
    return found
