"""/triage/{id}/alike/{other}: two applications that say the same, side by side, and what they are.

Both are shown only to who reads both; to everybody else there is no such page.
"""

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.events import ApplicationRead
from govmatch.applications.models import Application
from govmatch.glossary.bridging import kept_bridge
from govmatch.kit.aside import ask
from govmatch.kit.errors import Conflict, Invalid
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.matching.likeness import Beside
from govmatch.overview.views.triage.asked import reading, working
from govmatch.overview.views.triage.checks import (
    KINDS,
    Badge,
    MarkLine,
    OtherLine,
    mark_line,
    other_line,
)
from govmatch.triage import actions, compared, queries, rules
from govmatch.triage.likeness_models import Verdict
from govmatch.triage.queries import likenesses
from govmatch.triage.queries.likenesses import Alike
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, clean_text, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

CHOICES: dict[Verdict, Message] = {
    Verdict.SAME: msg("The same: one proposal was handed in twice"),
    Verdict.DIFFERENT: msg("Different: they only read alike"),
    Verdict.CONTINUED: msg("Continued: the later one goes on from the earlier one"),
}


@dataclass(frozen=True)
class Side:
    """One of the two: its words as they were compared, and what stands in it alone."""

    about: OtherLine
    lang: str
    alone: list[str]


@dataclass(frozen=True)
class BesidePage:
    """`seen` is how many marks the page shows: with more by now nothing is kept."""

    path: str
    action: str
    zone: str
    kind: Badge
    told: int
    here: Side
    there: Side
    pairs: list[tuple[str, str]]
    marks: list[MarkLine]
    seen: int
    may_mark: bool
    form: Form
    choices: list[tuple[str, Message]]
    changed: Message | None


def beside(visit: Visit) -> Answer:
    """Show both, and write down that both were read."""
    application = queries.get_readable(visit.db, visit.actor, visit.params["id"])
    alike = likenesses.get_alike(visit.db, visit.actor, application, visit.params["other"])
    visit.note(ApplicationRead(application.id))
    visit.note(ApplicationRead(alike.other.id))
    return _shown(visit, application, alike, Form())


def mark(visit: WritingVisit) -> Answer:
    """Keep what somebody found about the two."""
    application = queries.get_to_change(visit.session, visit.actor, visit.params["id"])
    other = visit.params["other"]
    alike = likenesses.get_alike(visit.db, visit.actor, application, other)
    if visit.switching:
        return _shown(visit, application, alike, typed(visit.form))
    reader = Reader(visit.form)
    verdict = reader.choice("verdict", [one.value for one in Verdict])
    reason = clean_text(visit.form.one("reason"), lines=True)
    if not reason:
        reader.wrong("reason", msg("Please say why."))
    if not reader.ok:
        form = Form(typed(visit.form).values, reader.errors)
        return _shown(visit, application, alike, form, status=422)
    try:
        actions.mark_likeness(
            visit.session, application, other, Verdict(verdict), reason,
            seen=_seen(visit), actor=visit.actor, now=visit.now,
        )  # fmt: skip
    except Invalid as error:
        form = Form(typed(visit.form).values, error.errors)
        return _shown(visit, application, alike, form, status=422)
    except Conflict as error:
        form = typed(visit.form)
        return _shown(visit, application, alike, form, changed=error.reason, status=409)
    visit.flash("success", msg("What you found is kept, with both applications."))
    return redirect(visit.url(f"/triage/{application.public_id}", show="checks"))


def _seen(visit: WritingVisit) -> int:
    text = visit.form.one("seen")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else -1


def _shown(
    visit: Visit,
    application: Application,
    alike: Alike,
    form: Form,
    *,
    changed: Message | None = None,
    status: int = 200,
) -> Answer:
    versions = likenesses.versions_of(visit.db, [application.id, alike.other.id])
    both: Beside = ask(
        "matching.nearness:beside",
        kept_bridge(visit.db, visit.settings.content_dir),
        compared.profile(versions[application.id]),
        compared.profile(versions[alike.other.id]),
        (),
    )
    names = names_by_id(visit.db, [found.by for found in alike.marks])
    values = BesidePage(
        path=f"/triage/{application.public_id}",
        action=visit.url(f"/triage/{application.public_id}/alike/{alike.other.public_id}"),
        zone=application.challenge.zone,
        kind=KINDS[alike.likeness.kind],
        told=round(100 * alike.likeness.told),
        here=Side(
            other_line(visit, application),
            versions[application.id].lang,
            both.alone(0),
        ),
        there=Side(
            other_line(visit, alike.other),
            versions[alike.other.id].lang,
            both.alone(1),
        ),
        pairs=both.pairs,
        marks=[mark_line(alike, found, names) for found in alike.marks],
        seen=len(alike.marks),
        may_mark=bool(rules.may_work(visit.actor, application)),
        form=form,
        choices=[(one.value, words) for one, words in CHOICES.items()],
        changed=changed,
    )
    return page(visit, "overview/triage/beside.html", values, status=status)


HERE = "/triage/{id}/alike/{other}"

routes = [
    get(HERE, beside, reading, records=True),
    post(HERE, mark, working, once=True),
]
