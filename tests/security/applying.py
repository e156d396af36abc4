"""Making applications with a rare word in each field, and watching for what the site adds."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from govmatch.applications import actions
from govmatch.applications.actions import Sent
from govmatch.applications.models import Application
from govmatch.challenges.queries import find_by_slug, form_of
from govmatch.files.models import StoredFile
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.ids import token
from govmatch.organisations.models import Firm
from govmatch.web.visit import Upload
from tests.security.making import Maker
from tests.unit.files.samples import pdf

ANSWERS: dict[str, str] = {
    "motivation": "We know the counters where this is missing.",
    "technology": "Rules as a readable table; a web application without scripts.",
    "maturity": "in-use",
    "novelty": "The rules belong to the authority and not to the supplier.",
    "plan": "Weeks 1 to 3: rules. Weeks 4 to 10: trial. Weeks 11 and 12: report.",
    "measures": "Half of all cases without a question back, against a tenth today.",
    "scaling": "One month of work for each further authority.",
    "skills": "One lawyer, two developers and a designer.",
    "total-price": "54000",
    "running-costs": "18,000 a year for operation, care and help by phone.",
    "data-protection": "Only what belongs to the case, in Germany, for six months.",
}


def apply(
    maker: Maker,
    key: str,
    *,
    firm: str,
    by: str,
    on: str,
    readers: str,
    blind: str = "",
    at: datetime | None = None,
) -> None:
    """Make a whole draft of `firm` for the challenge `on`, with a file.

    `blind` are those who read the answers without the names, where there are any.
    """
    plant = maker.world.canaries.plant
    box = plant(f"address in application {key}", readers)
    site = f"www.{plant(f'site in application {key}', readers)}"
    idea = plant(f"answer of application {key}", f"{readers} {blind}")
    answers = ANSWERS | {
        "references": plant(f"references in application {key}", f"{readers} {blind}"),
        "contact-email": f"{box}@doors.example.org",
    }
    name = plant(f"file name of application {key}", readers)
    inside = plant(f"file content of application {key}", readers)
    paper = Upload(f"{name}.pdf", pdf(inside.encode()))
    slug, public_id = maker.world.ids[f"challenge {on}"], maker.world.ids[f"firm {firm}"]

    def act(session: Session) -> None:
        challenge, actor = find_by_slug(session, slug), maker.actor(session, by)
        assert challenge is not None
        owner = session.scalars(select(Firm).where(Firm.public_id == public_id)).one()
        answers["idea"] = f"{idea}: {owner.name} says so, see {site}.example"
        made = actions.start(
            session, challenge, owner, lang="en", held=actor.roles, actor=actor, now=at or maker.now
        )
        _fill(maker, session, made, actor, answers, paper, at=at or maker.now)
        _watch(maker, session, key, made, readers)

    maker.do(act)


def _fill(
    maker: Maker,
    session: Session,
    made: Application,
    actor: Actor,
    answers: dict[str, Any],
    paper: Upload,
    *,
    at: datetime,
) -> None:
    for section in form_of(made.challenge).sections:
        uploads = {one.field: [paper] for one in section.questions if one.kind == "file"}
        fields = _fields(section.questions, answers)
        saved = actions.save_section(
            session, made, section,
            Sent(fields=fields, uploads=uploads, lang="en", page=token()),
            settings=maker.settings, held=actor.roles, actor=actor,
            now=at, real_now=maker.now,
        )  # fmt: skip
        assert not saved.errors, saved.errors


def _fields(questions: Any, answers: dict[str, Any]) -> dict[str, list[str]]:
    """Return the answers as a form would send them; declarations are ticked."""
    fields: dict[str, list[str]] = {}
    for question in questions:
        if question.kind == "declaration":
            fields[question.field], fields[question.asked_field] = ["yes"], ["1"]
        elif question.id in answers:
            fields[question.field] = [str(answers[question.id])]
            fields[question.asked_field] = ["1"]
    return fields


def _watch(maker: Maker, session: Session, key: str, made: Application, readers: str) -> None:
    """Note the ids, and that nobody else may meet them."""
    session.flush()
    owned = StoredFile.owner_kind == "application", StoredFile.owner_id == made.id
    file = session.scalars(select(StoredFile).where(*owned)).one()
    ids, watch = maker.world.ids, maker.world.canaries.watch
    ids[f"application {key}"], ids[f"file {key}"] = made.public_id, file.public_id
    watch(made.public_id, f"id of application {key}", readers)
    watch(made.reference, f"reference of application {key}", readers)
    watch(file.public_id, f"id of the file of application {key}", readers)


def send_in(maker: Maker, key: str, *, by: str, readers: str, at: datetime | None = None) -> None:
    """Submit an application, and watch for what its receipt says."""
    public_id = maker.world.ids[f"application {key}"]

    def act(session: Session) -> None:
        found = session.scalars(select(Application).where(Application.public_id == public_id)).one()
        actor = maker.actor(session, by)
        version = actions.submit(
            session, found, lang="en", held=actor.roles, actor=actor,
            now=at or maker.now, real_now=maker.now,
        )  # fmt: skip
        watch = maker.world.canaries.watch
        watch(version.public_id, f"receipt of application {key}", readers)
        watch(version.content_hash, f"hash of application {key}", readers)

    maker.do(act)
