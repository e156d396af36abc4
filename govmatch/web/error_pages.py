"""Error pages: the right status, in the reader's language, with what was typed."""

from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from govmatch.kit.aside import Away
from govmatch.kit.errors import (
    Conflict,
    Gone,
    GovmatchError,
    Invalid,
    NotAllowed,
    NotFound,
    TooLarge,
    TooMany,
)
from govmatch.kit.i18n import (
    READER_LANG,
    Lang,
    Message,
    as_lang,
    best_lang,
    catalogue,
    is_lang,
    msg,
)
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.body import BadForm, read_query
from govmatch.web.pages import page
from govmatch.web.site import Site
from govmatch.web.typed import typed_texts
from govmatch.web.visit import Visit

STATUS: dict[type[GovmatchError], int] = {
    NotFound: 404,
    Gone: 410,
    NotAllowed: 403,
    Invalid: 422,
    Conflict: 409,
    TooLarge: 413,
    TooMany: 429,
    Away: 503,
}
TITLES = {
    400: msg("That could not be read"),
    403: msg("That is not possible for you"),
    404: msg("This page was not found"),
    405: msg("That does not work here"),
    409: msg("This has changed meanwhile"),
    410: msg("This is over"),
    413: msg("That was too large"),
    422: msg("Something is not right yet"),
    429: msg("That was too often"),
    500: msg("Something went wrong on our side"),
    503: msg("This is not available for a moment"),
}
MOST_SECONDS = 90
"""A longer wait is told in minutes."""
_SOON = 60
"""Seconds after which what was away for a moment should be there again."""


@dataclass(frozen=True)
class ErrorPage:
    status: int
    title: Message
    reasons: list[Message]
    typed: list[tuple[Message, str]]
    """What was sent with the form, so that nobody loses it: (label, text)."""


def error_answer(visit: Visit, error: GovmatchError, *, package: str = "") -> Answer:
    """Return the page that tells this visitor what is the matter.

    `package` is that of the view: its forms say how the fields are called.
    """
    status = STATUS[type(error)]
    values = ErrorPage(status, TITLES[status], reasons_of(error), typed_texts(visit, package))
    answer = page(visit, "layout/error.html", values, status=status)
    if isinstance(error, TooMany | Away):
        wait = error.retry_after if isinstance(error, TooMany) else _SOON
        return Answer(body=answer.body, status=status, headers={"Retry-After": str(wait)})
    return answer


def reasons_of(error: GovmatchError | int) -> list[Message]:
    match error:
        case NotFound():
            return [msg("It does not exist, has moved, or is not open to you.")]
        case Invalid():
            return list(error.errors.values())
        case TooMany():
            return [_wait(error.retry_after)]
        case Away():
            return [msg("Please try again in a minute. Everything else works.")]
        case NotAllowed() | Conflict() | Gone() | TooLarge():
            return [error.reason]
    return []


def _wait(seconds: int) -> Message:
    if seconds <= MOST_SECONDS:
        return msg("Please wait {seconds} seconds and try again.", seconds=seconds)
    return msg("Please wait {minutes} minutes and try again.", minutes=ceil(seconds / 60))


def plain_answer(
    site: Site, request: Request, what: int | GovmatchError, reason: Message | None = None
) -> Response:
    """Answer outside the database, where not even the person is known: a page without a frame."""
    status = what if isinstance(what, int) else STATUS[type(what)]
    reasons = [reason] if reason else reasons_of(NotFound() if what == 404 else what)
    try:
        fixed = read_query(request.scope["query_string"]).one("lang")
    except BadForm:
        fixed = ""
    default = as_lang(site.settings.default_lang)
    browser = best_lang(request.headers.get("accept-language", ""), default)
    lang = as_lang(fixed) if is_lang(fixed) else browser
    mark = READER_LANG.set(lang)
    try:
        html = site.templates.get_template("layout/bare_error.html").render(
            lang=lang,
            ways=_ways_on(status, lang, f"?lang={lang}" if is_lang(fixed) else ""),
            site_name=site.settings.site_name,
            title=TITLES[status],
            reasons=reasons,
        )
    finally:
        READER_LANG.reset(mark)
    headers = {"Cache-Control": "no-store", "Content-Language": lang, "Vary": "Accept-Language"}
    if isinstance(what, TooMany):
        headers["Retry-After"] = str(what.retry_after)
    return Response(html, status, headers, "text/html")


def _ways_on(status: int, lang: Lang, query: str) -> list[tuple[str, str]]:
    """Return where to go from here, the start page first: (address, label)."""
    say = catalogue(lang).text
    ways = [(f"/{query}", say("To the start page"))]
    if status == 404:
        ways += [
            (f"/challenges{query}", say("All challenges")),
            (f"/search{query}", say("Search")),
        ]
    return ways
