"""Who may make and change programmes."""

from govmatch.accounts.models import Role
from govmatch.kit.actor import YES, Actor, No, Ruling
from govmatch.kit.content import is_files
from govmatch.kit.i18n import msg
from govmatch.programmes.models import Programme, Round


def may_create_programme(actor: Actor) -> Ruling:
    """Administrators, and the content files."""
    if actor.holds(Role.ADMINISTRATOR) or is_files(actor):
        return YES
    return No(msg("Only administrators may do this."))


def may_change_programme(actor: Actor, programme: Programme) -> Ruling:
    """Administrators on the site, the files where a file is the source; never both."""
    if is_files(actor) != (programme.source_path is not None):
        return No(msg("What is said of this programme stands in its file: change it there."))
    return may_create_programme(actor)


def may_set_authorities(actor: Actor) -> Ruling:
    """Administrators, for every programme, and the content files."""
    return may_create_programme(actor)


def may_change_round(actor: Actor, row: Round) -> Ruling:
    """Administrators on the site, the files where a file is the source; never both."""
    if is_files(actor) != (row.source_path is not None):
        return No(msg("What is said of this round stands in its file: change it there."))
    return may_create_programme(actor)
