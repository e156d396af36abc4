"""/desk/challenges/{slug}/late-codes: who may come in after the deadline, by a manager's choice.

Whether a code was used is not told before the opening: it would say who has applied.
"""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries, rules
from govmatch.applications.actions import late_codes
from govmatch.applications.models import LateCode
from govmatch.applications.views.closed import challenge_of
from govmatch.applications.views.reading import site_time
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.kit.actor import No
from govmatch.kit.errors import Invalid, NotFound
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Lang, Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

managers = holder_of(Role.MANAGER)


@dataclass(frozen=True)
class Code:
    key: str
    address: str
    reason: str
    issued_at: datetime
    issued_by: str
    expires_at: datetime
    state: Message
    kind: str
    is_live: bool


@dataclass(frozen=True)
class LateCodesPage:
    title: str
    lang_of_title: str | None
    path: str
    challenge_path: str
    closes: datetime | None
    zone: str
    codes: list[Code]
    refusal: Message | None
    """Why no code can be issued, where none can."""
    form: Form
    languages: list[tuple[str, str]]
    longest_reason: int


def show(visit: Visit) -> Answer:
    """Show every code that was issued for a challenge, and the form for another one."""
    challenge = _challenge(visit)
    suggested = {"lang": visit.lang, "expires_at": _suggested(challenge, visit.now)}
    return _page(visit, challenge, filled(suggested))


def issue(visit: WritingVisit) -> Answer:
    """Issue a code and have it mailed."""
    challenge = _challenge(visit)
    reader = Reader(visit.form)
    address = reader.email("email")
    lang = reader.choice("lang", LANGUAGES)
    expires_at = reader.local_time("expires_at", challenge.zone)
    reason = reader.text("reason", limit=late_codes.LONGEST_REASON, lines=True)
    if visit.switching:
        return _page(visit, challenge, replace(reader.form, errors={}))
    if not reader.ok or expires_at is None:
        return _page(visit, challenge, reader.form, status=422)
    try:
        late_codes.issue(
            visit.session, challenge,
            address=address, reason=reason, expires_at=expires_at, lang=cast(Lang, lang),
            signer=visit.site.signer, actor=visit.actor,
            now=site_time(visit), real_now=visit.real_now,
        )  # fmt: skip
    except Invalid as error:
        form = replace(reader.form, errors=error.errors)
        return _page(visit, challenge, form, status=422)
    visit.flash("success", msg("The late code is on its way by mail."))
    return redirect(_path(challenge))


def revoke(visit: WritingVisit) -> Answer:
    """Take a code back."""
    challenge = _challenge(visit)
    code = queries.get_late_code(visit.session, challenge, visit.form.one("code"))
    late_codes.revoke(visit.session, challenge, code, actor=visit.actor, now=site_time(visit))
    visit.flash("success", msg("The late code was taken back."))
    return redirect(_path(challenge))


def to_codes(visit: Visit) -> Answer:
    """Lead whoever loads the address of the button to the page that it stands on."""
    return redirect(_path(_challenge(visit)))


def _challenge(visit: Visit) -> Challenge:
    """Return the challenge of the address; raises `NotFound` where others run its programme."""
    challenge = challenge_of(visit)
    if not visit.actor.holds(Role.MANAGER, "programme", challenge.programme_id):
        raise NotFound
    return challenge


def _path(challenge: Challenge) -> str:
    return f"/desk/challenges/{challenge.slug}/late-codes"


def _suggested(challenge: Challenge, now: datetime) -> str:
    """Return noon of the second day after the deadline or today, whichever is later."""
    zone = ZoneInfo(challenge.zone)
    start = max(now, challenge.closes or now).astimezone(zone)
    noon = datetime.combine(start.date() + timedelta(days=2), time(12))
    return noon.isoformat(timespec="minutes")


def _page(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    codes = queries.late_codes(visit.db, challenge)
    names = names_by_id(visit.db, {code.issued_by for code in codes})
    has_ended = queries.has_late_entry_ended(visit.db, challenge)
    ruling = rules.may_issue_late_code(visit.actor, challenge, has_ended=has_ended, now=visit.now)
    words = text_of(challenge, visit.lang)
    values = LateCodesPage(
        title=words.title or challenge.slug,
        lang_of_title=words.lang if words.lang != visit.lang else None,
        path=_path(challenge),
        challenge_path=f"/desk/challenges/{challenge.slug}",
        closes=challenge.closes,
        zone=challenge.zone,
        codes=[_code(challenge, code, names, visit.now, may_end=bool(ruling)) for code in codes],
        refusal=ruling.reason if isinstance(ruling, No) else None,
        form=form,
        languages=[(lang, OWN_NAMES[lang]) for lang in LANGUAGES],
        longest_reason=late_codes.LONGEST_REASON,
    )
    return page(
        visit, "applications/late_codes.html", values, status=status, main_form=bool(ruling)
    )


def _code(
    challenge: Challenge, code: LateCode, names: dict[int, str], now: datetime, *, may_end: bool
) -> Code:
    state, kind = _state(challenge, code, now)
    return Code(
        key=code.public_id,
        address=code.address,
        reason=code.reason,
        issued_at=code.issued_at,
        issued_by=names.get(code.issued_by, ""),
        expires_at=code.expires_at,
        state=state,
        kind=kind,
        is_live=may_end and rules.is_live(code, now),
    )


def _state(challenge: Challenge, code: LateCode, now: datetime) -> tuple[Message, str]:
    """Return how it stands with a code; that it was used only once applications are opened."""
    if challenge.opened_at is not None:
        is_used = code.used_at is not None
        return (msg("Was used"), "info") if is_used else (msg("Was not used"), "neutral")
    if code.revoked_at is not None:
        return msg("Taken back"), "neutral"
    if now >= code.expires_at:
        return msg("Expired"), "neutral"
    return msg("Good"), "success"


ONE = "/desk/challenges/{slug}/late-codes"

routes = [
    get(ONE, show, managers),
    post(ONE, issue, managers, once=True),
    get(f"{ONE}/revoke", to_codes, managers),
    post(f"{ONE}/revoke", revoke, managers, once=True),
]
