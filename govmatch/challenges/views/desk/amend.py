"""/desk/challenges/{slug}/amend: changing what is published, first looked at, then made public."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from govmatch.challenges import actions
from govmatch.challenges.actions.holding import hold
from govmatch.challenges.forms import read_statement, shown
from govmatch.challenges.models import Challenge
from govmatch.challenges.rules import may_amend
from govmatch.challenges.statement import Statement, statement_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.challenges.views.desk.amend_check import check_page, deadline_of
from govmatch.challenges.views.desk.amend_papers import Sent, papers_sent, take_papers
from govmatch.challenges.views.desk.asking import BLOCKS, with_more
from govmatch.challenges.views.desk.editor_page import choices_of, differing, editor
from govmatch.challenges.views.desk.labels import field_of
from govmatch.kit import journal
from govmatch.kit.asking import require
from govmatch.kit.clock import site_now
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import LANGUAGES, as_lang, msg
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, clean_text
from govmatch.web.routes import get, post
from govmatch.web.visit import Values, Visit, WritingVisit

UPLOAD_MB = 32


def ask(visit: Visit) -> Answer:
    """Show what is published for changing; the reason will be published too."""
    challenge = challenge_of(visit)
    require(may_amend(visit.actor, challenge))
    return editor(visit, challenge, shown(statement_of(challenge)))


def to_form(visit: Visit) -> Answer:
    """Lead whoever loads the address of the check to the form."""
    challenge = challenge_of(visit)
    require(may_amend(visit.actor, challenge))
    return redirect(f"{path_of(challenge)}/amend")


def check(visit: WritingVisit) -> Answer:
    """Show what would become public, and change nothing; or do what another button asks for."""
    challenge = challenge_of(visit)
    require(may_amend(visit.actor, challenge))
    what, _, which = visit.form.one("do").partition(":")
    is_checked = visit.form.one("on") == "check"
    if what in BLOCKS or what == "change" or (visit.switching and not is_checked):
        return _looked(visit, challenge, what, which)
    answer = _with_plan(visit, challenge, take_papers(visit, challenge), _checked)
    return replace(answer, keeps=True)  # the files that were sent are held, right or wrong


def publish(visit: WritingVisit) -> Answer:
    """Make the change public; where another deadline follows than was shown, show that first."""
    challenge = challenge_of(visit)
    require(may_amend(visit.actor, challenge))
    hold(visit.session, challenge)
    return _with_plan(visit, challenge, Sent(visit.form), _published)


Then = Callable[[WritingVisit, Challenge, Values, Statement, datetime], Answer]


def _with_plan(visit: WritingVisit, challenge: Challenge, sent: Sent, then: Then) -> Answer:
    """Read the form and go on with what it says; show it again where something is not right."""
    statement, form = _read(visit, challenge, sent)
    if form.errors:
        return editor(visit, challenge, form, status=422)
    if challenge.revision != _revision(visit):
        return _conflict(visit, challenge, statement, form)
    now = site_now(journal.clock_offset(visit.session))
    try:
        return then(visit, challenge, sent.values, statement, now)
    except Conflict:
        return _conflict(visit, challenge, statement, form)
    except Invalid as error:
        # «form» stands for the whole of it: a message without a field to lead to.
        errors = {
            "" if name == "form" else field_of(name): text for name, text in error.errors.items()
        }
        wrong = replace(form, errors=errors)
        return editor(visit, challenge, wrong, status=422)


def _checked(
    visit: WritingVisit, challenge: Challenge, sent: Values, statement: Statement, now: datetime
) -> Answer:
    planned = actions.plan(
        visit.session, challenge, statement,
        reasons=_reasons(visit), actor=visit.actor, now=now,
        content_dir=visit.settings.content_dir,
    )  # fmt: skip
    return check_page(visit, challenge, planned, sent)


def _published(
    visit: WritingVisit, challenge: Challenge, sent: Values, statement: Statement, now: datetime
) -> Answer:
    reasons, content_dir = _reasons(visit), visit.settings.content_dir
    planned = actions.plan(
        visit.session, challenge, statement,
        reasons=reasons, actor=visit.actor, now=now, content_dir=content_dir,
    )  # fmt: skip
    if deadline_of(planned) != sent.one("deadline"):
        return check_page(visit, challenge, planned, sent, is_moved_on=True)
    amendment = actions.amend(
        visit.session, challenge, statement,
        reasons=reasons, actor=visit.actor, now=now, content_dir=content_dir,
    )  # fmt: skip
    actions.put_up_papers(
        visit.session, challenge,
        settings=visit.settings, actor=visit.actor, now=visit.real_now,
    )  # fmt: skip
    visit.flash("success", msg("The change is public. Everybody concerned is told."))
    return redirect(f"/challenges/{challenge.slug}/changes/{amendment.public_id}")


def _read(visit: WritingVisit, challenge: Challenge, sent: Sent) -> tuple[Statement, Form]:
    before = statement_of(challenge)
    statement, form = read_statement(sent.values, before, choices_of(visit, challenge))
    papers, wrong = papers_sent(visit, challenge, sent)
    errors = {**form.errors, **wrong}
    return replace(statement, attachments=papers), replace(form, errors=errors)


def _looked(visit: WritingVisit, challenge: Challenge, what: str, which: str) -> Answer:
    """Show the form with what was typed: in another language, or with a part made anew."""
    _, form = _read(visit, challenge, Sent(visit.form))
    return editor(
        visit,
        challenge,
        with_more(replace(form, errors={}), what),
        block=BLOCKS.get(what),
        preview=as_lang(which) if what == "preview" else None,
    )


def _reasons(visit: WritingVisit) -> dict[str, str]:
    return {lang: clean_text(visit.form.one(f"reason-{lang}"), lines=False) for lang in LANGUAGES}


def _revision(visit: WritingVisit) -> int:
    """Return the revision of the page that was typed on; 0, which never is, for anything else."""
    text = visit.form.one("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _conflict(visit: WritingVisit, challenge: Challenge, typed: Statement, form: Form) -> Answer:
    """Show both versions: what was typed in the form, what was saved meanwhile beside it.

    Going on from this page puts what was typed in the place of the other version, which was seen.
    """
    return editor(
        visit,
        challenge,
        Form({**form.values, "revision": str(challenge.revision)}),
        status=409,
        conflict=differing(visit, challenge, statement_of(challenge), typed),
    )


ONE = "/desk/challenges/{slug}"

routes = [
    get(f"{ONE}/amend", ask, desk),
    get(f"{ONE}/amend/check", to_form, desk),
    post(f"{ONE}/amend/check", check, desk, upload_mb=UPLOAD_MB),
    post(f"{ONE}/amend", publish, desk, once=True),
]
