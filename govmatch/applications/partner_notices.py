"""Who is mailed about partners: whoever is asked, and the lead's people when something is answered.

Before the deadline nobody else may learn of an application, so a mail goes to the firms that it is
about and to nobody besides.
"""

from collections.abc import Iterable

from govmatch.accounts.models import Person
from govmatch.accounts.queries import by_email
from govmatch.applications import partner_links, queries
from govmatch.applications.consortium import has_agreed, name_of
from govmatch.applications.models import Application, Partner, PartnerState
from govmatch.applications.rules import APPLICANTS
from govmatch.applications.showing import title_in
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice
from govmatch.organisations.models import Firm
from govmatch.organisations.queries import members_of

TOPIC = "firm"


def writers_of(background: Background, session: ReadSession, firm: Firm) -> Iterable[Person]:
    """Return the people who write the applications of a firm and can sign in."""
    for member in members_of(session, firm, real_now=background.real_now):
        is_one = bool({row.role for row in member.rows} & set(APPLICANTS))
        if is_one and member.person.disabled_at is None:
            yield member.person


def invited(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Ask the firm's people, or the address, unless it is answered or taken back by now."""
    partner = _of(session, row)
    if partner is None or partner.state != PartnerState.INVITED:
        return []
    return _ask(background, session, row, partner, "partner_asked")


def shares_changed(
    background: Background, session: ReadSession, row: JournalRow
) -> Iterable[Notice]:
    """Ask the partners again whose terms are others now than those they agreed to."""
    wanted = row.data["partners"]
    for number in wanted if isinstance(wanted, list | tuple) else ():
        partner = session.get(Partner, number)
        takes_part = partner is not None and partner.state == PartnerState.ACCEPTED
        if partner is not None and takes_part and not has_agreed(partner):
            yield from _ask(background, session, row, partner, "partner_terms")


def accepted(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    return _to_inviter(background, session, row, "partner_accepted")


def declined(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    return _to_inviter(background, session, row, "partner_declined")


def left(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell everybody who writes for the lead: what was submitted may name a firm that left."""
    partner = _of(session, row)
    if partner is None:
        return
    for person in writers_of(background, session, partner.application.firm):
        yield _notice(background, row, partner, person, mail="partner_left", path=_path(partner))


def removed(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Tell a firm that took part; a mere invitation says so itself when it is opened."""
    partner = _of(session, row)
    if partner is None or not row.data["had_agreed"] or partner.firm is None:
        return
    for person in writers_of(background, session, partner.firm):
        yield _notice(
            background, row, partner, person, mail="partner_removed", path="/applications"
        )


def _of(session: ReadSession, row: JournalRow) -> Partner | None:
    return session.get(Partner, int(str(row.data["partner_id"])))


def _ask(
    background: Background, session: ReadSession, row: JournalRow, partner: Partner, mail: str
) -> Iterable[Notice]:
    path = partner_links.path(background.signer, partner.public_id)
    if partner.firm is not None:
        for person in writers_of(background, session, partner.firm):
            yield _notice(background, row, partner, person, mail=mail, path=path)
        return
    if not partner.address:
        return
    known = by_email(session, partner.address)
    lang = as_lang(known.lang if known and known.lang else partner.lang)
    yield Notice(
        key=f"partner:{row.id}",
        mail=f"applications/{mail}",
        address=partner.address,
        lang=lang,
        person_id=known.id if known else None,
        values=_said(partner, lang, zone=None),
        links={"link": path},
    )


def _to_inviter(
    background: Background, session: ReadSession, row: JournalRow, mail: str
) -> Iterable[Notice]:
    """Tell who asked, or the lead's other people where that one does not belong to it any more."""
    partner = _of(session, row)
    if partner is None:
        return
    people = list(writers_of(background, session, partner.application.firm))
    asked = [one for one in people if one.id == partner.invited_by]
    for person in asked or people:
        yield _notice(background, row, partner, person, mail=mail, path=_path(partner))


def _path(partner: Partner) -> str:
    return f"/applications/{partner.application.public_id}/partners"


def _notice(
    background: Background,
    row: JournalRow,
    partner: Partner,
    person: Person,
    *,
    mail: str,
    path: str,
) -> Notice:
    lang = as_lang(person.lang or background.settings.default_lang)
    return Notice(
        key=f"partner:{row.id}:{partner.id}:{person.id}",
        mail=f"applications/{mail}",
        address=person.email,
        lang=lang,
        person_id=person.id,
        values=_said(partner, lang, zone=person.zone),
        links={"link": path},
        topic=TOPIC,
        path=path,
    )


def _said(partner: Partner, lang: Lang, *, zone: str | None) -> dict[str, object]:
    application: Application = partner.application
    challenge = application.challenge
    there = zone or challenge.zone
    return {
        "lead": application.firm.name,
        "firm": name_of(partner),
        "challenge": title_in(challenge, lang).text,
        "share": partner.share,
        "part": partner.part or "–",
        "until": datetime_text(challenge.closes, lang, there) if challenge.closes else "",
    }


def people_of(
    background: Background, session: ReadSession, application: Application
) -> Iterable[Person]:
    """Return who writes an application: for the firm that leads and for its partners, each once."""
    known = set()
    for firm in [application.firm, *queries.partner_firms_of(session, application)]:
        for person in writers_of(background, session, firm):
            if person.id not in known:
                known.add(person.id)
                yield person


PARTNER_NOTICES = {
    "PartnerInvited": invited,
    "PartnerAccepted": accepted,
    "PartnerDeclined": declined,
    "PartnerLeft": left,
    "PartnerRemoved": removed,
    "SharesChanged": shares_changed,
}
