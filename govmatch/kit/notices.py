"""What a package wants somebody to be told; `notifications` delivers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govmatch.kit.i18n import Lang


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to one person or address.

    `mail` names a folder such as `accounts/mail/sign_in`; `values` are shown as plain text and are
    never trusted; `links` are paths of this site that become full addresses; `lines` is a list,
    each item plain text on a line of its own. `key` makes the mail one and the same however often
    the handler runs. `secret` mails are emptied once sent.

    `topic` names the setting by which a person hears of it (at once, daily, never; see
    `notifications.topics`), and `path` where on this site it is read: with both it also stands in
    the person's inbox. Without a topic it is always mailed at once, as a sign-in link is.
    """

    key: str
    mail: str
    address: str
    lang: Lang
    person_id: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[str] = ()
    secret: bool = False
    topic: str = ""
    path: str = ""
