"""Reading submitted applications for what tells that two say the same, in the background.

It is done when they come, sealed ones too, so that all is known at the opening; nobody is shown any
of it before.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert

from govmatch.applications.models import Application, Version
from govmatch.applications.rules import firms_in
from govmatch.kit.db import Session
from govmatch.matching import queries as matching
from govmatch.matching.alike import Readable
from govmatch.matching.likeness import Likeness
from govmatch.matching.reading import Terms
from govmatch.organisations.mail_domains import own_domain
from govmatch.search.bridge.concepts import Bridge
from govmatch.triage import compared, traces
from govmatch.triage.likeness_models import Likeness as KeptLikeness
from govmatch.triage.likeness_models import Print, Reading, Trace
from govmatch.triage.prints import prints
from govmatch.triage.queries import likenesses


def read_new(
    session: Session, *, bridge: Bridge, content_dir: Path, now: datetime, most: int
) -> int:
    """Read what was submitted or changed since, at most so many; return how many."""
    found = likenesses.to_read(session, words=bridge.digest, most=most)
    for application in found:
        read_one(session, application, bridge=bridge, content_dir=content_dir, now=now)
    return len(found)


def read_one(
    session: Session,
    application: Application,
    *,
    bridge: Bridge,
    content_dir: Path,
    now: datetime,
) -> None:
    """Keep the prints and traces of the version that counts, and what it is like."""
    version = likenesses.versions_of(session, [application.id])[application.id]
    here = compared.readable(version, bridge=bridge)
    keys = keys_of(session, version, here)
    _replace_prints(session, application.id, keys)
    _replace_traces(session, application, version, content_dir)
    _keep_likenesses(session, version, here, bridge=bridge, now=now)
    session.merge(
        Reading(
            application_id=application.id,
            version=version.number,
            words=bridge.digest,
            firm_revision=application.firm.revision,
            at=now,
        )
    )
    session.flush()


def keys_of(session: Session, version: Version, here: Readable) -> list[int]:
    """Return by what a version is found again; how rare words are, the profiles of all tell."""
    terms = here.terms.text
    rarity = matching.rarity_for(session, [Terms(terms, {})])
    return prints(compared.words_of(version), terms, rarity=rarity)


def _replace_prints(session: Session, number: int, keys: Sequence[int]) -> None:
    session.execute(delete(Print).where(Print.application_id == number))
    if keys:
        session.execute(insert(Print), [{"key": key, "application_id": number} for key in keys])


def _replace_traces(
    session: Session, application: Application, version: Version, content_dir: Path
) -> None:
    firms = likenesses.firms_of_ids(session, firms_in(application))
    people = likenesses.people_of(session, [one.id for one in firms])
    domains = {own_domain(email, content_dir) for _, email in people}
    found = traces.of_people([number for number, _ in people], domains)
    for firm in firms:
        found |= traces.of_firm(firm.registration_key, firm.vat, firm.website)
    found |= traces.phones_in(compared.words_of(version))
    session.execute(delete(Trace).where(Trace.application_id == application.id))
    rows = {one.key: one.kind.value for one in sorted(found)}
    if rows:
        session.execute(
            insert(Trace),
            [
                {"key": key, "application_id": application.id, "kind": kind}
                for key, kind in rows.items()
            ],
        )


def found_alike(
    session: Session, version: Version, here: Readable, *, bridge: Bridge
) -> list[tuple[Version, Likeness]]:
    """Return the versions that say the same as one, of those that share most of its kept prints."""
    known: dict[int, Version] = {}

    def read(ids: Sequence[int]) -> list[Readable]:
        known.update(likenesses.versions_of(session, ids))
        return [compared.readable(known[number], bridge=bridge) for number in ids]

    likely = likenesses.sharing(session, version.application_id)
    return [(known[number], one) for number, one in compared.alike(here, likely, read)]


def _keep_likenesses(
    session: Session,
    version: Version,
    here: Readable,
    *,
    bridge: Bridge,
    now: datetime,
) -> None:
    own = version.application_id
    before = {(one.one_id, one.other_id): one for one in likenesses.of_pair(session, [own])}
    for other, likeness in found_alike(session, version, here, bridge=bridge):
        first, second = sorted([version, other], key=lambda one: one.application_id)
        pair = first.application_id, second.application_id
        kept = before.pop(pair, None) or KeptLikeness(one_id=pair[0], other_id=pair[1])
        kept.kind = likeness.kind.value if likeness.kind else ""
        kept.told = max(likeness.told, likeness.runs)
        kept.one_version, kept.other_version, kept.at = first.number, second.number, now
        session.add(kept)
    for gone in before.values():
        if not likenesses.is_marked(session, gone):
            session.delete(gone)
    session.flush()
