"""Firms in the index, listed ones for everybody, others for their members; and in matching."""

from collections.abc import Iterable

from sqlalchemy import select

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.matching.profiled import Offered, Profiled
from govmatch.organisations import rules
from govmatch.organisations.match_profile import KIND, match_profile
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import Profile
from govmatch.organisations.queries import profile_of
from govmatch.search.entry import PUBLIC, Entry
from govmatch.search.indexed import Indexed
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import all_labels


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return session.scalars(select(Firm.id).where(Firm.closed_at.is_(None)).order_by(Firm.id))


def entries(background: Background, session: ReadSession, firm_id: int) -> list[Entry]:
    """Return the entry of a firm in the language of its texts; none once it is closed.

    What themes, technologies and CPV codes are called in all languages finds it too, so that a firm
    that writes Danish is found in German.
    """
    firm = session.get(Firm, firm_id)
    if firm is None or firm.closed_at is not None:
        return []
    profile = profile_of(session, firm)
    return [
        Entry(
            kind="firm",
            id=str(firm.id),
            lang=firm.text_lang,
            title=firm.name,
            text="\n".join(filter(None, [firm.summary, firm.products, firm.references])),
            url=f"/firms/{firm.slug}",
            audience=frozenset({PUBLIC if firm.is_public else f"firm:{firm.id}"}),
            facets=_facets(profile),
            dates={"added": firm.created_at},
            labels=" ".join([firm.city, firm.region, *_labels(background, session, profile)]),
        )
    ]


def _facets(profile: Profile) -> dict[str, tuple[str, ...]]:
    facets = {
        "country": (profile.firm.country,),
        "size": (profile.firm.size or "",),
        "theme": profile.topics.themes,
        "technology": profile.topics.technologies,
    }
    return {name: values for name, values in facets.items() if any(values)}


def _labels(background: Background, session: ReadSession, profile: Profile) -> list[str]:
    """Return the words of its taxonomy in every language, each once."""
    topics = profile.topics
    known = cpv.codes(background.settings.content_dir)
    found = [
        *all_labels(session, TermKind.THEME, topics.themes).values(),
        *all_labels(session, TermKind.TECHNOLOGY, topics.technologies).values(),
        *(known.labels(code) for code in profile.codes.cpv),
    ]
    return list(dict.fromkeys(label for labels in found for label in labels.values()))


def matched_ids(_background: Background, session: ReadSession) -> Iterable[int]:
    """Return the firms that get matches: those that are open and have not switched them off."""
    found = select(Firm.id).where(Firm.closed_at.is_(None), Firm.matching)
    return list(session.scalars(found.order_by(Firm.id)))


def offer(_background: Background, session: ReadSession, firm_id: int) -> Offered | None:
    """Return what is matched of a firm; a match of challenges is only one that is listed."""
    firm = session.get(Firm, firm_id)
    if firm is None or firm.closed_at is not None or not firm.matching:
        return None
    return Offered(match_profile(profile_of(session, firm)), is_proposed=rules.is_listed(firm))


INDEXED = {"firm": Indexed(ids, entries)}
PROFILED = {KIND: Profiled(against="challenge", ids=matched_ids, offer=offer)}
