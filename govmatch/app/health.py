"""Is the process alive, and can it do its work? For whoever watches the site; says nothing else."""

import asyncio

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from govmatch.web.site import Site


def health_routes(site: Site) -> list[Route]:
    """Return /healthz, which asks nothing, and /readyz, which asks the database."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    async def ready(_request: Request) -> Response:
        is_ready = await asyncio.get_running_loop().run_in_executor(site.pool, _has_database, site)
        words, status = ("ok\n", 200) if is_ready else ("no database\n", 503)
        return PlainTextResponse(words, status, headers={"Cache-Control": "no-store"})

    return [Route("/healthz", alive, methods=["GET"]), Route("/readyz", ready, methods=["GET"])]


def _has_database(site: Site) -> bool:
    try:
        with site.database.engine.connect() as connection:
            connection.execute(text("SELECT 1 FROM journal_head"))
    except SQLAlchemyError:
        return False
    return True
