"""The page on which anything is followed: with an account at once, without one by a mailed link.

Each package that has something to follow has its own address for it, and calls this.
"""

from dataclasses import replace

from govmatch.accounts.rules import canonical_email
from govmatch.following import actions, queries
from govmatch.following.actions import Thing
from govmatch.following.models import HowOften, Kind
from govmatch.following.naming import HOW_OFTEN, named
from govmatch.kit.errors import NotAllowed
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.visit import Visit, WritingVisit

CHOICES = [(how.value, HOW_OFTEN[how]) for how in HowOften]
OWN = "/account/following"


def choices_of(kind: str) -> list[tuple[str, Message]]:
    """Return how often one may hear of a thing: matches are worked out anew all day, and wait."""
    return CHOICES[1:] if kind == Kind.MATCHES else CHOICES


@dataclass(frozen=True)
class AskPage:
    said: Message
    path: str
    action: str
    with_account: bool
    is_followed: bool
    login_url: str
    choices: list[tuple[str, Message]]
    hidden: list[tuple[str, str]]
    form: Form


def usual(kind: Kind) -> HowOften:
    """Return how often one hears of a thing who does not choose."""
    return HowOften.AT_ONCE if kind is Kind.CHALLENGE else HowOften.DAILY


def ask(visit: Visit, thing: Thing, *, hidden: list[tuple[str, str]] | None = None) -> Answer:
    """Show the form; `hidden` are fields by which its address knows the thing again."""
    known = queries.own_follow(visit.db, visit.actor, thing.kind, thing.key)
    how = known.how if known else usual(thing.kind)
    return _page(visit, thing, filled({"how": how}), hidden, is_followed=known is not None)


def _page(
    visit: Visit,
    thing: Thing,
    form: Form,
    hidden: list[tuple[str, str]] | None,
    *,
    is_followed: bool = False,
    status: int = 200,
) -> Answer:
    visit.noindex = bool(hidden)  # what somebody has searched for is nobody else's to find
    here = visit.url(visit.path, **dict(hidden or []))
    values = AskPage(
        said=named(thing.kind, thing.titles, visit.lang),
        path=thing.path,
        action=visit.path,
        with_account=visit.actor.is_signed_in,
        is_followed=is_followed,
        login_url=visit.url("/login", next=here),
        choices=CHOICES,
        hidden=hidden or [],
        form=form,
    )
    return page(visit, "following/ask.html", values, status=status, main_form=True)


def begin(
    visit: WritingVisit, thing: Thing, *, hidden: list[tuple[str, str]] | None = None
) -> Answer:
    """Follow with an account, or end it; without one send the link, whatever address was typed."""
    if visit.actor.is_signed_in:
        return _with_account(visit, thing)
    reader = Reader(visit.form)
    how = reader.choice("how", set(HowOften))
    typed = reader.email("email")
    email = canonical_email(typed) if typed and reader.ok else None
    if typed and email is None:
        reader.wrong("email", msg("Please enter an e-mail address such as name@example.org."))
    if visit.switching:
        return _page(visit, thing, replace(reader.form, errors={}), hidden)
    if not reader.ok or email is None:
        return _page(visit, thing, reader.form, hidden, status=422)
    actions.ask(
        visit.session, thing, email=email, how=HowOften(how), lang=visit.lang,
        client=visit.client, actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    return redirect("/following/sent")


def _with_account(visit: WritingVisit, thing: Thing) -> Answer:
    if visit.actor.needs_factor:
        raise NotAllowed(msg("Please give your second factor first."))
    known = queries.own_follow(visit.session, visit.actor, thing.kind, thing.key)
    if visit.form.one("act") == "end":
        ended = [known] if known else []
        actions.end(visit.session, ended, actor=visit.actor, now=visit.now, real_now=visit.real_now)
        visit.flash("success", msg("You do not follow it any more."))
        return redirect(thing.path)
    how = visit.form.one("how")
    actions.follow(
        visit.session, thing, how=HowOften(how) if how in set(HowOften) else usual(thing.kind),
        zone=visit.zone, actor=visit.actor, now=visit.now, real_now=visit.real_now,
    )  # fmt: skip
    visit.flash("success", msg("You follow it now. On “What you follow” you choose how often."))
    return redirect(thing.path)
