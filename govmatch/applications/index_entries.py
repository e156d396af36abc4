"""A firm's own submitted applications in the index: found by its members, by nobody else.

What is indexed is the version that counts, not the draft. Drafts and withdrawn ones have no entry.
"""

from collections.abc import Iterable

from govmatch.applications import queries, rules
from govmatch.applications.models import Application
from govmatch.applications.naming import title_of
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang
from govmatch.questionnaires import plain_text
from govmatch.questionnaires.loading import load_kept
from govmatch.search.entry import Entry
from govmatch.search.indexed import Indexed


def ids(_background: Background, session: ReadSession) -> Iterable[int]:
    return queries.indexed_ids(session)


def entries(_background: Background, session: ReadSession, application_id: int) -> list[Entry]:
    """Return the one entry of an application that counts, in the language it is written in."""
    application = queries.with_texts(session, application_id)
    if application is None or application.state not in rules.COUNTING:
        return []
    version = queries.find_version(session, application, application.current_version)
    if version is None:
        return []
    lang = as_lang(version.lang)
    form = load_kept(version.form)
    text = plain_text(form, version.answers, lang, labels=False)
    return [
        Entry(
            kind="application",
            id=str(application.id),
            lang=lang,
            title=title_of(form, version.answers) or application.reference,
            text=f"{text}\n\n{application.reference}",
            url=f"/applications/{application.public_id}",
            audience=frozenset({f"firm:{application.firm_id}"}),
            dates={"submitted": version.at},
            labels=_labels(application),
        )
    ]


def _labels(application: Application) -> str:
    """Return the titles of its challenge, which find it in every language."""
    return " ".join(text.title for text in application.challenge.texts)


INDEXED = {"application": Indexed(ids, entries)}
