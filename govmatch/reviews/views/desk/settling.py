"""A manager says whether what the site suspects is a conflict of interest."""

from govmatch.accounts.queries import by_public_id
from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import msg
from govmatch.reviews import actions, queries, rules
from govmatch.reviews.queries.suspicions import suspicion_of
from govmatch.reviews.views.access import assigning, overseeing, overseen
from govmatch.reviews.views.desk.one import shown
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Reader
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


def settle(visit: WritingVisit) -> Answer:
    """Say whether it is a conflict, with the reason."""
    challenge = overseen(visit)
    require(rules.may_assign(visit.actor, challenge))
    application = queries.get_application(
        visit.db, visit.actor, challenge, visit.params["application"]
    )
    key = visit.form.one("person")
    person = by_public_id(visit.db, key) if key else None
    if person is None or suspicion_of(visit.db, application.id, person.id) is None:
        raise NotFound
    reader = Reader(visit.form)
    reason = reader.text("suspicion_reason", limit=1000, lines=True)
    verdict = reader.choice("verdict", ["conflict", "none"])
    if not reader.ok:
        return shown(visit, challenge, application, reader.form, acted_on=key, status=422)
    act = actions.confirm_suspicion if verdict == "conflict" else actions.clear_suspicion
    act(visit.session, application, person.id, reason, actor=visit.actor, now=visit.now)
    visit.flash("success", _DONE[verdict])
    return redirect(f"/desk/challenges/{challenge.slug}/reviewing/{application.public_id}")


_DONE = {
    "conflict": msg("The conflict is noted. What was scored is set aside and kept."),
    "none": msg("It is noted that there is no conflict of interest."),
}


def to_page(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    challenge = overseen(visit)
    found = queries.get_application(visit.db, visit.actor, challenge, visit.params["application"])
    return redirect(f"/desk/challenges/{challenge.slug}/reviewing/{found.public_id}")


HERE = "/desk/challenges/{slug}/reviewing/{application}/suspicion"

routes = [
    get(HERE, to_page, overseeing),
    post(HERE, settle, assigning, once=True),
]
