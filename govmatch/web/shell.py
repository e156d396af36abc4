"""The outermost layer: which host, which path, which headers; and no error page shows an error."""

import logging

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govmatch.web.error_pages import plain_answer
from govmatch.web.site import Site

log = logging.getLogger("govmatch.web")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"x-frame-options", b"DENY"),
)
HSTS = (b"strict-transport-security", b"max-age=63072000; includeSubDomains")
LONGEST_ADDRESS = 4096


class Shell:
    """Wraps the site: refuses foreign hosts and broken paths, adds headers, hides failures."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site
        secure = site.settings.base_url.startswith("https:")
        self._headers = (*HEADERS, HSTS) if secure else HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["app"] = self  # so that the router raises what is then shown as a page
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = self._with_ours(message["headers"])
            await send(message)

        try:
            if not self._is_ours(scope):
                await PlainTextResponse("Unknown host.\n", 421)(scope, receive, sending)
            elif self._is_broken(scope):
                await self._fail(scope, 404)(scope, receive, sending)
            else:
                await self._app(scope, receive, sending)
        except Exception:
            log.exception("request failed: %s %r", scope["method"], scope["path"])
            if started:
                raise
            await self._fail(scope, 500)(scope, receive, sending)

    def _fail(self, scope: Scope, status: int) -> ASGIApp:
        return plain_answer(self._site, Request(scope), status)

    def _with_ours(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        there = {name for name, _ in headers}
        return [*headers, *(pair for pair in self._headers if pair[0] not in there)]

    def _is_ours(self, scope: Scope) -> bool:
        """True when exactly one Host header names us; links are never built from it."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return False
        name = hosts[0].decode("latin-1").lower()
        bare = name if name.endswith("]") else name.rsplit(":", 1)[0] if ":" in name else name
        return bare in self._site.settings.hosts

    @staticmethod
    def _is_broken(scope: Scope) -> bool:
        path = scope["path"]
        too_long = len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS
        return (
            too_long
            or not path.startswith("/")
            or "\x00" in path
            or "\ufffd" in path
            or "\\" in path
        )
