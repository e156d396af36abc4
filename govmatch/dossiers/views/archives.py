"""/desk/challenges/{slug}/dossier: having the file of a case made, and taking it."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import text_for
from govmatch.dossiers import actions, archive, queries, rules
from govmatch.dossiers.events import DossierTaken
from govmatch.dossiers.models import Dossier, Kind
from govmatch.kit.asking import require
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, file_attachment, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

PATH = "/desk/challenges/{slug}/dossier"
MEGABYTE = 1_000_000
readers = holder_of(Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR)
NAMES = {Kind.FULL: msg("Whole file"), Kind.PUBLIC: msg("Copy for the public")}


@dataclass(frozen=True)
class Line:
    """`url` is empty for one that is being made or is not there any more."""

    kind: Message
    asked_at: datetime
    by: str
    url: str
    is_waiting: bool
    until: datetime | None
    megabytes: float
    sha256: str
    manifest: str


@dataclass(frozen=True)
class DossierPage:
    title: str
    lang: str | None
    zone: str
    action: str
    audit_url: str
    is_sealed: bool
    waiting: list[str]
    days: int
    public_url: str
    """Where applications are read through before anything of them goes to the public."""
    lines: list[Line]


def _case(visit: Visit) -> Challenge:
    return queries.get_case(
        visit.db, visit.actor, visit.params["slug"], now=visit.now, real_now=visit.real_now
    )


def show(visit: Visit) -> Answer:
    challenge = _case(visit)
    found = queries.dossiers_of(visit.db, challenge)
    names = names_by_id(visit.db, [one.asked_by for one in found])
    text = text_for(challenge, visit.lang)
    path = _path(challenge)
    values = DossierPage(
        title=text.title or challenge.slug,
        lang=text.lang if text.lang != visit.lang else None,
        zone=challenge.zone,
        action=visit.url(path),
        audit_url=visit.url(f"/audit/challenges/{challenge.slug}")
        if visit.actor.has_any([Role.AUDITOR])
        else "",
        is_sealed=challenge.opened_at is None,
        waiting=[one.kind for one in found if _is_waiting(one)],
        days=visit.settings.export_days,
        public_url=visit.url(f"{path}/public") if challenge.opened_at is not None else "",
        lines=[_line(visit, challenge, one, names.get(one.asked_by, "")) for one in found],
    )
    return page(visit, "dossiers/dossier.html", values)


def _path(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/dossier"


def _is_waiting(one: Dossier) -> bool:
    return one.made_at is None and one.gone_at is None


def _line(visit: Visit, challenge: Challenge, one: Dossier, by: str) -> Line:
    is_there = rules.is_there(one, real_now=visit.real_now)
    return Line(
        kind=NAMES[Kind(one.kind)],
        asked_at=one.asked_at,
        by=by,
        url=visit.url(f"{_path(challenge)}/{one.public_id}") if is_there else "",
        is_waiting=_is_waiting(one),
        until=one.expires_at if is_there else None,
        megabytes=max(round(one.size / MEGABYTE, 1), 0.1),
        sha256=one.sha256,
        manifest=one.manifest,
    )


def ask(visit: WritingVisit) -> Answer:
    wanted = visit.form.one("kind")
    actions.ask(
        visit.session,
        visit.params["slug"],
        kind=Kind.PUBLIC if wanted == Kind.PUBLIC else Kind.FULL,
        lang=visit.lang,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", msg("The file is being made. You are told as soon as it is ready."))
    return redirect(PATH.format(slug=visit.params["slug"]))


def take(visit: Visit) -> Answer:
    """Give the archive to somebody who still may have it; that they did is a row of the case."""
    challenge = _case(visit)
    dossier = queries.get_dossier(visit.db, challenge, visit.params["dossier"])
    require(rules.may_take(dossier, real_now=visit.real_now))
    place = archive.path_of(visit.settings.data_dir, dossier.public_id)
    if not place.is_file():
        raise NotFound
    visit.note(DossierTaken(challenge.id, dossier=dossier.id, kind=dossier.kind))
    day = f"{dossier.asked_at:%Y-%m-%d}"
    return file_attachment(place, f"{challenge.slug}-{dossier.kind}-{day}.zip", "application/zip")


routes = [
    get(PATH, show, readers),
    post(PATH, ask, readers, once=True),
    get(f"{PATH}/{{dossier}}", take, readers, records=True),
]
