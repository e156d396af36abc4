"""Points of an interview's reviewers, before and after it, and the names of what they judge."""

from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.interviews import queries
from govmatch.interviews.models import Interview
from govmatch.kit.i18n import Lang, pick
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import criteria
from govmatch.reviews import queries as reviews
from govmatch.reviews import rules as review_rules
from govmatch.reviews.models import ENDED, Review, State
from govmatch.reviews.rubric import rubric_of
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class Change:
    """One reviewer's points for one criterion, or the mean, before the interview and now."""

    person: str
    criterion: str
    before: str
    after: str


@dataclass(frozen=True)
class Own:
    """The reader's own review, which they may change after the interview."""

    url: str
    may_take_up: bool
    take_up_url: str
    changes: list[Change]


def labels_of(challenge: Challenge, lang: Lang) -> dict[str, str]:
    """Return the names of the criteria that are judged by hand, in their order."""
    names = {one.id: one.label for one in criteria(terms_of(challenge))}
    return {
        one.id: pick(names.get(one.id, {"en": one.id}), lang)[0]
        for one in rubric_of(challenge).by_hand
    }


def own_of(visit: Visit, challenge: Challenge, interview: Interview) -> Own | None:
    """Return the reader's own review of the application once the interview was held."""
    if interview.held_at is None or visit.actor.person_id is None:
        return None
    review = reviews.review_of(visit.db, interview.application_id, visit.actor.person_id)
    if review is None or review.state in ENDED or not review_rules.sits_on(visit.actor, challenge):
        return None
    kept = reviews.declaration_of(visit.db, challenge.id, visit.actor.person_id)
    may = review_rules.may_take_up(visit.actor, review, declared=kept is not None)
    return Own(
        url=visit.url(f"/reviews/{review.public_id}"),
        may_take_up=bool(may) and review.state == State.SUBMITTED,
        take_up_url=visit.url(f"/reviews/{review.public_id}/take-up"),
        changes=_of_reviews(visit, challenge, interview, [("", review)]),
    )


def changes_of(visit: Visit, challenge: Challenge, interview: Interview) -> list[Change]:
    """Return every reviewer's points before and after, for whoever oversees and does not score."""
    if interview.held_at is None or not review_rules.may_see_scores(visit.actor, challenge):
        return []
    found = reviews.reviews_of(visit.db, [interview.application_id])
    named = found.get(interview.application_id, [])
    return _of_reviews(visit, challenge, interview, [(one.person, one.review) for one in named])


def _of_reviews(
    visit: Visit, challenge: Challenge, interview: Interview, found: list[tuple[str, Review]]
) -> list[Change]:
    """Return both points for each criterion of reviews that were in when the interview was held."""
    earlier = queries.earlier_of(visit.db, interview.application_id)
    labels = labels_of(challenge, visit.lang)
    changes: list[Change] = []
    for person, review in found:
        sheet = earlier.get(review.id)
        if sheet is None:
            continue
        is_in = review.state == State.SUBMITTED
        now = {one.criterion: one.points for one in review.scores}
        changes += [
            Change(
                person=person,
                criterion=label,
                before=_points(sheet.points.get(key)),
                after=_points(now.get(key)) if is_in else "",
            )
            for key, label in labels.items()
        ]
    return changes


def _points(given: int | None) -> str:
    return "–" if given is None else str(given)
