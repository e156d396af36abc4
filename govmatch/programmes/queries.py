"""Programmes, and what one of them says: rules, limits, criteria, form."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from govmatch.kit.db import ReadSession, canonical_json
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Lang, pick
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Authority
from govmatch.programmes.models import Programme, ProgrammeAuthority, ProgrammeVersion, Round
from govmatch.programmes.schedule import SIFT
from govmatch.programmes.switches import STRICTEST, USUAL, Limit, Rule


class Terms(Protocol):
    """What a programme asks and judges by: the programme now, or one version of it."""

    @property
    def criteria(self) -> list[dict[str, Any]]: ...
    @property
    def rules(self) -> dict[str, Any]: ...
    @property
    def limits(self) -> dict[str, Any]: ...
    @property
    def form(self) -> dict[str, Any]: ...
    @property
    def letters(self) -> dict[str, Any]: ...


def all_programmes(session: ReadSession) -> list[Programme]:
    """Return every programme, by slug; what is said of them is public."""
    return list(session.scalars(select(Programme).order_by(Programme.slug)))


def find_by_slug(session: ReadSession, slug: str) -> Programme | None:
    return session.scalars(select(Programme).where(Programme.slug == slug)).first()


def by_slug(session: ReadSession, slug: str) -> Programme:
    """Return the programme; raises `NotFound`."""
    found = find_by_slug(session, slug)
    if found is None:
        raise NotFound
    return found


def find_round(session: ReadSession, slug: str) -> Round | None:
    return session.scalars(select(Round).where(Round.slug == slug)).first()


def rounds(session: ReadSession, programme: Programme) -> list[Round]:
    found = select(Round).where(Round.programme_id == programme.id)
    return list(session.scalars(found.order_by(Round.starts, Round.slug)))


def all_rounds(session: ReadSession) -> list[Round]:
    found = select(Round).options(joinedload(Round.programme))
    return list(session.scalars(found.order_by(Round.starts, Round.slug)))


def authorities(session: ReadSession, programme: Programme) -> list[Authority]:
    """Return who takes part, by slug."""
    found = (
        select(Authority)
        .join(ProgrammeAuthority, ProgrammeAuthority.authority_id == Authority.id)
        .where(ProgrammeAuthority.programme_id == programme.id)
        .order_by(Authority.slug)
    )
    return list(session.scalars(found))


def programmes_of(session: ReadSession, authority: Authority) -> list[Programme]:
    """Return the programmes in which an authority takes part, by slug."""
    found = (
        select(Programme)
        .join(ProgrammeAuthority, ProgrammeAuthority.programme_id == Programme.id)
        .where(ProgrammeAuthority.authority_id == authority.id)
        .order_by(Programme.slug)
    )
    return list(session.scalars(found))


def takes_part(session: ReadSession, programme: Programme, authority: Authority) -> bool:
    found = select(ProgrammeAuthority.id).where(
        ProgrammeAuthority.programme_id == programme.id,
        ProgrammeAuthority.authority_id == authority.id,
    )
    return session.execute(found).first() is not None


def taking_part(session: ReadSession) -> frozenset[tuple[str, str]]:
    """Return every (programme, authority) that belong together, by their slugs."""
    found = (
        select(Programme.slug, Authority.slug)
        .join(ProgrammeAuthority, ProgrammeAuthority.programme_id == Programme.id)
        .join(Authority, Authority.id == ProgrammeAuthority.authority_id)
    )
    return frozenset((programme, authority) for programme, authority in session.execute(found))


def rule_value(terms: Terms, name: str) -> bool | int:
    """Return what a rule is set to, such as `rule_value(programme, "sealed")`.

    Where the programme does not say, the strictest value holds. For a challenge ask its
    `challenges.queries.terms_of`, since a published one keeps the rules it was published under.
    Raises `ValueError` for a rule that does not exist.
    """
    rule = Rule(name)
    value: bool | int = terms.rules.get(rule, {}).get("value", STRICTEST[rule])
    return value


def rule_reason(terms: Terms, name: str, lang: Lang) -> str:
    """Return why a rule is set as it is, for people."""
    return pick(terms.rules.get(Rule(name), {}).get("reason", {}), lang)[0]


def hides_names(terms: Terms, phase: str = SIFT) -> bool:
    """True where whoever assesses in this phase does not see who applied.

    A programme that does not say in which phases hides names in the reviews, until the interviews.
    """
    if not rule_value(terms, Rule.NAMES_HIDDEN):
        return False
    phases = terms.rules.get(Rule.NAMES_HIDDEN, {}).get("phases")
    return phase == SIFT if phases is None else phase in phases


def limit(terms: Terms, name: str) -> int:
    """Return a limit; raises `ValueError` for one that does not exist."""
    found: int = terms.limits.get(Limit(name), USUAL[Limit(name)])
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """What applications are judged by; texts by language, `anchors` by points from 0 to 5."""

    id: str
    is_on: bool
    is_independent: bool
    """Judged and told beside the others; it does not count."""
    is_computed: bool
    """Its points follow from a figure of the application, by `formula`; nobody gives them."""
    weight: int
    suggested_weight: int
    minimum: int | None
    label: Mapping[str, str]
    help: Mapping[str, str]
    formula: Mapping[str, str]
    anchors: Mapping[int, Mapping[str, str]]
    question: Mapping[str, Any] | None
    """What the form asks in addition where a challenge switches the criterion on."""


def criteria(terms: Terms) -> list[Criterion]:
    """Return every criterion of a programme, those that are off by default too, in its order."""
    return [_criterion(data) for data in terms.criteria]


def _criterion(data: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=data["id"],
        is_on=data.get("enabled", True),
        is_independent=data.get("independent", False),
        is_computed="formula" in data,
        weight=data.get("weight", 0),
        suggested_weight=data.get("suggested_weight", data.get("weight", 0)),
        minimum=data.get("minimum"),
        label=data.get("label", {}),
        help=data.get("help", {}),
        formula=data.get("formula_text", {}),
        anchors={
            anchor["points"]: {key: text for key, text in anchor.items() if key != "points"}
            for anchor in data.get("anchors", [])
        },
        question=data.get("question"),
    )


def default_weights(terms: Terms) -> list[dict[str, Any]]:
    """Return the criteria that are on, as a new challenge takes them over."""
    return [
        {"id": one.id, "weight": one.weight, "minimum": one.minimum}
        | ({"independent": True} if one.is_independent else {})
        for one in criteria(terms)
        if one.is_on
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriteriaSet:
    """A ready mixture of a programme's criteria; `weights` as a new challenge takes them over."""

    id: str
    names: Mapping[str, str]
    help: Mapping[str, str]
    weights: list[dict[str, Any]]


def criteria_sets(programme: Programme) -> list[CriteriaSet]:
    """Return the sets that whoever writes a challenge can choose from, in the programme's order."""
    return [
        CriteriaSet(
            id=one["id"],
            names=one["name"],
            help=one["help"],
            weights=[{"minimum": None, **part} for part in one["criteria"]],
        )
        for one in programme.facts.get("criteria_sets", [])
    ]


def terms_digest(terms: Terms) -> str:
    """Return the SHA-256 of criteria, rules, limits, form and letters.

    Without letters of its own it is that of the other four, as versions from before letters have.
    """
    said: list[Any] = [terms.criteria, terms.rules, terms.limits, terms.form]
    return digest(canonical_json([*said, terms.letters] if terms.letters else said))


def find_version(
    session: ReadSession, programme: Programme, wanted: str
) -> ProgrammeVersion | None:
    """Return the version of a programme that has this digest."""
    found = select(ProgrammeVersion).where(
        ProgrammeVersion.programme_id == programme.id, ProgrammeVersion.digest == wanted
    )
    return session.scalars(found).first()
