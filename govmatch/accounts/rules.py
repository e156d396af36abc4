"""Who may do what with people and roles; which addresses and which ways back are taken."""

import re
import unicodedata
from datetime import datetime

from govmatch.accounts.lifetimes import FACTOR, FRESH
from govmatch.accounts.models import HELD_FOR, NEEDS_FACTOR, Person, Role, SessionRow
from govmatch.kit.actor import YES, Actor, Held, No, Ruling
from govmatch.kit.i18n import msg

FIRM_ROLES = frozenset({Role.LEAD, Role.MEMBER, Role.READER, Role.FINANCE})
JURY_ROLES = frozenset({Role.REVIEWER, Role.CHAIR})

# RFC 5321, 4.1.2: a dot-string; quoted ones are refused, since two spellings name one mailbox.
_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# RFC 5892: letters, marks and digits; the rest of its tables forbids what NFKC would change.
_LETTERS = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"})

# A path of this site: one slash, then what no browser drops or turns into a host.
_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,499}")


def canonical_email(typed: str) -> str | None:
    """Return the one spelling under which an address is kept and looked up, or None.

    The domain is in ASCII (IDNA 2008) and everything in lower case. Refused is what looks like
    another address or that our mail cannot reach: letters outside ASCII before the @ (full width,
    dotless i, Kelvin sign), invisible characters, quoted names, addresses of machines. A part after
    + is kept, since it may be somebody else's mailbox.
    """
    local, at, domain = typed.strip().rpartition("@")
    local = local.lower() if local.isascii() else ""
    labels = [_ascii_label(label) for label in domain.split(".")]
    if not at or not _LOCAL.fullmatch(local) or len(local) > 64 or None in labels:
        return None
    address = f"{local}@{'.'.join(label for label in labels if label)}"
    if len(labels) < 2 or len(address) > 254 or (labels[-1] or "").isdigit():
        return None
    return address


def _ascii_label(label: str) -> str | None:
    """Return one part of a domain as it stands in the DNS, or None when it can be none.

    Python's own codec follows IDNA 2003, which turns ß into ss: another firm's domain.
    """
    label = label.lower()
    if label.startswith("xn--"):
        return label if _is_encoded(label) else None
    if label.isascii():
        return label if _LABEL.fullmatch(label) and label[2:4] != "--" else None
    if unicodedata.normalize("NFKC", label) != label or label.startswith("-"):
        return None
    if not all(c == "-" or unicodedata.category(c) in _LETTERS for c in label):
        return None
    encoded = f"xn--{label.encode('punycode').decode('ascii')}"
    return encoded if len(encoded) <= 63 else None


def _is_encoded(label: str) -> bool:
    """True when an xn-- part is what a name outside ASCII really becomes."""
    try:
        plain = label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return False
    return not plain.isascii() and _ascii_label(plain) == label


def own_path(wanted: str) -> str:
    """Return a path of this site to go on to, or an empty text for anything else.

    Refused are other hosts in all their spellings (two slashes, a backslash, tabs and line ends,
    which browsers drop), and the pages of signing in and out, which would go round in circles.
    """
    if not _OWN_PATH.fullmatch(wanted):
        return ""
    path = wanted.partition("?")[0]
    circular = path.split("/")[1] in {"login", "logout", "register"} or path == "/second-factor"
    return "" if circular else wanted


def needs_factor(object_kind: str) -> bool:
    """True where the holder of a role for such an object needs a second factor."""
    return object_kind in NEEDS_FACTOR


def has_factor(person: Person) -> bool:
    return person.totp_confirmed_at is not None


def gave_factor(row: SessionRow, *, now: datetime) -> bool:
    """True while the last code given in this session counts: 12 hours."""
    return row.factor_at is not None and row.factor_at > now - FACTOR


def is_fresh(row: SessionRow, *, now: datetime) -> bool:
    """True when the person showed within 30 minutes who they are, by their strongest way."""
    shown_at = row.factor_at if has_factor(row.person) else row.created_at
    return shown_at is not None and shown_at > now - FRESH


def may_grant(actor: Actor, role: Role, object_kind: str, object_id: int) -> Ruling:
    """Administrators give all but the firms' roles; a firm's lead gives those of the firm.

    Programme managers give the jury's roles for challenges, they and staff of authorities that of a
    mentor for pilots; whether it is one of theirs, and what conflicts stand against it, the caller
    has to ask.
    """
    if object_kind not in HELD_FOR[role]:
        return No(msg("This role does not exist for that."))
    if object_kind == "firm":
        return _may_in_firm(actor, object_id)
    if actor.holds(Role.ADMINISTRATOR):
        return YES
    if role in JURY_ROLES and actor.has_any({Role.MANAGER}):
        return YES
    if role is Role.MENTOR and actor.has_any({Role.MANAGER, Role.STAFF}):
        return YES
    return No(msg("Only administrators may give or end this role."))


def _may_in_firm(actor: Actor, firm_id: int) -> Ruling:
    if actor.holds(Role.LEAD, "firm", firm_id):
        return YES
    return No(msg("Only who leads the firm may do this."))


def may_end(actor: Actor, held: Held, person_id: int, *, is_last: bool) -> Ruling:
    """Whoever may give the role may end it, and everybody may lay down their own.

    `is_last` is true for the only administrator, or the only lead of a firm: it cannot be ended,
    since nobody could give it again.
    """
    if is_last:
        return No(msg("Nobody else holds this role. Give it to somebody else first."))
    if actor.person_id == person_id:
        return YES
    return may_grant(actor, Role(held.role), held.object_kind, held.object_id)


def may_disable(actor: Actor, person: Person) -> Ruling:
    """Administrators, and nobody themselves."""
    if not actor.holds(Role.ADMINISTRATOR):
        return No(msg("Only administrators may do this."))
    if actor.person_id == person.id:
        return No(msg("You cannot do this to your own account. Ask another administrator."))
    return YES


def may_reset_factor(actor: Actor, person: Person) -> Ruling:
    """As for disabling: a second factor is never reset by the one who would gain by it."""
    return may_disable(actor, person)


def may_end_sessions(actor: Actor, person: Person) -> Ruling:
    """One's own, and an administrator everybody's."""
    if actor.person_id == person.id or actor.holds(Role.ADMINISTRATOR):
        return YES
    return No(msg("Only administrators may do this."))


def may_remove_factor(person: Person, held: set[Held]) -> Ruling:
    """Whoever holds no role that needs one."""
    if any(needs_factor(role.object_kind) for role in held):
        return No(msg("Your roles need a second factor. You can only replace it."))
    if not has_factor(person):
        return No(msg("There is no second factor."))
    return YES
