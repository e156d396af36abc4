"""What stands between an application and its submission: requirements and missing answers."""

from datetime import datetime

from govmatch.applications import call, queries
from govmatch.applications.eligibility import Gate, gates
from govmatch.applications.models import Application, State, Version
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.organisations.queries import evidence_in_date
from govmatch.programmes.switches import Limit as ProgrammeLimit
from govmatch.questionnaires import Answers, check_complete, submitted


def gates_of(session: ReadSession, application: Application, *, now: datetime) -> list[Gate]:
    challenge, firm = application.challenge, application.firm
    evidence = evidence_in_date(session, firm, on=now.date())
    return gates(challenge.eligibility, firm, evidence=evidence, lang=application.lang)


def wrong_with(
    application: Application, lang: Lang, answers: Answers | None = None
) -> dict[str, Message]:
    """Return by field name what keeps the draft, or other answers, from being submitted."""
    given = application.answers if answers is None else answers
    form = call.form(application.challenge)
    found = {gap.field: gap.message for gap in check_complete(form, given, lang)}
    limit = call.most(application.challenge, ProgrammeLimit.ANSWER_CHARACTERS)
    for question in form.questions:
        answer = given.get(question.id)
        if isinstance(answer, str) and len(answer) > limit:
            text = msg("This answer is too long: at most {limit} characters fit.", limit=limit)
            found.setdefault(question.field, text)
    return found


def version_sent(session: ReadSession, application: Application) -> Version | None:
    """Return the version that counts of what is submitted, and not withdrawn or taken up."""
    if application.state != State.SUBMITTED:
        return None
    return queries.find_version(session, application, application.current_version)


def says_the_same(version: Version, application: Application) -> bool:
    """True where the draft answers what is asked as the version does.

    What stands in the draft and is not asked was not submitted.
    """
    form = call.form(application.challenge)
    return submitted(form, version.answers) == submitted(form, application.answers)
