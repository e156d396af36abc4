"""/notifications/off/{token}: no more mails of a kind, by one click in the mail or on the page.

A mail program sends the one body that RFC 8058 names, without cookies and from nowhere in
particular; the signed token alone says what ends. Everything else comes from our own page.
"""

from dataclasses import replace

from govmatch.kit.errors import NotAllowed, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.notifications import actions
from govmatch.notifications.signing_off import SigningOff, read
from govmatch.notifications.topics import TOPICS
from govmatch.web.answers import Answer, redirect, text
from govmatch.web.origin import is_own
from govmatch.web.pages import page
from govmatch.web.routes import Route, anyone, get
from govmatch.web.visit import Visit, WritingVisit

PATH = "/notifications/off"
ONE_CLICK = {"List-Unsubscribe": ["One-Click"]}


@dataclass(frozen=True)
class SigningOffPage:
    topic: Message | None
    """What ends; None once it has."""
    action: str


def _ends(visit: Visit) -> SigningOff:
    found = read(visit.site.signer, visit.params["token"])
    if found is None:
        raise NotFound
    return found


def ask(visit: Visit) -> Answer:
    """Show what would end; nothing does, since mail scanners open addresses."""
    return _page(visit, SigningOffPage(TOPICS[_ends(visit).topic].label, visit.path))


def end(visit: WritingVisit) -> Answer:
    """Switch the mails of a kind off; the inbox on the site keeps telling."""
    fields = {name: list(values) for name, values in visit.form.fields.items()}
    is_one_click = fields == ONE_CLICK and not visit.form.files
    if not is_one_click and not is_own(visit.headers, visit.settings):
        raise NotAllowed(msg("This form was not sent from our own page. Please open it again."))
    actions.sign_off(visit.session, _ends(visit))
    return text("", "text/plain") if is_one_click else redirect(PATH)


def ended(visit: Visit) -> Answer:
    return _page(visit, SigningOffPage(None, ""))


def _page(visit: Visit, values: SigningOffPage) -> Answer:
    """Answer a page that no browser and no proxy keeps, since its address is a secret."""
    visit.noindex = True
    answer = page(visit, "notifications/signing_off.html", values)
    return replace(answer, headers={**answer.headers, "Cache-Control": "no-store"})


routes = [
    get(PATH, ended, anyone),
    get(f"{PATH}/{{token}}", ask, anyone),
    Route(
        method="POST",
        path=f"{PATH}/{{token}}",
        view=end,
        rule=anyone,
        without_origin=True,
    ),
]
