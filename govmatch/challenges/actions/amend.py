"""Changing what was published: with a reason, a list of what changed, and time to react."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from govmatch.challenges.actions.faulty import Faulty
from govmatch.challenges.actions.holding import hold
from govmatch.challenges.actions.publication import clean_reasons
from govmatch.challenges.actions.writing import related, write
from govmatch.challenges.changes import Change, changes
from govmatch.challenges.events import ChallengeAmended
from govmatch.challenges.models import Amendment, Challenge
from govmatch.challenges.queries import known, programme_facts, terms_of
from govmatch.challenges.rules import Fault, amendment_faults, faults, may_amend, moved_deadline
from govmatch.challenges.statement import Statement, statement_of, tidy
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id

REFERENCES = frozenset({"authority", "programme", "round", "theme", "technology", "cpv"})
"""What may no longer be possible, without fault of a challenge that named it when it was."""


def amend(
    session: Session,
    challenge: Challenge,
    statement: Statement,
    *,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
    content_dir: Path,
) -> Amendment:
    """Make a published challenge say something else, for published reasons (by language).

    In the last 7 days before the deadline any change moves it to at least 7 days later. From the
    deadline on dates, form, criteria, weights and eligibility cannot change; authority and
    programme never. Raises `Faulty` with every field that is not right, `Invalid` without a reason
    and without a change.
    """
    hold(session, challenge)
    require(may_amend(actor, challenge))
    given = clean_reasons(reasons)
    before, statement = tidy(statement_of(challenge)), tidy(statement)
    if not changes(before, statement):
        raise Invalid({"form": msg("Nothing was changed.")})
    after = replace(statement, closes=moved_deadline(challenge, statement.closes, now))
    found = changes(before, after)
    if wrong := _faults(session, challenge, found, after, now=now, content_dir=content_dir):
        raise Faulty(wrong)
    write(challenge, after, related(session, after))
    return _keep(session, challenge, found, given, actor=actor, now=now)


def _faults(
    session: Session,
    challenge: Challenge,
    found: list[Change],
    after: Statement,
    *,
    now: datetime,
    content_dir: Path,
) -> list[Fault]:
    """Return what is wrong; unchanged references are not held against it."""
    there = known(session, content_dir)
    own = programme_facts(terms_of(challenge), challenge.programme.facts)
    there = replace(there, programmes={**there.programmes, challenge.programme.slug: own})
    changed = {one.field for one in found}
    return [
        *amendment_faults(challenge, found, after, now),
        *(
            fault
            for fault in faults(after, there)
            if fault.name in changed or fault.name not in REFERENCES
        ),
    ]


def _keep(
    session: Session,
    challenge: Challenge,
    found: list[Change],
    reasons: dict[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> Amendment:
    challenge.revision += 1
    challenge.updated_at = now
    amendment = Amendment(
        public_id=public_id(),
        challenge_id=challenge.id,
        at=now,
        reasons=reasons,
        changes=[one.as_data() for one in found],
    )
    session.add(amendment)
    session.flush()
    event = ChallengeAmended(
        subject_id=challenge.id,
        amendment_id=amendment.id,
        fields=[one.name for one in found],
    )
    journal.record(session, event, actor=actor, now=now)
    return amendment
