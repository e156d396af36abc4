"""What applications ask for in money, where a criterion is computed from it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from sqlalchemy import and_, select

from govmatch.applications.models import Application, Version
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import form_of
from govmatch.kit.db import ReadSession
from govmatch.questionnaires import Kind, Question
from govmatch.questionnaires.answers import Amount, value_of
from govmatch.reviews import rules, scoring
from govmatch.reviews.pricing import Priced, priced
from govmatch.reviews.rubric import rubric_of

_Answers = Mapping[int, dict[str, object]]
"""What applications answer, by their id."""


def prices_of(
    session: ReadSession, challenge: Challenge, applications: Iterable[Application], criterion: str
) -> dict[int, Priced]:
    """Return by application id what follows from its price; one statement.

    The price is the sum of the amounts that the form asks for this criterion, in the currency of
    the challenge: in any other, or where one is missing, it cannot be compared.
    """
    ids = [one.id for one in applications]
    return _prices(challenge, criterion, ids, _answers(session, ids))


def _prices(
    challenge: Challenge, criterion: str, ids: Collection[int], answers: _Answers
) -> dict[int, Priced]:
    asked = [
        question
        for question in form_of(challenge).questions
        if question.kind is Kind.MONEY and question.criterion == criterion
    ]
    return priced(
        {
            one: _sum(asked, answers[one], challenge.currency) if one in answers else None
            for one in ids
        }
    )


def _answers(session: ReadSession, ids: Collection[int]) -> _Answers:
    """Return what applications answer, in the version that counts."""
    counts = and_(
        Version.application_id == Application.id, Version.number == Application.current_version
    )
    found = select(Version.application_id, Version.answers).join(Application, counts)
    return dict(session.execute(found.where(Version.application_id.in_(ids))).all())


def points_computed(
    session: ReadSession, challenges: Collection[Challenge]
) -> dict[int, dict[str, float]]:
    """Return the points that follow from prices, by application and criterion; two statements.

    None where no challenge has such a criterion. They are the same as in the ranking, since the
    lowest price is that of all that take part.
    """
    computed = {one: several for one in challenges if (several := _computed(one))}
    if not computed:
        return {}
    found = select(Application.challenge_id, Application.id).where(
        Application.challenge_id.in_(sorted(one.id for one in computed)),
        Application.state.in_(sorted(rules.RANKED)),
    )
    ids: dict[int, list[int]] = defaultdict(list)
    for challenge_id, number in session.execute(found):
        ids[challenge_id].append(number)
    answers = _answers(session, [number for numbers in ids.values() for number in numbers])
    points: dict[int, dict[str, float]] = defaultdict(dict)
    for challenge, several in computed.items():
        for criterion in several:
            prices = _prices(challenge, criterion, ids[challenge.id], answers)
            for number, price in prices.items():
                points[number][criterion] = float(price.share * scoring.HIGHEST)
    return points


def _computed(challenge: Challenge) -> list[str]:
    rubric = rubric_of(challenge)
    return [one.id for one in rubric.weighed if one.id in rubric.computed]


def _sum(asked: list[Question], answers: dict[str, object], currency: str) -> Decimal | None:
    amounts = [value_of(question, answers.get(question.id)) for question in asked]
    known = [one.amount for one in amounts if isinstance(one, Amount) and one.currency == currency]
    return sum(known, Decimal(0)) if known and len(known) == len(asked) else None
