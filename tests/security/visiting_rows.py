"""Every address of events: who is shown what stands there, and who may act."""

from datetime import timedelta

from govmatch.kit.clock import real_now
from tests.security.acts import Act, act
from tests.security.gates import ACCOUNTS, ANYONE, HOLDERS, SIGNED_IN, Row, each, look

HOSTS = "astrid eva"
READERS = "astrid hanne eva jens"
ONE, DESK = "/events/{slug}", "/desk/events/{slug}"
HALL, DRAFT, COURSE = "event hall", "event draft", "event course"


def _looks() -> list[Row]:
    rows = [look(f"/events{end}", ANYONE) for end in ("", ".atom", ".ics", ".json")]
    for path in (ONE, f"{ONE}.ics", f"{ONE}/register/sent"):
        rows += [
            look(path, ANYONE, slug=HALL),
            look(path, ANYONE, slug=COURSE),
            look(path, ANYONE, HOSTS, slug=DRAFT),
        ]
    token = {"slug": "event open", "token": "token open", "unknown": 410}
    held = {"slug": COURSE, "token": "token course", "unknown": 410}
    return [
        *rows,
        look(f"{ONE}/register", ANYONE, slug=HALL, but={"bo": 303}),
        look(f"{ONE}/register", ANYONE, HOSTS, slug=DRAFT),
        look(f"{ONE}/confirm/{{token}}", ANYONE, slug=HALL, token="token request", unknown=410),
        look(f"{ONE}/confirm/{{token}}", ANYONE, status=410, slug=COURSE, token="token request",
             unknown=410),
        look(f"{ONE}/place", ACCOUNTS, "bo", slug=HALL),
        look(f"{ONE}/place", ACCOUNTS, "carla", slug=COURSE),
        look(f"{ONE}/place", ACCOUNTS, "", slug=DRAFT),
        look(f"{ONE}/place/{{token}}", ANYONE, **token),
        look(f"{ONE}/place/{{token}}.ics", ANYONE, **token),
        look(f"{ONE}/place/{{token}}", ANYONE, status=410, slug=HALL, token="token open",
             unknown=410),
        look(f"{ONE}/certificate", ACCOUNTS, "carla", slug=COURSE),
        look(f"{ONE}/certificate", ACCOUNTS, "", slug=HALL),
        look(f"{ONE}/certificate/{{token}}", ANYONE, **held),
        look("/certificates/{code}", ANYONE, code="certificate"),
        look(f"{ONE}/files/{{file}}", ANYONE, slug=COURSE, file="event paper"),
        look(f"{ONE}/files/{{file}}", ANYONE, "", slug=HALL, file="event paper"),
        look("/challenges/{slug}/events", ANYONE, slug="challenge open"),
        look("/challenges/{slug}/events", ANYONE, READERS, slug="challenge draft"),
        look("/programmes/{slug}/events", ANYONE, slug="=govtech"),
        *_desk(),
    ]  # fmt: skip


def _desk() -> list[Row]:
    rows = [look("/desk/events", HOLDERS), look("/desk/events/new", HOLDERS)]
    for path in (DESK, f"{DESK}/participants", f"{DESK}/participants.csv",
                 f"{DESK}/participants/print"):  # fmt: skip
        rows += [look(path, HOLDERS, HOSTS, slug=key) for key in (HALL, COURSE, DRAFT)]
    rows += [look(f"{DESK}/edit", HOLDERS, HOSTS, slug=key) for key in (HALL, DRAFT)]
    return [*rows, look(f"{DESK}/edit", HOLDERS, "", refused=HOSTS, slug=COURSE)]


def _acts() -> list[Act]:
    guest = {"name": "Rolf Ruge", "email": "rolf@doors.example.org", "agrees": "yes"}
    in_ = dict.fromkeys(SIGNED_IN, ("SeatTaken",))
    return [
        act(
            f"{ONE}/register", ANYONE, None, "SeatRequested", otherwise=in_, silent="bo",
            slug=HALL, page=f"{ONE}/register", by="visitor", fields=guest,
        ),
        act(
            f"{ONE}/register", ANYONE, "", slug=DRAFT, refused=HOSTS, by="astrid", fields=guest,
        ),
        act(
            f"{ONE}/confirm/{{token}}", ANYONE, None, "SeatTaken", slug=HALL,
            token="token request", page=f"{ONE}/confirm/{{token}}", unknown=410,
        ),
        act(
            f"{ONE}/place", ACCOUNTS, "bo", "SeatGivenUp", slug=HALL, page=f"{ONE}/place",
            fields={"act": "give-up"},
        ),
        act(
            f"{ONE}/place/{{token}}", ANYONE, None, "SeatGivenUp", slug="event open",
            token="token open", page=f"{ONE}/place/{{token}}", fields={"act": "give-up"},
            unknown=410,
        ),
        *_hosting(),
    ]  # fmt: skip


def _hosting() -> list[Act]:
    day = (real_now() + timedelta(days=50)).strftime("%Y-%m-%d")
    new = {
        "host": "sikkerhedsstyrelsen/", "kind": "workshop", "main_lang": "en", "title-en": "Knobs",
        "summary-en": "About knobs.", "starts": f"{day}T10:00", "ends": f"{day}T12:00",
        "place": "Door street 2", "country": "DK", "contact_name": "Office",
        "contact_email": "office@doors.example.org",
    }  # fmt: skip
    title = {"title-en": "Another title"}
    paper = {"act": "remove", "file": "@event paper"}
    return [
        act(
            "/desk/events/new", HOLDERS, "astrid", "GatheringDrafted", page="/desk/events/new",
            fields=new, but=each(("eva", "ida", "mads"), 422),
        ),
        act(f"{DESK}/edit", HOLDERS, HOSTS, "GatheringChanged", slug=HALL, page=f"{DESK}/edit",
            fields=title),
        act(f"{DESK}/edit", HOLDERS, "", slug=COURSE, refused=HOSTS, by="astrid", fields=title),
        act(f"{DESK}/publish", HOLDERS, HOSTS, "GatheringPublished", slug=DRAFT, page=DESK),
        act(f"{DESK}/delete", HOLDERS, HOSTS, "GatheringDraftDeleted", slug=DRAFT, page=DESK),
        act(f"{DESK}/cancel", HOLDERS, HOSTS, "GatheringCancelled", slug=HALL, page=DESK,
            fields={"reason-en": "The doors are shut."}),
        act(f"{DESK}/notes", HOLDERS, HOSTS, "NotesPublished", slug=COURSE, page=DESK,
            fields={"notes-en": "They opened."}),
        act(f"{DESK}/papers", HOLDERS, HOSTS, "PaperRemoved", slug=COURSE, fields=paper),
        act(f"{DESK}/participants", HOLDERS, HOSTS, "CertificateRevoked", "CertificateRevoked",
            "AttendanceNoted", slug=COURSE, page=f"{DESK}/participants",
            fields={"present[]": "nobody"}),
        act(f"{DESK}/participants", HOLDERS, HOSTS, "SeatGivenUp", slug=HALL,
            page=f"{DESK}/participants", fields={"remove": "@seat bo"}),
        act(f"{DESK}/participants", HOLDERS, "", slug=COURSE, by="astrid",
            fields={"remove": "@seat bo"}),
    ]  # fmt: skip


LOOKS_AT_EVENTS: list[Row] = _looks()
ACTS_ON_EVENTS: list[Act] = _acts()
