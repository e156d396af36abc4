"""Receipts: what was received when, as one text that proves itself without the database.

The hash is the SHA-256 of the salt followed by the canonical content (`questionnaires.canonical`:
the form's digest, the answers, and the SHA-256 of every file). The salt keeps the hash in the
journal from telling anything; the receipt gives it to the firm, which can then check the hash with
any tool. The seal is the site's signature over all facts: only the site could have made it, and
whoever holds the site's secret key can check it.
"""

import json
from collections.abc import Mapping
from dataclasses import field, fields
from enum import StrEnum

from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer

BEGIN = "-----BEGIN GOVMATCH RECEIPT 1-----"
END = "-----END GOVMATCH RECEIPT 1-----"
LONGEST = 10_000_000  # characters of a text that is taken for a receipt
_PURPOSE = "receipt"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a receipt says, beside the content; `at` is ISO 8601 in UTC, to the microsecond."""

    receipt: str
    application: str
    challenge: str
    firm: str
    version: str
    at: str
    salt: str
    sha256: str


class Finding(StrEnum):
    """What checking a receipt found."""

    GENUINE = "genuine"
    """Hash and seal are right: this site issued it, and nothing in it was changed since."""
    CONSISTENT = "consistent"
    """The hash is right; the seal was not checked, since the secret key is not at hand."""
    ALTERED = "altered"
    """The content is not what the hash stands for, or a fact is not what was sealed."""
    FOREIGN = "foreign"
    """The hash is right, but the seal is not this site's."""
    UNREADABLE = "unreadable"
    """It is no receipt, or not a whole one."""


@dataclass(frozen=True)
class Verdict:
    finding: Finding
    facts: Facts | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each file that was sent, by its public id; empty unless the hash is right."""

    @property
    def is_good(self) -> bool:
        return self.finding in {Finding.GENUINE, Finding.CONSISTENT}


def hash_of(salt: str, content: bytes) -> str:
    """Return the SHA-256 of salt and content, in hexadecimal."""
    return digest(salt.encode() + content)


def block(facts: Facts, content: bytes, signer: Signer) -> str:
    """Return the part of a receipt that machines read: one line for each fact, and the seal."""
    lines = [f"{name}: {value}" for name, value in _pairs(facts)]
    seal = signer.sign(_PURPOSE, digest(_sealed(facts)))
    return "\n".join([BEGIN, *lines, f"content: {content.decode()}", f"seal: {seal}", END])


def verify(text: str, signer: Signer | None = None) -> Verdict:
    """Return whether a receipt is what this site issued, without asking the database.

    Without `signer` only the hash is checked. Never raises, whatever the text is.
    """
    values = _read(text)
    if values is None:
        return Verdict(Finding.UNREADABLE)
    content, seal = values.pop("content"), values.pop("seal")
    facts = Facts(**values)
    if hash_of(facts.salt, content.encode("utf-8", "replace")) != facts.sha256:
        return Verdict(Finding.ALTERED, facts)
    if signer is None:
        return Verdict(Finding.CONSISTENT, facts, _files(content))
    sealed = signer.read(_PURPOSE, seal)
    if sealed is None:
        return Verdict(Finding.FOREIGN, facts)
    if sealed != digest(_sealed(facts)):
        return Verdict(Finding.ALTERED, facts)
    return Verdict(Finding.GENUINE, facts, _files(content))


def _files(content: str) -> dict[str, str]:
    """Return the hashes of the files that canonical content names; none where it is no such."""
    try:
        named = json.loads(content)["files"]
        return {str(file): str(sha256) for file, sha256 in named.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _pairs(facts: Facts) -> list[tuple[str, str]]:
    return [(field.name, getattr(facts, field.name)) for field in fields(facts)]


def _sealed(facts: Facts) -> str:
    return json.dumps(_pairs(facts), ensure_ascii=True, separators=(",", ":"))


def _read(text: str) -> dict[str, str] | None:
    """Return the values of the block, or None unless each stands there exactly once."""
    wanted = [*(field.name for field in fields(Facts)), "content", "seal"]
    _, begin, rest = text[:LONGEST].replace("\r\n", "\n").rpartition(BEGIN + "\n")
    inside, end, _ = rest.partition("\n" + END)
    if not begin or not end:
        return None
    # Only a line feed ends a line: other characters that Python would split at may be in answers.
    pairs = [line.partition(": ") for line in inside.split("\n")]
    if [name for name, _, _ in pairs] != wanted:
        return None
    return {name: value for name, _, value in pairs}
