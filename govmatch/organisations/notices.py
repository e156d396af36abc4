"""Who is told what of a firm's profile: its editors, that evidence lapses, with a link to renew it.

What others cannot see of a piece, its note, is in no mail.
"""

from collections.abc import Iterable

from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, as_lang, msg, say
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.queries import evidence_of
from govmatch.organisations.queries.lapsing import lapsing_now, whom_to_remind
from govmatch.organisations.showing import EVIDENCE_NAMES, day_of
from govmatch.organisations.telling import OF_JOINING

FIRM = "firm"
"""The topic by which people choose how they hear of it."""


def lapses(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell the editors which evidence lapses as it stands now; nobody, once it was renewed."""
    firm = session.get(Firm, row.subject_id)
    if firm is None or firm.closed_at is not None:
        return
    today = day_of(background.now, background.settings.zone)
    pieces = lapsing_now(evidence_of(session, firm), today=today)
    path = f"/firm/{firm.public_id}"
    for person in whom_to_remind(session, firm, real_now=background.real_now) if pieces else ():
        lang = as_lang(person.lang or background.settings.default_lang)
        yield Notice(
            key=f"organisations:{row.id}:lapses:{person.id}",
            mail="organisations/lapses",
            address=person.email,
            lang=lang,
            person_id=person.id,
            values={"firm": firm.name, "n": len(pieces)},
            entries=[
                (_line(one, background, lang), f"{path}/evidence/{one.public_id}") for one in pieces
            ],
            links={"link": path},
            topic=FIRM,
            path=path,
        )


def _line(one: Evidence, background: Background, lang: Lang) -> str:
    """Return what a piece is and when its last day is or was."""
    assert one.valid_until is not None
    zone = background.settings.zone
    name, day = EVIDENCE_NAMES[one.kind], date_text(one.valid_until, lang, zone)
    if one.valid_until < day_of(background.now, zone):
        return say(msg("{evidence}: expired on {date}", evidence=name, date=day), lang)
    return say(msg("{evidence}: valid until {date}", evidence=name, date=day), lang)


NOTICES = {"EvidenceLapses": lapses, **OF_JOINING}
