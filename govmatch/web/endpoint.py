"""The way of one request: read it, find the person, ask the rule, call the view, commit, answer.

This is our only async code. Reading views on SQLite run right here in the event loop, since a short
read costs less than handing it to a thread; what writes or waits runs in a small pool.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from govmatch.kit.actor import VISITOR, No
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.db import ReadSession, Session, commit
from govmatch.kit.errors import GovmatchError, NotAllowed, NotFound
from govmatch.kit.i18n import Lang, as_lang, best_lang, is_lang, msg
from govmatch.kit.ids import digest
from govmatch.kit.journal import HeadReader, Instant
from govmatch.kit.once import keep, take
from govmatch.kit.records import dataclass
from govmatch.kit.spooled import digest_of
from govmatch.web.answers import Answer, redirect
from govmatch.web.body import BadForm, read_form, read_query
from govmatch.web.error_pages import error_answer, plain_answer
from govmatch.web.origin import is_own
from govmatch.web.reading import record_readings
from govmatch.web.responses import cookie_name, from_cache, keep_and_answer, to_response
from govmatch.web.routes import Route
from govmatch.web.site import Found, Site
from govmatch.web.visit import Values, Visit, WritingVisit

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as far as it is known before the database is opened."""

    site: Site
    route: Route
    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    query: Values
    form: Values
    token: str | None
    client: str
    arrived: datetime
    """When all of it was here, by the machine's clock."""
    instant: Instant

    @property
    def is_htmx(self) -> bool:
        return self.headers.get("hx-request") == "true"

    @property
    def wants_fragment(self) -> bool:
        """True for an htmx request that swaps a part, neither boosted nor a history restore."""
        return (
            self.is_htmx
            and self.headers.get("hx-boosted") != "true"
            and self.headers.get("hx-history-restore-request") != "true"
        )

    @property
    def fixed_lang(self) -> Lang | None:
        wanted = self.form.one("switch_lang") or self.query.one("lang")
        return as_lang(wanted) if is_lang(wanted) else None

    @property
    def browser_lang(self) -> Lang:
        default = as_lang(self.site.settings.default_lang)
        return best_lang(self.headers.get("accept-language", ""), default)


def handler(site: Site, route: Route, heads: HeadReader) -> Handler:
    """Return the async function that answers this route."""
    # What records its readers may wait for the lock of the database, so it does so in the pool.
    waits = route.records or route.waits
    inline = site.database.is_sqlite and route.method == "GET" and not waits

    async def handle(request: Request) -> Response:
        try:
            asked = await _read(request, site, route, heads)
        except BadForm:
            return plain_answer(site, request, 400, msg("The form could not be read."))
        except GovmatchError as error:
            return plain_answer(site, request, error)
        if inline:
            return respond(asked)
        context = contextvars.copy_context()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(site.pool, context.run, respond, asked)

    return handle


async def _read(request: Request, site: Site, route: Route, heads: HeadReader) -> Asked:
    """Return what was asked; refuses writes from elsewhere before their body is read."""
    headers = request.headers
    writes = route.method == "POST"
    if writes and not route.without_origin and not is_own(headers, site.settings):
        raise NotAllowed(msg("This form was not sent from our own page. Please open it again."))
    client = request.client.host if request.client else ""
    if route.limit:
        site.buckets.take(route.limit, client)
    site.buckets.take("read", client)
    form = Values()
    if writes:
        form = await read_form(
            request, form_mb=site.settings.max_form_mb, upload_mb=route.upload_mb
        )
    arrived = real_now()
    if site.database.is_sqlite:
        instant = heads.read()
    else:
        instant = await asyncio.get_running_loop().run_in_executor(site.pool, heads.read)
    return Asked(
        site=site,
        route=route,
        method=request.method,
        path=request.scope["path"],
        params=request.path_params,
        headers=headers,
        query=read_query(request.scope["query_string"]),
        form=form,
        token=request.cookies.get(cookie_name(site.settings)),
        client=client,
        arrived=arrived,
        instant=instant,
    )


def respond(asked: Asked) -> Response:
    """Answer a request on the database: read, or write and commit."""
    if asked.route.method == "POST":
        return _write(asked)
    if asked.token is None and asked.route.cached:
        return _visitor_page(asked)
    with asked.site.database.reading() as db:
        visit = _visit(asked, db)
        response = to_response(visit, _guarded(asked, visit, _call))
    if asked.route.records and response.status_code == 200 and not is_unseen(asked):
        record_readings(asked.site.database, visit)
    _after_reading(asked, visit)
    return response


def is_unseen(asked: Asked) -> bool:
    """True where nobody looks at the answer: HEAD, or fetched by a browser in advance."""
    purposes = (asked.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-moz"))
    return asked.method == "HEAD" or any("pre" in purpose.lower() for purpose in purposes)


def _visitor_page(asked: Asked) -> Response:
    """Answer a visitor from the cache, or make the page and keep it."""
    lang = asked.fixed_lang or asked.browser_lang
    key = (
        asked.path,
        tuple(sorted((k, tuple(v)) for k, v in asked.query.fields.items())),
        lang,
        asked.fixed_lang is not None,
        asked.wants_fragment,
        asked.instant.public_id,
        asked.instant.clock_offset,
    )
    kept = asked.site.cache.get(key, site_now(asked.instant.clock_offset))
    if kept is not None:
        return from_cache(asked.site.cache, key, kept, asked.headers)
    with asked.site.database.reading() as db:
        visit = _visit(asked, db)
        answer = _guarded(asked, visit, _call)
    if answer.status != 200:
        return to_response(visit, answer)
    return keep_and_answer(asked.site.cache, key, visit, answer)


def _write(asked: Asked) -> Response:
    """Answer a POST in one transaction, which is kept only when the view answers without error."""
    with asked.site.database.writing() as session:
        visit = _visit(asked, session)
        answer = _guarded(asked, visit, _call_and_commit)
        if answer.status >= 400:
            session.rollback()
        return to_response(visit, answer)


def _visit(asked: Asked, db: ReadSession) -> Visit:
    """Return the visit of this request, a writing one for POST."""
    found = _find_person(asked, db)
    given: dict[str, Any] = {
        "site": asked.site,
        "method": asked.method,
        "path": asked.path,
        "params": asked.params,
        "query": asked.query,
        "actor": found.actor,
        "lang": asked.fixed_lang or found.actor.lang or asked.browser_lang,
        "lang_fixed": asked.fixed_lang is not None,
        "now": site_now(asked.instant.clock_offset),
        "real_now": real_now(),
        "client": asked.client,
        "arrived": asked.arrived,
        "public_id": asked.instant.public_id,
        "fragment": asked.wants_fragment,
        "is_htmx": asked.is_htmx,
        "flashes": found.flashes,
        "touches_session": found.touch,
        "user_agent": asked.headers.get("user-agent", "")[:200],
        "db": db,
        "headers": asked.headers,
        "prints": asked.route.prints,
    }
    if asked.route.method == "GET":
        return Visit(**given)
    return WritingVisit(**given, form=asked.form, switching=bool(asked.form.one("switch_lang")))


def _find_person(asked: Asked, db: ReadSession) -> Found:
    if asked.token:
        found = asked.site.people.find(db, asked.token, now=real_now())
        if found is not None:
            return found
    return Found(VISITOR, [])


def _guarded(asked: Asked, visit: Visit, call: Callable[[Asked, Visit], Answer]) -> Answer:
    """Ask the route's rule, then call; what is refused becomes a page in the reader's language."""
    try:
        ruling = asked.route.rule(visit.actor)
        if isinstance(ruling, No):
            return _refuse(asked, visit, NotAllowed(ruling.reason))
        return call(asked, visit)
    except GovmatchError as error:
        if isinstance(error, NotAllowed | NotFound) and visit.actor.needs_factor:
            return _refuse(asked, visit, error)
        return error_answer(visit, error, package=asked.route.package)


def _refuse(asked: Asked, visit: Visit, error: GovmatchError) -> Answer:
    """Send to sign in, or to the second factor, whom that may help; tell the others why not."""
    if asked.method in {"GET", "HEAD"}:
        here = visit.url(asked.path, **{k: list(v) for k, v in asked.query.fields.items()})
        if not visit.actor.is_signed_in:
            return redirect(f"/login?next={quote(here, safe='')}")
        if visit.actor.needs_factor:
            return redirect(f"/second-factor?next={quote(here, safe='')}")
    return error_answer(visit, error, package=asked.route.package)


def _call(asked: Asked, visit: Visit) -> Answer:
    return asked.route.view(visit)  # type: ignore[arg-type]


def _call_and_commit(asked: Asked, visit: Visit) -> Answer:
    """Call a writing view and commit what it did; a form already done answers as it did then."""
    assert isinstance(visit, WritingVisit)
    session: Session = visit.session
    key = _form_key(asked, visit) if asked.route.once and not visit.switching else None
    if key is not None:
        led_to = take(session, key, now=visit.real_now)
        if led_to is not None:
            return redirect(led_to)
    answer = _call(asked, visit)
    if visit.switching or (answer.status >= 400 and not answer.keeps):
        session.rollback()
        return answer
    if key is not None:
        if answer.location is None:
            session.rollback()
            return answer
        keep(session, key, answer.location)
    session_id = visit.actor.session_id
    if visit.to_flash and session_id is not None:
        asked.site.people.set_flashes(session, session_id, visit.flashes + visit.to_flash)
    if visit.touches_session and session_id is not None:
        asked.site.people.touch(session, session_id, now=visit.real_now)
    commit(session)
    return answer


def _form_key(asked: Asked, visit: WritingVisit) -> str | None:
    """Return the digest of key, sender and content, so that a changed form counts as a new one."""
    given = visit.form.one("form_key")
    if not given:
        return None
    content = sorted((k, list(v)) for k, v in asked.form.fields.items())
    files = sorted((k, [digest_of(u.content) for u in v]) for k, v in asked.form.files.items())
    return digest(repr((given, visit.actor.person_id, asked.path, content, files)))


def _after_reading(asked: Asked, visit: Visit) -> None:
    """Note, in a short transaction of its own, that flashes were shown and the session used."""
    session_id = visit.actor.session_id
    shown = bool(visit.flashes) and not visit.fragment and asked.method == "GET"
    if session_id is None or not (shown or visit.touches_session):
        return
    with asked.site.database.writing() as session:
        if shown:
            asked.site.people.set_flashes(session, session_id, [])
        if visit.touches_session:
            asked.site.people.touch(session, session_id, now=visit.real_now)
        commit(session)
