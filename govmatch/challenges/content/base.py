"""What challenges stand on: terms, authorities, programmes, rounds, as the files say them."""

from collections.abc import Mapping

from govmatch.challenges.known import Known, ProgrammeFacts
from govmatch.challenges.queries import programme_facts
from govmatch.kit.content import Folder, Problem
from govmatch.kit.records import dataclass
from govmatch.organisations.content import FOLDER as AUTHORITIES
from govmatch.organisations.content import AuthorityData, read_authorities
from govmatch.procurement.content import FOLDER as THRESHOLDS
from govmatch.procurement.content import read_thresholds
from govmatch.procurement.table import Table
from govmatch.programmes.content import ProgrammeData, RoundData, read_programmes, read_rounds
from govmatch.programmes.content.programmes import FOLDER as PROGRAMMES
from govmatch.programmes.content.rounds import FOLDER as ROUNDS
from govmatch.taxonomy import cpv
from govmatch.taxonomy.content import TermData, read_terms
from govmatch.taxonomy.models import TermKind

YAML = ".yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Everything of it that is right; `unread` is what has a file that is not, by kind and slug."""

    terms: Mapping[TermKind, list[TermData] | None]
    authorities: Mapping[str, AuthorityData]
    programmes: Mapping[str, ProgrammeData]
    rounds: Mapping[str, RoundData]
    tables: tuple[Table, ...]
    unread: frozenset[str]
    files: int

    @property
    def places(self) -> Mapping[str, tuple[str, str]]:
        """Country and region of each authority."""
        return {slug: (one.country, one.region) for slug, one in self.authorities.items()}


def read_base(folder: Folder, problems: list[Problem]) -> Base:
    """Return what the files say; a wrong one is named in `problems` and left out."""
    terms = {kind: read_terms(folder, kind, problems) for kind in TermKind}
    authorities = read_authorities(folder, problems)
    programmes = read_programmes(folder, problems)
    stems = {kind: folder.stems(name, YAML) for kind, name in _FOLDERS.items()}
    phases = {slug: [one["id"] for one in data.phases] for slug, data in programmes.items()}
    rounds = read_rounds(
        folder,
        problems,
        programmes={slug: phases.get(slug) for slug in stems["programme"]},
        authorities=stems["authority"],
    )
    # The site reads them where they are; here routes of challenges are compared with them.
    tables = read_thresholds(folder, problems)
    right = {"authority": set(authorities), "programme": set(programmes), "round": set(rounds)}
    unread = {f"{kind}:{slug}" for kind in stems for slug in stems[kind] - right[kind]}
    return Base(
        terms=terms,
        authorities=authorities,
        programmes=programmes,
        rounds=rounds,
        tables=tuple(tables.values()),
        unread=frozenset(unread),
        files=len(TermKind) + sum(map(len, stems.values())) + len(folder.names(THRESHOLDS, YAML)),
    )


_FOLDERS = {"authority": AUTHORITIES, "programme": PROGRAMMES, "round": ROUNDS}


def known_in_files(base: Base, folder: Folder) -> Known:
    """Return what challenges may refer to when there are only the files."""
    return Known(
        authorities={slug: one.languages for slug, one in base.authorities.items()},
        programmes={slug: _facts(one) for slug, one in base.programmes.items()},
        rounds={slug: one.programme for slug, one in base.rounds.items()},
        taking_part=frozenset(
            (one.programme, authority)
            for one in base.rounds.values()
            for authority in one.authorities
        ),
        themes=_slugs(base, TermKind.THEME),
        technologies=_slugs(base, TermKind.TECHNOLOGY),
        codes=cpv.codes(folder.root),
        unread=base.unread,
        places=base.places,
        tables=base.tables,
    )


def _facts(programme: ProgrammeData) -> ProgrammeFacts:
    return programme_facts(programme, programme.facts)


def _slugs(base: Base, kind: TermKind) -> frozenset[str] | None:
    terms = base.terms[kind]
    return None if terms is None else frozenset(term.slug for term in terms)
