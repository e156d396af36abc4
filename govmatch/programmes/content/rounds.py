"""Reading content/rounds: a time of a programme, and which authorities take part in it."""

from collections.abc import Collection, Mapping
from datetime import date

from govmatch.kit.content import Folder, Place, Problem, Tree, Wrong, read_yaml
from govmatch.kit.i18n import msg
from govmatch.organisations.content import same_as_file
from govmatch.programmes.content.data import RoundData

FOLDER = "rounds"
_KEYS = ("slug", "programme", "name", "starts", "ends", "authorities", "fixed")


def read_rounds(
    folder: Folder,
    problems: list[Problem],
    *,
    programmes: Mapping[str, Collection[str] | None],
    authorities: Collection[str],
) -> dict[str, RoundData]:
    """Return the rounds whose files are right, by slug; `problems` says what is wrong.

    `programmes` and `authorities` are all that have a file, or are there already; whether that file
    is right is said there and not here. Each programme comes with the ids of its phases, or None
    where they are not known.
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
    programmes: Mapping[str, Collection[str] | None],
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
    programme = known(top.needed("programme"), programmes)
    slug = same_as_file(top)
    names = top.needed("name").texts(limit=120)
    taking_part = tuple(known(place, authorities) for place in places)
    if starts is None or ends is None:
        return None
    return RoundData(
        slug=slug,
        programme=programme,
        names=names,
        starts=starts,
        ends=ends,
        authorities=taking_part,
        fixed=_fixed(top.child("fixed"), (starts, ends), programmes.get(programme)),
        source_path=tree.name,
    )


def _fixed(place: Place, days: tuple[date, date], phases: Collection[str] | None) -> dict[str, str]:
    """Return the first days that the round sets for phases of its programme, in their order."""
    if place.absent or not place.is_mapping():
        return {}
    if phases is not None:
        place.only(phases)
    found: dict[str, str] = {}
    starts, ends = days
    for phase in map(str, place.value):
        child = place.child(phase)
        day = child.day()
        if day is None:
            continue
        if not starts <= day <= ends:
            child.wrong(
                msg("This day is not in the round, or lies before that of an earlier phase."),
                msg("Write the phases in their order, with days of the round."),
            )
        starts = max(starts, day)
        found[phase] = day.isoformat()
    return found


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
