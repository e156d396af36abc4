"""Who may do what with authorities and firms. Membership is a role, kept in accounts."""

from datetime import date

from govmatch.accounts.models import Role
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.content import is_files
from govmatch.kit.i18n import msg
from govmatch.organisations.models import Authority, Evidence, EvidenceKind, Firm

EDITORS = (Role.LEAD, Role.MEMBER)
"""The roles that work on a firm's profile; its finance contact reads it."""


def may_create_authority(actor: Actor) -> Ruling:
    """Administrators, and the content files."""
    if actor.holds(Role.ADMINISTRATOR) or is_files(actor):
        return YES
    return No(msg("Only administrators may do this."))


def may_change_authority(actor: Actor, authority: Authority) -> Ruling:
    """Administrators on the site, the files where a file is the source; never both."""
    if is_files(actor) != (authority.source_path is not None):
        return No(msg("What is said of this authority stands in its file: change it there."))
    return may_create_authority(actor)


def is_member(actor: Actor, firm: Firm) -> bool:
    return firm.id in actor.objects("firm")


def leads(actor: Actor, firm: Firm) -> bool:
    return actor.holds(Role.LEAD, "firm", firm.id)


def is_listed(firm: Firm) -> bool:
    """True while everybody may see the firm."""
    return firm.is_public and firm.closed_at is None


def may_enter(actor: Actor) -> Ruling:
    """Everybody who has signed in and owes no second factor: for the pages of one's own firm."""
    if not actor.is_signed_in:
        return No(msg("Please sign in first."))
    if actor.needs_factor:
        return No(msg("Please give your second factor first."))
    return YES


def may_see(actor: Actor, firm: Firm) -> Ruling:
    """Everybody sees a listed firm, its members every firm of theirs that is not closed."""
    if firm.closed_at is None and (firm.is_public or is_member(actor, firm)):
        return YES
    return No(msg("This profile is not open to you."))


def may_make(actor: Actor) -> Ruling:
    if actor.is_signed_in:
        return YES
    return No(msg("Please sign in first."))


def may_edit(actor: Actor, firm: Firm) -> Ruling:
    """Lead and members, while the firm is open."""
    if firm.id not in actor.objects("firm", *EDITORS):
        return No(msg("Only who leads the firm and its members may change the profile."))
    return _is_open(firm)


def may_manage(actor: Actor, firm: Firm) -> Ruling:
    """Invite, end memberships, hand over: whoever leads the firm, while it is open."""
    if not leads(actor, firm):
        return No(msg("Only who leads the firm may do this."))
    return _is_open(firm)


def may_ask_to_join(actor: Actor, firm: Firm) -> Ruling:
    """Everybody who has signed in and does not belong to the firm, while it is open.

    Of a firm that is not listed, `queries.get_joinable_firm` lets only colleagues know.
    """
    ruling = may_enter(actor)
    if not ruling:
        return ruling
    if is_member(actor, firm):
        return No(msg("You belong to this firm already."))
    return YES if firm.closed_at is None else No(msg("The firm is closed."))


def may_close(actor: Actor, firm: Firm) -> Ruling:
    return may_manage(actor, firm)


def may_reopen(actor: Actor, firm: Firm) -> Ruling:
    if not leads(actor, firm):
        return No(msg("Only who leads the firm may do this."))
    return YES if firm.closed_at is not None else No(msg("The firm is open."))


def _is_open(firm: Firm) -> Ruling:
    if firm.closed_at is None:
        return YES
    return No(msg("The firm is closed. Open it again first."))


_WITHOUT_NUMBER = frozenset({
    EvidenceKind.COMPANY_REGISTRATION,  # its number stands in the profile
    EvidenceKind.GDPR_PROCESSING_AGREEMENT,  # made anew with each authority
    EvidenceKind.HOSTING_IN_EEA,
})  # fmt: skip


def lacks_reference(evidence: Evidence) -> bool:
    """True where a certificate, policy or report names nothing by which it could be checked."""
    return not evidence.reference and evidence.kind not in _WITHOUT_NUMBER


def is_in_date(evidence: Evidence, *, on: date) -> bool:
    """True on every day up to the last; evidence without an end is always in date."""
    return evidence.valid_until is None or evidence.valid_until >= on
