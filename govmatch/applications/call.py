"""What a challenge asks of who applies, under which rules: everything that applications read of it.

A published challenge keeps the form, rules and limits it was published under.
"""

from govmatch.applications.models import Application
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import form_of, terms_of
from govmatch.programmes.queries import limit, rule_value
from govmatch.programmes.switches import Limit, Rule
from govmatch.questionnaires import Questionnaire, Section


def form(challenge: Challenge) -> Questionnaire:
    return form_of(challenge)


def only_section(challenge: Challenge) -> Section | None:
    """Return the section of a form that has one alone: it is filled and sent in on one page."""
    sections = form(challenge).sections
    return sections[0] if len(sections) == 1 else None


def allows_one(challenge: Challenge) -> bool:
    """True where a firm may have one application only."""
    return bool(rule_value(terms_of(challenge), Rule.ONE_APPLICATION_PER_FIRM))


def bars_staff(challenge: Challenge) -> bool:
    return bool(rule_value(terms_of(challenge), Rule.STAFF_MAY_NOT_APPLY))


def most(challenge: Challenge, name: Limit) -> int:
    return limit(terms_of(challenge), name)


def single_key(challenge: Challenge, firm_id: int) -> str | None:
    """Return what no two applications share where only one is allowed, else None."""
    return f"{challenge.id}:{firm_id}" if allows_one(challenge) else None


def is_single(application: Application) -> bool:
    return application.single_key is not None
