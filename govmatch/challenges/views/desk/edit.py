"""/desk/challenges/{slug}/edit and /amend: the editor's buttons, and what each of them does."""

from collections.abc import Callable
from dataclasses import replace

from govmatch.challenges import actions
from govmatch.challenges.actions.holding import hold
from govmatch.challenges.forms import read_statement, shown
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import may_amend, may_edit
from govmatch.challenges.statement import Statement, statement_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.challenges.views.desk.editor_page import Mode, choices_of, differing, editor
from govmatch.challenges.views.desk.labels import field_of
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import LANGUAGES, as_lang, msg
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

Keep = Callable[[WritingVisit, Challenge, Statement], None]


def ask(visit: Visit) -> Answer:
    """Show the draft for writing."""
    challenge = challenge_of(visit)
    require(may_edit(visit.actor, challenge))
    return editor(visit, challenge, shown(statement_of(challenge)))


def ask_amendment(visit: Visit) -> Answer:
    """Show what is published for changing; the reason will be published too."""
    challenge = challenge_of(visit)
    require(may_amend(visit.actor, challenge))
    return editor(visit, challenge, shown(statement_of(challenge)), mode=Mode.AMEND)


def save(visit: WritingVisit) -> Answer:
    """Keep the draft, or do what another button of the form asks for."""
    challenge = challenge_of(visit)
    require(may_edit(visit.actor, challenge))
    return _kept(visit, challenge, Mode.EDIT, _save)


def amend(visit: WritingVisit) -> Answer:
    """Change what is published, with its reason."""
    challenge = challenge_of(visit)
    require(may_amend(visit.actor, challenge))
    return _kept(visit, challenge, Mode.AMEND, _amend)


def _kept(visit: WritingVisit, challenge: Challenge, mode: Mode, keep: Keep) -> Answer:
    statement, form = read_statement(
        visit.form, statement_of(challenge), choices_of(visit, challenge)
    )
    shown_only = _shown_only(visit, challenge, replace(form, errors={}), mode)
    if shown_only is not None:
        return shown_only
    if form.errors:
        return editor(visit, challenge, form, mode=mode, status=422)
    try:
        keep(visit, challenge, statement)
    except Conflict:
        return _conflict(visit, challenge, statement, form, mode)
    except Invalid as error:
        # «form» stands for the whole of it: a message without a field to lead to.
        errors = {
            "" if name == "form" else field_of(name): text for name, text in error.errors.items()
        }
        return editor(visit, challenge, replace(form, errors=errors), mode=mode, status=422)
    stays = visit.form.one("do") == "stay"
    return redirect(path_of(challenge) + ("/edit" if stays else ""))


def _shown_only(visit: WritingVisit, challenge: Challenge, form: Form, mode: Mode) -> Answer | None:
    """Answer the buttons that keep nothing: language, preview, codes, sum. None for saving."""
    what, _, which = visit.form.one("do").partition(":")
    if visit.switching:
        return editor(visit, challenge, form, mode=mode)
    match what:
        case "preview":
            return editor(
                visit, challenge, form, mode=mode, block="preview", preview=as_lang(which)
            )
        case "find-codes":
            return editor(visit, challenge, form, mode=mode, block="codes")
        case "add-up":
            return editor(visit, challenge, form, mode=mode, block="sum")
    return None


def _save(visit: WritingVisit, challenge: Challenge, statement: Statement) -> None:
    actions.save(
        visit.session,
        challenge,
        statement,
        revision=_revision(visit),
        actor=visit.actor,
        now=visit.now,
    )
    visit.flash("success", msg("The draft has been saved."))


def _amend(visit: WritingVisit, challenge: Challenge, statement: Statement) -> None:
    hold(visit.session, challenge)
    if challenge.revision != _revision(visit):
        raise Conflict(msg("Somebody else has changed this challenge in the meantime."))
    actions.amend(
        visit.session,
        challenge,
        statement,
        reasons={
            lang: clean_text(visit.form.one(f"reason-{lang}"), lines=False) for lang in LANGUAGES
        },
        actor=visit.actor,
        now=visit.now,
        content_dir=visit.settings.content_dir,
    )
    visit.flash("success", msg("The change is public. Who follows the challenge is told."))


def _revision(visit: WritingVisit) -> int:
    """Return the revision of the page that was typed on; 0, which never is, for anything else."""
    text = visit.form.one("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _conflict(
    visit: WritingVisit, challenge: Challenge, typed: Statement, form: Form, mode: Mode
) -> Answer:
    """Show both versions: what was typed in the form, what was saved meanwhile beside it.

    Saving this page puts what was typed in the place of the other version, which has been seen.
    """
    saved = statement_of(challenge)
    values = {**form.values, "revision": str(challenge.revision)}
    return editor(
        visit,
        challenge,
        Form(values),
        mode=mode,
        status=409,
        conflict=differing(visit, challenge, saved, typed),
    )


ONE = "/desk/challenges/{slug}"

routes = [
    get(f"{ONE}/edit", ask, desk),
    post(f"{ONE}/edit", save, desk, once=True),
    get(f"{ONE}/amend", ask_amendment, desk),
    post(f"{ONE}/amend", amend, desk, once=True),
]
