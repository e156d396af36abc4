"""Who comes to the pages of decisions, and the one way to a case and a decision from there."""

from govmatch.accounts.models import Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.decisions import queries
from govmatch.decisions.models import Decision
from govmatch.kit.i18n import Lang
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

deciders = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR)
preparers = holder_of(Role.MANAGER)


def challenge_of(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` where its case is another's."""
    return queries.readers_challenge(
        visit.db, visit.actor, visit.params["slug"], now=visit.now, real_now=visit.real_now
    )


def decision_of(visit: Visit) -> Decision:
    """Return the decision of the address; raises `NotFound` where its case is another's."""
    return queries.find_decision(
        visit.db, visit.actor, visit.params["decision"], real_now=visit.real_now
    )


def case_path(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/decision"


def decision_path(decision: Decision) -> str:
    return f"/decisions/{decision.public_id}"


def title_of(challenge: Challenge, lang: Lang) -> tuple[str, str | None]:
    """Return what a challenge is called, and in which language where that is another."""
    text = text_for(challenge, lang)
    return text.title or challenge.slug, text.lang if text.lang != lang else None
