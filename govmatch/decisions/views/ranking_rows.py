"""The ranking as a page shows it: as it is now, or as it was proposed."""

from collections.abc import Iterable, Mapping

from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.applications.showing import state_for_staff
from govmatch.challenges.models import Challenge
from govmatch.decisions import queries, rules
from govmatch.decisions.letter_texts import criteria_of, missed, points_text
from govmatch.decisions.models import EDITABLE, RANKED, Decision, Determination, Outcome
from govmatch.decisions.showing import OUTCOMES
from govmatch.decisions.standing import Choice, Standing, first_choices
from govmatch.decisions.views.access import case_path
from govmatch.kit.formats import money_text
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.panels.queries import agreed_points
from govmatch.reviews.rubric import rubric_of
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Row:
    """One application in the ranking."""

    key: str
    name: str
    url: str
    rank: int | None
    mean: float | None
    means: list[float | None]
    reviews: int
    open_reviews: int
    is_agreed: bool
    """True where the jury agreed on points at its meeting, which count instead of means."""
    is_below: bool
    below: list[Message]
    """Which minimum scores it misses, and by how much."""
    unjudged: list[str]
    price: tuple[str, str, str] | None
    """(its price, lowest / own x 100, points); None where nothing is computed from prices."""
    outcome: tuple[Message, str]
    place: int | None
    has_reasons: bool
    reasons_url: str


@dataclass(frozen=True)
class Beside:
    """An application that nothing is chosen for, and why."""

    name: str
    url: str
    state: tuple[Message, str]
    has_reasons: bool
    reasons_url: str
    """Empty where no reasons are to be written."""


def ranking_rows(
    visit: Visit, challenge: Challenge, decision: Decision | None
) -> tuple[list[Row], list[Beside]]:
    """Return the ranking, as it is now or as it was proposed, and who stands beside it."""
    said = queries.determinations_of(visit.db, decision) if decision is not None else {}
    is_fixed = decision is not None and decision.state not in EDITABLE
    wordings = {} if is_fixed else queries.wordings(visit.db, challenge)
    agreed = agreed_points(visit.db, challenge) if is_fixed else {}
    ranked = _proposed(said, agreed) if is_fixed else queries.standings_of(visit.db, challenge)
    suggested = first_choices(ranked, challenge.pilots_max) if decision is None else {}
    rows = [
        _row(
            visit,
            challenge,
            one,
            line=said.get(one.application.id),
            suggested=suggested.get(one.application.id),
            wording=wordings.get(one.application.id, {}),
        )
        for one in ranked
    ]
    shown = {one.application.id for one in ranked}
    beside = [
        _beside(visit, challenge, one, said.get(one.id), wordings.get(one.id, {}))
        for one in queries.opened_applications(visit.db, challenge)
        if one.id not in shown
    ]
    return rows, beside


def _outcome(line: Determination | None, suggested: Choice | None) -> str:
    if line is not None and line.outcome in RANKED:
        return line.outcome
    return suggested.outcome if suggested is not None else Outcome.NOT_SELECTED


def _row(
    visit: Visit,
    challenge: Challenge,
    one: Standing,
    *,
    line: Determination | None,
    suggested: Choice | None,
    wording: Mapping[str, str],
) -> Row:
    return Row(
        key=one.application.public_id,
        name=name_for(one.application, How.FULL, visit.lang),
        url=visit.url(f"/triage/{one.application.public_id}"),
        rank=one.rank,
        mean=one.mean,
        means=[one.criterion_means.get(asked.id) for asked, _ in criteria_of(challenge)],
        reviews=one.count,
        open_reviews=one.open_reviews,
        is_agreed=bool(one.agreed),
        is_below=one.is_below_minimum,
        below=[
            msg(
                "{criterion}: {points} points, at least {n} are needed",
                criterion=pick(asked.label, visit.lang)[0],
                points=points_text(mean, visit.lang),
                n=least,
            )
            for asked, mean, least in missed(challenge, one.criterion_means)
        ],
        unjudged=[
            pick(asked.label, visit.lang)[0]
            for asked, _ in criteria_of(challenge)
            if asked.id in one.unjudged
        ],
        price=_price(visit, challenge, one),
        outcome=OUTCOMES[_outcome(line, suggested)],
        place=line.reserve_place if line else None,
        has_reasons=rules.has_reasons(
            _reasons(line, wording), [asked.id for asked in rubric_of(challenge).scored]
        ),
        reasons_url=_reasons_url(visit, challenge, one.application),
    )


def _price(visit: Visit, challenge: Challenge, one: Standing) -> tuple[str, str, str] | None:
    if one.price is None:
        return None
    amount, lang = one.price.amount, visit.lang
    shown = money_text(amount, challenge.currency, lang) if amount is not None else "–"
    return shown, points_text(one.price.percent, lang), points_text(one.price.points, lang)


def _proposed(
    said: Mapping[int, Determination], agreed: Mapping[int, Mapping[str, int]]
) -> list[Standing]:
    ranked = [
        _as_proposed(one, agreed.get(one.application_id, {}))
        for one in said.values()
        if one.outcome in RANKED
    ]
    return sorted(ranked, key=lambda one: (one.rank or 1_000_000, -(one.mean or 0.0)))


def _reasons(line: Determination | None, wording: Mapping[str, str]) -> Mapping[str, str]:
    """Return what stands as reasons now: written ones, else the reviewers' comments."""
    if line is not None and (line.is_written or not wording):
        return line.reasons
    return wording


def _as_proposed(line: Determination, agreed: Iterable[str]) -> Standing:
    return Standing(
        application=line.application,
        mean=line.mean,
        criterion_means=line.criterion_means,
        count=line.reviews,
        is_below_minimum=line.mean is not None and line.rank is None,
        open_reviews=0,
        rank=line.rank,
        agreed=tuple(agreed),
    )


def _beside(
    visit: Visit,
    challenge: Challenge,
    application: Application,
    line: Determination | None,
    wording: Mapping[str, str],
) -> Beside:
    is_out = line is not None and line.outcome == Outcome.INELIGIBLE
    return Beside(
        name=name_for(application, How.FULL, visit.lang),
        url=visit.url(f"/triage/{application.public_id}"),
        state=state_for_staff(application),
        has_reasons=rules.has_reasons(_reasons(line, wording), ()),
        reasons_url=_reasons_url(visit, challenge, application) if is_out else "",
    )


def _reasons_url(visit: Visit, challenge: Challenge, application: Application) -> str:
    return visit.url(f"{case_path(challenge)}/applications/{application.public_id}")
