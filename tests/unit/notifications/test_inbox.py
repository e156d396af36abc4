"""Whoever is told something finds it in the inbox, and gets mail about it as they chose."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.models import Person
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.background import Background
from govmatch.kit.clock import real_now
from govmatch.kit.db import Database, Session
from govmatch.kit.errors import Invalid, NotAllowed, NotFound
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications import actions, daily, queries
from govmatch.notifications.models import InboxItem, Mail
from govmatch.notifications.topics import TOPICS, How, Topic
from govmatch.settings import Settings
from tests.site import settings_for

MORNING = datetime.fromisoformat("2026-11-23T06:30:00+00:00")  # half past seven in Berlin
NIGHT = datetime.fromisoformat("2026-11-23T05:30:00+00:00")


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    return settings_for(database, tmp_path, zone="Europe/Berlin")


def person_of(session: Session, name: str) -> Person:
    now = real_now()
    return create_person(
        session, address=f"{name}@example.org", name=name, lang="en", actor=VISITOR,
        now=now, real_now=now,
    )  # fmt: skip


def tell(
    session: Session, person: Person, settings: Settings, *, key: str = "k", topic: str = "messages"
) -> None:
    notice = Notice(
        key=f"{key}:{person.id}", mail="accounts/role_given", address=person.email, lang="en",
        person_id=person.id, values={"role": "Reviewer", "object": "A challenge"},
        links={"account": "/account"}, topic=topic, path="/reviews",
    )  # fmt: skip
    actions.deliver(session, notice, settings=settings, now=NIGHT)


def mails(session: Session) -> list[str]:
    return [mail.address for mail in session.scalars(select(Mail).order_by(Mail.id))]


def choose(session: Session, person: Person, topic: Topic, how: str) -> None:
    actions.choose(session, {topic.value: how}, actor=Actor(person_id=person.id))


def turn(session: Session, settings: Settings, at: datetime) -> None:
    background = Background(settings, Signer(settings.secret_key), at, at)
    daily.send_digests(background, session, daily.waiting(background, session))


def test_a_notice_stands_in_the_inbox_once_and_is_mailed_once(
    session: Session, settings: Settings
) -> None:
    ann, ben = person_of(session, "ann"), person_of(session, "ben")
    for _ in range(2):
        tell(session, ann, settings)
    (item,) = queries.inbox(session, Actor(person_id=ann.id), offset=0, size=9)
    assert (item.path, item.read_at) == ("/reviews", None)
    assert mails(session) == ["ann@example.org"]
    assert queries.unread(session, Actor(person_id=ben.id)) == 0


def test_never_means_the_inbox_alone(session: Session, settings: Settings) -> None:
    ann = person_of(session, "ann")
    choose(session, ann, Topic.MESSAGES, "never")
    tell(session, ann, settings)
    tell(session, ann, settings, topic="tasks", key="other")
    assert queries.unread(session, Actor(person_id=ann.id)) == 2
    assert mails(session) == ["ann@example.org"]


def test_what_dates_hang_on_cannot_be_switched_off(session: Session) -> None:
    ann = person_of(session, "ann")
    with pytest.raises(Invalid):
        choose(session, ann, Topic.REQUESTS, "never")
    assert {topic for topic, one in TOPICS.items() if How.NEVER not in one.choices} == {
        Topic.REQUESTS
    }


def test_daily_means_one_mail_in_the_morning_with_what_is_unread(
    session: Session, settings: Settings
) -> None:
    ann = person_of(session, "ann")
    choose(session, ann, Topic.MESSAGES, "daily")
    for key in ("one", "two", "three"):
        tell(session, ann, settings, key=key)
    actor = Actor(person_id=ann.id)
    read = queries.inbox(session, actor, offset=0, size=9)[-1]
    actions.mark_read(read, actor=actor, now=NIGHT)
    turn(session, settings, NIGHT)
    assert mails(session) == []
    turn(session, settings, MORNING)
    turn(session, settings, MORNING + timedelta(hours=1))
    (mail,) = session.scalars(select(Mail))
    assert mail.body.count("\n- ") == 2
    tell(session, ann, settings, key="four")
    turn(session, settings, MORNING + timedelta(hours=2))
    assert len(mails(session)) == 1
    turn(session, settings, MORNING + timedelta(days=1))
    assert len(mails(session)) == 2


def test_nobody_reads_or_marks_what_another_was_told(session: Session, settings: Settings) -> None:
    ann, ben = person_of(session, "ann"), person_of(session, "ben")
    tell(session, ann, settings)
    item = session.scalars(select(InboxItem)).one()
    other = Actor(person_id=ben.id)
    with pytest.raises(NotFound):
        queries.get_own(session, other, item.public_id)
    with pytest.raises(NotAllowed):
        actions.mark_read(item, actor=other, now=NIGHT)
    actions.mark_all_read(session, actor=other, now=NIGHT)
    assert queries.unread(session, Actor(person_id=ann.id)) == 1


def test_who_is_told_very_much_gets_the_rest_in_the_daily_mail(
    session: Session, settings: Settings
) -> None:
    ann, ben = person_of(session, "ann"), person_of(session, "ben")
    for n in range(actions.MOST_AT_ONCE + 3):
        tell(session, ann, settings, key=f"k{n}")
    tell(session, ben, settings)
    assert mails(session).count(ann.email) == actions.MOST_AT_ONCE
    assert mails(session).count(ben.email) == 1
    # What dates hang on comes all the same.
    tell(session, ann, settings, key="letter", topic="requests")
    assert mails(session).count(ann.email) == actions.MOST_AT_ONCE + 1
    turn(session, settings, MORNING)
    digest = session.scalars(select(Mail).where(Mail.kind == "notifications/digest")).one()
    assert (digest.address, digest.body.count("\n- ")) == (ann.email, 3)
    # Told again by a job that runs twice, nothing is there twice.
    tell(session, ann, settings, key="k0")
    assert mails(session).count(ann.email) == actions.MOST_AT_ONCE + 2
