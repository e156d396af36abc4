"""What a firm is called to somebody who asks to join it."""

from govmatch.kit.i18n import Message, msg
from govmatch.organisations import rules
from govmatch.organisations.models import Firm


def called(firm: Firm, email: str) -> str | Message:
    """Return its name where everybody may see it, else only what the asker's address says.

    That a firm which is not listed is here is told to colleagues by the domain alone, and its name
    not even to them.
    """
    if rules.is_listed(firm):
        return firm.name
    return msg("a firm of colleagues with addresses at {domain}", domain=email.rpartition("@")[2])
