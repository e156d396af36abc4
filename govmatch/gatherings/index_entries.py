"""Gatherings in the index, one entry for each language; found by everybody once published.

Who registered, and the address to join online, are never part of it.
"""

from collections.abc import Iterable

from govmatch.files.queries import changes, texts_of
from govmatch.gatherings import queries
from govmatch.gatherings.models import Gathering, GatheringText, State
from govmatch.gatherings.showing import KINDS, host_of
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import LANGUAGES, as_lang, say
from govmatch.kit.markdown import words_of
from govmatch.search.entry import PUBLIC, Entry
from govmatch.search.indexed import Indexed
from govmatch.taxonomy import queries as taxonomy
from govmatch.taxonomy.models import TermKind


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return queries.indexed_ids(session)


def entries(_background: Background, session: ReadSession, gathering_id: int) -> list[Entry]:
    """Return an entry for each language; none for what was cancelled or deleted."""
    gathering = queries.find(session, gathering_id)
    if gathering is None or gathering.state == State.CANCELLED:
        return []
    labels = _labels(session, gathering)
    papers = texts_of(session, queries.papers(session, gathering))
    return [_entry(gathering, text, labels, papers) for text in gathering.texts]


def _entry(gathering: Gathering, text: GatheringText, labels: str, papers: str) -> Entry:
    is_published = gathering.published_at is not None
    notes = words_of(gathering.notes_html.get(text.lang, ""))
    words = [text.summary, words_of(text.html), gathering.place, notes, papers]
    return Entry(
        kind="event",
        id=str(gathering.id),
        lang=text.lang,
        title=text.title,
        text="\n\n".join(one for one in words if one),
        url=f"/events/{gathering.slug}",
        audience=frozenset({PUBLIC} | _hosts(gathering)) if is_published else _hosts(gathering),
        visible_from=gathering.published_at,
        facets=_facets(gathering),
        dates={"added": gathering.published_at or gathering.created_at},
        labels="\n".join([labels, say(KINDS[gathering.kind], as_lang(text.lang))]),
    )


def _hosts(gathering: Gathering) -> frozenset[str]:
    """Return the tokens of who hosts it, by role: the same as `rules.hosts`."""
    found = []
    if gathering.authority_id is not None:
        found.append(f"staff@authority:{gathering.authority_id}")
    if gathering.programme_id is not None:
        found.append(f"manager@programme:{gathering.programme_id}")
    return frozenset(found)


def _facets(gathering: Gathering) -> dict[str, tuple[str, ...]]:
    return {
        "authority": (gathering.authority.slug,) if gathering.authority else (),
        "country": (gathering.country,) if gathering.country else (),
        "theme": tuple(gathering.themes),
    }


def _labels(session: ReadSession, gathering: Gathering) -> str:
    """Return what its themes, its host and its challenges are called, in all languages."""
    themes = taxonomy.all_labels(session, TermKind.THEME, gathering.themes)
    words = [label for labels in themes.values() for label in labels.values()]
    words += dict.fromkeys(host_of(gathering, lang) for lang in LANGUAGES)
    return "\n".join(words)


INDEXED = {"event": Indexed(ids, entries, about="gathering", after=changes("gathering"))}
