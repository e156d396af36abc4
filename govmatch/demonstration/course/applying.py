"""Applications: started, saved section by section, submitted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from govmatch.accounts.actions.people import create_person
from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.models import Role
from govmatch.accounts.queries import by_email
from govmatch.applications.actions import partners, save_section, start, submit
from govmatch.applications.actions.drafting import Sent
from govmatch.applications.queries import partners_of as partners_asked
from govmatch.challenges.queries import form_of
from govmatch.demonstration.personas import persona
from govmatch.demonstration.stage import LONG_AGO, Stage, Step, Told, address_of
from govmatch.kit.actor import VISITOR
from govmatch.kit.i18n import as_lang
from govmatch.kit.ids import token
from govmatch.kit.records import dataclass
from govmatch.questionnaires import Question

WRITING = timedelta(hours=2)
"""How long before its submission an application is started."""


@dataclass(frozen=True)
class Applied:
    """One application as its file tells it."""

    stage: Stage
    challenge: str
    told: Told

    @property
    def firm(self) -> str:
        return str(self.told["firm"])

    @property
    def by(self) -> str:
        """Return who acts for the firm: a persona's key, or the address of a made-up person."""
        name = str(self.told["by"])
        return name if persona(name) else address_of(name, self.firm)


FIRM = "firm"
"""What files call the person who acts for the firm of an application."""


def who(applied: Applied, by: str) -> str:
    """Return the key or address of who acts, where a file may say that it is the firm."""
    return applied.by if by == FIRM else by


def join(applied: Applied) -> None:
    """Make the made-up person who leads the firm, once; personas belong to theirs already."""
    for partner in partners_of(applied):
        join(partner)
    stage, name = applied.stage, str(applied.told["by"])
    if persona(name) or by_email(stage.session, applied.by):
        return
    person = create_person(
        stage.session, address=applied.by, name=name, lang=as_lang(applied.told["lang"]),
        actor=VISITOR, now=stage.now - LONG_AGO, real_now=stage.now,
    )  # fmt: skip
    give_role(
        stage.session, person, Role.LEAD, "firm", stage.firm(applied.firm).id,
        actor=VISITOR, now=stage.now - LONG_AGO, real_now=stage.now,
    )  # fmt: skip


def steps(applied: Applied) -> Iterator[Step]:
    """Begin a draft; where the file says `at`, submit it on that day."""
    at = applied.stage.at(int(applied.told.get("at", -1)))
    yield Step(at - WRITING, lambda now: _write(applied, now))
    for partner in partners_of(applied):
        yield Step(at - WRITING / 2, partial(_ask, applied, partner))
        if partner.told.get("agrees", True):
            yield Step(at - WRITING / 4, partial(_agree, applied, partner))
    if "at" in applied.told:
        yield Step(at, lambda now: _submit(applied, now))


def _write(applied: Applied, now: datetime) -> None:
    stage, told = applied.stage, applied.told
    challenge, actor = stage.challenge(applied.challenge), stage.actor(applied.by)
    application = start(
        stage.session, challenge, stage.firm(applied.firm),
        lang=told["lang"], held=actor.roles, actor=actor, now=now,
    )  # fmt: skip
    for section in form_of(challenge).sections:
        fields = _fields(stage, section.questions, told["answers"])
        if fields:
            save_section(
                stage.session, application, section,
                Sent(fields=fields, lang="en", page=token()),
                settings=stage.settings, held=actor.roles, actor=actor,
                now=now + WRITING / 2, real_now=stage.now,
            )  # fmt: skip


def partners_of(applied: Applied) -> list[Applied]:
    """Return the firms that are asked to take part, told as if each applied.

    {firm, by, share, part, agrees}; `agrees: false` leaves it with the invitation.
    """
    told = applied.told
    return [
        Applied(applied.stage, applied.challenge, {"lang": told["lang"], **partner})
        for partner in told.get("partners", ())
    ]


def _ask(applied: Applied, partner: Applied, now: datetime) -> None:
    stage, actor = applied.stage, applied.stage.actor(applied.by)
    partners.invite(
        stage.session, stage.application(applied.challenge, applied.firm),
        partners.Asked(
            firm=stage.firm(partner.firm), share=partner.told["share"], part=partner.told["part"]
        ),
        lang=as_lang(applied.told["lang"]), held=actor.roles, actor=actor, now=now,
        real_now=stage.now,
    )  # fmt: skip


def _agree(applied: Applied, partner: Applied, now: datetime) -> None:
    stage, actor = applied.stage, applied.stage.actor(partner.by)
    application, firm = (
        stage.application(applied.challenge, applied.firm), stage.firm(partner.firm)
    )  # fmt: skip
    asked = next(
        one for one in partners_asked(stage.session, application) if one.firm_id == firm.id
    )
    partners.accept(
        stage.session, asked, firm, shown=partners.terms_shown(asked), held=actor.roles,
        actor=actor, now=now,
    )  # fmt: skip


def _submit(applied: Applied, now: datetime) -> None:
    stage = applied.stage
    actor = stage.actor(applied.by)
    application = stage.application(applied.challenge, applied.firm)
    submit(
        stage.session, application, lang=as_lang(applied.told["lang"]),
        held=actor.roles, actor=actor, now=now, real_now=stage.now,
    )  # fmt: skip


def _fields(
    stage: Stage, questions: Sequence[Question], answers: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Return the answers as the fields of a form that showed these questions."""
    fields: dict[str, list[str]] = {}
    for question in questions:
        if question.id in answers:
            fields[question.field] = _typed(stage, answers[question.id])
            fields[question.asked_field] = ["1"]
    return fields


def _typed(stage: Stage, answer: Any) -> list[str]:
    """Return what a browser sends for an answer; `{day: 30}` is a date counted from the seeding."""
    if isinstance(answer, list):
        return [str(one) for one in answer]
    if isinstance(answer, Mapping):
        return [stage.day(answer["day"]).isoformat()]
    return ["yes" if answer is True else str(answer)]
