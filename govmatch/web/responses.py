"""From an answer to bytes on the wire: cookies, cache headers, codings, ETags."""

import os
from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from govmatch.kit.ids import digest
from govmatch.settings import Settings
from govmatch.web.answers import SIGN_OUT, Answer
from govmatch.web.cache import Kept, PageCache
from govmatch.web.coding import SMALLEST, accepted, encode
from govmatch.web.visit import Visit

# The session's row says when it ends; a use puts that off, which a cookie's age cannot follow.
COOKIE_DAYS = 90

VARY = "Accept-Encoding, Accept-Language, Cookie, HX-Request"


def cookie_name(settings: Settings) -> str:
    """The __Host- prefix pins the cookie to this host over https (RFC 6265bis, 4.1.3.2)."""
    return "__Host-govmatch" if settings.base_url.startswith("https:") else "govmatch"


def to_response(visit: Visit, answer: Answer) -> Response:
    """Return the response for one person: never kept by anybody."""
    headers = {
        "Content-Type": answer.media_type,
        "Content-Language": visit.lang,
        "Vary": VARY,
        "Cache-Control": "no-store" if visit.actor.is_signed_in else "no-cache",
        **answer.headers,
    }
    status = answer.status
    if answer.location is not None:
        location = _location(visit, answer.location)
        if visit.is_htmx:  # fetch would follow a 303 into the fragment
            status, headers["HX-Redirect"] = 200, location
        else:
            headers["Location"] = location
    if answer.file is not None:
        return _OwnFile(answer.file, status, headers, headers["Content-Type"])
    body = _coded(answer.body, visit.headers.get("accept-encoding", ""), headers)
    response = Response(body, status, headers)
    _set_cookie(response, visit, answer)
    return response


class _OwnFile(FileResponse):
    """A file for one reader: nothing by which a cache would know it again."""

    def set_stat_headers(self, stat_result: os.stat_result) -> None:
        self.headers["content-length"] = str(stat_result.st_size)


_STANDS = "%/?#[]@!$&'()*+,;=:"
"""What has a meaning in an address (RFC 3986, 2.2), and what is quoted already."""


def _location(visit: Visit, path: str) -> str:
    """Return a path of this site in ASCII (RFC 3986), with ?lang= where the visit has it fixed."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        path = "/"
    path, hash_mark, place = path.partition("#")
    query = path.partition("?")[2]
    if "lang=" not in query:
        path = visit.url(path)
    return quote(path + hash_mark + place, safe=_STANDS)


def _coded(body: bytes, accept: str, headers: dict[str, str]) -> bytes:
    if len(body) < SMALLEST or not headers["Content-Type"].startswith(("text/", "application/j")):
        return body
    coding = accepted(accept)
    if coding != "identity":
        headers["Content-Encoding"] = coding
    return encode(body, coding)


def _set_cookie(response: Response, visit: Visit, answer: Answer) -> None:
    settings = visit.settings
    secure = settings.base_url.startswith("https:")
    if answer.session is SIGN_OUT:
        response.delete_cookie(cookie_name(settings), path="/", secure=secure, httponly=True)
        response.headers["Clear-Site-Data"] = (
            '"cache", "cookies", "storage"' if secure else '"storage"'
        )
    elif isinstance(answer.session, str):
        response.set_cookie(
            cookie_name(settings),
            answer.session,
            max_age=None if answer.until_closed else COOKIE_DAYS * 86400,
            path="/",
            secure=secure,
            httponly=True,
            samesite="lax",
        )


def keep_and_answer(
    cache: PageCache, key: tuple[object, ...], visit: Visit, answer: Answer
) -> Response:
    """Keep a public page in the coding of this browser and answer with it."""
    headers = {
        "Content-Type": answer.media_type,
        "Content-Language": visit.lang,
        "Vary": VARY,
        "Cache-Control": "no-cache",
        **answer.headers,
    }
    coding = _coding(len(answer.body), visit.headers)
    kept = Kept(
        answer.status,
        tuple(headers.items()),
        {coding: encode(answer.body, coding)},
        len(answer.body),
        f'"{digest(answer.body)[:24]}"',
        answer.expires,
    )
    cache.put(key, kept)
    return from_cache(cache, key, kept, visit.headers)


def from_cache(
    cache: PageCache, key: tuple[object, ...], kept: Kept, asked: Mapping[str, str]
) -> Response:
    """Answer with a kept page: 304 where the browser has it already."""
    headers = {**dict(kept.headers), "ETag": kept.etag}
    if kept.etag in asked.get("if-none-match", ""):
        return Response(b"", 304, {k: v for k, v in headers.items() if k != "Content-Type"})
    coding = _coding(kept.length, asked)
    if coding != "identity":
        headers["Content-Encoding"] = coding
    return Response(cache.body(key, kept, coding), kept.status, headers)


def _coding(length: int, asked: Mapping[str, str]) -> str:
    """Return the coding for a body of so many bytes, as this browser takes it."""
    return accepted(asked.get("accept-encoding", "")) if length >= SMALLEST else "identity"
