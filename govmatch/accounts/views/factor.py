"""The second factor: giving it, setting it up, and its recovery codes."""

from dataclasses import replace
from urllib.parse import quote

import segno

from govmatch.accounts import actions, queries, rules, second_factor
from govmatch.accounts.forms import read_code
from govmatch.accounts.models import SessionRow
from govmatch.accounts.views.fresh import first_show_who, is_fresh
from govmatch.accounts.views.landing import by_way_of, first_page, next_path, own_session, unkept
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, typed
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled, signed_in
from govmatch.web.visit import Visit, WritingVisit

DIGITS = msg("Please enter the six digits that your app shows.")
WRONG_CODE = msg("This code is not right, or it was used before. Please wait for the next one.")
WRONG_RECOVERY = msg("This recovery code is not right, or it was used before.")
SET_UP = "/second-factor/set-up"


@dataclass(frozen=True)
class CodePage:
    """`by_recovery` asks for a recovery code instead."""

    form: Form
    next_path: str
    by_recovery: bool
    codes_left: int


@dataclass(frozen=True)
class SetUpPage:
    """`picture` is a data: address of the QR code of `size` by `size` points."""

    form: Form
    next_path: str
    secret: str
    picture: str
    size: int
    required: bool
    replaces: bool


@dataclass(frozen=True)
class RecoveryCodesPage:
    codes: list[str]
    file: str
    next_path: str
    others: int
    """In how many other places the person is signed in."""


def ask(visit: Visit) -> Answer:
    row, wanted = own_session(visit), next_path(visit)
    if not rules.has_factor(row.person):
        return redirect(by_way_of(SET_UP, wanted))
    by_recovery = visit.query.one("way") == "recovery"
    return _code_page(visit, row, filled({}), wanted, by_recovery=by_recovery)


def _code_page(
    visit: Visit,
    row: SessionRow,
    form: Form,
    wanted: str,
    *,
    by_recovery: bool,
    status: int = 200,
) -> Answer:
    left = queries.recovery_codes_left(visit.db, row.person)
    values = CodePage(form, wanted, by_recovery, left)
    return page(visit, "accounts/second_factor.html", values, status=status, main_form=True)


def submit(visit: WritingVisit) -> Answer:
    row, wanted = own_session(visit), rules.own_path(visit.form.one("next"))
    if not rules.has_factor(row.person):
        return redirect(by_way_of(SET_UP, wanted))
    by_recovery = visit.form.one("way") == "recovery"
    if visit.switching:
        return _code_page(visit, row, filled({}), wanted, by_recovery=by_recovery)
    token, wrong = _give(visit, row, by_recovery=by_recovery)
    if token is None:
        form = typed(visit.form, {"code": wrong})
        answer = _code_page(visit, row, form, wanted, by_recovery=by_recovery, status=422)
        return replace(answer, keeps=True)
    held = queries.roles_of(visit.session, row.person, now=visit.real_now)
    return redirect(wanted or first_page(held), session=token, until_closed=row.is_shared)


def _give(visit: WritingVisit, row: SessionRow, *, by_recovery: bool) -> tuple[str | None, Message]:
    """Return the session's new token, or what is wrong with the code."""
    code = read_code(visit.form, "code")
    if by_recovery:
        if not code:
            return None, msg("Please fill in this field.")
        given = actions.give_recovery_code(
            visit.session,
            row,
            code=code,
            actor=visit.actor,
            now=visit.now,
            real_now=visit.real_now,
        )
        return given, WRONG_RECOVERY
    if not _is_six_digits(code):
        return None, DIGITS
    given = actions.give_code(
        visit.session,
        row,
        code=code,
        site_key=visit.settings.secret_key,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    return given, WRONG_CODE


def _is_six_digits(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit()


def ask_to_set_up(visit: Visit) -> Answer:
    wanted = next_path(visit)
    if not is_fresh(visit):
        return first_show_who(by_way_of(SET_UP, wanted))
    return _set_up_page(visit, own_session(visit), filled({}), wanted)


def _set_up_page(
    visit: Visit, row: SessionRow, form: Form, wanted: str, *, status: int = 200
) -> Answer:
    secret = second_factor.next_secret(
        row.person, session_id=row.public_id, site_key=visit.settings.secret_key
    )
    address = second_factor.address_for_app(
        secret, account=row.person.email, site_name=visit.settings.site_name
    )
    code = segno.make(address, error="m", micro=False)
    held = queries.roles_of(visit.db, row.person, now=visit.real_now)
    values = SetUpPage(
        form=form,
        next_path=wanted,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        picture=code.svg_data_uri(scale=4, border=4, light="#fff"),
        size=int(code.symbol_size(scale=4, border=4)[0]),
        required=any(rules.needs_factor(role.object_kind) for role in held),
        replaces=rules.has_factor(row.person),
    )
    template = "accounts/second_factor_set_up.html"
    return unkept(page(visit, template, values, status=status, main_form=True))


def set_up(visit: WritingVisit) -> Answer:
    """Set up the factor, and show the recovery codes in this very answer: nothing keeps them."""
    row, wanted = own_session(visit), rules.own_path(visit.form.one("next"))
    if not is_fresh(visit):
        return first_show_who(by_way_of(SET_UP, wanted))
    code = read_code(visit.form, "code")
    if visit.switching:
        return _set_up_page(visit, row, typed(visit.form), wanted)
    if not _is_six_digits(code):
        return _set_up_page(visit, row, typed(visit.form, {"code": DIGITS}), wanted, status=422)
    done = actions.set_second_factor(
        visit.session,
        row,
        code=code,
        site_key=visit.settings.secret_key,
        actor=visit.actor,
        now=visit.now,
        real_now=visit.real_now,
    )
    if done is None:
        form = typed(visit.form, {"code": WRONG_CODE})
        return replace(_set_up_page(visit, row, form, wanted, status=422), keeps=True)
    shown = _codes_page(visit, done.codes, wanted)
    return replace(shown, session=done.token, until_closed=row.is_shared)


def _codes_page(visit: Visit, codes: list[str], wanted: str) -> Answer:
    """Show recovery codes; the file to save is part of the page, so that they travel once."""
    row = own_session(visit)
    held = queries.roles_of(visit.db, row.person, now=visit.real_now)
    heading = visit.say(msg("Recovery codes for {site}", site=visit.settings.site_name))
    text = "\n".join([heading, row.person.email, "", *codes, ""])
    values = RecoveryCodesPage(
        codes=codes,
        file=f"data:text/plain;charset=utf-8,{quote(text)}",
        next_path=wanted or first_page(held),
        others=len(queries.live_sessions(visit.db, row.person, now=visit.real_now)) - 1,
    )
    return unkept(page(visit, "accounts/recovery_codes.html", values))


def make_codes(visit: WritingVisit) -> Answer:
    if not is_fresh(visit):
        return first_show_who("/account")
    row = own_session(visit)
    if not rules.has_factor(row.person):
        return redirect(SET_UP)
    codes = actions.make_recovery_codes(visit.session, row.person, actor=visit.actor, now=visit.now)
    return _codes_page(visit, codes, "/account")


def remove(visit: WritingVisit) -> Answer:
    if not is_fresh(visit):
        return first_show_who("/account")
    person = own_session(visit).person
    actions.remove_second_factor(
        visit.session, person, actor=visit.actor, now=visit.now, real_now=visit.real_now
    )
    visit.flash("success", msg("You sign in without a second factor from now on."))
    return redirect("/account")


routes = [
    get("/second-factor", ask, signed_in),
    post("/second-factor", submit, signed_in),
    get(SET_UP, ask_to_set_up, signed_in),
    post(SET_UP, set_up, signed_in),
    post("/second-factor/recovery-codes", make_codes, settled),
    post("/second-factor/remove", remove, settled),
]
