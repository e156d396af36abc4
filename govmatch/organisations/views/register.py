"""Filling a form in from a business register: shown, looked at, then saved like anything typed."""

from collections.abc import Mapping
from dataclasses import replace

from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.organisations import queries, registers
from govmatch.organisations.forms import LABELS, read_numbers
from govmatch.organisations.registers import Answer as Registered
from govmatch.organisations.rules import may_edit, may_enter
from govmatch.organisations.showing import SIZE_NAMES
from govmatch.organisations.views.sections import FromRegister, show_section
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, typed
from govmatch.web.routes import post
from govmatch.web.visit import WritingVisit


def fill(visit: WritingVisit) -> Answer:
    """Show the form of the section with what the registers say in the fields that were empty.

    What was typed stays; where a register says otherwise, both are shown. Nothing is saved. The
    transaction ends before anybody else's machine is asked: nobody waits for it with ours.
    """
    if not registers.is_configured(visit.settings):
        raise NotFound
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    require(may_edit(visit.actor, firm))
    seen, form = visit.form.one("seen"), typed(visit.form)
    asked, errors = read_numbers(visit.form)
    if errors:
        return show_section(visit, firm, replace(form, errors=errors), seen, status=422)
    visit.site.buckets.take("register", str(visit.actor.person_id))
    visit.session.rollback()
    answers = registers.look_up(visit.settings, asked)
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    form, told = _filled(form, answers)
    return show_section(visit, firm, form, seen, told=told)


def _filled(form: Form, answers: list[Registered] | None) -> tuple[Form, FromRegister]:
    """Return the form with what was empty filled in, and what is to be said of it."""
    if answers is None:
        why = msg("Fill the fields in yourself, or try again later.")
        return form, FromRegister("warning", msg("The register does not answer at the moment"), why)
    known = [one for one in answers if one.is_known]
    if not known:
        why = msg("Please compare the number with what the register wrote to you.")
        return form, FromRegister("warning", msg("The register does not know this number"), why)
    said = {name: value for one in reversed(known) for name, value in one.values.items()}
    new = {name: value for name, value in said.items() if not form.value(name)}
    other = {n: v for n, v in said.items() if n not in new and form.value(n) != v}
    told = FromRegister(
        "info" if all(one.is_active for one in known) else "warning",
        _title(known, new),
        msg("Look at it, change what is not right, then save."),
        [(LABELS[name], _in_words(name, value)) for name, value in other.items()],
    )
    return replace(form, values={**form.values, **new}), told


def _title(known: list[Registered], new: Mapping[str, str]) -> Message:
    if not all(one.is_active for one in known):
        return msg("The register says that this firm is not active")
    if new:
        return msg("Filled in from the register ({register})", register=known[0].register)
    return msg("The register knows this number and says nothing that is missing here")


def _in_words(name: str, value: str) -> Message | str:
    return SIZE_NAMES.get(value, value) if name == "size" else value


routes = [post("/firm/{firm}/edit/basics/register", fill, may_enter)]
