"""People in front of pages of accounts: their mails, links and codes."""

import re
from datetime import timedelta
from typing import Any

from govmatch.accounts import actions, links, queries, second_factor
from govmatch.accounts.models import LinkRequest, Person, Role, SessionRow
from govmatch.kit.actor import VISITOR
from govmatch.kit.clock import real_now
from govmatch.kit.db import commit
from govmatch.kit.journal import JournalRow
from govmatch.kit.signing import Signer
from govmatch.worker import Worker
from tests.site import BASE, Browser, Site

LINK = re.compile(rf"{re.escape(BASE)}(/(?:login|account/address|invitations)/\S+)")


def person(site: Site, name: str, *roles: tuple[Role, str, int]) -> Person:
    """Return a new person with these roles, loaded and on its own."""
    with site.database.writing() as session:
        now = real_now()
        made = actions.create_person(
            session,
            address=f"{name.lower()}@example.org",
            name=name,
            lang="en",
            actor=VISITOR,
            now=now,
            real_now=now,
        )
        for role, kind, object_id in roles:
            actions.give_role(
                session, made, role, kind, object_id, actor=VISITOR, now=now, real_now=now
            )
        commit(session)
        session.refresh(made)
        session.expunge(made)
    return made


def again(site: Site, who: Person) -> Person:
    """Return the person as it is kept now."""
    with site.database.reading() as session:
        found = queries.by_id(session, who.id)
        session.expunge(found)
    return found


def people(site: Site) -> dict[str, str]:
    """Return the name of every account by its address."""
    with site.database.reading() as session:
        return {p.email: p.name for p in session.query(Person)}


def work(site: Site) -> None:
    """Let the background make and send mails, without the index, which knows no accounts."""
    Worker(site.settings, site.database, site.postbox, lambda: 0).drain()


def mails(site: Site) -> list[tuple[str, str]]:
    """Let the background work, then return (recipient, subject) of every mail so far."""
    work(site)
    return [(letter.to, letter.subject) for letter in site.postbox.letters]


def mailed_path(site: Site) -> str:
    """Return the path of the link in the newest mail."""
    work(site)
    (found,) = LINK.findall(site.postbox.letters[-1].body)
    return str(found)


def made_link(site: Site, who: Person, *, after: timedelta = timedelta()) -> str:
    """Return the path of a sign-in link of `who`, made `after` from now; negative is the past."""
    signer = Signer(site.settings.secret_key)
    with site.database.writing() as session:
        now = real_now()
        path = actions.make_link(
            session,
            queries.by_id(session, who.id),
            signer=signer,
            actor=VISITOR,
            now=now,
            real_now=now + after,
        )
        commit(session)
    return path


def expired(site: Site, path: str) -> str:
    """Return the same link as if it had been mailed 15 minutes earlier."""
    signer = Signer(site.settings.secret_key)
    head, _, token = path.rpartition("/")
    link = links.read(signer, token)
    assert link is not None
    over = links.Link(link.request_id, link.person_id, real_now() - timedelta(seconds=1))
    return f"{head}/{links.sign(signer, over)}"


def sign_in(site: Site, who: Person, **more: Any) -> Browser:
    """Return a browser in which `who` has just signed in by a link."""
    browser = site.visit(**more)
    assert browser.post(made_link(site, who)).status_code == 303
    return browser


def is_in(browser: Browser) -> bool:
    """Tell whether the site knows who sits in front of this browser."""
    return "signin" not in browser.get("/login/sent").text


def cookie(browser: Browser) -> str:
    return str(browser.client.cookies["govmatch"])


def with_cookie(site: Site, token: str) -> Browser:
    """Return another browser to which somebody copied a cookie."""
    browser = site.visit()
    browser.client.cookies.set("govmatch", token, domain="127.0.0.1")
    return browser


def sessions(site: Site) -> int:
    """Return how many sessions are going."""
    with site.database.reading() as session:
        return session.query(SessionRow).filter(SessionRow.ended_at.is_(None)).count()


def age_sessions(site: Site, by: timedelta) -> None:
    """Make every session, and the factor given in it, this much older."""
    with site.database.writing() as session:
        for row in session.query(SessionRow):
            row.created_at -= by
            row.last_used_at -= by
            row.ends_at -= by
            row.factor_at = row.factor_at - by if row.factor_at else None
        commit(session)


def requests(site: Site) -> list[LinkRequest]:
    with site.database.reading() as session:
        found = session.query(LinkRequest).order_by(LinkRequest.id).all()
        session.expunge_all()
    return found


def events(site: Site) -> list[str]:
    """Return the names of what happened, oldest first."""
    with site.database.reading() as session:
        return [row.event for row in session.query(JournalRow).order_by(JournalRow.id)]


def shown_key(html: str) -> str:
    """Return the key that the page for setting up shows, without its spaces."""
    found = re.search(r'id="factor-key">([A-Z2-7 ]+)<', html)
    assert found is not None
    return found[1].replace(" ", "")


def code_for(secret: str, *, steps: int = 0) -> str:
    """Return the code of this secret now, or some steps of 30 seconds later."""
    return second_factor.code_at(secret, real_now() + timedelta(seconds=30 * steps))


def set_up_factor(site: Site, browser: Browser) -> tuple[str, list[str]]:
    """Set up a second factor in a browser that has just signed in; return secret and codes."""
    secret = shown_key(browser.get("/second-factor/set-up").text)
    answer = browser.post("/second-factor/set-up", {"code": code_for(secret)})
    assert answer.status_code == 200, answer.text
    return secret, re.findall(r"\b(?:[a-z0-9]{4}-){5}[a-z0-9]{4}\b", answer.text.split("data:")[0])
