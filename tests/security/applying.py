"""Making applications with a rare word in each field, and watching for what the site adds."""

from typing import Any

from sqlalchemy import select

from govmatch.applications import actions
from govmatch.applications.actions import Sent
from govmatch.applications.models import Application
from govmatch.challenges.queries import find_by_slug, form_of
from govmatch.demonstration.cases import applications as cases
from govmatch.files.models import StoredFile
from govmatch.kit.actor import Actor
from govmatch.kit.db import Session
from govmatch.kit.ids import token
from govmatch.organisations.models import Firm
from govmatch.web.visit import Upload
from tests.security.making import Maker
from tests.unit.files.samples import pdf


def apply(maker: Maker, key: str, *, firm: str, by: str, on: str, readers: str) -> None:
    """Make a whole draft of `firm` for the challenge `on`, with a file."""
    plant = maker.world.canaries.plant
    answers = dict(cases(maker.settings)[1]["answers"])
    answers["idea"] = plant(f"answer of application {key}", readers)
    name = plant(f"file name of application {key}", readers)
    inside = plant(f"file content of application {key}", readers)
    paper = Upload(f"{name}.pdf", pdf(inside.encode()))
    slug, public_id = maker.world.ids[f"challenge {on}"], maker.world.ids[f"firm {firm}"]

    def act(session: Session) -> None:
        challenge, actor = find_by_slug(session, slug), maker.actor(session, by)
        assert challenge is not None
        owner = session.scalars(select(Firm).where(Firm.public_id == public_id)).one()
        made = actions.start(
            session, challenge, owner, lang="en", held=actor.roles, actor=actor, now=maker.now
        )
        _fill(maker, session, made, actor, answers, paper)
        _watch(maker, session, key, made, readers)

    maker.do(act)


def _fill(
    maker: Maker,
    session: Session,
    made: Application,
    actor: Actor,
    answers: dict[str, Any],
    paper: Upload,
) -> None:
    for section in form_of(made.challenge).sections:
        uploads = {one.field: [paper] for one in section.questions if one.kind == "file"}
        fields = _fields(section.questions, answers)
        saved = actions.save_section(
            session, made, section,
            Sent(fields=fields, uploads=uploads, lang="en", page=token()),
            settings=maker.settings, held=actor.roles, actor=actor,
            now=maker.now, real_now=maker.now,
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


def send_in(maker: Maker, key: str, *, by: str, readers: str) -> None:
    """Submit an application, and watch for what its receipt says."""
    public_id = maker.world.ids[f"application {key}"]

    def act(session: Session) -> None:
        found = session.scalars(select(Application).where(Application.public_id == public_id)).one()
        actor = maker.actor(session, by)
        version = actions.submit(
            session, found, lang="en", held=actor.roles, actor=actor,
            now=maker.now, real_now=maker.now,
        )  # fmt: skip
        watch = maker.world.canaries.watch
        watch(version.public_id, f"receipt of application {key}", readers)
        watch(version.content_hash, f"hash of application {key}", readers)

    maker.do(act)
