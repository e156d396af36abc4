"""The place of the journal at which a page was made, told so that nobody reads a number from it.

The number of a row says how much happens on the whole site, which is nobody's business who reads
one list. The place is told as a digest with the key of the site, and found by trying.
"""

import hashlib

from govmatch.kit.journal import last_id
from govmatch.overview.queries.triage import MOST_FOLLOWED
from govmatch.web.visit import Visit


def mark_of(visit: Visit) -> str:
    """Return where the journal stands now."""
    return _mark(visit.settings.secret_key, last_id(visit.db))


def row_of(visit: Visit, mark: str) -> int:
    """Return the row that was marked; as far back as is looked at where it is not found."""
    head, key = last_id(visit.db), visit.settings.secret_key
    lowest = max(head - MOST_FOLLOWED, 0)
    found = (number for number in range(head, lowest, -1) if _mark(key, number) == mark)
    return next(found, lowest)


def _mark(key: str, number: int) -> str:
    secret = key.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    return hashlib.blake2b(b"%d" % number, key=secret, digest_size=8, person=b"news").hexdigest()
