"""What is missing in a firm's profile, and what each part brings; what adds most comes first."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.models import Evidence
from govmatch.organisations.profile import Profile
from govmatch.organisations.rules import is_in_date, lacks_reference
from govmatch.organisations.showing import EVIDENCE_NAMES
from govmatch.organisations.strength import ENOUGH, POINTS, missing_points

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Gap:
    """`section` is the part of the profile where it is mended, `points` what it adds to matching.

    No points: it helps with other things than matches.
    """

    section: str
    what: Message
    why: Message
    points: int = 0


@dataclass(frozen=True)
class Field:
    section: str
    name: Message
    why: Message


FIELDS: Mapping[str, Field] = {
    "summary": Field(
        "offer",
        msg("A summary"),
        msg("It is what authorities read first, in the directory and in search results."),
    ),
    "products": Field(
        "offer",
        msg("Products and services"),
        msg("Search and matching go by the words with which you describe it."),
    ),
    "references": Field(
        "offer",
        msg("References"),
        msg("They show that your solution works elsewhere; names of customers are not needed."),
    ),
    "themes": Field(
        "topics",
        msg("Themes"),
        msg(
            "Authorities filter the directory by theme, and search finds you by it in any language."
        ),
    ),
    "technologies": Field(
        "topics",
        msg("Technologies"),
        msg("They tell what you can build with, whatever the theme of a challenge."),
    ),
    "cpv": Field(
        "codes",
        msg("CPV codes"),
        msg("They are the same in every language, so you are found by who searches in another."),
    ),
    "size": Field(
        "basics",
        msg("Size"),
        msg("Many challenges are open to certain sizes only, and authorities filter by it."),
    ),
    "languages": Field(
        "basics",
        msg("Languages"),
        msg("Challenges say in which languages to apply, and authorities look for their own."),
    ),
    "registration": Field(
        "basics",
        msg("Registration number"),
        msg("Colleagues find that the firm is here already, and authorities can look it up."),
    ),
    "evidence": Field(
        "evidence",
        msg("Evidence"),
        msg("Challenges name what a firm must be able to show. Here authorities see that you can."),
    ),
}


def gaps(profile: Profile, *, today: date) -> list[Gap]:
    """Return what would help this firm, never more than what it could fill in."""
    return [*_unsaid(profile, today), *_lapsing(profile.evidence, today), *_unlisted(profile)]


def _unsaid(profile: Profile, today: date) -> Iterator[Gap]:
    """Yield the fields that say nothing or little, those that add most to matching first.

    Evidence that is out of date is not missing: what to do about it is said on its own.
    """
    offer = vars(profile.offer)
    for name, points in missing_points(profile, today=today).items():
        field = FIELDS[name]
        if name == "evidence" and profile.evidence:
            continue
        if offer.get(name):
            why = msg("It is short: about {n} words say enough to be found by.", n=ENOUGH[name])
            yield Gap(field.section, msg("{field}: say more", field=field.name), why, points)
        else:
            yield Gap(field.section, field.name, field.why, points)


def _lapsing(evidence: tuple[Evidence, ...], today: date) -> Iterator[Gap]:
    valid = {one.kind for one in evidence if is_in_date(one, on=today)}
    lasting = {one.kind for one in evidence if is_in_date(one, on=today + SOON)}
    points = 0 if valid else POINTS["evidence"]
    for kind in dict.fromkeys(one.kind for one in evidence):
        if kind not in valid:
            what = msg("{evidence}: expired", evidence=EVIDENCE_NAMES[kind])
            why = msg("Expired evidence counts as missing. Enter the new date.")
            yield Gap("evidence", what, why, points)
        elif kind not in lasting:
            what = msg("{evidence}: expires within a month", evidence=EVIDENCE_NAMES[kind])
            why = msg("From that day on it counts as missing. Enter the new date in time.")
            yield Gap("evidence", what, why)
    yield from _unchecked(evidence, valid)


def _unchecked(evidence: tuple[Evidence, ...], valid: set[str]) -> Iterator[Gap]:
    """Yield what counts and says nothing by which anybody could check it."""
    checkable = {one.kind for one in evidence if not lacks_reference(one)}
    for kind in dict.fromkeys(one.kind for one in evidence):
        if kind in valid and kind not in checkable:
            what = msg("{evidence}: number or link is missing", evidence=EVIDENCE_NAMES[kind])
            why = msg("Authorities read that you have it and cannot check it. A number is enough.")
            yield Gap("evidence", what, why)


def _unlisted(profile: Profile) -> Iterator[Gap]:
    if not profile.firm.is_public:
        why = msg("Authorities and possible partners find only firms that are in the directory.")
        yield Gap("visibility", msg("The profile is not in the directory"), why)
