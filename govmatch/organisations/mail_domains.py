"""Whether the domain of an address says where somebody works.

The providers that give addresses to everybody stand in a file of the content, one domain a line, so
that one can be added without a release.
"""

from functools import cache
from pathlib import Path

FILE = "mail-domains.txt"


@cache
def _shared(content_dir: Path) -> frozenset[str]:
    lines = (content_dir / FILE).read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def own_domain(email: str, content_dir: Path) -> str:
    """Return the domain of a canonical address, empty where everybody can have an address there."""
    domain = email.rpartition("@")[2]
    return "" if _is_shared(domain, content_dir) else domain


def _is_shared(domain: str, content_dir: Path) -> bool:
    """True for a provider's domain and for every name below it."""
    parts = domain.split(".")
    tails = (".".join(parts[start:]) for start in range(len(parts) - 1))
    return any(tail in _shared(content_dir) for tail in tails)
