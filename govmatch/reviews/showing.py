"""How reviews are put into words on pages. Texts, no HTML."""

from collections.abc import Mapping, Sequence

from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Lang, Message, msg, pick, say
from govmatch.kit.records import dataclass
from govmatch.programmes.queries import criteria
from govmatch.reviews import rules, scoring
from govmatch.reviews.actions import Sheet
from govmatch.reviews.models import SCORING, Confidence, ConflictKind, Review, State
from govmatch.reviews.queries import Outcome
from govmatch.reviews.rubric import rubric_of
from govmatch.reviews.suspicion_models import SuspicionKind

STATES: Mapping[str, tuple[Message, str]] = {
    State.ASSIGNED: (msg("Not begun"), "neutral"),
    State.DRAFT: (msg("Begun"), "info"),
    State.SUBMITTED: (msg("Review submitted"), "success"),
    State.ABSTAINED: (msg("Left to the others"), "neutral"),
    State.RECUSED: (msg("Conflict of interest"), "warning"),
    State.WITHDRAWN: (msg("Set aside"), "warning"),
}
"""What each state of a review is called, and the kind of its badge."""

CONFLICTS: Mapping[ConflictKind, Message] = {
    ConflictKind.DECLARED: msg("Declared by the reviewer"),
    ConflictKind.MEMBER: msg("Belongs to the firm"),
    ConflictKind.FOUND: msg("Found by the programme"),
    ConflictKind.CLEARED: msg("Cleared: it was noted wrongly"),
}

SUSPICIONS: Mapping[SuspicionKind, Message] = {
    SuspicionKind.ORGANISATION: msg("Belonged to the firm, or to one of its partners, before"),
    SuspicionKind.MAIL_DOMAIN: msg("Has an e-mail address of the same domain as the firm"),
    SuspicionKind.CONSORTIUM: msg("Belongs to a firm that applies, or has applied, with this one"),
    SuspicionKind.FAMILY: msg("Has a family name of the firm, and an organisation in its town"),
    SuspicionKind.EARLIER: msg("Had a conflict with this firm in another selection"),
}

CONFIDENCES: Mapping[str, Message] = {
    Confidence.HIGH: msg("Sure"),
    Confidence.MEDIUM: msg("Fairly sure"),
    Confidence.LOW: msg("Not so sure"),
}
"""How sure a reviewer says to be, best first."""

OUTCOMES: Mapping[Outcome, Message] = {
    Outcome.NEW: msg("Will be assigned"),
    Outcome.ALREADY: msg("Has it already"),
    Outcome.ENDED: msg("Left it to the others, or it was set aside"),
    Outcome.CONFLICT: msg("Conflict of interest"),
    Outcome.SUSPECTED: msg("Possible conflict of interest: please decide about it first"),
    Outcome.NOT_ON_JURY: msg("Not on the jury of this challenge"),
    Outcome.NOT_OPEN: msg("Not opened yet, or the selection is over"),
    Outcome.NOT_IN_STATE: msg("The application takes no part in the selection any more"),
}


@dataclass(frozen=True)
class Criterion:
    """A criterion of a challenge in the reader's words.

    `options` are points with what they stand for, `lang` the language of the texts where it is not
    the reader's. What is computed has its `formula` in words; nobody gives points for it.
    """

    id: str
    label: str
    help: str
    weight: int
    minimum: int | None
    options: list[tuple[str, str]]
    lang: str | None
    is_computed: bool = False
    is_independent: bool = False
    formula: str = ""


def criteria_of(challenge: Challenge, lang: Lang) -> list[Criterion]:
    """Return what a challenge is judged by, with the words of the programme it is bound to."""
    known = {one.id: one for one in criteria(terms_of(challenge))}
    rubric = rubric_of(challenge)
    found = []
    for one in (*rubric.weighed, *rubric.independent):
        words = known.get(one.id)
        label, in_lang = pick(words.label if words else {}, lang)
        anchors = words.anchors if words else {}
        found.append(
            Criterion(
                id=one.id,
                label=label or one.id,
                help=pick(words.help if words else {}, lang)[0],
                weight=one.weight,
                minimum=one.minimum,
                options=[
                    (str(points), _option(points, pick(anchors.get(points, {}), lang)[0]))
                    for points in scoring.POINTS
                ],
                lang=in_lang if in_lang != lang else None,
                is_computed=one.id in rubric.computed,
                is_independent=not one.weight,
                formula=pick(words.formula if words else {}, lang)[0],
            )
        )
    return found


def _option(points: int, anchor: str) -> str:
    return f"{points} – {anchor}" if anchor else str(points)


def name_of(review: Review, lang: Lang) -> str:
    """Return what the reviewer calls the applicant: "Applicant n" where names are hidden."""
    return name_for(review.application, How.BLIND if review.is_blind else How.FULL, lang)


def state_of(review: Review, application: Application) -> tuple[Message, str]:
    """Return a review's state and the kind of its badge, for whoever has to do it."""
    if review.state in SCORING and application.state not in rules.SCORABLE:
        if application.state in rules.ASSIGNABLE:
            return msg("Waits for the firm"), "neutral"
        return msg("Not to do any more"), "neutral"
    return STATES[review.state]


def points_text(value: float | None, lang: Lang) -> str:
    """Return a mean with two decimals, so that 3.80 stands below 4.23, or a dash."""
    return number_text(round(value, 2), lang, digits=2) if value is not None else "–"


def range_text(both: tuple[int, int] | None) -> str:
    """Return the lowest and the highest points, as one number where they agree."""
    if both is None:
        return "–"
    return str(both[0]) if both[0] == both[1] else f"{both[0]}–{both[1]}"


def given_rows(found: Sequence[Criterion], sheet: Sheet, lang: Lang) -> list[tuple[str, str, str]]:
    """Return what a reviewer gave: (criterion, points, comment), or why they gave no points."""
    rows = []
    for one in found:
        if one.is_computed:
            continue
        points, words = sheet.points.get(one.id), sheet.comments.get(one.id, "")
        if why := sheet.left.get(one.id):
            words = "\n".join(filter(None, (say(msg("Not judged: {why}", why=why), lang), words)))
        rows.append((one.label, "–" if points is None else str(points), words))
    return rows


@dataclass(frozen=True)
class Compared:
    """A criterion over several reviews: the reader's own points, the range, the mean."""

    label: str
    own: str
    range: str
    mean: str


def compared(
    found: Sequence[Criterion], own: scoring.Points, others: Sequence[scoring.Points], lang: Lang
) -> list[Compared]:
    """Return how far reviews lie apart, criterion by criterion; `own` is one of them."""
    everybody = [own, *others]
    return [
        Compared(
            one.label,
            str(own[one.id]) if own.get(one.id) is not None else "–",
            range_text(scoring.spread(everybody, one.id)),
            points_text(
                scoring.mean(p for points in everybody if (p := points.get(one.id)) is not None),
                lang,
            ),
        )
        for one in found
        if not one.is_computed
    ]
