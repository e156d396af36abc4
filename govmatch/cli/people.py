"""`user`: accounts from the shell, for the first administrator and for emergencies."""

from typing import Annotated

import typer

from govmatch.accounts.actions.factor import reset_second_factor
from govmatch.accounts.actions.links import make_link
from govmatch.accounts.actions.people import create_person
from govmatch.accounts.actions.people import disable_person as disable_account
from govmatch.accounts.actions.roles import give_role
from govmatch.accounts.models import HELD_FOR, Person, Role
from govmatch.accounts.queries.people import by_email
from govmatch.accounts.rules import canonical_email
from govmatch.cli.base import app, fail, open_database, out, read_settings
from govmatch.kit.actor import SITE, VISITOR, Actor, Held
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session, commit
from govmatch.kit.errors import Conflict, Invalid, NotAllowed
from govmatch.kit.i18n import Lang, as_lang, say
from govmatch.kit.signing import Signer
from govmatch.settings import Settings

user = typer.Typer(no_args_is_help=True, help="Accounts from the shell.")
app.add_typer(user, name="user")

SITE_ROLES = sorted(role.value for role, kinds in HELD_FOR.items() if SITE in kinds)
RoleName = Annotated[str, typer.Option(help=f"A role for the site: {', '.join(SITE_ROLES)}.")]


@user.command()
def add(
    email: Annotated[str, typer.Option(prompt=True, help="Address of the person.")],
    name: Annotated[str, typer.Option(prompt=True, help="Name of the person.")],
    role: RoleName = "",
    lang: Annotated[str, typer.Option(help="de, da or en")] = "en",
) -> None:
    """Make an account, give it a role for the site, and print a sign-in link for it."""
    settings = read_settings()
    database = open_database(settings)
    with database.writing() as session:
        person = _new(session, email, name, as_lang(lang))
        if role:
            _give(session, person, role)
        link = _link(session, person, settings)
        commit(session)
    out.print(f"govmatch: {email} has an account{f' as {role}' if role else ''}")
    out.print(f"Sign in within 15 minutes: {settings.base_url.rstrip('/')}{link}", soft_wrap=True)


@user.command(name="role")
def give(email: str, role: RoleName) -> None:
    """Give an account a role for the site."""
    settings = read_settings()
    with open_database(settings).writing() as session:
        _give(session, _known(session, email), role)
        commit(session)
    out.print(f"govmatch: {email} is {role}")


@user.command()
def disable(email: str) -> None:
    """End every session of an account and let nobody sign in to it."""
    settings = read_settings()
    now = real_now()
    with open_database(settings).writing() as session:
        disable_account(session, _known(session, email), actor=_shell(), now=now, real_now=now)
        commit(session)
    out.print(f"govmatch: {email} is disabled")


@user.command(name="reset-factor")
def reset_factor(email: str) -> None:
    """Take the second factor from an account, for who has lost it and has no recovery code."""
    settings = read_settings()
    now = real_now()
    with open_database(settings).writing() as session:
        reset_second_factor(session, _known(session, email), actor=_shell(), now=now, real_now=now)
        commit(session)
    out.print(f"govmatch: {email} sets up a second factor anew at the next sign-in")


@user.command(name="link")
def print_link(email: str) -> None:
    """Print a sign-in link for an account, for when no mail arrives."""
    settings = read_settings()
    with open_database(settings).writing() as session:
        link = _link(session, _known(session, email), settings)
        commit(session)
    out.print(f"{settings.base_url.rstrip('/')}{link}", soft_wrap=True)


def _new(session: Session, email: str, name: str, lang: Lang) -> Person:
    now = real_now()
    try:
        return create_person(
            session, address=email, name=name, lang=lang, actor=VISITOR, now=now, real_now=now
        )
    except Invalid as error:
        raise fail("; ".join(say(reason, "en") for reason in error.errors.values())) from error
    except Conflict as error:
        raise fail(f"{say(error.reason, 'en')} Use: govmatch user role, or user link") from error


def _give(session: Session, person: Person, role: str) -> None:
    if role not in SITE_ROLES:
        raise fail(f"--role: one of {', '.join(SITE_ROLES)}", 2)
    now = real_now()
    try:
        give_role(session, person, Role(role), SITE, 0, actor=VISITOR, now=now, real_now=now)
    except NotAllowed as error:
        raise fail(say(error.reason, "en")) from error


def _known(session: Session, email: str) -> Person:
    address = canonical_email(email)
    person = by_email(session, address) if address else None
    if person is None:
        raise fail(f"{email} has no account; use: govmatch user add")
    return person


def _link(session: Session, person: Person, settings: Settings) -> str:
    now = real_now()
    signer = Signer(settings.secret_key)
    return make_link(session, person, signer=signer, actor=VISITOR, now=now, real_now=now)


def _shell() -> Actor:
    """Whoever has the server's shell acts as an administrator."""
    return Actor(roles=frozenset({Held(Role.ADMINISTRATOR, SITE, 0)}))
