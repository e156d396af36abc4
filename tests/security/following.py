"""What is followed with an account and without one, and the links by which it is ended."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from govmatch.accounts.models import Person
from govmatch.following import actions, links, queries
from govmatch.following.actions import Thing
from govmatch.following.models import FollowRequest, HowOften, Kind, Subscriber
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from govmatch.kit.notices import Notice
from govmatch.kit.signing import Signer
from govmatch.notifications.actions import deliver
from govmatch.notifications.models import InboxItem, Mail
from govmatch.notifications.signing_off import path_of
from tests.security.acts import Act, act
from tests.security.gates import ANYONE, SETTLED, SIGNED_IN, Row, look
from tests.security.making import Maker

OFFICE = Thing(
    kind=Kind.AUTHORITY, key="doors", titles={"en": "Office of doors"}, path="/authorities/doors"
)
CHALLENGE = "/challenges/{slug}/follow"
CONFIRM, MANAGE, END = (
    f"/following/{what}/{{token}}" for what in ("confirm", "manage", "end")
)  # fmt: skip
TOPIC = "/notifications/off/{token}"
HIDDEN = ("draft", "waiting", "returned", "approved", "later", "foreign")


def follow_things(maker: Maker) -> None:
    """Let addresses without an account follow something, and keep their links."""
    ids, signer = maker.world.ids, Signer(maker.settings.secret_key)
    ids["follow request"] = _ask(maker, "wish@doors.example.org")
    token = _ask(maker, "reader@doors.example.org")
    subscriber = maker.do(lambda session: _confirm(session, maker, token))
    ids["follow manage"] = links.sign_manage(signer, subscriber)
    ids["follow end"] = maker.do(lambda session: _end(session, signer, subscriber))
    ids["topic end"] = maker.do(lambda session: _mail(session, maker, signer))


def _mail(session: Session, maker: Maker, signer: Signer) -> str:
    """Mail Bo something, and return the token of the link that ends such mails."""
    bo = session.get_one(Person, maker.actor(session, "bo").person_id)
    notice = Notice(
        key="topic-to-end", mail="accounts/role_given", address=bo.email, lang="en",
        person_id=bo.id, values={"role": "doors", "object": "doors"},
        links={"account": "/account"}, topic="messages", path="/account",
    )  # fmt: skip
    deliver(session, notice, settings=maker.settings, now=maker.now)
    session.execute(delete(InboxItem).where(InboxItem.key == notice.key))
    mail = session.scalars(select(Mail).where(Mail.key == notice.key)).one()
    return path_of(signer, mail.public_id, "messages").rpartition("/")[2]


def hide_follows(maker: Maker) -> None:
    """Let Bo follow something, and an address that nobody may ever read."""
    address = maker.world.canaries.plant("address of somebody who follows without an account")
    token = _ask(maker, f"{address}@doors.example.org")
    maker.do(lambda session: _confirm(session, maker, token))
    title = maker.world.canaries.plant("title of a search that one person follows", "bo")
    thing = Thing(kind=Kind.SEARCH, key="q=knobs", titles={"en": title}, path="/search?q=knobs")

    def follow(session: Session) -> str:
        made = actions.follow(
            session, thing, how=HowOften.WEEKLY, zone="Europe/Copenhagen",
            actor=maker.actor(session, "bo"), now=maker.now, real_now=maker.now,
        )  # fmt: skip
        return made.public_id

    maker.world.ids["follow bo"] = maker.do(follow)


def _ask(maker: Maker, email: str) -> str:
    """Ask without an account, and return the token of the link; it holds for a week here."""

    def ask(session: Session) -> str:
        actions.ask(
            session, OFFICE, email=email, how=HowOften.DAILY, lang="en", client="192.0.2.1",
            actor=VISITOR, now=maker.now, real_now=maker.now,
        )  # fmt: skip
        newest = select(FollowRequest).order_by(FollowRequest.id.desc()).limit(1)
        return session.scalars(newest).one().public_id

    signer = Signer(maker.settings.secret_key)
    return links.sign_request(signer, maker.do(ask), maker.now + timedelta(days=7))


def _confirm(session: Session, maker: Maker, token: str) -> str:
    made = actions.confirm(
        session, Signer(maker.settings.secret_key), token, also=[], zone="Europe/Copenhagen",
        actor=VISITOR, now=maker.now, real_now=maker.now,
    )  # fmt: skip
    return made.public_id


def _end(session: Session, signer: Signer, public_id: str) -> str:
    found = select(Subscriber).where(Subscriber.public_id == public_id)
    [one] = queries.by_subscriber(session, session.scalars(found).one())
    return links.sign_end(signer, [one.public_id])


def _looks() -> list[Row]:
    rows = [look(f"/following/{end}", ANYONE) for end in ("sent", "ended")]
    for path in (CHALLENGE, "/challenges/{slug}.atom"):
        rows += [look(path, ANYONE, slug=f"challenge {key}") for key in ("open", "written")]
        rows += [look(path, ANYONE, "", slug=f"challenge {key}") for key in HIDDEN]
    return [
        *rows,
        look("/account/following", SETTLED),
        look("/authorities/{slug}/follow", ANYONE, slug="=doors"),
        look("/themes/{slug}/follow", ANYONE, slug="=registers"),
        look("/search/follow", ANYONE, query="address=q%3Ddata"),
        look(CONFIRM, ANYONE, token="follow request", unknown=410),
        look(CONFIRM, ANYONE, status=410, token="follow manage", unknown=410),
        look(MANAGE, ANYONE, token="follow manage", unknown=410),
        look(MANAGE, ANYONE, status=410, token="follow end", unknown=410),
        look(END, ANYONE, token="follow end"),
        look("/notifications/off", ANYONE),
        look(TOPIC, ANYONE, token="topic end"),
    ]


def _acts() -> list[Act]:
    guest = {"email": "rolf@doors.example.org", "how": "daily"}
    asks: dict[str, Any] = {
        "by": "visitor", "fields": guest, "but": {"halfway": 403},
        "otherwise": dict.fromkeys(SIGNED_IN, ("FollowBegun",)),
    }  # fmt: skip
    gone = ("FollowEnded",)
    return [
        act(CHALLENGE, ANYONE, None, "FollowRequested", slug="challenge open", page=CHALLENGE,
            **asks),
        act(CHALLENGE, ANYONE, "", slug="challenge draft", by="visitor", fields=guest),
        act("/authorities/{slug}/follow", ANYONE, None, "FollowRequested", slug="=doors",
            page="/authorities/{slug}/follow", **asks),
        act("/themes/{slug}/follow", ANYONE, None, "FollowRequested", slug="=registers",
            page="/themes/{slug}/follow", **asks),
        act("/search/follow", ANYONE, None, "FollowRequested",
            page="/search/follow?address=q%3Ddata", **asks),
        act(CONFIRM, ANYONE, None, "FollowBegun", token="follow request", page=CONFIRM,
            unknown=410),
        act(MANAGE, ANYONE, None, *gone, token="follow manage", page=MANAGE, unknown=410,
            fields={"act": "end-all"}),
        act(END, ANYONE, None, *gone, token="follow end", page=END),
        act(TOPIC, ANYONE, None, token="topic end", page=TOPIC, keeps=True),
        act("/account/following", SETTLED, "bo", *gone, page="/account/following",
            fields={"act": "end", "follow": "@follow bo"}),
    ]  # fmt: skip


LOOKS_AT_FOLLOWS: list[Row] = _looks()
ACTS_ON_FOLLOWS: list[Act] = _acts()
