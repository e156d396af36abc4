"""/account/privacy: who may see what of oneself, since when, and how to end it."""

from collections.abc import Mapping
from datetime import datetime

from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import Message, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.privacy import actions
from govmatch.privacy.queries.ledger import ENDABLE, Line, Sharing, ended, ledger
from govmatch.privacy.telling import PATH
from govmatch.privacy.views.frame import Tab, own_person, tabs
from govmatch.web.answers import Answer, redirect
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

COLLEAGUES = msg("Everybody who belongs to the firm")
WHAT: Mapping[Sharing, Message] = {
    Sharing.ACCOUNT: msg("Your name, address and roles"),
    Sharing.MEMBERSHIP: msg("Your name and address as a member"),
    Sharing.ROLE: msg("Your name in this role"),
    Sharing.DIRECTORY: msg("The profile of your firm"),
    Sharing.MATCHING: msg("The profile of your firm, to find fitting challenges"),
    Sharing.SEALED: msg("Your application"),
    Sharing.APPLICATION: msg("Your application"),
    Sharing.PARTNER: msg("Your application, with a partner"),
    Sharing.FOLLOWS: msg("Your address, to send you mails about what you follow"),
    Sharing.EVENT: msg("Your name and address as a participant"),
    Sharing.EVENT_NEEDS: msg("What you need to take part"),
    Sharing.CERTIFICATE: msg("Your certificate"),
}
WHO: Mapping[Sharing, Message] = {
    Sharing.ACCOUNT: msg("The administrators of this site"),
    Sharing.MEMBERSHIP: COLLEAGUES,
    Sharing.ROLE: msg("Those who work with you in it, the administrators and the auditors"),
    Sharing.DIRECTORY: msg("Everybody"),
    Sharing.MATCHING: msg(
        "This site by itself; authorities see how many firms fit, and none by name"
    ),
    Sharing.SEALED: msg("Your firm and its partners; nobody else before the opening"),
    Sharing.APPLICATION: msg(
        "The authority, the staff of the programme and, without names at first, its reviewers"
    ),
    Sharing.PARTNER: msg("Everybody who belongs to the partner"),
    Sharing.FOLLOWS: msg("This site by itself"),
    Sharing.EVENT: msg("The hosts of the event"),
    Sharing.EVENT_NEEDS: msg("The hosts of the event, until 30 days after it"),
    Sharing.CERTIFICATE: msg("Whoever has its code"),
}
ENDS: Mapping[Sharing, Message] = {
    Sharing.DIRECTORY: msg("Take out of the directory"),
    Sharing.MATCHING: msg("Switch matching off"),
    Sharing.FOLLOWS: msg("End all of them"),
    Sharing.EVENT_NEEDS: msg("Delete it"),
    Sharing.CERTIFICATE: msg("Show nothing any more"),
}
STANDS: Mapping[Sharing, Message] = {
    Sharing.ACCOUNT: msg("Needed as long as you have an account"),
    Sharing.ROLE: msg("Needed as long as you hold the role"),
    Sharing.APPLICATION: msg("Read already: cannot be taken back"),
}
ENDED: Mapping[Sharing, Message] = {
    Sharing.DIRECTORY: msg("You took your firm out of the directory."),
    Sharing.MATCHING: msg("You switched matching off for your firm."),
    Sharing.FOLLOWS: msg("You ended all mails about what you follow."),
    Sharing.EVENT_NEEDS: msg("You deleted what you need to take part in an event."),
    Sharing.CERTIFICATE: msg("You hid a certificate."),
}


@dataclass(frozen=True)
class LedgerLine:
    """`end` is the label of the button that ends it, `stands` why it cannot be ended."""

    what: Message
    title: str
    number: Message | None
    who: Message
    since: datetime | None
    url: str
    kind: str
    key: str
    end: Message | None
    stands: Message | None


@dataclass(frozen=True)
class LedgerPage:
    tabs: list[Tab]
    lines: list[LedgerLine]
    ended: list[tuple[Message, datetime]]
    terms_at: datetime | None
    action: str


def show(visit: Visit) -> Answer:
    person = own_person(visit)
    lines = ledger(visit.db, person, actor=visit.actor, lang=visit.lang, real_now=visit.real_now)
    values = LedgerPage(
        tabs=tabs(visit),
        lines=[_line(visit, one) for one in lines],
        ended=[(ENDED[kind], at) for kind, at in ended(visit.db, person.id)],
        terms_at=person.terms_at,
        action=visit.url(f"{PATH}/end"),
    )
    return page(visit, "privacy/ledger.html", values)


def _line(visit: Visit, one: Line) -> LedgerLine:
    return LedgerLine(
        what=WHAT[one.kind],
        title=one.title,
        number=msgn("{n} thing", "{n} things", n=one.number) if one.number else None,
        who=WHO[one.kind],
        since=one.since,
        url=visit.url(one.path) if one.path else "",
        kind=one.kind.value,
        key=one.key,
        end=ENDS[one.kind] if one.may_end else None,
        stands=STANDS.get(one.kind),
    )


def end(visit: WritingVisit) -> Answer:
    """Take back one line."""
    named = visit.form.one("kind")
    if named not in {kind.value for kind in ENDABLE}:
        raise NotFound
    kind = Sharing(named)
    actions.end_sharing(
        visit.session,
        kind,
        visit.form.one("key"),
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    visit.flash("success", ENDED[kind])
    return redirect(PATH)


routes = [get(PATH, show, settled), post(f"{PATH}/end", end, settled)]
