"""The mails of the journey from the deadline on: in whose language, and what they may not say."""

from dataclasses import dataclass

from govmatch.decisions.models import Outcome
from govmatch.decisions.showing import OUTCOMES
from govmatch.kit.i18n import say
from govmatch.notifications.models import Mail
from tests.browser import mails
from tests.browser.selecting import Case

RECEIPT, COPY, ROLE = "applications/receipt", mails.COPY, "accounts/role_given"


@dataclass(kw_only=True)
class Mails(mails.Mails):
    """Each mail is in its reader's language, names the challenge, and leaks nothing."""

    case: Case

    def look_at(self, mail: Mail) -> None:
        said = f"{mail.subject}\n{mail.body}"
        if mail.kind not in {RECEIPT, COPY, ROLE}:
            assert mail.lang == self.case.lang
            assert self.case.title in said
            for word in self._secrets():
                assert word.casefold() not in said.casefold(), (mail.kind, word)
        for firm in self.case.names.values():
            assert firm not in said, (mail.kind, firm)
        super().look_at(mail)

    def _secrets(self) -> list[str]:
        """Return what no mail says: the results, in the language of the reader."""
        return [say(OUTCOMES[one][0], self.case.lang) for one in Outcome]
