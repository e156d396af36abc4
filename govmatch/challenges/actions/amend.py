"""Changing what was published: with a reason, a list of what changed, and time to react."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from govmatch.challenges.actions.faulty import Faulty
from govmatch.challenges.actions.form_versions import keep_form
from govmatch.challenges.actions.holding import hold
from govmatch.challenges.actions.publication import clean_reasons
from govmatch.challenges.actions.versions import keep_version, keep_what_was
from govmatch.challenges.actions.writing import related, write
from govmatch.challenges.changes import Change, changes
from govmatch.challenges.events import ChallengeAmended
from govmatch.challenges.models import Amendment, Challenge
from govmatch.challenges.queries import form_of, known, programme_facts, terms_of
from govmatch.challenges.rules import (
    Fault,
    amendment_faults,
    asks_confirmation,
    faults,
    may_amend,
    moved_deadline,
)
from govmatch.challenges.statement import Statement, statement_of, tidy
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg
from govmatch.kit.ids import public_id
from govmatch.kit.records import dataclass

REFERENCES = frozenset({"authority", "programme", "round", "theme", "technology", "cpv"})
"""What may no longer be possible, without fault of a challenge that named it when it was."""


@dataclass(frozen=True, slots=True)
class Planned:
    """An amendment as it would be: what the challenge says then, and how that differs."""

    before: Statement
    after: Statement
    changes: list[Change]
    reasons: dict[str, str]
    asks_confirmation: bool
    is_moved: bool
    """The deadline is later than what was asked for, because it was near."""

    @property
    def as_amendment(self) -> Amendment:
        """Return it in the form in which pages read amendments; belongs to no session."""
        return Amendment(reasons=self.reasons, changes=[one.as_data() for one in self.changes])


def plan(
    session: ReadSession,
    challenge: Challenge,
    statement: Statement,
    *,
    reasons: Mapping[str, str],
    actor: Actor,
    now: datetime,
    content_dir: Path,
) -> Planned:
    """Return what `amend` would do, without doing it; refuses and raises the same."""
    require(may_amend(actor, challenge))
    before, wanted = tidy(statement_of(challenge)), tidy(statement)
    if not changes(before, wanted):
        raise Invalid({"form": msg("Nothing was changed.")})
    given = clean_reasons(reasons)
    after = replace(wanted, closes=moved_deadline(challenge, wanted.closes, now))
    found = changes(before, after)
    if wrong := _faults(session, challenge, found, after, now=now, content_dir=content_dir):
        raise Faulty(wrong)
    return Planned(
        before=before,
        after=after,
        changes=found,
        reasons=given,
        asks_confirmation=asks_confirmation(challenge, found, now),
        is_moved=after.closes != wanted.closes,
    )


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

    What its form asked until then is kept, since somebody may be answering it. In the last 7 days
    before the deadline any change moves it to at least 7 days later. From the
    deadline on dates, form, criteria, weights and eligibility cannot change; authority and
    programme never. Raises `Faulty` with every field that is not right, `Invalid` without a reason
    and without a change.
    """
    hold(session, challenge)
    planned = plan(
        session, challenge, statement,
        reasons=reasons, actor=actor, now=now, content_dir=content_dir,
    )  # fmt: skip
    keep_what_was(session, challenge, planned.before)
    asked = form_of(challenge)
    write(challenge, planned.after, related(session, planned.after))
    amendment = _keep(session, challenge, planned, actor=actor, now=now)
    keep_form(session, challenge, asked, amendment, now=now)
    keep_version(session, challenge, planned.before, planned.after, actor=actor, now=now)
    return amendment


def _faults(
    session: ReadSession,
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
    planned: Planned,
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
        reasons=planned.reasons,
        changes=[one.as_data() for one in planned.changes],
        asks_confirmation=planned.asks_confirmation,
    )
    session.add(amendment)
    session.flush()
    event = ChallengeAmended(
        subject_id=challenge.id,
        amendment_id=amendment.id,
        fields=[one.name for one in planned.changes],
    )
    journal.record(session, event, actor=actor, now=now)
    return amendment
