"""What is done with a challenge from its page at the desk; each action asks its own rule."""

from collections.abc import Callable
from datetime import datetime

from govmatch.challenges import actions
from govmatch.challenges.models import Challenge
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.challenges.views.desk.labels import field_of, missing_of
from govmatch.challenges.views.desk.show import desk_view
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Reader, clean_text, typed
from govmatch.web.routes import post
from govmatch.web.visit import WritingVisit


def submit(visit: WritingVisit) -> Answer:
    """Hand the draft to whoever approves; what is still missing stands on the page again."""
    challenge = challenge_of(visit)
    try:
        actions.submit_for_approval(
            visit.session,
            challenge,
            actor=visit.actor,
            now=visit.now,
            content_dir=visit.settings.content_dir,
        )
    except Invalid:
        return _refused(visit, challenge, Invalid(_lacking(visit, challenge)))
    visit.flash("success", msg("It waits for approval now. You are told by mail what comes of it."))
    return redirect(path_of(challenge))


def approve(visit: WritingVisit) -> Answer:
    """Approve it as it stands."""
    challenge = challenge_of(visit)
    actions.approve(
        visit.session, challenge, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("Approved. The programme manager can publish it now."))
    return redirect(path_of(challenge))


def publish(visit: WritingVisit) -> Answer:
    """Make it public now, or from a local time in its zone."""
    return _published(visit, actions.publish)


def move(visit: WritingVisit) -> Answer:
    """Choose another time for what is not public yet."""
    return _published(visit, actions.move_publication)


def _published(visit: WritingVisit, act: Callable[..., None]) -> Answer:
    challenge = challenge_of(visit)
    reader = Reader(visit.form)
    at: datetime | None = None
    if reader.choice("when", ("now", "at")) == "at":
        at = reader.local_time("at", challenge.zone)
    if not reader.ok:
        return desk_view(visit, challenge, reader.form, status=422)
    try:
        act(
            visit.session,
            challenge,
            at=at,
            actor=visit.actor,
            now=visit.now,
            content_dir=visit.settings.content_dir,
        )
    except Invalid as error:
        return _refused(visit, challenge, error)
    visit.flash(
        "success",
        msg("It is public from the time you chose.") if at else msg("It is public now."),
    )
    return redirect(path_of(challenge))


def withdraw(visit: WritingVisit) -> Answer:
    """Take the publication back before its time."""
    challenge = challenge_of(visit)
    actions.withdraw_publication(visit.session, challenge, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("It is approved again and stays hidden until it is published."))
    return redirect(path_of(challenge))


def cancel(visit: WritingVisit) -> Answer:
    """End it for good; the reason is published where the challenge was."""
    challenge = challenge_of(visit)
    reasons: dict[str, str] = {
        lang: clean_text(visit.form.one(f"reason-{lang}"), lines=False) for lang in LANGUAGES
    }
    try:
        actions.cancel(visit.session, challenge, reasons=reasons, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _refused(visit, challenge, error)
    visit.flash("success", msg("The challenge has been cancelled."))
    return redirect(path_of(challenge))


def delete(visit: WritingVisit) -> Answer:
    """Throw a draft away that nobody has submitted."""
    challenge = challenge_of(visit)
    actions.delete_draft(visit.session, challenge, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("The draft has been deleted."))
    return redirect("/desk")


def _refused(visit: WritingVisit, challenge: Challenge, error: Invalid) -> Answer:
    """Show the page again with what was typed and what is wrong with it."""
    errors = {field_of(name): text for name, text in error.errors.items()}
    return desk_view(visit, challenge, typed(visit.form, errors), status=422)


def _lacking(visit: WritingVisit, challenge: Challenge) -> dict[str, Message]:
    """Return what keeps it from being submitted, by the field of its section."""
    return {
        one.field: one.message or msg("{name} is missing.", name=one.label)
        for one in missing_of(visit, challenge)
    }


ONE = "/desk/challenges/{slug}"

routes = [
    post(f"{ONE}/submit", submit, desk, once=True),
    post(f"{ONE}/approve", approve, desk, once=True),
    post(f"{ONE}/publish", publish, desk, once=True),
    post(f"{ONE}/publish/move", move, desk, once=True),
    post(f"{ONE}/publish/withdraw", withdraw, desk, once=True),
    post(f"{ONE}/cancel", cancel, desk, once=True),
    post(f"{ONE}/delete", delete, desk, once=True),
]
