"""What is missing in a firm's profile, and what each part brings; the most useful first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from govmatch.kit.i18n import Message, msg
from govmatch.organisations.models import Evidence
from govmatch.organisations.profile import Profile
from govmatch.organisations.rules import is_in_date
from govmatch.organisations.showing import EVIDENCE_NAMES

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Gap:
    """`section` is the part of the profile where it is mended."""

    section: str
    what: Message
    why: Message


def gaps(profile: Profile, *, today: date) -> list[Gap]:
    """Return what would help this firm, never more than what it could fill in."""
    return [*_unsaid(profile), *_evidence(profile.evidence, today), *_unlisted(profile)]


def _unsaid(profile: Profile) -> Iterator[Gap]:
    basics, offer, topics = profile.basics, profile.offer, profile.topics
    if not offer.summary:
        why = msg("It is what authorities read first, in the directory and in search results.")
        yield Gap("offer", msg("A summary"), why)
    if not offer.products:
        why = msg("Search goes by the words with which you describe it.")
        yield Gap("offer", msg("Products and services"), why)
    if not topics.themes:
        why = msg(
            "Authorities filter the directory by theme, and search finds you by it in any language."
        )
        yield Gap("topics", msg("Themes"), why)
    if not topics.technologies:
        why = msg("They tell what you can build with, whatever the theme of a challenge.")
        yield Gap("topics", msg("Technologies"), why)
    if not offer.references:
        why = msg(
            "They show that your solution works elsewhere; names of customers are not needed."
        )
        yield Gap("offer", msg("References"), why)
    if not basics.size:
        why = msg("Many challenges are open to certain sizes only, and authorities filter by it.")
        yield Gap("basics", msg("Size"), why)
    if not basics.languages:
        why = msg("Challenges say in which languages to apply, and authorities look for their own.")
        yield Gap("basics", msg("Languages"), why)
    if not basics.registration:
        why = msg("Colleagues find that the firm is here already, and authorities can look it up.")
        yield Gap("basics", msg("Registration number"), why)
    if not profile.codes.cpv:
        why = msg(
            "They are the same in every language, so you are found by who searches in another."
        )
        yield Gap("codes", msg("CPV codes"), why)


def _evidence(evidence: tuple[Evidence, ...], today: date) -> Iterator[Gap]:
    if not evidence:
        why = msg(
            "Challenges name what a firm must be able to show. Here authorities see that you can."
        )
        yield Gap("evidence", msg("Evidence"), why)
    valid = {one.kind for one in evidence if is_in_date(one, on=today)}
    lasting = {one.kind for one in evidence if is_in_date(one, on=today + SOON)}
    for kind in dict.fromkeys(one.kind for one in evidence):
        if kind not in valid:
            what = msg("{evidence}: expired", evidence=EVIDENCE_NAMES[kind])
            yield Gap(
                "evidence", what, msg("Expired evidence counts as missing. Enter the new date.")
            )
        elif kind not in lasting:
            what = msg("{evidence}: expires within a month", evidence=EVIDENCE_NAMES[kind])
            why = msg("From that day on it counts as missing. Enter the new date in time.")
            yield Gap("evidence", what, why)


def _unlisted(profile: Profile) -> Iterator[Gap]:
    if not profile.firm.is_public:
        why = msg("Authorities and possible partners find only firms that are in the directory.")
        yield Gap("visibility", msg("The profile is not in the directory"), why)
