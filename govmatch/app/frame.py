"""What the header and the footer show to whom."""

from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.kit import formats
from govmatch.kit.actor import Actor
from govmatch.kit.i18n import LANGUAGES, OWN_NAMES, Message, msg
from govmatch.notifications.queries import unread
from govmatch.web.frame import Account, DemoBanner, FlashMessage, Frame, Link
from govmatch.web.visit import Visit

FOOTER: tuple[tuple[Message, str], ...] = (
    (msg("Legal notice"), "/pages/imprint"),
    (msg("Privacy"), "/pages/privacy"),
    (msg("Accessibility"), "/pages/accessibility"),
    (msg("Terms of use"), "/pages/terms"),
    (msg("Easy language"), "/pages/easy-language"),
    (msg("Sign language"), "/pages/sign-language"),
    (msg("Open data"), "/pages/open-data"),
    (msg("Glossary"), "/glossary"),
    (msg("Report a weakness"), "/pages/security"),
)


def build_frame(visit: Visit) -> Frame:
    """Return what stands around this visit's page."""
    settings = visit.settings
    bare = _address(visit)
    return Frame(
        site_name=settings.site_name,
        mode=settings.mode.value,
        canonical=visit.absolute(visit.url(bare)),
        alternates=[(lang, visit.absolute(_with(bare, lang))) for lang in LANGUAGES],
        languages=[
            (lang, OWN_NAMES[lang], _with(bare, lang), lang == visit.lang) for lang in LANGUAGES
        ],
        nav=[
            Link(visit.say(label), visit.url(path), _is_current(visit.path, path))
            for label, path in _nav(visit.actor)
        ],
        account=_account(visit),
        flashes=[FlashMessage(kind, text) for kind, text in visit.flashes],
        footer=[(visit.say(label), visit.url(path)) for label, path in FOOTER],
        theme=visit.theme,
        demo_banner=_banner(visit, visit.now) if settings.is_demo else None,
        search_query=visit.query.one("q") if visit.path == "/search" else "",
        form_language_switch=visit.main_form,
        noindex=visit.noindex,
    )


def _address(visit: Visit) -> str:
    """Return path and query without ?lang=."""
    kept = {k: list(v) for k, v in visit.query.fields.items() if k != "lang"}
    fixed, visit.lang_fixed = visit.lang_fixed, False
    address = visit.url(visit.path, **kept) if len(kept) < 30 else visit.path
    visit.lang_fixed = fixed
    return address


def _with(address: str, lang: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={lang}"


def _is_current(path: str, target: str) -> bool:
    return path == target or path.startswith(target + "/")


def _nav(actor: Actor) -> list[tuple[Message, str]]:
    """Return the main addresses for this actor, at most six, as the roles alone tell."""
    at_work = {Role.STAFF, Role.APPROVER, Role.MANAGER}
    nav = [(msg("Challenges"), "/challenges"), (msg("Needs"), "/needs")]
    if actor.objects("firm"):
        nav.append((msg("Matches"), "/matches"))
        nav.append((msg("My applications"), "/applications"))
        nav.append((msg("My firm"), "/firm"))
    if actor.has_any(at_work):
        nav.append((msg("Desk"), "/desk"))
    if actor.has_any(at_work | {Role.AUDITOR}):
        nav.append((msg("Triage"), "/triage"))
    if actor.has_any({Role.REVIEWER, Role.CHAIR}):
        nav.append((msg("Reviews"), "/reviews"))
    if actor.holds(Role.ADMINISTRATOR):
        nav.append((msg("Administration"), "/admin"))
    if actor.has_any({Role.AUDITOR}):
        nav.append((msg("Audit"), "/audit"))
    if actor.has_any({Role.MANAGER, Role.APPROVER}):
        nav.append((msg("Decisions"), "/decisions"))
    in_pilots = {Role.AUDITOR, Role.MENTOR, Role.LEAD, Role.MEMBER, Role.READER}
    if actor.has_any(at_work | in_pilots):
        nav.append((msg("Pilots"), "/pilots"))
    nav.append((msg("Events"), "/events"))
    nav.append((msg("Results"), "/results"))
    nav.append((msg("Firms"), "/firms"))
    nav.append((msg("How it works"), "/pages/how-it-works"))
    return nav[:6]


def _account(visit: Visit) -> Account | None:
    if not visit.actor.is_signed_in:
        return None
    items = [(msg("My page"), "/account"), (msg("Sign out"), "/logout")]
    new = 0
    if all(path != "/events" for _, path in _nav(visit.actor)):
        items.insert(0, (msg("Events"), "/events"))
    if not visit.actor.needs_factor:
        items.insert(0, (msg("Inbox"), "/inbox"))
        readers = {Role.MANAGER, Role.STAFF, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR}
        if visit.actor.has_any(readers):
            items.insert(1, (msg("Reports"), "/reports"))
        if visit.actor.has_any({Role.MANAGER, Role.ADMINISTRATOR}):
            items.insert(1, (msg("Glossary"), "/glossary"))
        new = unread(visit.db, visit.actor)
    shown = [(visit.say(label), visit.url(path)) for label, path in items]
    return Account(visit.actor.name, shown, inbox_count=new)


def _banner(visit: Visit, now: datetime) -> DemoBanner:
    return DemoBanner(
        text=visit.say(msg("Demonstration: people and cases are made up.")),
        clock=formats.datetime_text(now, visit.lang, visit.zone),
        url=visit.url("/demo"),
    )
