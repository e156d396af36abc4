"""A section that was sent from a page whose form has been changed in the meantime."""

from dataclasses import replace
from datetime import datetime

from govmatch.applications import actions, call, changed_forms, queries
from govmatch.applications.actions import SectionConflict
from govmatch.applications.models import Application
from govmatch.applications.views.reading import number, sent
from govmatch.applications.views.section_pages import saved_fragment, warning_fragment
from govmatch.kit.errors import Conflict, NotFound
from govmatch.kit.i18n import msg
from govmatch.questionnaires import Questionnaire
from govmatch.web.answers import Answer, redirect
from govmatch.web.visit import WritingVisit


def seen_form(visit: WritingVisit, application: Application) -> Questionnaire | None:
    """Return the form that the page showed, where it is not the one that holds now."""
    shown = number(visit.form.one("form"))
    return changed_forms.seen_form(visit.session, application.challenge, shown)


def save_as_seen(
    visit: WritingVisit, application: Application, seen: Questionnaire, now: datetime
) -> Answer:
    """Keep everything that was typed on a form that has changed, and show the one that holds.

    The page says that it is another one, and what was answered to questions that are gone.
    """
    old = seen.section(visit.params["section"])
    if old is None:
        raise NotFound
    shown, what = number(visit.form.one("form")), sent(visit)
    section, fields = changed_forms.as_sent(
        old, call.form(application.challenge), what.fields, shown
    )
    held = queries.every_role(visit.session, visit.actor, real_now=visit.real_now)
    saver = application.saved.get(section.id, {}).get("by", 0)
    try:
        saved = actions.save_section(
            visit.session, application, section, replace(what, fields=fields),
            settings=visit.settings, held=held, actor=visit.actor, now=now,
            real_now=visit.real_now,
        )  # fmt: skip
    except SectionConflict as conflict:
        if visit.fragment:
            return warning_fragment(visit, application, section)
        raise Conflict(
            msg(
                "The form was changed, and somebody else saved this section while you were writing."
                " Go back: your text is still in the fields. Copy it, then load the page anew."
            )
        ) from conflict
    if visit.fragment:
        return saved_fragment(visit, application, section, saved, saver)
    visit.flash(
        "info",
        msg(
            "The form of this challenge was changed while you were writing. Everything you typed is"
            " kept. Please look at the questions again; what is no longer asked stands at the end."
        ),
    )
    sections = call.form(application.challenge).sections
    there = next((one for one in sections if one.id == old.id), sections[-1])
    return redirect(f"/applications/{application.public_id}/sections/{there.id}?show=wrong")
