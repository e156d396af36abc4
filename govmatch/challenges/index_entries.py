"""Challenges in the index: one entry for each language, found by their terms in all of them."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from govmatch.challenges.models import AFTER_PUBLICATION, Challenge, ChallengeText
from govmatch.challenges.queries import terms
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
    labels = _labels(session, challenge, background.settings.content_dir)
    return [_entry(challenge, text, labels, session) for text in challenge.texts if text.title]


def _entry(challenge: Challenge, text: ChallengeText, labels: str, session: ReadSession) -> Entry:
    is_published = challenge.state in AFTER_PUBLICATION and challenge.published_at is not None
    own = {f"authority:{challenge.authority_id}", f"programme:{challenge.programme_id}"}
    return Entry(
        kind="challenge",
        id=str(challenge.id),
        lang=text.lang,
        title=text.title,
        text=f"{text.summary}\n\n{words_of(text.html)}",
        url=f"/challenges/{challenge.slug}",
        audience=frozenset(own | {PUBLIC} if is_published else own),
        visible_from=challenge.published_at if is_published else None,
        facets=_facets(session, challenge),
        dates=_dates(challenge),
        labels=labels,
    )


def _facets(session: ReadSession, challenge: Challenge) -> dict[str, tuple[str, ...]]:
    return {
        "authority": (challenge.authority.slug,),
        "country": (challenge.authority.country,),
        "apply_in": tuple(challenge.eligibility.get("languages", ())),
        **{kind: tuple(slugs) for kind, slugs in terms(session, challenge).items()},
    }


def _dates(challenge: Challenge) -> dict[str, datetime]:
    found = {"opens": challenge.opens, "closes": challenge.closes}
    return {name: instant for name, instant in found.items() if instant is not None}


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


INDEXED = {"challenge": Indexed(ids, entries)}
