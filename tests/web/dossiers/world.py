"""A decided case with real submissions, a file, messages, notes and a pilot, and who reads it."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import select

from govmatch.applications.actions import messaging
from govmatch.applications.events import ApplicationSubmitted
from govmatch.applications.models import Version
from govmatch.applications.receipts import hash_of
from govmatch.files import storage
from govmatch.files.models import StoredFile
from govmatch.kit import journal
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from govmatch.questionnaires import canonical
from govmatch.questionnaires.loading import load_kept
from govmatch.triage import actions as triage
from tests.site import Site
from tests.unit.decisions.acting import NOW, acting
from tests.web.decisions.world import World
from tests.web.explore import results_world as steps
from tests.web.explore.results_world import Told, told

PATH = "/desk/challenges/labels/dossier"
BYTES = b"%PDF-1.4 a plan of Nordlys"
FORM: dict[str, Any] = {
    "sections": [
        {
            "id": "idea",
            "title": {"en": "Idea"},
            "questions": [
                {"id": "what", "kind": "long_text", "label": {"en": "What do you offer?"}},
                {"id": "plan", "kind": "file", "label": {"en": "Plan"}},
            ],
        }
    ]
}
ANSWER = "Muskatnuss: lenses for labels. Call Bo Bonde at +45 12 34 56 78 or bo@nordlys.example."
NOTE, MESSAGE = "Zimtstern note", "Kardamom message"


def decided_case(site: Site) -> Told:
    """Return a case from submission to pilot, whose answers, receipts and journal are one."""
    made = told(site)
    made.do(lambda session, world: submit(session, world, site.settings.files_dir))
    made.do(_work)
    made.do(steps.decide)
    made.do(steps.answer("nordlys", "bo"))
    made.do(steps.pilot)
    return made


def submit(session: Session, world: World, files_dir: Path) -> None:
    """Let every version stand for what its firm answered, with receipt and row of the journal."""
    for name, who in (("nordlys", "bo"), ("weser", "dieter"), ("fjord", "lea"), ("klar", "mia"),
                      ("outside", "ove")):  # fmt: skip
        application = world.of(name)
        files = [_file(session, files_dir, application.id)] if name == "nordlys" else []
        version = session.scalars(
            select(Version).where(Version.application_id == application.id)
        ).one()
        version.form = FORM
        version.answers = {"what": ANSWER, "plan": [one.public_id for one in files]}
        version.salt = public_id()
        named = {one.public_id: one.sha256 for one in files}
        content = canonical(load_kept(FORM), version.answers, files=named)
        version.content_hash = hash_of(version.salt, content)
        event = ApplicationSubmitted(
            application.id, number=1, content_hash=version.content_hash, to_person=True, copies=()
        )
        journal.record(session, event, actor=acting(session, world.people[who]), now=NOW)


def _file(session: Session, files_dir: Path, application: int) -> StoredFile:
    made = StoredFile(
        public_id=public_id(),
        owner_kind="application",
        owner_id=application,
        slot="plan",
        name="plan ../of Nordlys.pdf",
        media_type="application/pdf",
        size=len(BYTES),
        sha256=storage.keep(files_dir, BYTES),
        uploaded_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def _work(session: Session, world: World) -> None:
    actor = acting(session, world.astrid)
    triage.add_note(session, world.of("klar"), NOTE, actor=actor, now=NOW)
    messaging.write(session, world.of("nordlys"), MESSAGE, actor=actor, now=NOW, real_now=NOW)


def make(case: Told, name: str = "jens", *, kind: str = "full", lang: str = "en") -> str:
    """Have a file made as somebody asks for it; return the address at which it is taken."""
    browser = case.as_(name)
    answer = browser.submit(f"{PATH}?lang={lang}", f"{PATH}?lang={lang}", {"kind": kind})
    assert answer.status_code == 303, answer.text
    case.site.work()
    html = browser.get(PATH).text
    found = re.search(rf'href="({PATH}/[^"]+)" download', html)
    assert found, html
    return found[1]


def taken(case: Told, path: str, name: str = "jens") -> bytes:
    answer = case.as_(name).get(path)
    assert answer.status_code == 200
    return bytes(answer.content)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(found: dict[str, bytes]) -> bytes:
    """Return an archive of these files, as somebody makes one who changed it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in found.items():
            made.writestr(name, content)
    return out.getvalue()
