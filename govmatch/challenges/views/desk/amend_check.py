"""Between typing a change and making it public: what everybody will read, and who is told."""

from datetime import datetime

from govmatch.challenges import queries
from govmatch.challenges.actions import Planned
from govmatch.challenges.differences import Difference
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.desk.access import path_of
from govmatch.kit.i18n import LANGUAGES, Message, msg
from govmatch.kit.records import dataclass
from govmatch.organisations.places import named_languages
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.visit import Values, WritingVisit

OWN = frozenset({"do", "on", "form_key", "deadline", "switch_lang", "next"})
"""Fields of the buttons and pages, which are no part of what was typed, nor where to go next."""


@dataclass(frozen=True)
class CheckPage:
    title: str
    path: str
    action: str
    publish: str
    reasons: list[tuple[str, str, str]]
    """(language, its name, the reason)"""
    differences: list[Difference]
    told: list[Message]
    before: datetime | None
    after: datetime | None
    is_moved: bool
    """The deadline moves because it is near; `is_moved_on` says that another was shown before."""
    is_moved_on: bool
    zone: str
    deadline: str
    typed: list[tuple[str, str]]


def deadline_of(planned: Planned) -> str:
    """Return the deadline that results, as the form carries what was shown."""
    return planned.after.closes.isoformat() if planned.after.closes else "-"


def check_page(
    visit: WritingVisit,
    challenge: Challenge,
    planned: Planned,
    sent: Values,
    *,
    is_moved_on: bool = False,
) -> Answer:
    """Return the page with everything that was typed in it, so that nothing is typed twice."""
    names = dict(named_languages(visit.lang))
    path = path_of(challenge)
    values = CheckPage(
        title=text_of(challenge, visit.lang).title or challenge.slug,
        path=path,
        action=visit.url(f"{path}/amend/check"),
        publish=visit.url(f"{path}/amend"),
        reasons=[
            (code, names[code], planned.reasons[code])
            for code in LANGUAGES
            if code in planned.reasons
        ],
        differences=queries.differences(
            visit.db,
            challenge,
            planned.as_amendment,
            lang=visit.lang,
            content=visit.settings.content_dir,
        ),
        told=_told(challenge, planned, visit.now),
        before=challenge.closes,
        after=planned.after.closes,
        is_moved=planned.is_moved,
        is_moved_on=is_moved_on,
        zone=challenge.zone,
        deadline=deadline_of(planned),
        typed=[
            (name, value)
            for name, given in sent.fields.items()
            if name not in OWN
            for value in given
        ],
    )
    return page(visit, "challenges/desk/amend_check.html", values, main_form=True)


def _told(challenge: Challenge, planned: Planned, now: datetime) -> list[Message]:
    """Return who is told; whether anybody has applied is known to nobody before the opening."""
    told = [msg("Everybody who follows the challenge, and the feed of all challenges.")]
    if challenge.opens is not None and challenge.opens <= now:
        told.append(msg("Every firm that has begun or submitted an application, if there is one."))
    if planned.asks_confirmation:
        told.append(
            msg(
                "Whoever has submitted is asked to confirm the application or to submit it again. "
                "Whether anybody has, nobody knows before the opening."
            )
        )
    return told
