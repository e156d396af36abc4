"""Trade secrets and what goes to the public: who marks, asks, answers, decides and lets out."""

from datetime import timedelta

from govmatch.applications.secrecy_models import SecrecyInquiry
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from tests.security.acts import Act, act
from tests.security.gates import ACCOUNTS, OVERSEERS, Row, look
from tests.security.house import House
from tests.security.making import Maker
from tests.security.selecting import STAFF, Stage

SECRETS, PUBLIC = "/applications/{id}/secrets", "/desk/challenges/{slug}/dossier/public"
INQUIRY, ONE = f"{SECRETS}/inquiries/{{inquiry}}", f"{PUBLIC}/{{id}}"
NORDLYS, WORKS = "bo carla", "astrid hanne eva"
HERE = {"slug": "challenge meeting", "id": "application meeting weser"}
KEY = "0123456789abcdef"


def ask_about_secrets(maker: Maker) -> None:
    """Let the time be over in which Weser could say why something should be a secret."""
    stage = Stage(maker, "meeting")
    told = stage.word("question about a secret", f"dieter {STAFF}")

    def make(session: Session) -> str:
        inquiry = SecrecyInquiry(
            public_id=public_id(), application_id=stage.of(session, "weser").id, text=told,
            doubted=[KEY], asked_by=maker.world.numbers["eva"],
            asked_at=maker.now - timedelta(days=40), due_at=maker.now - timedelta(days=1),
        )  # fmt: skip
        session.add(inquiry)
        session.flush()
        return inquiry.public_id

    stage.know("inquiry meeting", maker.do(make))


def in_40_days(house: House, _who: str) -> str:
    return (house.world.now + timedelta(days=40)).date().isoformat()


ASKED = {"inquiry": "inquiry meeting"}
SECRECY_LOOKS: list[Row] = [
    look(SECRETS, ACCOUNTS, NORDLYS, id="application draft"),
    look(SECRETS, ACCOUNTS, NORDLYS, id="application sent"),
    look(SECRETS, ACCOUNTS, "orla", id="application hidden"),
    look(SECRETS, ACCOUNTS, "dieter", id="application meeting weser"),
    look(INQUIRY, ACCOUNTS, "dieter", id="application meeting weser", status=303, **ASKED),
    look(INQUIRY, ACCOUNTS, "", id="application sent", **ASKED),
    look(PUBLIC, OVERSEERS, STAFF, slug="challenge meeting"),
    look(PUBLIC, OVERSEERS, STAFF, slug="challenge sealed"),
    look(ONE, OVERSEERS, STAFF, noted="ApplicationRead", **HERE),
    look(ONE, OVERSEERS, "", slug="challenge met", id="application meeting weser"),
    look(f"{ONE}/ask", OVERSEERS, STAFF, status=303, **HERE),
    look(f"{ONE}/decide/{{inquiry}}", OVERSEERS, STAFF, status=303, **HERE, **ASKED),
]

SECRECY_ACTS: list[Act] = [
    act(SECRETS, ACCOUNTS, NORDLYS, "SecretsStated", page=SECRETS, id="application sent"),
    act(INQUIRY, ACCOUNTS, "dieter", "SecrecyAnswered", page=SECRETS,
        id="application meeting weser", fields={"answer": "Rivals read it"}, **ASKED),
    act(f"{ONE}/ask", OVERSEERS, WORKS, "SecrecyAsked", page=ONE, refused="jens",
        fields={"text": "What of it is secret?", "due": in_40_days}, **HERE),
    act(f"{ONE}/decide/{{inquiry}}", OVERSEERS, WORKS, "SecrecyDecided", page=ONE,
        refused="jens", fields={"decision": "It holds"}, **HERE, **ASKED),
    act(ONE, OVERSEERS, WORKS, "ReleaseNarrowed", page=ONE, refused="jens",
        fields={"do": "save"}, **HERE),
]  # fmt: skip
