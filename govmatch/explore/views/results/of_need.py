"""/needs/{id}/later: the later life of a need: its challenge, the pilots, the outcome."""

from govmatch.challenges import queries as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import PHASES, phase_of, text_of
from govmatch.kit.i18n import Message, pick
from govmatch.kit.records import dataclass
from govmatch.needs import queries as needs
from govmatch.needs.models import Need
from govmatch.needs.wording import shown
from govmatch.pilots import queries as pilots
from govmatch.pilots.showing import OUTCOMES
from govmatch.pilots.showing import STATES as PILOT_STATES
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

Badge = tuple[Message, str]


@dataclass(frozen=True)
class Trial:
    """One pilot, as everybody may know it."""

    title: str
    firm: str
    state: Badge
    outcome: Message | None


@dataclass(frozen=True)
class Life:
    """One challenge that was taken up from the need."""

    title: str
    lang: str | None
    url: str
    authority: str
    state: Badge
    results_url: str
    trials: list[Trial]


@dataclass(frozen=True)
class LaterPage:
    title: str
    title_lang: str | None
    need_url: str
    lives: list[Life]


def show(visit: Visit) -> Answer:
    """Show what was made of a need, as far as this reader may see it."""
    need = needs.get_visible(visit.db, actor=visit.actor, public_id=visit.params["id"])
    words = shown(need, visit.lang)
    values = LaterPage(
        title=words.words.title,
        title_lang=words.lang if words.lang != visit.lang else None,
        need_url=visit.url(f"/needs/{need.public_id}"),
        lives=[_life(visit, one) for one in _challenges(visit, need)],
    )
    return page(visit, "explore/need_later.html", values, block="panel")


def _challenges(visit: Visit, need: Need) -> list[Challenge]:
    return challenges.from_need(visit.db, need, actor=visit.actor, now=visit.now)


def _life(visit: Visit, challenge: Challenge) -> Life:
    words = text_of(challenge, visit.lang)
    is_told = challenges.is_told(challenge, visit.now)
    tried = pilots.public_story(visit.db, challenge) if is_told else []
    return Life(
        title=words.title or challenge.slug,
        lang=words.lang if words.title and words.lang != visit.lang else None,
        url=visit.url(f"/challenges/{challenge.slug}"),
        authority=pick(challenge.authority.names, visit.lang)[0],
        state=PHASES[phase_of(challenge, visit.now)],
        results_url=visit.url(f"/results/{challenge.slug}") if is_told else "",
        trials=[
            Trial(
                title=one.title,
                firm=one.firm,
                state=PILOT_STATES[one.state],
                outcome=OUTCOMES[one.outcome][0] if one.outcome is not None else None,
            )
            for one in tried
        ],
    )


routes = [get("/needs/{id}/later", show, anyone)]
