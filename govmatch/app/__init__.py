"""The composition root of the site: settings in, a running ASGI application out. Nothing else."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute
from starlette.routing import Router
from starlette.types import ASGIApp

from govmatch import printing
from govmatch.accounts.people import SessionPeople
from govmatch.app.frame import build_frame
from govmatch.app.health import health_routes
from govmatch.app.routes import all_routes
from govmatch.explore.still_visible import still_visible
from govmatch.glossary.kept import KeptExpansions
from govmatch.kit.db import Database
from govmatch.kit.journal import HeadReader
from govmatch.kit.signing import Signer
from govmatch.overview.queries.objects import names_of_objects
from govmatch.search.site_index import SiteIndex
from govmatch.settings import Settings
from govmatch.web.coding import accepted
from govmatch.web.endpoint import Handler, handler
from govmatch.web.error_pages import plain_answer
from govmatch.web.limits import Buckets
from govmatch.web.pages import environment
from govmatch.web.routes import Route
from govmatch.web.shell import Shell
from govmatch.web.site import Site
from govmatch.web.static import YEAR, StaticFiles


def create_app(
    settings: Settings, database: Database | None = None, routes: list[Route] | None = None
) -> ASGIApp:
    """Return the site, ready to serve; it does not migrate and does not start a worker.

    `routes` stands in for those of all packages, for tests and measurements.
    """
    site = create_site(settings, database or Database(settings.database))
    heads = site.tools["heads"]
    asked = all_routes(settings) if routes is None else routes
    answered = [_starlette_route(site, route, heads) for route in asked]
    answered += health_routes(site)
    answered.append(StarletteRoute("/static/{hash}/{name:path}", _static(site), methods=["GET"]))

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        yield
        site.pool.shutdown(wait=True)

    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return plain_answer(site, request, status if status in {400, 404, 405} else 400)

    router = Router(answered, redirect_slashes=False, lifespan=lifespan)
    return Shell(ExceptionMiddleware(router, handlers={HTTPException: refused}), site)


def create_site(settings: Settings, database: Database) -> Site:
    """Return what every request shares."""
    static = _static_files(settings.static_dir, (settings.data_dir / "packed").resolve())
    heads = HeadReader(database)
    expansions = KeptExpansions(database, heads, settings.content_dir)
    return Site(
        settings=settings,
        database=database,
        signer=Signer(settings.secret_key),
        people=SessionPeople(settings.session_days),
        frame=build_frame,
        templates=_templates(settings.templates_dir, static),
        static=static,
        pool=ThreadPoolExecutor(settings.threads, thread_name_prefix="govmatch"),
        buckets=Buckets(settings.searches_per_minute),
        tools={
            "heads": heads,
            "index": SiteIndex(settings.index_dir, expansions=expansions),
            "names_of_objects": names_of_objects,
            "prints": printing.is_there(),
            "still_visible": still_visible,
        },
    )


@lru_cache(maxsize=2)
def _static_files(folder: Path, keep: Path) -> StaticFiles:
    return StaticFiles(folder, keep)


@lru_cache(maxsize=2)
def _templates(folder: Path, static: StaticFiles) -> Environment:
    return environment(folder, static)


def _starlette_route(site: Site, route: Route, heads: HeadReader) -> StarletteRoute:
    return StarletteRoute(
        route.path, handler(site, route, heads), methods=[route.method], name=route.name
    )


def _static(site: Site) -> Handler:
    async def serve(request: Request) -> Response:
        file = site.static.find(request.path_params["hash"], request.path_params["name"])
        if file is None:
            return plain_answer(site, request, 404)
        coding = accepted(request.headers.get("accept-encoding", ""))
        body = file.bodies.get(coding)
        headers = {
            "Cache-Control": YEAR,
            "Vary": "Accept-Encoding",
            "Content-Type": file.media_type,
        }
        if body is None:
            return Response(file.bodies["identity"], 200, headers)
        if coding != "identity":
            headers["Content-Encoding"] = coding
        return Response(body, 200, headers)

    return serve
