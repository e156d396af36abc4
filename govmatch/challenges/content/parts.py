"""Parts of a challenge's file."""

from collections.abc import Mapping
from typing import Any

from govmatch.challenges.statement import Weight
from govmatch.kit.content import Place
from govmatch.kit.i18n import LANGUAGES, msg

DEMO = ("publish", "opens", "questions_until", "closes")
MOST_ATTACHMENTS = 10
_NAME_LIMIT = 120


def words_in(place: Place) -> tuple[str, ...]:
    """Return a list of words; what is no text is noted."""
    found = [item.text(limit=200) for item in place.items(low=0, high=100)]
    return tuple(word for word in found if word)


def read_criteria(place: Place) -> tuple[Weight, ...]:
    found = []
    for item in place.items(low=1, high=30):
        if not item.is_mapping():
            continue
        item.only(("id", "weight", "minimum", "independent"))
        weight = item.needed("weight").whole(low=0, high=100)
        minimum = item.child("minimum").whole(low=0, high=5)
        found.append(
            Weight(
                id=item.needed("id").slug(),
                weight=weight or 0,
                minimum=minimum or None,
                independent=item.child("independent").yes(otherwise=False),
            )
        )
    return tuple(found)


def read_contact(place: Place) -> Mapping[str, str]:
    """Return an office with its mail address; a telephone number is optional."""
    if place.absent or not place.is_mapping():
        return {}
    place.only(("name", "email", "phone"))
    found = {
        "name": place.needed("name").line(limit=150),
        "email": place.needed("email").email(),
        "phone": place.child("phone").line(limit=40),
    }
    return {key: text for key, text in found.items() if text}


def read_demo(place: Place) -> Mapping[str, int] | None:
    """Return the days from the day of seeding at which the demonstration's dates lie."""
    if not place.is_mapping():
        return None
    place.only(DEMO)
    found = {key: place.needed(key).whole(low=-2_000, high=2_000) for key in DEMO}
    days = {key: value for key, value in found.items() if value is not None}
    if len(days) < len(DEMO):
        return None
    in_order = days["publish"] <= days["opens"] < days["questions_until"] <= days["closes"]
    if not in_order:
        place.wrong(
            msg("These days are not in their order."),
            msg("Give publish, opens, questions_until and closes, each later than the one before."),
        )
        return None
    return days


def read_attachments(place: Place) -> tuple[Mapping[str, Any], ...]:
    """Return name and titles of each; the files lie in a folder with the challenge's name.

    The title in the language of the file stands at "", those in languages without a file at theirs.
    """
    found = []
    for item in place.items(low=0, high=MOST_ATTACHMENTS):
        if not item.is_mapping():
            continue
        item.only(("file", "title"))
        name = item.needed("file").line(limit=_NAME_LIMIT)
        titles = _titles(item)
        if name and not _is_file_name(name):
            item.child("file").wrong(
                msg("{value} is no plain file name.", value=name[:60]),
                msg("Put the file into the folder of the challenge and write its name alone."),
            )
        elif name and titles is not None:
            found.append({"file": name, "titles": titles})
    return tuple(found)


def _titles(item: Place) -> dict[str, str] | None:
    """Return the titles of one; a key with nothing behind it says that this language has none."""
    if item.value.get("title", "") is None:
        return {}
    place = item.needed("title")
    if not isinstance(place.value, Mapping):
        title = place.line(limit=200)
        return {"": title} if title else None
    place.only(LANGUAGES)
    found = {lang: place.child(lang).line(limit=200) for lang in LANGUAGES}
    return {lang: title for lang, title in found.items() if title}


def _is_file_name(name: str) -> bool:
    return not name.startswith(".") and not any(sign in name for sign in "/\\:\x00")
