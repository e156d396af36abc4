"""The site's own pages, and the short addresses that law or habit expects."""

from govmatch.explore.pages_on_disk import SitePage, best
from govmatch.kit.errors import NotFound
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect, text
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class ContentPage:
    content: SitePage


def show(visit: Visit) -> Answer:
    """Show one page of content/pages in the reader's language."""
    found = best(visit.settings, visit.params["slug"], visit.lang)
    if found is None:
        raise NotFound
    return page(visit, "explore/page.html", ContentPage(found))


def danish_statement(visit: Visit) -> Answer:
    """/was leads to the Danish accessibility statement, else to ours."""
    if visit.settings.was_url:
        return Answer(status=307, headers={"Location": visit.settings.was_url})
    return redirect("/pages/accessibility")


def easy_language(_visit: Visit) -> Answer:
    return redirect("/pages/easy-language")


def sign_language(_visit: Visit) -> Answer:
    return redirect("/pages/sign-language")


def robots(visit: Visit) -> Answer:
    """Search engines may read what is public and need not try the rest."""
    closed = (
        "/account",
        "/admin",
        "/applications",
        "/audit",
        "/demo",
        "/desk",
        "/reports",
        "/firm$",
        "/login?next=",
        "/login/",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {visit.absolute('/sitemap.xml')}")
    return text("\n".join(lines) + "\n", "text/plain")


def security_txt(visit: Visit) -> Answer:
    """Whom to tell of a weakness (RFC 9116)."""
    contact = visit.settings.operator_email
    lines = [
        f"Contact: mailto:{contact}"
        if contact
        else f"Contact: {visit.absolute('/pages/security')}",
        f"Expires: {visit.now.year + 1}-01-01T00:00:00Z",
        "Preferred-Languages: de, da, en",
        f"Policy: {visit.absolute('/pages/security')}",
    ]
    return text("\n".join(lines) + "\n", "text/plain")


routes = [
    get("/pages/{slug}", show, anyone, cached=True),
    get("/was", danish_statement, anyone),
    get("/leichte-sprache", easy_language, anyone),
    get("/gebaerdensprache", sign_language, anyone),
    get("/robots.txt", robots, anyone, cached=True),
    get("/.well-known/security.txt", security_txt, anyone, cached=True),
]
