"""Who is told that a file is held back for good: the person who added it, always by mail."""

from collections.abc import Iterable

from govmatch.accounts.models import Person
from govmatch.files.models import FileContent, Scan
from govmatch.files.queries import with_content
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice


def content_blocked(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Tell whoever added a file with this content, once each; its own name is all that is said."""
    content = session.get(FileContent, row.subject_id)
    if content is None or content.scan not in {Scan.INFECTED, Scan.UNCHECKABLE}:
        return
    kind = "file_infected" if content.scan == Scan.INFECTED else "file_unchecked"
    told: set[int] = set()
    for file in with_content(session, content.id):
        person = session.get(Person, file.uploaded_by) if file.uploaded_by else None
        if person is None or person.disabled_at is not None or person.id in told:
            continue
        told.add(person.id)
        lang = as_lang(person.lang or background.settings.default_lang)
        yield Notice(
            key=f"{kind}:{row.id}:{person.id}",
            mail=f"notifications/{kind}",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={
                "name": file.name,
                "added": datetime_text(
                    file.uploaded_at, lang, zone=person.zone or background.settings.zone
                ),
            },
        )


NOTICES = {"ContentBlocked": content_blocked}
