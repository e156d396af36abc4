"""Mail transport: a message goes to the mail server, or into a readable outbox folder."""

import re
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from govmatch.kit.records import dataclass
from govmatch.settings import Settings

_ADDRESS = re.compile(r"[^@\s<>\",;:\\()\[\]]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")


def is_address(text: str) -> bool:
    """True for an address of the plain kind, at most 254 characters (RFC 5321, 4.5.3.1.3)."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail ready to go: plain text only.

    `ends_at` is the full address at which one POST ends mails of this kind (RFC 8058).
    """

    message_id: str
    to: str
    subject: str
    body: str
    lang: str
    at: datetime
    ends_at: str = ""


class _Policy(EmailPolicy):
    """As mail goes over the wire, but an address in a header is never folded or encoded.

    Python makes encoded words of whatever is longer than a line; no mail program reads an address
    in them (RFC 2369, 3 and RFC 2047, 5).
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return bytes(super().fold_binary(name, value))


_ON_THE_WIRE = _Policy(linesep="\r\n")


class MailServerAway(Exception):
    """The server does not answer or says "later": nothing is wrong with this mail."""


class MailRefused(Exception):
    """The server refuses this mail for good."""


class Transport(Protocol):
    def send(self, letter: Letter) -> None: ...


def as_message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage(policy=_ON_THE_WIRE)
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.lang
    if letter.ends_at:
        message["List-Unsubscribe"] = f"<{one_line(letter.ends_at)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    return message


def one_line(text: str) -> str:
    """Return text without line breaks and control characters, fit for a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def harmless(value: object) -> str:
    """Return a value as one line of a mail that no reader turns into a link (at most 300)."""
    return re.sub(r"(?i)\b(https?|ftp)://", r"\1: ", one_line(str(value)))[:300].replace(
        "www.", "www "
    )


class Outbox:
    """Keeps each mail as a file, named by time and id, for sites without a mail server."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    def send(self, letter: Letter) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^a-z0-9]+", "-", letter.message_id.strip("<>").lower())
        path = self._folder / f"{letter.at:%Y%m%dT%H%M%S}-{name}.eml"
        path.write_bytes(bytes(as_message(letter, self._sender)))


class Smtp:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, letter: Letter) -> None:
        message = as_message(letter, self._settings.mail_from)
        try:
            with self._connection() as server:
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise (MailServerAway if code < 500 else MailRefused)(str(code)) from error
        except smtplib.SMTPResponseException as error:
            away = error.smtp_code < 500
            raise (MailServerAway if away else MailRefused)(str(error.smtp_code)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerAway(type(error).__name__) from error

    def _connection(self) -> smtplib.SMTP:
        s = self._settings
        if s.smtp_tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                s.smtp_host, s.smtp_port, timeout=15, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(s.smtp_host, s.smtp_port, timeout=15)
            if s.smtp_tls == "starttls":
                server.starttls(context=ssl.create_default_context())
        if s.smtp_user:
            server.login(s.smtp_user, s.smtp_password)
        return server


def transport(settings: Settings) -> Transport:
    """Return the way mail goes out under these settings."""
    return Smtp(settings) if settings.smtp_host else Outbox(settings.outbox_dir, settings.mail_from)
