"""Delivering notices and sending mail."""

import hashlib
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.dialects import postgresql, sqlite

from govmatch.kit.db import Session
from govmatch.kit.i18n import READER_LANG, Message, say
from govmatch.kit.ids import public_id
from govmatch.kit.mail import Letter, harmless
from govmatch.kit.notices import Notice
from govmatch.notifications.models import Mail
from govmatch.notifications.queries import waiting
from govmatch.settings import Settings


def deliver(session: Session, notice: Notice, *, settings: Settings, now: datetime) -> None:
    """Put the notice's mail into the outbox table, once per key."""
    subject, body = written(notice, settings)
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(
        insert(Mail)
        .values(
            public_id=public_id(),
            key=notice.key,
            kind=notice.mail,
            address=notice.address,
            person_id=notice.person_id,
            lang=notice.lang,
            subject=subject,
            body=body,
            secret=notice.secret,
            created_at=now,
            next_try=now,
        )
        .on_conflict_do_nothing()
    )


def written(notice: Notice, settings: Settings) -> tuple[str, str]:
    """Return subject and body in the notice's language.

    Values are shown as plain text on one line and never as links; only `links`, which are paths of
    this site, become addresses.
    """
    mark = READER_LANG.set(notice.lang)
    try:
        values = {
            name: harmless(say(v, notice.lang) if isinstance(v, Message) else v)
            for name, v in notice.values.items()
        }
    finally:
        READER_LANG.reset(mark)
    base = settings.base_url.rstrip("/")
    values |= {name: base + path for name, path in notice.links.items()}
    values |= {"site_name": settings.site_name, "site_url": base}
    package, name = notice.mail.split("/")
    folder = settings.templates_dir / package / "mail" / name
    footer = settings.templates_dir / "notifications" / "mail" / "footer"
    body = _text(folder, "body", notice.lang) + "\n" + _text(footer, "body", notice.lang)
    return _text(folder, "subject", notice.lang).strip().format(**values), body.format(**values)


def _text(folder: Path, part: str, lang: str) -> str:
    return (folder / f"{part}.{lang}.txt").read_text("utf-8")


def claim_mails(session: Session, *, now: datetime, most: int = 20) -> list[Mail]:
    """Take the next waiting mails into hand for 15 seconds."""
    mails = waiting(session, now=now, most=most)
    for mail in mails:
        mail.claimed_at = now
    return mails


def as_letter(mail: Mail, settings: Settings) -> Letter:
    """Return the mail ready to go; its Message-ID follows from its key alone."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    name = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    return Letter(
        message_id=f"<{name}@{host}>",
        to=mail.address,
        subject=mail.subject,
        body=mail.body,
        lang=mail.lang,
        at=mail.created_at,
    )


def note_outcome(
    session: Session,
    *,
    sent: list[int],
    refused: list[int],
    untried: list[int],
    settings: Settings,
    now: datetime,
) -> None:
    """Note what became of mails in hand; the text of a sent secret one is emptied in production.

    Those that could not be tried are free to be taken again.
    """
    for mail_id in (*sent, *refused, *untried):
        mail = session.get_one(Mail, mail_id)
        mail.claimed_at = None
        mail.sent_at = now if mail_id in sent else None
        mail.refused_at = now if mail_id in refused else None
        if mail.secret and mail.sent_at and not settings.is_demo:
            mail.body = ""
