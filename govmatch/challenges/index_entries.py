"""Challenges in the index, one entry for each language, and in matching."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.models import AFTER_PUBLICATION, Challenge, ChallengeText, State
from govmatch.challenges.offering import OFFERED
from govmatch.challenges.public_list import euros_of
from govmatch.challenges.queries import terms
from govmatch.challenges.queries.papers import KEPT
from govmatch.challenges.rules.may import READERS_OF_PROGRAMME
from govmatch.files.queries import changes, of_owner, texts_of
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.markdown import words_of
from govmatch.search.entry import PUBLIC, Entry
from govmatch.search.indexed import Indexed
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import Term, TermKind


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return list(session.scalars(select(Challenge.id).order_by(Challenge.id)))


def entries(background: Background, session: ReadSession, challenge_id: int) -> list[Entry]:
    """Return an entry for each language that has a title; none for a challenge that is gone.

    Before publication only its authority and programme find it. Once published it is for everybody
    from the instant of publication on; what follows from dates is not stored.
    """
    challenge = session.scalars(
        select(Challenge)
        .options(
            joinedload(Challenge.authority),
            selectinload(Challenge.texts),
            selectinload(Challenge.terms),
        )
        .where(Challenge.id == challenge_id)
    ).first()
    if challenge is None:
        return []
    content_dir = background.settings.content_dir
    labels = _labels(session, challenge, content_dir)
    papers = _papers(session, challenge)
    return [
        _entry(challenge, text, labels, session, content_dir, papers=papers)
        for text in challenge.texts
        if text.title
    ]


def _entry(
    challenge: Challenge,
    text: ChallengeText,
    labels: str,
    session: ReadSession,
    content_dir: Path,
    *,
    papers: str,
) -> Entry:
    is_published = challenge.state in AFTER_PUBLICATION and challenge.published_at is not None
    programme = f"programme:{challenge.programme_id}"
    own = {
        f"authority:{challenge.authority_id}",
        *(f"{role.value}@{programme}" for role in READERS_OF_PROGRAMME),
    }
    return Entry(
        kind="challenge",
        id=str(challenge.id),
        lang=text.lang,
        title=text.title,
        text="\n\n".join(one for one in (text.summary, words_of(text.html), papers) if one),
        url=f"/challenges/{challenge.slug}",
        audience=frozenset(own | {PUBLIC} if is_published else own),
        visible_from=challenge.published_at if is_published else None,
        facets=_facets(session, challenge),
        dates=_dates(challenge),
        numbers=_budget(challenge, content_dir),
        labels=labels,
    )


def _papers(session: ReadSession, challenge: Challenge) -> str:
    """Return what stands in the papers that everybody may take who reads it."""
    named = {one["sha256"] for one in challenge.attachments or ()}
    files = of_owner(session, KEPT, challenge.id) if named else []
    return texts_of(session, [file for file in files if file.sha256 in named])


def _facets(session: ReadSession, challenge: Challenge) -> dict[str, tuple[str, ...]]:
    return {
        "authority": (challenge.authority.slug,),
        "country": (challenge.authority.country,),
        "apply_in": tuple(challenge.eligibility.get("languages", ())),
        **{kind: tuple(slugs) for kind, slugs in terms(session, challenge).items()},
    }


def _dates(challenge: Challenge) -> dict[str, datetime]:
    """Return its instants; what ended early is not open until a deadline that means nothing now."""
    is_off = challenge.state in {State.CANCELLED, State.DID_NOT_PROCEED}
    found = {
        "opens": None if is_off else challenge.opens,
        "closes": challenge.closes,
        "added": challenge.published_at,
    }
    return {name: instant for name, instant in found.items() if instant is not None}


def _budget(challenge: Challenge, content_dir: Path) -> dict[str, int]:
    """Return the budget of a pilot in euros, from and to; one amount alone is both."""
    amounts = [one for one in (challenge.budget_min, challenge.budget_max) if one is not None]
    if not amounts:
        return {}
    euros = [euros_of(one, challenge.currency, content_dir) for one in amounts]
    return {"budget_from": euros[0], "budget_to": euros[-1]}


def _labels(session: ReadSession, challenge: Challenge, content_dir: Path) -> str:
    """Return what its themes, technologies and CPV codes are called, in all languages."""
    wanted = {(term.kind, term.slug) for term in challenge.terms}
    slugs = [slug for _, slug in wanted]
    found = session.execute(select(Term.kind, Term.slug, Term.labels).where(Term.slug.in_(slugs)))
    words = [
        label
        for kind, slug, labels in found
        if (TermKind(kind).value, slug) in wanted
        for label in labels.values()
    ]
    codes = cpv.codes(content_dir)
    words += [label for code in challenge.cpv for label in codes.labels(code).values()]
    return "\n".join(words)


INDEXED = {"challenge": Indexed(ids, entries, after=changes(KEPT))}
PROFILED = {"challenge": OFFERED}
