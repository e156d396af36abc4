"""/challenges/{slug}.json: one challenge as data."""

import json
from datetime import datetime
from typing import Any

from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules.answering import answers_by
from govmatch.challenges.showing import phase_of
from govmatch.challenges.views.detail import amendments
from govmatch.challenges.views.detail.found import challenge_of, expires_of
from govmatch.challenges.views.papers import papers_of
from govmatch.web.answers import Answer, text
from govmatch.web.visit import Visit


def as_json(visit: Visit) -> Answer:
    """The challenge as data, with its words in every language it has."""
    challenge = challenge_of(visit)
    return text(
        json.dumps(facts_of(visit, challenge), ensure_ascii=False, indent=2),
        "application/json",
        expires=expires_of(visit, challenge),
    )


def facts_of(visit: Visit, challenge: Challenge) -> dict[str, Any]:
    """Return everything public about a challenge; instants in UTC (RFC 3339)."""
    return {
        "id": challenge.public_id,
        "slug": challenge.slug,
        "url": visit.absolute(f"/challenges/{challenge.slug}"),
        "phase": phase_of(challenge, visit.now),
        "authority": {"slug": challenge.authority.slug, "name": challenge.authority.names},
        "country": challenge.authority.country,
        "programme": challenge.programme.slug,
        "published": _instant(challenge.published_at),
        "opens": _instant(challenge.opens),
        "questions_until": _instant(challenge.questions_until),
        "answers_by": _instant(answers_by(challenge)),
        "closes": _instant(challenge.closes),
        "zone": challenge.zone,
        "budget": {
            "min": challenge.budget_min,
            "max": challenge.budget_max,
            "currency": challenge.currency,
        },
        "pilots_max": challenge.pilots_max,
        "end_reasons": challenge.end_reasons,
        "eligibility": challenge.eligibility,
        "criteria": challenge.criteria,
        "cpv": challenge.cpv,
        "terms": queries.terms(visit.db, challenge),
        "texts": {
            words.lang: {"title": words.title, "summary": words.summary, "body": words.body}
            for words in challenge.texts
        },
        "papers": [
            {"title": one.title, "url": visit.absolute(one.url)}
            for one in papers_of(visit, challenge)
        ],
        "amendments": amendments.as_data(visit, challenge),
        "contact": challenge.contact,
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z") if moment else None
