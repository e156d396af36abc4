"""Who is told that the file of a case is ready: whoever asked for it."""

from collections.abc import Iterable

from govmatch.accounts.queries import by_id as person_by_id
from govmatch.dossiers import queries
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice

TOPIC = "tasks"


def made(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell that the archive can be taken, until when, and where; it never travels by mail."""
    number = row.data.get("dossier")
    dossier = queries.by_id(session, number) if isinstance(number, int) else None
    if dossier is None or dossier.expires_at is None or dossier.gone_at is not None:
        return []
    person = person_by_id(session, dossier.asked_by)
    lang = as_lang(person.lang or background.settings.default_lang)
    zone = person.zone or background.settings.zone
    path = f"/desk/challenges/{dossier.challenge.slug}/dossier"
    return [
        Notice(
            key=f"dossiers:{row.id}",
            mail="dossiers/made",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"until": date_text(dossier.expires_at, lang, zone)},
            links={"link": path},
            topic=TOPIC,
            path=path,
        )
    ]


NOTICES = {"DossierMade": made}
