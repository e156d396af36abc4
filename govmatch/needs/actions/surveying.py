"""Setting how a programme counts voices."""

from datetime import datetime

from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session, canonical_json
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import digest
from govmatch.needs.events import SurveySet
from govmatch.needs.models import Survey
from govmatch.needs.queries import rules_of
from govmatch.needs.rules import may_set_survey
from govmatch.needs.survey import FULL, MOST_POINTS, MOST_WEIGHT, SIZES, Rules
from govmatch.programmes.models import Programme


def set_survey(
    session: Session, programme: Programme, rules: Rules, *, actor: Actor, now: datetime
) -> None:
    """Make a programme count this way from now on; the next ranking says so.

    Raises `Invalid` for points beyond 10 or a weight beyond 300 %.
    """
    require(may_set_survey(actor, programme))
    _refuse(rules)
    if rules.as_data() == rules_of(session, programme.id).as_data():
        return
    counting = rules.counting
    row = session.get(Survey, programme.id) or Survey(programme_id=programme.id)
    row.person_points, row.firm_points = counting.person_points, counting.firm_points
    row.sizes = {size: counting.sizes.get(size, FULL) for size in SIZES}
    row.sectors = {theme: one for theme, one in counting.sectors.items() if one != FULL}
    row.closes, row.chambers_vote, row.changed_at = rules.closes, rules.chambers_vote, now
    session.add(row)
    event = SurveySet(subject_id=programme.id, digest=digest(canonical_json(rules.as_data())))
    journal.record(session, event, actor=actor, now=now)


def _refuse(rules: Rules) -> None:
    counting = rules.counting
    points = (counting.person_points, counting.firm_points)
    if not all(0 <= one <= MOST_POINTS for one in points):
        raise Invalid({"person": msg("Points go from 0 to {n}.", n=MOST_POINTS)})
    weights = (*counting.sizes.values(), *counting.sectors.values())
    if not all(0 <= one <= MOST_WEIGHT for one in weights):
        raise Invalid({"size-micro": msg("Weights go from 0 to {n} per cent.", n=MOST_WEIGHT)})
