"""/events/{slug}/certificate to print, and /certificates/{code} for whoever is shown one."""

from govmatch.gatherings import queries
from govmatch.gatherings.models import Registration, Shows, State
from govmatch.gatherings.showing import KINDS, day_of, host_of, path_of, where_text
from govmatch.gatherings.views.registering import over, unkept
from govmatch.gatherings.views.registration import own_of
from govmatch.kit.errors import Gone, NotFound
from govmatch.kit.i18n import Message
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, signed_in
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class CertificatePage:
    title: str
    kind: Message
    summary: str
    name: str
    host: str
    day: str
    where: str
    hours: str
    code: str
    check_url: str
    is_checkable: bool
    place_url: str
    path: str


@dataclass(frozen=True)
class CheckPage:
    title: str
    name: str
    """Empty where its holder does not want it to be shown."""
    host: str
    day: str
    where: str
    event_url: str


def certificate(visit: Visit) -> Answer:
    """Show the certificate of who was there; it prints on one page."""
    visit.noindex = True
    try:
        own, place = own_of(visit)
    except Gone as error:
        return over(visit, error)
    if own.certificate is None or own.gathering.state != State.PUBLISHED:
        raise NotFound
    gathering = own.gathering
    words = queries.text_for(gathering, visit.lang)
    values = CertificatePage(
        title=words.title,
        kind=KINDS[gathering.kind],
        summary=words.summary,
        name=own.name,
        host=host_of(gathering, visit.lang),
        day=day_of(gathering, visit.lang),
        where=where_text(gathering, visit.lang),
        hours=_hours(own),
        code=own.certificate,
        check_url=visit.absolute(f"/certificates/{own.certificate}"),
        is_checkable=own.shows != Shows.NOTHING,
        place_url=visit.url(place),
        path=path_of(gathering),
    )
    return unkept(page(visit, "gatherings/certificate.html", values))


def _hours(own: Registration) -> str:
    """Return how long it was: hours of one day, as people count them."""
    minutes = round((own.gathering.ends - own.gathering.starts).total_seconds() / 60)
    if minutes >= 24 * 60:
        return ""
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)


def check(visit: Visit) -> Answer:
    """Show what the holder agreed to; a code of which nothing is shown leads nowhere."""
    visit.noindex = True
    own = queries.by_certificate(visit.db, visit.params["code"].lower())
    if own is None or own.shows == Shows.NOTHING or own.gathering.state != State.PUBLISHED:
        raise NotFound
    gathering = own.gathering
    values = CheckPage(
        title=queries.text_for(gathering, visit.lang).title,
        name=own.name if own.shows == Shows.NAME else "",
        host=host_of(gathering, visit.lang),
        day=day_of(gathering, visit.lang),
        where=where_text(gathering, visit.lang),
        event_url=visit.url(path_of(gathering)),
    )
    return unkept(page(visit, "gatherings/check.html", values))


routes = [
    get("/events/{slug}/certificate", certificate, signed_in, prints=True),
    get("/events/{slug}/certificate/{token}", certificate, anyone),
    get("/certificates/{code}", check, anyone),
]
