"""By what an actor may be recognised under several accounts: what firms say of themselves.

A trace is a hint and never a verdict: offices share telephones, and groups share domains. Nothing
about devices, addresses of computers or habits is collected.
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from govmatch.kit.records import dataclass
from govmatch.organisations.websites import host_of
from govmatch.triage.likeness_models import TraceKind

_PHONE = re.compile(r"(?<![\w.,/-])(?:\+|00)?\d(?:[ ()/.-]{0,3}\d){7,14}(?![\w/-])")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LEAST_DIGITS = 8
_COMPARED_DIGITS = 8
"""The last ones: with and without the country's prefix is the same number."""
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something that tells who somebody is, folded so that spellings of it are the same."""

    kind: TraceKind
    value: str

    @property
    def key(self) -> int:
        """Return what is kept of it: 64 bits of its hash."""
        hashed = sha256(f"{self.kind}:{self.value}".encode()).digest()
        return int.from_bytes(hashed[:8], "big", signed=True)


def of_firm(registration_key: str, vat: str, website: str) -> set[Found]:
    """Return what a firm's profile says of it."""
    values = {
        TraceKind.REGISTRATION: registration_key,
        TraceKind.VAT: re.sub(r"\W", "", vat).upper(),
        TraceKind.WEBSITE: host_of(website).lower() if website else "",
    }
    return {Found(kind, value) for kind, value in values.items() if value}


def of_people(person_ids: Iterable[int], domains: Iterable[str]) -> set[Found]:
    """Return who acts for a firm, and the domains of their addresses that are not everybody's."""
    people = {Found(TraceKind.PERSON, str(number)) for number in person_ids}
    return people | {Found(TraceKind.MAIL_DOMAIN, domain) for domain in domains if domain}


def phones_in(text: str) -> set[Found]:
    """Return the telephone numbers of a text; dates and sums of money are none."""
    found = set()
    for match in _PHONE.finditer(text):
        written = match[0]
        digits = re.sub(r"\D", "", written)
        is_other = _DATE.fullmatch(written) or _GROUPED.fullmatch(written)
        if len(digits) >= _LEAST_DIGITS and not is_other:
            found.add(Found(TraceKind.PHONE, digits[-_COMPARED_DIGITS:]))
    return found


def domains_in(text: str) -> set[str]:
    """Return the domains of the mail addresses in a text."""
    return {match[1].lower() for match in _MAIL.finditer(text)}
