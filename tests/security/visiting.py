"""Events of Astrid's authority in Eva's programme, who registered, and a course that is over."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from govmatch.gatherings import actions as gatherings
from govmatch.gatherings import links, queries
from govmatch.gatherings.actions import Wish
from govmatch.gatherings.models import Gathering, Kind, Mode, SeatRequest, Shows
from govmatch.gatherings.plan import Plan, Words
from govmatch.kit.actor import VISITOR
from govmatch.kit.db import Session
from govmatch.kit.signing import Signer
from govmatch.organisations.queries import authorities
from govmatch.programmes.queries import by_slug as programme_by_slug
from govmatch.web.visit import Upload
from tests.security.making import Maker
from tests.unit.files.samples import pdf

HOSTS = "astrid eva"
GUEST = "Olga Ohlsen"


def hold_events(maker: Maker) -> None:
    """Make what everybody may know: one to join online, one that is open, and a course."""
    link = maker.world.canaries.plant("address to join an event", f"{HOSTS} bo")
    _make(maker, "hall", mode=Mode.BOTH, link=f"https://meet.example/{link}")
    _make(maker, "open")
    days = timedelta(days=20)
    _make(maker, "course", kind=Kind.COURSE, starts=maker.minute - days, back=timedelta(days=60))
    for key in ("open", "course"):
        _come_by_mail(maker, key)
    maker.world.ids["token request"] = _ask(maker, "hall", "Rut Rask")
    maker.do(lambda session: _attend(session, maker))


def register_for_events(maker: Maker) -> None:
    """Let people write what only the hosts read, and let there be a draft."""
    plant = maker.world.canaries.plant
    words = {
        what: plant(f"{what} of a registration", f"{HOSTS} bo")
        for what in ("organisation", "answer", "needs")
    }

    def act(session: Session) -> str:
        made = gatherings.register(
            session, _find(session, maker, "hall"), Wish(**words), lang="en",
            actor=maker.actor(session, "bo"), now=maker.now, real_now=maker.now,
        )  # fmt: skip
        return made.public_id

    maker.world.ids["seat bo"] = maker.do(act)
    name = plant("name of somebody who registered without an account", HOSTS)
    token = _ask(maker, "hall", name.capitalize())
    maker.do(lambda session: _confirm(session, maker, "hall", token))
    title = plant("title of an event that is a draft", HOSTS)
    _make(maker, "draft", title=title, publish=False)


def _make(
    maker: Maker,
    key: str,
    *,
    title: str = "",
    publish: bool = True,
    back: timedelta = timedelta(),
    **changes: Any,
) -> None:
    """Make an event; `back` is how long ago that was."""
    starts: datetime = changes.pop("starts", maker.minute + timedelta(days=30))
    facts = {"kind": Kind.SEMINAR, "mode": Mode.ON_SITE, **changes}
    text = Words(title or f"Doors in {key}", f"About doors in {key}.", "Doors.")
    plan = Plan(
        zone="Europe/Copenhagen", starts=starts, ends=starts + timedelta(hours=3),
        place="Door street 1", country="DK", themes=("safety",), main_lang="en",
        contact={"name": "Office", "email": "office@doors.example.org"},
        words=dict.fromkeys(("de", "da", "en"), text), **facts,
    )  # fmt: skip

    def act(session: Session) -> str:
        by: dict[str, Any] = {"actor": maker.actor(session, "astrid"), "now": maker.now - back}
        made = gatherings.create(
            session, plan, authority=authorities.by_slug(session, "sikkerhedsstyrelsen"),
            programme=programme_by_slug(session, "govtech"), **by,
        )  # fmt: skip
        if publish:
            gatherings.publish(session, made, **by)
        return made.slug

    maker.world.ids[f"event {key}"] = maker.do(act)


def _find(session: Session, maker: Maker, key: str) -> Gathering:
    slug = maker.world.ids[f"event {key}"]
    return session.scalars(select(Gathering).where(Gathering.slug == slug)).one()


def _ask(maker: Maker, key: str, name: str, back: timedelta = timedelta()) -> str:
    """Ask without an account, and return the token of the link; it holds for a week here."""
    address = f"{name.partition(' ')[0].lower()}.{key}@doors.example.org"

    def act(session: Session) -> str:
        gatherings.ask(
            session, _find(session, maker, key), Wish(name=name, email=address), lang="en",
            client="192.0.2.1", actor=VISITOR, now=maker.now - back, real_now=maker.now,
        )  # fmt: skip
        newest = select(SeatRequest).order_by(SeatRequest.id.desc()).limit(1)
        return session.scalars(newest).one().public_id

    signer = Signer(maker.settings.secret_key)
    return links.sign_request(signer, maker.do(act), maker.now + timedelta(days=7))


def _confirm(
    session: Session, maker: Maker, key: str, token: str, back: timedelta = timedelta()
) -> str:
    signer = Signer(maker.settings.secret_key)
    made = gatherings.confirm(
        session, signer, token, slug=maker.world.ids[f"event {key}"], actor=VISITOR,
        now=maker.now - back, real_now=maker.now,
    )  # fmt: skip
    return links.sign_place(signer, made.public_id)


def _come_by_mail(maker: Maker, key: str) -> None:
    back = timedelta(days=40) if key == "course" else timedelta()
    token = _ask(maker, key, GUEST, back)
    ids = maker.world.ids
    ids[f"token {key}"] = maker.do(lambda session: _confirm(session, maker, key, token, back))


def _attend(session: Session, maker: Maker) -> None:
    """Let Carla and the guest have been at the course; the guest's certificate shows a name."""
    gathering = _find(session, maker, "course")
    astrid = maker.actor(session, "astrid")
    carla = gatherings.register(
        session, gathering, Wish(), lang="en", actor=maker.actor(session, "carla"),
        now=maker.now - timedelta(days=40), real_now=maker.now,
    )  # fmt: skip
    everybody = queries.participants(session, gathering)
    keys = {one.public_id for one in everybody}
    gatherings.note_attendance(
        session, gathering, shown=keys, present=keys, actor=astrid, now=maker.now
    )
    guest = next(one for one in everybody if one.id != carla.id)
    gatherings.choose_shown(session, guest, Shows.NAME, actor=VISITOR, now=maker.now)
    assert guest.certificate is not None
    maker.world.ids["certificate"] = guest.certificate
    paper = gatherings.add_paper(
        session, gathering, Upload("slides.pdf", pdf(b"slides")), settings=maker.settings,
        actor=astrid, now=maker.now, real_now=maker.now,
    )  # fmt: skip
    maker.world.ids["event paper"] = paper.public_id
