"""Meetings of juries and files of cases: who is let in, and who has one made."""

from govmatch.dossiers import actions as dossiers
from govmatch.dossiers import archive
from govmatch.dossiers.models import Kind
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id, token
from govmatch.panels.models import Panel, PanelItem, PanelMember, State
from tests.security.acts import Act, act
from tests.security.gates import DESKS, JURY, MANAGERS, OVERSEERS, Gate, Row, look
from tests.security.house import House
from tests.security.making import Maker
from tests.security.selecting import STAFF, Stage, declare, seat

PANEL, FILE = "/desk/challenges/{slug}/panel", "/desk/challenges/{slug}/dossier"
COMERS = Gate(frozenset((*DESKS, *JURY, "jens")))
CHAIRS = Gate(frozenset(JURY))
THERE = f"finn {STAFF}"
MEETINGS = {"met": State.PLANNED, "meeting": State.HELD, "minuted": State.SIGNING}


def hold_meetings(maker: Maker) -> None:
    """Let Finn lead a meeting that was called, one that goes on, and one whose minutes wait."""
    for key, state in MEETINGS.items():
        stage = Stage(maker, key)
        seat(stage, "rosa")
        declare(stage, "rosa")
        _hold(stage, state)
    _keep_file(maker)


def _hold(stage: Stage, state: State) -> None:
    began, ended = state != State.PLANNED, state == State.SIGNING
    note = stage.word("note of a meeting", THERE) if began else ""

    def make(session: Session) -> str:
        now, challenge = stage.maker.now, stage.challenge(session)
        numbers = stage.maker.world.numbers
        panel = Panel(
            public_id=public_id(), challenge=challenge, state=state.value, starts=now,
            place="Room 3", quorum=1, salt=token(), called_by=numbers["eva"], called_at=now,
            begun_at=now if began else None, ended_at=now if ended else None,
        )  # fmt: skip
        session.add(panel)
        session.flush()
        for who in ("finn", "rosa"):
            is_chair = who == "finn"
            session.add(
                PanelMember(
                    panel_id=panel.id, person_id=numbers[who], is_chair=is_chair,
                    is_present=began and is_chair,
                )
            )  # fmt: skip
        item = PanelItem(
            public_id=public_id(), panel_id=panel.id, position=1, note=note,
            application_id=stage.of(session, "weser").id, discussed_at=now if began else None,
        )  # fmt: skip
        session.add(item)
        session.flush()
        return item.public_id

    stage.know(f"item {stage.key}", stage.maker.do(make))


def _keep_file(maker: Maker) -> None:
    """Let the file of a case lie there, as Eva had it made."""
    slug = maker.world.ids["challenge meeting"]

    def make(session: Session) -> str:
        at = {"now": maker.now, "real_now": maker.now}
        actor = maker.actor(session, "eva")
        made = dossiers.ask(session, slug, kind=Kind.PUBLIC, lang="en", actor=actor, **at)
        place = archive.path_of(maker.settings.data_dir, made.public_id)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"PK")
        dossiers.note_made(
            session, made, size=2, sha256="0" * 64, manifest="1" * 64,
            settings=maker.settings, **at,
        )  # fmt: skip
        return made.public_id

    maker.world.ids["dossier meeting"] = maker.do(make)


def _people(house: House, _who: str) -> str:
    return str(
        house.rows("SELECT public_id FROM people WHERE id = ?", house.world.numbers["finn"])[0][0]
    )


MEETING_LOOKS: list[Row] = [
    *(look(PANEL, COMERS, THERE, slug=f"challenge {key}") for key in ("met", "meeting", "minuted")),
    look(PANEL, COMERS, STAFF, slug="challenge judged"),
    look(f"{PANEL}/call", MANAGERS, "eva", slug="challenge judged"),
    look(f"{PANEL}/call", MANAGERS, "", refused="eva", slug="challenge meeting"),
    look(f"{PANEL}/items/{{item}}", COMERS, THERE, slug="challenge meeting", item="item meeting"),
    look(f"{PANEL}/items/{{item}}", COMERS, STAFF, slug="challenge met", item="item met"),
    look(f"{PANEL}/items/{{item}}", COMERS, "", slug="challenge meeting", item="item minuted"),
    look(f"{PANEL}/minutes", COMERS, THERE, slug="challenge minuted"),
    look(f"{PANEL}/agreed", COMERS, STAFF, slug="challenge minuted", refused="finn"),
    look(f"{PANEL}/minutes", COMERS, "", slug="challenge meeting"),
    look(FILE, OVERSEERS, STAFF, slug="challenge meeting"),
    look(FILE, OVERSEERS, STAFF, slug="challenge sealed"),
    look(f"{FILE}/{{dossier}}", OVERSEERS, STAFF, slug="challenge meeting",
         dossier="dossier meeting", noted="DossierTaken"),
    look(f"{FILE}/{{dossier}}", OVERSEERS, "", slug="challenge met", dossier="dossier meeting"),
]  # fmt: skip

MEETING_ACTS: list[Act] = [
    act(f"{PANEL}/call", MANAGERS, "eva", "AccessGranted", "MeetingPlanned", page=f"{PANEL}/call",
        slug="challenge met", fields={"place": "Room 4"}),
    act(f"{PANEL}/begin", CHAIRS, "finn", "MeetingBegun", page=PANEL, slug="challenge met",
        fields={"present": _people}),
    act(f"{PANEL}/items/{{item}}", CHAIRS, "finn", "ConsensusNoted",
        page=f"{PANEL}/items/{{item}}", slug="challenge meeting", item="item meeting",
        fields={"note": "It was discussed"}),
    act(f"{PANEL}/end", CHAIRS, "finn", "MeetingEnded", page=PANEL, slug="challenge meeting"),
    act(f"{PANEL}/sign", CHAIRS, "finn", "MinutesSigned", "MinutesFrozen",
        page=f"{PANEL}/minutes", slug="challenge minuted"),
    act(f"{PANEL}/reopen", CHAIRS, "finn", "MeetingReopened", page=f"{PANEL}/minutes",
        slug="challenge minuted"),
    act(FILE, OVERSEERS, STAFF, "DossierAsked", page=FILE, slug="challenge met",
        fields={"kind": "public"}),
]  # fmt: skip
