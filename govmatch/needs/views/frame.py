"""What the pages about needs share: which programme, which firms, addresses and choices."""

from collections.abc import Mapping, Sequence

from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.needs import queries
from govmatch.needs.forms import Choices
from govmatch.needs.models import Need
from govmatch.organisations.models import Firm
from govmatch.organisations.places import countries
from govmatch.organisations.queries.authorities import name_of
from govmatch.programmes import queries as programmes
from govmatch.programmes.models import Programme
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind
from govmatch.web.visit import Visit

PATH = "/needs"
Option = tuple[str, str]

TAB_NAMES: Mapping[str, Message] = {
    PATH: msg("All needs"),
    f"{PATH}/top": msg("Your top ten"),
    f"{PATH}/report": msg("Top ten of all"),
    f"{PATH}/survey": msg("How it is counted"),
    f"{PATH}/steering": msg("Steering group"),
}


def need_of(visit: Visit) -> Need:
    """Return the need of the address; raises `NotFound` where this reader sees none."""
    return queries.get_visible(visit.db, actor=visit.actor, public_id=visit.params["id"])


def path_of(need: Need) -> str:
    return f"{PATH}/{need.public_id}"


@dataclass(frozen=True)
class Round:
    """The programme whose needs a page is about, and what leads to those of others."""

    programme: Programme
    name: str
    others: list[tuple[Message | str, str, bool, int | None]]
    """(name, address, chosen, needs) of every programme that has needs; empty for one alone."""
    tabs: list[tuple[Message | str, str, bool, int | None]]
    slug: str | None
    """What addresses say: nothing for the programme that is shown anyway."""


def round_of(visit: Visit, path: str, *, programme: Programme | None = None) -> Round:
    """Return the programme that is asked for, or the one with most needs.

    `programme` is what a page is about whatever the address says.
    """
    known = queries.programmes_with_needs(visit.db)
    if not known:
        raise NotFound
    asked = programme.slug if programme is not None else visit.query.one("programme")
    chosen = next((one for one, _ in known if one.slug == asked), known[0][0])
    with_needs = [(one, number) for one, number in known if number or one is chosen]
    first = known[0][0]
    slug = chosen.slug if chosen is not first else None
    return Round(
        programme=chosen,
        name=pick(chosen.names, visit.lang)[0],
        others=[
            (
                pick(one.names, visit.lang)[0],
                visit.url(path, programme=one.slug if one is not first else None),
                one is chosen,
                number,
            )
            for one, number in with_needs
        ]
        if len(with_needs) > 1
        else [],
        tabs=_tabs(visit, path, slug),
        slug=slug,
    )


def _tabs(
    visit: Visit, path: str, slug: str | None
) -> list[tuple[Message | str, str, bool, int | None]]:
    orders = bool(queries.writing_firms(visit.db, visit.actor))
    return [
        (label, visit.url(one, programme=slug), one == path, None)
        for one, label in TAB_NAMES.items()
        if orders or one != f"{PATH}/top"
    ]


def programme_of(visit: Visit, slug: str) -> Programme:
    return programmes.by_slug(visit.db, slug)


def theme_names(visit: Visit) -> dict[str, str]:
    """Return what each theme is called, by slug, in the order of the file."""
    return taxonomy.labels(visit.db, TermKind.THEME, visit.lang)


def authority_names(visit: Visit, programme: Programme) -> dict[str, str]:
    """Return what the authorities of a programme are called, by slug."""
    found = programmes.authorities(visit.db, programme)
    return {one.slug: name_of(one, visit.lang) for one in found}


def choices_of(visit: Visit, programme: Programme, firms: Sequence[Firm]) -> Choices:
    """Return what a proposal can be chosen from."""
    return Choices(
        themes=theme_names(visit),
        authorities={one.slug: one.id for one in programmes.authorities(visit.db, programme)},
        countries=countries(visit.lang),
        firms=[firm.public_id for firm in firms],
    )


def languages(lang: Lang) -> list[tuple[Lang, str]]:
    """Return the three languages with their own names, the reader's first."""
    order = [lang, *(one for one in LANGUAGES if one != lang)]
    return [(one, OWN_NAMES[one]) for one in order]


def chosen_firm(visit: Visit, public_id: str) -> Firm | None:
    """Return the firm for which the actor writes, by its public id; None for another."""
    firms = queries.writing_firms(visit.db, visit.actor)
    return next((firm for firm in firms if firm.public_id == public_id), None)


__all__ = [
    "PATH",
    "Option",
    "Round",
    "authority_names",
    "choices_of",
    "chosen_firm",
    "languages",
    "need_of",
    "path_of",
    "programme_of",
    "round_of",
    "theme_names",
]
