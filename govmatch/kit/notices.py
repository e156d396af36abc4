"""What a package wants somebody to be told; `notifications` delivers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from govmatch.kit.i18n import Lang


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to one person or address.

    `mail` names a folder such as `accounts/mail/sign_in`; `values` are shown as plain text and are
    never trusted; `links` are paths of this site that become full addresses. `key` makes the mail
    one and the same however often the handler runs. `secret` mails are emptied once sent.
    """

    key: str
    mail: str
    address: str
    lang: Lang
    person_id: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    secret: bool = False
