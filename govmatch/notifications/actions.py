"""Delivering notices, reading them, and sending mail."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import case, update

from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session, insert_once
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import READER_LANG, Message, msg, say
from govmatch.kit.ids import public_id
from govmatch.kit.mail import Letter, harmless
from govmatch.kit.notices import Notice
from govmatch.notifications import queries, rules
from govmatch.notifications.models import InboxItem, Mail, Preference
from govmatch.notifications.queries import waiting
from govmatch.notifications.topics import TOPICS, How, Topic, is_allowed
from govmatch.settings import Settings


def deliver(session: Session, notice: Notice, *, settings: Settings, now: datetime) -> None:
    """Tell one person once per key; see `deliver_all`."""
    deliver_all(session, [notice], settings=settings, now=now)


def deliver_all(
    session: Session, notices: Sequence[Notice], *, settings: Settings, now: datetime
) -> None:
    """Tell each once per key: in the inbox, and by mail as the person wants it for the topic.

    A notice without topic, or to somebody without an account, is always mailed at once. Three
    statements at most, however many there are.
    """
    people = {one.person_id for one in notices if one.topic and one.person_id is not None}
    chosen = queries.wanted_by(session, people)
    inbox, outbox = [], []
    for notice in notices:
        subject, body = written(notice, settings)
        how = How.AT_ONCE
        if notice.topic and notice.person_id is not None:
            usual = TOPICS[Topic(notice.topic)].usual
            how = chosen.get((notice.person_id, notice.topic), usual)
            inbox.append(_as_item(notice, subject, is_daily=how is How.DAILY, now=now))
        if how is How.AT_ONCE:
            outbox.append(_as_mail(notice, subject, body, now=now))
    if inbox:
        session.execute(insert_once(session, InboxItem), inbox)
    if outbox:
        session.execute(insert_once(session, Mail), outbox)


def _as_item(notice: Notice, title: str, *, is_daily: bool, now: datetime) -> dict[str, object]:
    assert notice.path.startswith("/"), f"{notice.mail} says no place where it is read"
    return {
        "public_id": public_id(),
        "person_id": notice.person_id,
        "key": notice.key,
        "topic": Topic(notice.topic).value,
        "title": title,
        "path": notice.path,
        "at": now,
        "digest_day": "" if is_daily else None,
    }


def _as_mail(notice: Notice, subject: str, body: str, *, now: datetime) -> dict[str, object]:
    return {
        "public_id": public_id(),
        "key": notice.key,
        "kind": notice.mail,
        "address": notice.address,
        "person_id": notice.person_id,
        "lang": notice.lang,
        "subject": subject,
        "body": body,
        "secret": notice.secret,
        "created_at": now,
        "next_try": now,
    }


def mark_read(item: InboxItem, *, actor: Actor, now: datetime) -> None:
    """Note that its owner has opened it; what was read once stays read."""
    require(rules.may_read(actor, item))
    item.read_at = item.read_at or now


def mark_all_read(session: Session, *, actor: Actor, now: datetime) -> None:
    """Note that a person has seen everything in their inbox."""
    session.execute(
        update(InboxItem)
        .where(InboxItem.person_id == actor.person_id, InboxItem.read_at.is_(None))
        .values(read_at=now)
    )


def choose(session: Session, wanted: Mapping[str, str], *, actor: Actor) -> None:
    """Keep how a person wants to hear of each topic; raises `Invalid` for what is not offered."""
    wrong = {
        topic: msg("Please choose one of the options.")
        for topic, how in wanted.items()
        if not is_allowed(topic, how)
    }
    if wrong:
        raise Invalid(wrong)
    kept = queries.preferences(session, actor)
    for topic, how in wanted.items():
        if topic in kept:
            kept[topic].how = how
        else:
            session.add(Preference(person_id=actor.person_id, topic=topic, how=how))


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
    values |= {"lines": "\n".join(f"- {harmless(line)}" for line in notice.lines)}
    package, name = notice.mail.split("/")
    folder = settings.templates_dir / package / "mail" / name
    footer = settings.templates_dir / "notifications" / "mail" / "footer"
    body = _text(folder, "body", notice.lang) + "\n" + _text(footer, "body", notice.lang)
    return _text(folder, "subject", notice.lang).strip().format(**values), body.format(**values)


@cache
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
    emptied = {} if settings.is_demo else {"body": case((Mail.secret, ""), else_=Mail.body)}
    _note(session, sent, {"sent_at": now, "refused_at": None, **emptied})
    _note(session, refused, {"sent_at": None, "refused_at": now})
    _note(session, untried, {"sent_at": None, "refused_at": None})


def _note(session: Session, ids: Sequence[int], values: Mapping[str, object]) -> None:
    if ids:
        session.execute(update(Mail).where(Mail.id.in_(ids)).values(claimed_at=None, **values))
