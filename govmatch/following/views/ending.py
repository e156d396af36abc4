"""/following/end/{token}: ending with one click, from the mail itself or from a page.

A mail program sends the one body that RFC 8058 names, without cookies and from nowhere in
particular; the signed token alone says what ends. Everything else comes from our own page.
"""

from govmatch.following import actions, queries
from govmatch.following.links import Ends, read_end
from govmatch.following.naming import called
from govmatch.following.views.lines import unkept
from govmatch.kit.errors import NotAllowed, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect, text
from govmatch.web.origin import is_own
from govmatch.web.pages import page
from govmatch.web.routes import Route, anyone, get
from govmatch.web.visit import Visit, WritingVisit

ONE_CLICK = {"List-Unsubscribe": ["One-Click"]}


@dataclass(frozen=True)
class EndPage:
    ended: list[Message]
    action: str


def _ends(visit: Visit) -> Ends:
    found = read_end(visit.site.signer, visit.params["token"])
    if found is None:
        raise NotFound
    return found


def ask(visit: Visit) -> Answer:
    """Show what would end; nothing does, since mail scanners open addresses."""
    visit.noindex = True
    follows = queries.these(visit.db, _ends(visit))
    values = EndPage([called(one, visit.lang) for one in follows], visit.path)
    return unkept(page(visit, "following/end.html", values))


def end(visit: WritingVisit) -> Answer:
    """End it; what is over already stays so, and the answer is the same."""
    fields = {name: list(values) for name, values in visit.form.fields.items()}
    is_one_click = fields == ONE_CLICK and not visit.form.files
    if not is_one_click and not is_own(visit.headers, visit.settings):
        raise NotAllowed(msg("This form was not sent from our own page. Please open it again."))
    actions.end_all(
        visit.session, _ends(visit), actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    if is_one_click:
        return text("", "text/plain")
    return redirect("/following/ended")


routes = [
    get("/following/end/{token}", ask, anyone),
    Route(
        method="POST",
        path="/following/end/{token}",
        view=end,
        rule=anyone,
        without_origin=True,
    ),
]
