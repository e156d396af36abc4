"""Needs in the index: one entry for each language; not what is hidden, merged or withdrawn."""

from collections.abc import Iterable

from sqlalchemy import select

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.needs.models import LISTED, Need, NeedText
from govmatch.needs.queries import with_texts
from govmatch.search.entry import Entry
from govmatch.search.indexed import Indexed
from govmatch.taxonomy.models import Term, TermKind


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return list(session.scalars(select(Need.id).order_by(Need.id)))


def entries(_background: Background, session: ReadSession, need_id: int) -> list[Entry]:
    """Return an entry for each language; none for what no list shows."""
    need = with_texts(session, need_id)
    if need is None or need.hidden_at is not None or need.state not in LISTED:
        return []
    found = select(Term.labels).where(Term.kind == TermKind.THEME.value, Term.slug == need.theme)
    labels = session.scalars(found).first() or {}
    return [_entry(need, text, "\n".join(labels.values())) for text in need.texts]


def _entry(need: Need, text: NeedText, labels: str) -> Entry:
    facets = {"theme": (need.theme,), "country": (need.country,)}
    if need.authority is not None:
        facets["authority"] = (need.authority.slug,)
    said = (text.suffering, text.extent, text.change, need.analysis.get(text.lang, ""))
    return Entry(
        kind="need",
        id=str(need.id),
        lang=text.lang,
        title=text.title,
        text="\n\n".join(one for one in said if one),
        url=f"/needs/{need.public_id}",
        facets=facets,
        dates={"added": need.created_at},
        labels=f"{labels}\n{need.region}".strip(),
    )


INDEXED = {"need": Indexed(ids, entries)}
