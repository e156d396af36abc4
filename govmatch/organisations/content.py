"""Authorities as content/authorities says them, one file each."""

from collections.abc import Mapping

from govmatch.kit.content import Folder, Place, Problem, Tree, Wrong, read_yaml
from govmatch.kit.countries import country_codes
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.kit.records import dataclass

FOLDER = "authorities"
_KEYS = (
    "slug",
    "name",
    "country",
    "region",
    "zone",
    "url",
    "description",
    "contact",
    "languages",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityData:
    """What a file, or a form, says of an authority."""

    slug: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    country: str
    region: str
    zone: str
    url: str
    contact: Mapping[str, str]
    languages: tuple[str, ...]
    source_path: str | None = None


def read_authorities(folder: Folder, problems: list[Problem]) -> dict[str, AuthorityData]:
    """Return the authorities whose files are right, by slug; `problems` says what is wrong."""
    found: dict[str, AuthorityData] = {}
    for name in folder.names(FOLDER, ".yaml"):
        before = len(problems)
        try:
            data = _authority(read_yaml(folder.read(name)), problems)
        except Wrong as wrong:
            problems.append(wrong.problem)
            continue
        if len(problems) == before:
            found[data.slug] = data
    return found


def _authority(tree: Tree, problems: list[Problem]) -> AuthorityData:
    top = Place.top(tree, problems)
    top.only(_KEYS)
    contact = top.child("contact")
    return AuthorityData(
        slug=same_as_file(top),
        names=top.needed("name").texts(limit=150),
        descriptions=top.child("description").texts(limit=1_000),
        country=_country(top.needed("country")),
        region=top.child("region").line(limit=100),
        zone=top.needed("zone").zone(),
        url=top.child("url").web_address(),
        contact=_contact(contact) if not contact.absent and contact.is_mapping() else {},
        languages=tuple(
            place.choice(LANGUAGES) for place in top.needed("languages").items(low=1, high=3)
        ),
        source_path=tree.name,
    )


def same_as_file(top: Place) -> str:
    """Return the slug, which must be the file's name, so that it can be found and is given once."""
    place = top.needed("slug")
    slug = place.slug()
    stem = top.tree.name.rsplit("/", 1)[-1].removesuffix(".yaml")
    if slug and slug != stem:
        place.wrong(
            msg("{slug} is not the name of this file.", slug=slug),
            msg("Write {slug}, or rename the file.", slug=stem[:60]),
        )
    return slug


def _country(place: Place) -> str:
    found = place.text(limit=60)
    if found and found not in country_codes():
        place.wrong(
            msg("{value} is no country.", value=found),
            msg("Write its code of two capital letters, such as DK (ISO 3166)."),
        )
        return ""
    return found


def _contact(place: Place) -> dict[str, str]:
    place.only(("name", "email", "phone"))
    found = {
        "name": place.child("name").line(limit=150),
        "email": place.child("email").email(),
        "phone": place.child("phone").line(limit=40),
    }
    return {key: text for key, text in found.items() if text}
