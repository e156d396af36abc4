"""/desk/challenges/{slug}/people: the jury of a challenge, invited by its manager."""

from dataclasses import replace
from datetime import datetime
from typing import cast

from govmatch.accounts import actions, queries
from govmatch.accounts.models import Role
from govmatch.accounts.names import ROLE_NAMES
from govmatch.accounts.rules import JURY_ROLES, canonical_email
from govmatch.challenges.actions.jury import invite_to_jury, most_rounds
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries.juries import other_rounds
from govmatch.challenges.rules.desk import may_choose_jury
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.kit.asking import require
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit

JURY = [role for role in Role if role in JURY_ROLES]


@dataclass(frozen=True)
class Member:
    """Somebody with a role for this challenge; `key` and `role` are what the End button sends."""

    name: str
    key: str
    role: str
    label: Message
    since: datetime
    rounds: int
    """On the juries of how many other rounds of the programme they sit or sat."""


@dataclass(frozen=True)
class Offer:
    """An invitation that is still open."""

    key: str
    address: str
    label: Message
    expires_at: datetime


@dataclass(frozen=True)
class PeoplePage:
    title: str
    path: str
    members: list[Member]
    offers: list[Offer]
    may_choose: bool
    most_rounds: int
    form: Form
    roles: list[tuple[str, Message]]
    languages: list[tuple[str, str]]


def show(visit: Visit) -> Answer:
    return _page(visit, challenge_of(visit), filled({"lang": visit.lang}))


def _page(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    may_choose = bool(may_choose_jury(visit.actor, challenge))
    rows = queries.holders(visit.db, "challenge", challenge.id, now=visit.real_now)
    rounds = other_rounds(visit.db, challenge, [row.person_id for row in rows], now=visit.real_now)
    offers = queries.open_invitations(
        visit.db, now=visit.real_now, object_kind="challenge", object_id=challenge.id
    )
    values = PeoplePage(
        title=text_of(challenge, visit.lang).title or challenge.slug,
        path=path_of(challenge),
        members=[
            Member(
                row.person.name,
                row.person.public_id,
                row.role,
                ROLE_NAMES[row.role],
                row.since,
                rounds.get(row.person_id, 0),
            )
            for row in rows
        ],
        offers=[
            Offer(one.public_id, one.address, ROLE_NAMES[one.role], one.expires_at)
            for one in (offers if may_choose else [])
        ],
        may_choose=may_choose,
        most_rounds=most_rounds(challenge),
        form=form,
        roles=[(role.value, ROLE_NAMES[role]) for role in JURY],
        languages=[(lang, OWN_NAMES[lang]) for lang in LANGUAGES],
    )
    return page(visit, "challenges/desk/people.html", values, status=status, main_form=may_choose)


def invite(visit: WritingVisit) -> Answer:
    """Offer a jury's role for this challenge by mail."""
    challenge = challenge_of(visit)
    require(may_choose_jury(visit.actor, challenge))
    reader = Reader(visit.form)
    address = canonical_email(reader.text("email", limit=254))
    if visit.form.one("email") and address is None:
        reader.wrong("email", msg("Please enter an e-mail address such as name@example.org."))
    role = reader.choice("role", [one.value for one in JURY])
    lang = reader.choice("lang", LANGUAGES)
    exception = reader.text("exception", limit=1000, required=False, lines=True)
    if visit.switching:
        return _page(visit, challenge, replace(reader.form, errors={}))
    if not reader.ok or address is None:
        return _page(visit, challenge, reader.form, status=422)
    try:
        invite_to_jury(
            visit.session,
            challenge,
            address,
            Role(role),
            exception=exception,
            object_label=text_of(challenge, cast(Lang, lang)).title or challenge.slug,
            lang=cast(Lang, lang),
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
    except Invalid as error:
        form = replace(reader.form, errors=error.errors)
        return _page(visit, challenge, form, status=422)
    except Conflict as error:
        form = replace(reader.form, errors={"email": error.reason})
        return _page(visit, challenge, form, status=422)
    visit.flash("success", msg("The invitation is on its way. It is open for 14 days."))
    return redirect(f"{path_of(challenge)}/people")


def end(visit: WritingVisit) -> Answer:
    """End a role for this challenge at once."""
    challenge = challenge_of(visit)
    require(may_choose_jury(visit.actor, challenge))
    for row in queries.holders(visit.db, "challenge", challenge.id, now=visit.real_now):
        asked = (visit.form.one("person"), visit.form.one("role"))
        if (row.person.public_id, row.role) == asked:
            actions.end_role(
                visit.session, row, actor=visit.actor, now=visit.now, real_now=visit.real_now
            )
            visit.flash("success", msg("The role has ended."))
            return redirect(f"{path_of(challenge)}/people")
    raise NotFound


def revoke(visit: WritingVisit) -> Answer:
    """Take back an invitation to this challenge; one to another is not found here."""
    challenge = challenge_of(visit)
    require(may_choose_jury(visit.actor, challenge))
    found = queries.invitation_by_public_id(visit.db, visit.form.one("invitation"))
    if found is None or (found.object_kind, found.object_id) != ("challenge", challenge.id):
        raise NotFound
    actions.revoke_invitation(
        visit.session, found, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("The invitation has been taken back."))
    return redirect(f"{path_of(challenge)}/people")


ONE = "/desk/challenges/{slug}/people"

routes = [
    get(ONE, show, desk),
    post(ONE, invite, desk, once=True),
    post(f"{ONE}/end", end, desk, once=True),
    post(f"{ONE}/revoke", revoke, desk, once=True),
]
