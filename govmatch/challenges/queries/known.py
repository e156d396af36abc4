"""What there is in the database that a challenge may refer to."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from govmatch.challenges.known import Known, ProgrammeFacts
from govmatch.kit.db import ReadSession
from govmatch.organisations.models import Authority
from govmatch.programmes import queries as programmes
from govmatch.programmes.queries import Terms, rule_value
from govmatch.programmes.switches import Rule
from govmatch.questionnaires import answerable, load_kept
from govmatch.taxonomy import cpv
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind

FALLBACK_PILOTS = 3


def known(
    session: ReadSession, content_dir: Path, *, unread: frozenset[str] = frozenset()
) -> Known:
    """Return what there is; CPV codes come from the content folder."""
    return Known(
        authorities={
            slug: tuple(languages)
            for slug, languages in session.execute(select(Authority.slug, Authority.languages))
        },
        programmes={
            one.slug: programme_facts(one, one.facts) for one in programmes.all_programmes(session)
        },
        rounds={one.slug: one.programme.slug for one in programmes.all_rounds(session)},
        taking_part=programmes.taking_part(session),
        themes=taxonomy.slugs(session, TermKind.THEME),
        technologies=taxonomy.slugs(session, TermKind.TECHNOLOGY),
        codes=cpv.codes(content_dir),
        unread=unread,
    )


def programme_facts(terms: Terms, facts: dict[str, object]) -> ProgrammeFacts:
    """Return what a challenge of this programme has to keep to."""
    asked = [
        question["id"]
        for section in terms.form.get("sections", ())
        for question in section.get("questions", ())
    ]
    by_criteria = [one["question"]["id"] for one in terms.criteria if one.get("question")]
    most = facts.get("pilots_max", FALLBACK_PILOTS)
    return ProgrammeFacts(
        criteria=frozenset(one["id"] for one in terms.criteria),
        taken=frozenset((*asked, *by_criteria)),
        answerable=_answerable(terms),
        pilots_max=most if isinstance(most, int) else FALLBACK_PILOTS,
        required_parts=("users", "data") if rule_value(terms, Rule.USERS_AND_DATA) else (),
    )


def _answerable(terms: Terms) -> Mapping[str, tuple[str, ...]]:
    form = load_kept(terms.form or {"sections": []}, currency="EUR")
    return answerable(form.questions)
