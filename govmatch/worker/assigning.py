"""Working out who should review what, when somebody asked for a proposal.

The optimisation runs in a process of its own, and nobody who wants to write waits for it.
"""

import logging
from collections.abc import Callable, Sequence
from functools import partial

from govmatch.kit.background import Background
from govmatch.kit.db import Database, ReadSession, Session
from govmatch.kit.i18n import LANGUAGES, as_lang
from govmatch.kit.jobs import Claimed
from govmatch.kit.journal import JournalRow
from govmatch.matching.assignment import Answer, NotSolved, solve
from govmatch.matching.queries import facts_of
from govmatch.reviews import actions
from govmatch.reviews.match_profile import (
    Labels,
    application_profile,
    codes_of,
    named_thing,
    reviewer_profile,
)
from govmatch.reviews.proposal_models import Proposal, Stage
from govmatch.reviews.proposing import Asked, Fits, Posed, Reviewer, fits, posed
from govmatch.reviews.queries import Juror
from govmatch.reviews.queries.proposing import Pool, counting_versions, pool_of, proposal_by_id
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import terms
from govmatch.taxonomy.trees import CPV, TECHNOLOGY, THEME
from govmatch.worker.match_reader import MatchReader

ASSIGN = "assign"
"""The handler of jobs that work out a proposal."""

log = logging.getLogger(__name__)


def prepared_proposal(
    database: Database, given: Background, job: Claimed
) -> Callable[[Session], None]:
    """Work out the proposal that a job asks for, and return what then is to be kept."""
    with database.reading() as session:
        row = session.get_one(JournalRow, job.journal_id)
        proposal = proposal_by_id(session, row.data["proposal_id"])
        if proposal is None or proposal.stage != Stage.ASKED:
            return lambda _session: None
        number = proposal.id
        question, found = _question(session, proposal, given)
    try:
        answer = solve(question.problem)
    except NotSolved:
        log.exception("proposal %s was not worked out", number)
        return partial(actions.fail_proposal, proposal_id=number)
    return partial(
        actions.keep_proposal,
        proposal_id=number,
        chosen=question.chosen(answer, found),
        lacking=lacking_of(question, answer),
    )


def lacking_of(question: Posed, answer: Answer) -> dict[str, object]:
    """Return as JSON values where something is missing; nothing where all is met."""
    if answer.is_complete:
        return {}
    return {
        "groups": [[one.group, one.tasks, one.missing, one.people] for one in answer.lacks],
        "extra": [[question.reviewers[place].id, number] for place, number in answer.extra],
        "fewer": answer.fewer,
    }


def _question(session: ReadSession, proposal: Proposal, given: Background) -> tuple[Posed, Fits]:
    pool = pool_of(session, proposal, now=given.real_now)
    labels = labels_of(session, pool, given)
    reader = MatchReader.of(session, given.settings.content_dir)
    applications = _applications(session, pool)
    reviewers = [_reviewer(pool, one, proposal, given) for one in pool.jurors]
    found = fits(
        applications,
        reviewers,
        read=reader.read,
        whole=lambda codes: reviewer_profile(codes, labels),
        thing=lambda code: named_thing(code, labels),
    )
    question = posed(
        applications,
        reviewers,
        allowed=pool.allowed,
        found=found,
        wanted=proposal.wanted,
        seed=proposal.seed,
    )
    return question, found


def _applications(session: ReadSession, pool: Pool) -> list[Asked]:
    versions = counting_versions(session, pool.applications)
    firms = facts_of(session, "firm", [one.firm_id for one in pool.applications])
    return [
        Asked(
            one.id,
            versions[one.id].lang,
            application_profile(
                one, versions[one.id], firms[one.firm_id].codes if one.firm_id in firms else ()
            ),
            pool.given.get(one.id, 0),
        )
        for one in pool.applications
        if one.id in versions
    ]


def _reviewer(pool: Pool, juror: Juror, proposal: Proposal, given: Background) -> Reviewer:
    """Return somebody with what they named; who named no language reads that of their pages."""
    known = pool.expertise.get(juror.person.id)
    own = [as_lang(juror.person.lang or given.settings.default_lang)]
    languages = known.languages if known and known.languages else own
    most = known.most if known and known.most is not None else proposal.most
    return Reviewer(
        juror.person.id,
        tuple(codes_of(known)) if known else (),
        frozenset(languages) if proposal.heeds_languages else None,
        pool.loads.get(juror.person.id, 0),
        most,
    )


def labels_of(session: ReadSession, pool: Pool, given: Background) -> Labels:
    """Return what everything that somebody named is called, by language."""
    found: dict[str, dict[str, str]] = {}
    for kind, prefix in ((TermKind.THEME, THEME), (TermKind.TECHNOLOGY, TECHNOLOGY)):
        found |= {prefix + term.slug: term.labels for term in terms(session, kind)}
    known: Sequence[str] = [code for one in pool.expertise.values() for code in one.cpv]
    codes = cpv.codes(given.settings.content_dir)
    for code in known:
        labels = codes.labels(code)
        found[CPV + code] = {lang: labels[lang] for lang in LANGUAGES if lang in labels}
    return found
