"""Thresholds as content/thresholds says them, one file for one place and time."""

from collections.abc import Mapping
from datetime import date

from babel.numbers import list_currencies

from govmatch.kit.content import Folder, Place, Problem, Tree, Wrong, is_slug, read_yaml
from govmatch.kit.countries import country_codes
from govmatch.kit.country_groups import GROUPS
from govmatch.kit.i18n import msg
from govmatch.procurement.table import Buyer, Source, Table, Threshold

FOLDER = "thresholds"
MOST_AMOUNT = 1_000_000_000
_KEYS = (
    "slug", "name", "country", "regions", "currency", "valid_from", "valid_until", "source",
    "to_be_checked", "thresholds",
)  # fmt: skip
_LINE_KEYS = (
    "procedure", "kinds", "from", "limit", "includes_limit", "before", "label", "explanation",
    "source", "to_be_checked",
)  # fmt: skip


def read_thresholds(folder: Folder, problems: list[Problem]) -> dict[str, Table]:
    """Return the tables whose files are right, by slug; `problems` says what is wrong."""
    found: dict[str, Table] = {}
    for name in folder.names(FOLDER, ".yaml"):
        before = len(problems)
        try:
            table = _table(read_yaml(folder.read(name)), problems)
        except Wrong as wrong:
            problems.append(wrong.problem)
            continue
        if table is not None and len(problems) == before:
            found[table.slug] = table
    return found


def _table(tree: Tree, problems: list[Problem]) -> Table | None:
    top = Place.top(tree, problems)
    top.only(_KEYS)
    begins, ends = _times(top)
    source, currency = _source(top.needed("source")), _currency(top.needed("currency"))
    is_checked = not top.child("to_be_checked").yes(otherwise=False)
    lines = [
        _threshold(place, source, currency, is_checked=is_checked)
        for place in top.needed("thresholds").items(low=1, high=100)
        if place.is_mapping()
    ]
    _refuse_twins(top.child("thresholds"))
    names, country, slug = top.needed("name").texts(limit=150), _country(top), _slug(top)
    regions = tuple(place.line(limit=100) for place in top.child("regions").items(low=0, high=20))
    if begins is None:
        return None
    return Table(
        slug=slug,
        names=names,
        country=country,
        regions=regions,
        valid_from=begins,
        valid_until=ends,
        thresholds=tuple(line for line in lines if line is not None),
        source_path=tree.name,
    )


def _slug(top: Place) -> str:
    """Return the slug, which must be the file's name, so that it is given once."""
    place = top.needed("slug")
    slug, stem = place.slug(), top.tree.name.rsplit("/", 1)[-1].removesuffix(".yaml")
    if slug and slug != stem:
        place.wrong(
            msg("{slug} is not the name of this file.", slug=slug),
            msg("Write {slug}, or rename the file.", slug=stem[:60]),
        )
    return slug


def _times(top: Place) -> tuple[date | None, date | None]:
    begins, ends = top.needed("valid_from").day(), top.child("valid_until").day()
    if begins and ends and begins > ends:
        top.child("valid_until").wrong(
            msg("The end lies before the beginning."), msg("Choose a later day.")
        )
    return begins, ends


def _country(top: Place) -> str:
    place = top.needed("country")
    found = place.text(limit=60)
    if found and found not in country_codes() | GROUPS.keys():
        place.wrong(
            msg("{value} is no country.", value=found),
            msg("Write its code of two capital letters, such as DK (ISO 3166), or EU or EEA."),
        )
    if found in GROUPS and not top.child("regions").absent:
        top.child("regions").wrong(
            msg("A group of countries has no regions here."), msg("Leave this key out.")
        )
    return found


def _currency(place: Place) -> str:
    found = place.text(limit=10)
    if found and found not in list_currencies():
        place.wrong(
            msg("{code} is no currency.", code=found),
            msg("Write a code such as EUR or DKK (ISO 4217)."),
        )
    return found


def _source(place: Place) -> Source | None:
    if place.absent or not place.is_mapping():
        return None
    place.only(("name", "address", "as_of"))
    name, address = place.needed("name").line(limit=300), place.needed("address").web_address()
    as_of = place.needed("as_of").day()
    return Source(name, address, as_of) if as_of else None


def _threshold(
    place: Place, source: Source | None, currency: str, *, is_checked: bool
) -> Threshold | None:
    """Return one route; its own source and mark stand before those of the file."""
    place.only(_LINE_KEYS)
    own = place.child("source")
    source = source if own.absent else _source(own)
    least, limit = (place.child(key).whole(low=0, high=MOST_AMOUNT) for key in ("from", "limit"))
    _check_span(place, least, limit)
    buyers = [one.choice(tuple(Buyer)) for one in place.child("kinds").items(low=0, high=10)]
    texts: Mapping[str, dict[str, str]] = {
        "label": place.needed("label").texts(limit=120),
        "explanation": place.needed("explanation").texts(limit=600),
    }
    procedure = place.needed("procedure").slug()
    mark = place.child("to_be_checked")
    if source is None:
        return None
    return Threshold(
        procedure=procedure,
        buyers=frozenset(Buyer(one) for one in buyers if one),
        least=least,
        limit=limit,
        includes_limit=place.child("includes_limit").yes(otherwise=False),
        before=place.child("before").slug() if not place.child("before").absent else "",
        currency=currency,
        labels=texts["label"],
        explanations=texts["explanation"],
        source=source,
        is_checked=is_checked if mark.absent else not mark.yes(otherwise=False),
    )


def _check_span(place: Place, least: int | None, limit: int | None) -> None:
    if place.child("from").absent and place.child("limit").absent:
        place.child("limit").wrong(
            msg("There is no value from which or up to which the route is open."),
            msg("Add a line such as `limit: 50000`, or `from: 50000`."),
        )
    if least is not None and limit is not None and least > limit:
        place.child("limit").wrong(
            msg("The limit lies below the value from which the route is open."),
            msg("Exchange the two."),
        )
    if limit is None and not place.child("includes_limit").absent:
        place.child("includes_limit").wrong(
            msg("There is no limit that could be included."), msg("Leave this key out.")
        )


def _refuse_twins(place: Place) -> None:
    """Note a route that stands twice for the same kind of authority: which holds, nobody could say.

    The same route may stand once for each kind.
    """
    seen: set[tuple[str, str]] = set()
    for one in place.value if isinstance(place.value, list) else []:
        if not isinstance(one, Mapping) or not is_slug(str(one.get("procedure"))):
            continue
        kinds = one.get("kinds") or list(Buyer)
        keys = {(str(one["procedure"]), str(kind)) for kind in kinds if isinstance(kinds, list)}
        if keys & seen:
            place.wrong(
                msg("{slug} stands here twice for one kind.", slug=str(one["procedure"])),
                msg("Keep one of the two, or name other kinds."),
            )
        seen |= keys
