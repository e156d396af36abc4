"""What applications ask for in money, where a criterion is computed from it."""

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import and_, select
from sqlalchemy.orm import load_only

from govmatch.applications.models import Application, Version
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import form_of
from govmatch.kit.db import ReadSession
from govmatch.questionnaires import Kind, Question
from govmatch.questionnaires.answers import Amount, value_of
from govmatch.reviews import rules, scoring
from govmatch.reviews.pricing import Priced, priced
from govmatch.reviews.rubric import rubric_of


def prices_of(
    session: ReadSession, challenge: Challenge, applications: Iterable[Application], criterion: str
) -> dict[int, Priced]:
    """Return by application id what follows from its price; one statement.

    The price is the sum of the amounts that the form asks for this criterion, in the currency of
    the challenge: in any other, or where one is missing, it cannot be compared.
    """
    asked = [
        question
        for question in form_of(challenge).questions
        if question.kind is Kind.MONEY and question.criterion == criterion
    ]
    ids = [one.id for one in applications]
    counts = and_(
        Version.application_id == Application.id, Version.number == Application.current_version
    )
    found = select(Version.application_id, Version.answers).join(Application, counts)
    rows = session.execute(found.where(Version.application_id.in_(ids)))
    prices: dict[int, Decimal | None] = dict.fromkeys(ids)
    for application_id, answers in rows:
        prices[application_id] = _sum(asked, answers, challenge.currency)
    return priced(prices)


def points_computed(session: ReadSession, challenge: Challenge) -> dict[int, dict[str, float]]:
    """Return the points that follow from prices, by application and criterion; two statements.

    They are the same as in the ranking, since the lowest price is that of all that take part.
    """
    rubric = rubric_of(challenge)
    found = select(Application).where(
        Application.challenge_id == challenge.id, Application.state.in_(sorted(rules.RANKED))
    )
    applications = list(session.scalars(found.options(load_only(Application.id))))
    points: dict[int, dict[str, float]] = {one.id: {} for one in applications}
    for criterion in (one.id for one in rubric.weighed if one.id in rubric.computed):
        for number, price in prices_of(session, challenge, applications, criterion).items():
            points[number][criterion] = float(price.share * scoring.HIGHEST)
    return points


def _sum(asked: list[Question], answers: dict[str, object], currency: str) -> Decimal | None:
    amounts = [value_of(question, answers.get(question.id)) for question in asked]
    known = [one.amount for one in amounts if isinstance(one, Amount) and one.currency == currency]
    return sum(known, Decimal(0)) if known and len(known) == len(asked) else None
