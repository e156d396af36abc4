"""What may be a tag."""

from unicodedata import category, normalize

from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import msg

LONGEST_TAG = 40


def clean_tag(word: str) -> str:
    """Return a tag as it is kept: NFC, small letters, single spaces, so that equal ones are one.

    Raises `Invalid` for nothing, for more than 40 characters, and for anything but letters,
    figures, spaces and the marks - _ / . + & #.
    """
    tag = " ".join(normalize("NFC", word).lower().split())
    if not tag:
        raise Invalid({"tag": msg("Please enter a word.")})
    if len(tag) > LONGEST_TAG:
        raise Invalid({"tag": msg("Please use at most {limit} characters.", limit=LONGEST_TAG)})
    if not all(category(c)[0] in "LNM" or c in " -_/.+&#" for c in tag):
        raise Invalid({"tag": msg("Please use letters, figures, spaces and hyphens only.")})
    return tag
