"""The address of a challenge, made from its title."""

import re
import unicodedata

from govmatch.kit.content.place import MAX_SLUG

# As Germans and Danes write these letters where they have to do without them.
_WRITTEN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
)


RESERVED = frozenset({"new"})
"""What stands in the place of a challenge in our own addresses."""


def slug_for(title: str) -> str:
    """Return a title in small letters a to z, digits and hyphens, cut at a word; maybe empty."""
    text = unicodedata.normalize("NFC", title[:300]).casefold().translate(_WRITTEN)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_SLUG]
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return "" if slug in RESERVED else slug
