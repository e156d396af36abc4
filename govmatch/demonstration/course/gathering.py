"""Events: planned, published, registered for, held, called off."""

from collections.abc import Iterator
from dataclasses import field
from datetime import datetime
from functools import partial

from sqlalchemy import select

from govmatch.demonstration.stage import Stage, Step, Told
from govmatch.gatherings import actions, links
from govmatch.gatherings import queries as gatherings
from govmatch.gatherings.actions import Recording, Wish
from govmatch.gatherings.models import Gathering, Registration, SeatRequest, Shows
from govmatch.gatherings.plan import Plan, Words
from govmatch.gatherings.rules import REQUEST_LASTS
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.i18n import as_lang
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer
from govmatch.organisations.queries import authorities
from govmatch.programmes import queries as programmes

MAKING, PUBLISHING, AFTERNOON = 9, 11, 14


@dataclass
class Held:
    """One event as its file tells it; what was made of it, once it is."""

    stage: Stage
    told: Told
    rows: list[Gathering] = field(default_factory=list)
    places: dict[str, Registration] = field(default_factory=dict)

    @property
    def gathering(self) -> Gathering:
        return self.rows[0]

    @property
    def host(self) -> Actor:
        return self.stage.actor(self.told["by"])


def steps(stage: Stage, told: Told) -> Iterator[Step]:
    """Do what the file says of each event, in the order of its days."""
    for one in told.get("events", ()):
        yield from _course(Held(stage, one))


def _course(held: Held) -> Iterator[Step]:
    stage, told = held.stage, held.told
    yield Step(stage.at(told["made"], MAKING), partial(_make, held))
    if "published" in told:
        yield Step(stage.at(told["published"], PUBLISHING), partial(_publish, held))
    for number, entry in enumerate(told.get("registered", ())):
        at = stage.at(entry["on"], AFTERNOON, number)
        yield Step(at, partial(_register, held, entry, number))
    if "present" in told:
        entry = told["present"]
        yield Step(stage.at(entry["on"], entry["hour"]), partial(_tick, held, entry))
    if "notes" in told:
        yield Step(stage.at(told["notes"]["on"]), partial(_note, held, told["notes"]))
    if "cancelled" in told:
        yield Step(stage.at(told["cancelled"]["on"]), partial(_cancel, held, told["cancelled"]))


def _make(held: Held, now: datetime) -> None:
    session, told = held.stage.session, held.told
    authority, _, programme = str(told["host"]).partition("/")
    made = actions.create(
        session, _plan(held),
        authority=authorities.by_slug(session, authority) if authority else None,
        programme=programmes.by_slug(session, programme) if programme else None,
        actor=held.host, now=now,
    )  # fmt: skip
    held.rows.append(made)


def _plan(held: Held) -> Plan:
    stage, told = held.stage, held.told
    return Plan(
        kind=told["kind"],
        mode=told["mode"],
        zone="Europe/Copenhagen",
        starts=stage.at(*told["starts"]),
        ends=stage.at(*told["ends"]),
        closes=stage.at(*told["closes"]) if "closes" in told else None,
        place=told.get("place", ""),
        country=told.get("country", ""),
        link=told.get("link", ""),
        places=told.get("places"),
        question=told.get("question", {}),
        themes=tuple(told.get("themes", ())),
        challenges=tuple(sorted(stage.challenge(slug).id for slug in told.get("challenges", ()))),
        contact=told["contact"],
        main_lang=told["main_lang"],
        words={lang: Words(**words) for lang, words in told["words"].items()},
    )


def _publish(held: Held, now: datetime) -> None:
    actions.publish(held.stage.session, held.gathering, actor=held.host, now=now)


def _register(held: Held, entry: Told, number: int, now: datetime) -> None:
    """Register a persona, or somebody without an account by the link that is mailed."""
    stage = held.stage
    words = {name: entry.get(name, "") for name in ("organisation", "answer", "needs")}
    if "by" in entry:
        person = stage.person(entry["by"])
        held.places[entry["by"]] = actions.register(
            stage.session, held.gathering, Wish(**words), lang=as_lang(person.lang),
            actor=stage.actor(entry["by"]), now=now, real_now=stage.now,
        )  # fmt: skip
        return
    wish = Wish(name=entry["name"], email=entry["email"], **words)
    actions.ask(
        stage.session, held.gathering, wish, lang=as_lang(entry["lang"]),
        client=f"192.0.2.{number}", actor=VISITOR, now=now, real_now=stage.now,
    )  # fmt: skip
    newest = select(SeatRequest).order_by(SeatRequest.id.desc()).limit(1)
    request = stage.session.scalars(newest).one()
    signer = Signer(stage.settings.secret_key)
    token = links.sign_request(signer, request.public_id, stage.now + REQUEST_LASTS)
    held.places[entry["email"]] = actions.confirm(
        stage.session, signer, token, slug=held.gathering.slug,
        actor=VISITOR, now=now, real_now=stage.now,
    )  # fmt: skip


def _tick(held: Held, entry: Told, now: datetime) -> None:
    session = held.stage.session
    everybody = gatherings.participants(session, held.gathering)
    actions.note_attendance(
        session, held.gathering,
        shown={one.public_id for one in everybody},
        present={held.places[key].public_id for key in entry["who"]},
        actor=held.host, now=now,
    )  # fmt: skip
    for key, shows in entry.get("shows", {}).items():
        actor = held.stage.actor(key)
        actions.choose_shown(session, held.places[key], Shows(shows), actor=actor, now=now)


def _note(held: Held, entry: Told, now: datetime) -> None:
    recordings = [Recording(**one) for one in entry.get("recordings", ())]
    actions.keep_notes(
        held.stage.session, held.gathering, notes=entry["texts"], recordings=recordings,
        tells=entry["tells"], actor=held.host, now=now,
    )  # fmt: skip


def _cancel(held: Held, entry: Told, now: datetime) -> None:
    actions.cancel(
        held.stage.session, held.gathering, reasons=entry["reasons"], actor=held.host, now=now
    )
