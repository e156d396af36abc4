"""What a published form asked before it was changed, kept: somebody may be answering it."""

from datetime import datetime

from govmatch.challenges.models import Amendment, Challenge, FormVersion
from govmatch.challenges.queries import form_number, form_of, has_form_versions
from govmatch.kit.db import Session
from govmatch.questionnaires import Questionnaire, digest, dump


def keep_form(
    session: Session,
    challenge: Challenge,
    before: Questionnaire,
    amendment: Amendment,
    *,
    now: datetime,
) -> None:
    """Keep the form as it is after an amendment as a new version, where it is another one.

    The first change keeps what was there before too, with the instant of its publication.
    """
    after = form_of(challenge)
    if digest(before) == digest(after):
        return
    if not has_form_versions(session, challenge):
        began = challenge.published_at or challenge.created_at
        session.add(_version(challenge, before, 1, at=began))
        session.flush()
    number = form_number(session, challenge) + 1
    session.add(_version(challenge, after, number, at=now, amendment=amendment))
    session.flush()


def _version(
    challenge: Challenge,
    form: Questionnaire,
    number: int,
    *,
    at: datetime,
    amendment: Amendment | None = None,
) -> FormVersion:
    return FormVersion(
        challenge_id=challenge.id,
        number=number,
        digest=digest(form),
        form=dump(form),
        at=at,
        amendment_id=amendment.id if amendment is not None else None,
    )
