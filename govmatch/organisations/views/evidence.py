"""/firm/{firm}/evidence: what the firm can show, piece by piece."""

from collections.abc import Mapping
from dataclasses import replace

from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations import actions, queries
from govmatch.organisations.forms import LABELS, as_typed, read_evidence
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.profile import fingerprint, values_of
from govmatch.organisations.rules import may_edit, may_enter
from govmatch.organisations.showing import EVIDENCE_NAMES
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class EvidencePage:
    form: Form
    firm: Firm
    path: str
    action: str
    labels: Mapping[str, Message]
    kinds: list[tuple[str, Message]]
    seen: str
    evidence: Evidence | None
    """None for a new piece."""


def ask(visit: Visit) -> Answer:
    """Show the form; `?kind=` has the evidence chosen that a match, say, misses."""
    kind = visit.query.one("kind")
    return _page(
        visit, _firm(visit), filled({"kind": kind} if kind in EVIDENCE_NAMES else {}), None
    )


def _firm(visit: Visit) -> Firm:
    """Return the firm of the address, for whoever may change it."""
    firm = queries.get_own_firm(visit.db, visit.actor, visit.params["firm"])
    require(may_edit(visit.actor, firm))
    return firm


def _page(
    visit: Visit,
    firm: Firm,
    form: Form,
    evidence: Evidence | None,
    *,
    seen: str = "",
    status: int = 200,
) -> Answer:
    path = f"/firm/{firm.public_id}"
    values = EvidencePage(
        form=form,
        firm=firm,
        path=path,
        action=f"{path}/evidence/{evidence.public_id if evidence else 'new'}",
        labels=LABELS,
        kinds=list(EVIDENCE_NAMES.items()),
        seen=seen,
        evidence=evidence,
    )
    return page(visit, "organisations/evidence.html", values, status=status, main_form=True)


def add(visit: WritingVisit) -> Answer:
    firm = _firm(visit)
    read, form = read_evidence(visit.form)
    if visit.switching:
        return _page(visit, firm, replace(form, errors={}), None)
    if form.errors:
        return _page(visit, firm, form, None, status=422)
    actions.add_evidence(visit.session, firm, read, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("Saved."))
    return redirect(f"/firm/{firm.public_id}#evidence")


def edit(visit: Visit) -> Answer:
    firm = _firm(visit)
    evidence = queries.get_evidence(visit.db, firm, visit.params["evidence"])
    kept = values_of(evidence)
    return _page(visit, firm, filled(as_typed(kept)), evidence, seen=fingerprint(kept))


def save(visit: WritingVisit) -> Answer:
    """Save one piece; when a colleague did so meanwhile, say so, keep what was typed."""
    firm = _firm(visit)
    evidence = queries.get_evidence(visit.db, firm, visit.params["evidence"])
    read, form = read_evidence(visit.form)
    seen = visit.form.one("seen")
    if visit.switching:
        return _page(visit, firm, replace(form, errors={}), evidence, seen=seen)
    if form.errors:
        return _page(visit, firm, form, evidence, seen=seen, status=422)
    try:
        actions.change_evidence(
            visit.session, firm, evidence, read, seen=seen, actor=visit.actor, now=visit.now
        )
    except Conflict as conflict:
        form = replace(form, errors={"": conflict.reason})
        now_kept = fingerprint(values_of(evidence))
        return _page(visit, firm, form, evidence, seen=now_kept, status=409)
    visit.flash("success", msg("Saved."))
    return redirect(f"/firm/{firm.public_id}#evidence")


def remove(visit: WritingVisit) -> Answer:
    firm = _firm(visit)
    evidence = queries.get_evidence(visit.db, firm, visit.params["evidence"])
    actions.remove_evidence(visit.session, firm, evidence, actor=visit.actor, now=visit.now)
    visit.flash("success", msg("Removed."))
    return redirect(f"/firm/{firm.public_id}#evidence")


routes = [
    get("/firm/{firm}/evidence/new", ask, may_enter),
    post("/firm/{firm}/evidence/new", add, may_enter, once=True),
    get("/firm/{firm}/evidence/{evidence}", edit, may_enter),
    post("/firm/{firm}/evidence/{evidence}", save, may_enter, once=True),
    post("/firm/{firm}/evidence/{evidence}/remove", remove, may_enter),
]
