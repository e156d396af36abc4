"""Delivering notices, reading them, and sending mail."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import case, update

from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session, insert_once
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import READER_LANG, Message, msg, say
from govmatch.kit.ids import public_id
from govmatch.kit.mail import Letter, harmless, one_line
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications import queries, rules, signing_off
from govmatch.notifications.models import InboxItem, Mail, Preference
from govmatch.notifications.queries import waiting
from govmatch.notifications.topics import TOPICS, How, Topic, is_allowed
from govmatch.settings import Settings

MOST_AT_ONCE, WITHIN = 12, timedelta(hours=1)
"""Mails that one person gets at once of all topics together; more are read as a list."""


def deliver(session: Session, notice: Notice, *, settings: Settings, now: datetime) -> None:
    """Tell one person once per key; see `deliver_all`."""
    deliver_all(session, [notice], settings=settings, now=now)


def deliver_all(
    session: Session, notices: Sequence[Notice], *, settings: Settings, now: datetime
) -> None:
    """Tell each once per key: in the inbox, and by mail as the person wants it for the topic.

    A notice without topic, or to somebody without an account, is always mailed at once. Whoever
    had many mails of topics within the hour gets the rest in the daily mail; what dates of the law
    hang on still comes at once. Four statements at most, however many there are.
    """
    people = {one.person_id for one in notices if one.topic and one.person_id is not None}
    chosen = queries.wanted_by(session, people)
    had = queries.told_since(session, people, since=now - WITHIN) if people else {}
    signer = Signer(settings.secret_key)
    inbox, outbox = [], []
    for given in notices:
        name = public_id()
        notice = _with_end(given, signer, name)
        subject, body = written(notice, settings)
        how = How.AT_ONCE
        if notice.topic and notice.person_id is not None:
            if not notice.chosen:
                usual = TOPICS[Topic(notice.topic)].usual
                how = chosen.get((notice.person_id, notice.topic), usual)
            if how is How.AT_ONCE and not TOPICS[Topic(notice.topic)].is_binding:
                had[notice.person_id] = had.get(notice.person_id, 0) + 1
                how = How.DAILY if had[notice.person_id] > MOST_AT_ONCE else how
            inbox.append(_as_item(notice, subject, is_daily=how is How.DAILY, now=now))
        if how is How.AT_ONCE:
            mail = _as_mail(notice, subject, body, settings, now=now)
            outbox.append({**mail, "public_id": name})
    if inbox:
        session.execute(insert_once(session, InboxItem), inbox)
    if outbox:
        session.execute(insert_once(session, Mail), outbox)


def _with_end(notice: Notice, signer: Signer, mail: str) -> Notice:
    """Return a notice with the link that ends its topic, where it may end and has none."""
    is_to_end = notice.person_id is not None and signing_off.can_be_ended(notice.topic)
    if notice.ends or notice.chosen or not is_to_end:
        return notice
    return replace(notice, ends=signing_off.path_of(signer, mail, notice.topic))


def sign_off(session: Session, ends: signing_off.SigningOff) -> None:
    """Let whoever a mail went to get no more mails of its topic; raises `NotFound` for nobody."""
    mail = queries.by_public_id(session, ends.mail)
    if mail is None or mail.person_id is None:
        raise NotFound
    kept = queries.preference_of(session, mail.person_id, ends.topic)
    if kept is None:
        kept = Preference(person_id=mail.person_id, topic=ends.topic.value)
        session.add(kept)
    kept.how = How.NEVER.value


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


def _as_mail(
    notice: Notice, subject: str, body: str, settings: Settings, *, now: datetime
) -> dict[str, object]:
    return {
        "key": notice.key,
        "kind": notice.mail,
        "address": notice.address,
        "person_id": notice.person_id,
        "lang": notice.lang,
        "subject": subject,
        "body": body,
        "secret": notice.secret,
        "ends_at": settings.base_url.rstrip("/") + notice.ends if notice.ends else "",
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
    this site, become addresses, and `addresses`, which were checked, stand as they are.
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
    values |= {name: one_line(address) for name, address in notice.addresses.items()}
    values |= {"site_name": settings.site_name, "site_url": base}
    values |= {"lines": "\n".join(f"- {harmless(line)}" for line in notice.lines)}
    values |= {"entries": _entries(notice.entries, base)}
    values |= {
        "parts": "\n\n\n".join(
            f"{harmless(part.title)}:\n\n{_entries(part.entries, base)}" for part in notice.parts
        )
    }
    package, name = notice.mail.split("/")
    lang = notice.lang
    folder = settings.templates_dir / package / "mail" / name
    footer = settings.templates_dir / "notifications" / "mail" / "footer"
    body = _text(folder, "body", notice.lang) + "\n" + _text(footer, "body", notice.lang)
    if notice.ends and signing_off.can_be_ended(notice.topic):
        label = say(TOPICS[Topic(notice.topic)].label, lang)
        values |= {"topic_ends_at": base + notice.ends, "topic_ended": label}
        body += _text(footer.parent / "footer_off", "body", lang)
    return _text(folder, "subject", notice.lang).strip().format(**values), body.format(**values)


def _entries(entries: Sequence[tuple[str, str]], base: str) -> str:
    return "\n\n".join(
        f"- {harmless(said)}\n  {base}{path}" if path else f"- {harmless(said)}"
        for said, path in entries
    )


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
        ends_at=mail.ends_at,
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
    emptied = (
        {}
        if settings.is_demo
        else {
            "body": case((Mail.secret, ""), else_=Mail.body),
            "ends_at": case((Mail.secret, ""), else_=Mail.ends_at),
        }
    )
    _note(session, sent, {"sent_at": now, "refused_at": None, **emptied})
    _note(session, refused, {"sent_at": None, "refused_at": now})
    _note(session, untried, {"sent_at": None, "refused_at": None})


def forget_address(session: Session, address: str, *, kind: str, now: datetime) -> None:
    """Empty the mails of one package to somebody without an account; what waits is not sent.

    `kind` is what the names of their folders begin with, such as `following/`.
    """
    session.execute(
        update(Mail)
        .where(Mail.address == address, Mail.person_id.is_(None), Mail.kind.startswith(kind))
        .values(nothing_left(now))
    )


def _note(session: Session, ids: Sequence[int], values: Mapping[str, object]) -> None:
    if ids:
        session.execute(update(Mail).where(Mail.id.in_(ids)).values(claimed_at=None, **values))


def nothing_left(now: datetime) -> dict[str, Any]:
    """Return what is written into mails of which nothing may be left; what waits is not sent."""
    return {
        "address": "",
        "subject": "",
        "body": "",
        "ends_at": "",
        "refused_at": case((Mail.sent_at.is_(None), now), else_=Mail.refused_at),
    }
