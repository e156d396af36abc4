"""Whether a reviewer reads an application without names."""

from datetime import datetime

from govmatch.applications.models import State as ApplicationState
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import terms_of
from govmatch.programmes.queries import hides_names, rule_value
from govmatch.programmes.schedule import INTERVIEW, SIFT
from govmatch.programmes.switches import Rule


def is_blind(
    challenge: Challenge,
    *,
    state: str = ApplicationState.IN_REVIEW,
    shown_at: datetime | None = None,
    declared_at: datetime | None = None,
) -> bool:
    """True where the programme hides names from who reviews an application in this state.

    What is on the shortlist has come to the phase of the interviews. Where the programme holds
    interviews, names stay hidden there too until somebody reveals them (`shown_at`), and from then
    on to whoever has not declared their ties since (`declared_at`).
    """
    terms = terms_of(challenge)
    if rule_value(terms, Rule.INTERVIEWS):
        return hides_names(terms, SIFT) and not has_declared_since(declared_at, shown_at)
    phase = INTERVIEW if state == ApplicationState.SHORTLISTED else SIFT
    return hides_names(terms, phase)


def has_declared_since(declared_at: datetime | None, shown_at: datetime | None) -> bool:
    """True where names were revealed, and ties declared after that; the same instant is not."""
    return shown_at is not None and declared_at is not None and declared_at > shown_at
