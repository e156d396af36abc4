"""What a package wants somebody to be told; `notifications` delivers it."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from govmatch.kit.i18n import Lang
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class Part:
    """A list of a mail with its heading; an entry is plain text, and a path or nothing."""

    title: str
    entries: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to one person or address.

    `mail` names a folder such as `accounts/mail/sign_in`; `values` are shown as plain text and are
    never trusted; `links` are paths of this site that become full addresses; `addresses` are ones
    elsewhere that an office entered and that were checked when they were kept, such as where an
    event is joined; `lines` is a list, each item plain text on a line of its own. `key` makes the
    mail one and the same however often the handler runs. `secret` mails are emptied once sent.

    `topic` names the setting by which a person hears of it (at once, daily, never; see
    `notifications.topics`), and `path` where on this site it is read: with both it also stands in
    the person's inbox. Without a topic it is always mailed at once, as a sign-in link is. With
    `chosen` it was the thing told of that the person chose the frequency for, so that it is mailed
    whatever they want for the topic.

    `entries` is a list of (text, path): each text plain, with its address on a line below it;
    `parts` are several such lists, each with a heading.
    `ends` is the path at which one POST ends such mails (RFC 8058); it stands in the headers.
    """

    key: str
    mail: str
    address: str
    lang: Lang
    person_id: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[str] = ()
    entries: Sequence[tuple[str, str]] = ()
    parts: Sequence[Part] = ()
    secret: bool = False
    topic: str = ""
    path: str = ""
    chosen: bool = False
    ends: str = ""
