"""/preview/{token}: a challenge before its publication, for whoever has the secret address."""

from dataclasses import replace

from govmatch.challenges import queries, rules
from govmatch.challenges.events import PreviewLinkOpened
from govmatch.challenges.models import PreviewLink, State
from govmatch.challenges.views.detail.page import Preview, shown
from govmatch.challenges.views.papers import content_of
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}
LONGEST_SECRET = 100

OVER = msg(
    "It is not complete, has expired or was revoked. Ask whoever sent it to you for a new one."
)
CANCELLED = msg("The challenge that it led to was cancelled.")


@dataclass(frozen=True)
class OverPage:
    reason: Message
    public_url: str
    """Where everybody reads why it was cancelled; empty if it was never public."""


def preview(visit: Visit) -> Answer:
    """Show the draft as it would look, or lead to the public page once there is one.

    A link that was revoked, has expired or never was is answered alike.
    """
    link = _link_of(visit)
    if isinstance(link, Answer):
        return link
    challenge = link.challenge
    about = Preview(link.expires_at, f"/preview/{visit.params['token']}")
    visit.noindex = True
    event = PreviewLinkOpened(subject_id=challenge.id, preview_id=link.id)
    number, now = link.id, visit.real_now
    visit.note(event, each=lambda session: queries.count_opening(session, number, now=now))
    values = shown(visit, challenge, preview=about)
    return _private(page(visit, "challenges/detail.html", values))


def paper(visit: Visit) -> Answer:
    """Give a paper of the draft."""
    link = _link_of(visit)
    if isinstance(link, Answer):
        return link
    return _private(content_of(visit, link.challenge, visit.params["file"]))


def _link_of(visit: Visit) -> PreviewLink | Answer:
    """Return the link of the address while it leads to a draft; else what is answered."""
    token = visit.params["token"]
    link = queries.link_of_token(visit.db, token) if len(token) <= LONGEST_SECRET else None
    if link is None or link.revoked_at is not None:
        return _over(visit, OVER)
    challenge = link.challenge
    public = f"/challenges/{challenge.slug}" if rules.is_public(challenge, visit.now) else ""
    if public and challenge.state != State.CANCELLED:
        return _private(redirect(public))
    if link.expires_at <= visit.real_now:
        return _over(visit, OVER)
    if challenge.state == State.CANCELLED:
        return _over(visit, CANCELLED, public)
    return link


def _over(visit: Visit, reason: Message, public: str = "") -> Answer:
    visit.noindex = True
    values = OverPage(reason, visit.url(public) if public else "")
    return _private(page(visit, "challenges/preview_over.html", values, status=410))


def _private(answer: Answer) -> Answer:
    """Return an answer that nobody keeps, lists or tells others of, since its address is secret."""
    return replace(answer, headers={**answer.headers, **HEADERS})


routes = [
    get("/preview/{token}", preview, anyone, limit="secret", records=True),
    get("/preview/{token}/papers/{file}", paper, anyone, limit="secret"),
]
