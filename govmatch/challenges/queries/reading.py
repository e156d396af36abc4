"""One challenge in the reader's language, its terms, what changed since its publication."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from govmatch.challenges.changes import Shown, shown
from govmatch.challenges.differences import Difference, difference
from govmatch.challenges.models import Amendment, Challenge, ChallengeText
from govmatch.challenges.queries.forms import programme_form_of, terms_of
from govmatch.challenges.values import Naming
from govmatch.kit.db import ReadSession
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import LANGUAGES, Lang, pick
from govmatch.organisations.models import Authority
from govmatch.programmes import queries as programmes
from govmatch.questionnaires import load_kept_questions
from govmatch.taxonomy import cpv
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind


def text_for(challenge: Challenge, lang: Lang) -> ChallengeText:
    """Return its words in `lang`, else in English, else in the first language that has a title.

    A draft without words gives empty ones; its `lang` says which language a text is in.
    """
    texts = {text.lang: text for text in challenge.texts}
    _, found = pick({code: text.title for code, text in texts.items()}, lang)
    return texts.get(found) or ChallengeText(lang=lang, title="", summary="", body="", html="")


def languages(challenge: Challenge) -> list[Lang]:
    """Return the languages in which its words are there, in our order."""
    there = {text.lang for text in challenge.texts if text.title}
    return [lang for lang in LANGUAGES if lang in there]


def terms(_session: ReadSession, challenge: Challenge) -> dict[str, list[str]]:
    """Return its themes and technologies, as slugs."""
    return {
        kind.value: [term.slug for term in challenge.terms if term.kind == kind]
        for kind in TermKind
    }


def term_labels(session: ReadSession, challenge: Challenge, lang: Lang) -> dict[str, str]:
    """Return what its themes and technologies are called, by slug."""
    found: dict[str, str] = {}
    for kind, slugs in terms(session, challenge).items():
        labels = taxonomy.all_labels(session, TermKind(kind), slugs)
        found |= {slug: pick(labels.get(slug, {}), lang)[0] or slug for slug in slugs}
    return found


def amendments(session: ReadSession, challenge: Challenge) -> list[Amendment]:
    """Return what changed since publication, newest first."""
    found = select(Amendment).where(Amendment.challenge_id == challenge.id)
    return list(session.scalars(found.order_by(Amendment.id.desc())))


def last_amendment(session: ReadSession, challenge: Challenge) -> Amendment | None:
    found = select(Amendment).where(Amendment.challenge_id == challenge.id)
    return session.scalars(found.order_by(Amendment.id.desc()).limit(1)).first()


def get_amendment(session: ReadSession, challenge: Challenge, public_id: str) -> Amendment:
    """Return one change of this challenge; raises `NotFound`."""
    found = select(Amendment).where(
        Amendment.challenge_id == challenge.id, Amendment.public_id == public_id
    )
    one = session.scalars(found).first()
    if one is None:
        raise NotFound
    return one


def shown_changes(
    session: ReadSession, challenge: Challenge, amendment: Amendment, *, lang: Lang, content: Path
) -> list[Shown]:
    """Return the changes of an amendment as `lang` reads them; `content` is the content folder."""
    naming = naming_of(session, challenge, content)
    return [
        shown(change, lang=lang, zone=challenge.zone, naming=naming) for change in amendment.changes
    ]


def differences(
    session: ReadSession, challenge: Challenge, amendment: Amendment, *, lang: Lang, content: Path
) -> list[Difference]:
    """Return an amendment as everybody reads it: facts, then texts, the reader's language first.

    `content` is the content folder.
    """
    naming = naming_of(session, challenge, content)
    found = [
        difference(change, lang=lang, zone=challenge.zone, naming=naming)
        for change in amendment.changes
    ]
    return sorted(found, key=lambda one: (one.lang is not None, one.lang != lang))


def naming_of(session: ReadSession, challenge: Challenge, content: Path) -> Naming:
    """Return what slugs and codes in it are called; `content` is the content folder."""
    labels: dict[str, Mapping[str, Mapping[str, str]]] = {
        "criteria": {one.id: one.label for one in programmes.criteria(terms_of(challenge))},
    }

    def names(field: str, slug: str) -> Mapping[str, str]:
        if field == "cpv":
            return {
                lang: f"{slug} {label}" for lang, label in cpv.codes(content).labels(slug).items()
            }
        if field == "asked" and field not in labels:
            labels[field] = _asked_before(challenge)
        if field not in labels:
            labels[field] = _labels(session, field)
        return labels[field].get(slug, {})

    return lambda field, slug, lang: pick(names(field, slug), lang)[0] or slug


def _asked_before(challenge: Challenge) -> dict[str, Mapping[str, str]]:
    """Return the words of questions by id and of their answers by `id:value`, for conditions."""
    own = load_kept_questions(challenge.questions, currency=challenge.currency)
    asked = (*programme_form_of(challenge).questions, *own)
    answers = {f"{one.id}:{option.value}": option.label for one in asked for option in one.options}
    return {**{one.id: one.label for one in asked}, **answers}


def _labels(session: ReadSession, field: str) -> dict[str, Mapping[str, str]]:
    """Return what everything of a kind is called, by slug; nothing for codes that need no name."""
    match field:
        case "theme" | "technology":
            return {term.slug: term.labels for term in taxonomy.terms(session, TermKind(field))}
        case "authority":
            return dict(session.execute(select(Authority.slug, Authority.names)).all())
        case "programme":
            return {one.slug: one.names for one in programmes.all_programmes(session)}
        case "round":
            return {one.slug: one.names for one in programmes.all_rounds(session)}
    return {}
