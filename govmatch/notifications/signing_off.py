"""The signed link in a mail with which its reader ends all mails of that kind by one click.

It names the mail, and nobody: whose setting changes is whoever that mail went to.
"""

from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer
from govmatch.notifications.topics import SET_HERE, How, Topic

PURPOSE = "topic-off"
LONGEST = 300


@dataclass(frozen=True)
class SigningOff:
    mail: str
    """The public id of the mail in which the link stands."""
    topic: Topic


def can_be_ended(topic: str) -> bool:
    """True for topics that may be switched off as a whole."""
    return topic in SET_HERE and How.NEVER in SET_HERE[Topic(topic)].choices


def path_of(signer: Signer, mail: str, topic: str) -> str:
    return f"/notifications/off/{signer.sign(PURPOSE, [mail, topic])}"


def read(signer: Signer, token: str) -> SigningOff | None:
    """Return what a link ends, or None where we did not make it."""
    match signer.read(PURPOSE, token[:LONGEST]):
        case [str() as mail, str() as topic] if can_be_ended(topic):
            return SigningOff(mail, Topic(topic))
    return None
