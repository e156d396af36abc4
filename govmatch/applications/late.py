"""Late codes as people copy them, `abcd-efgh-jkmn-pqrs`; only a digest of each is kept.

The code follows from the row's random id and the site's secret key, so that the mail can be made
in the background while the database holds nothing that lets anybody in.
"""

from datetime import timedelta

from govmatch.kit.ids import ALPHABET, digest
from govmatch.kit.signing import Signer

AT_MOST = timedelta(days=7)
"""How long after its issue, or after the deadline where that is later, a code may be good."""

LENGTH = 16  # 30 ** 16, about 2 ** 78
_PURPOSE = "late-code"


def code_of(signer: Signer, public_id: str) -> str:
    """Return the code of a row, in four groups of four characters."""
    number = int(digest(signer.sign(_PURPOSE, public_id)), 16)
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    code = "".join(letters)
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def digest_of(typed: str) -> str:
    """Return what a code is looked up by; capitals, spaces and hyphens do not matter."""
    return digest(_PURPOSE + "".join(c for c in typed.lower()[:100] if c in ALPHABET))
