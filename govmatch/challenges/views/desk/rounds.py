"""/desk/challenges/{slug}/rounds: each round of approval, what was remarked and changed."""

from govmatch.challenges.rounds import Round, rounds_of
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class RoundsPage:
    title: str
    lang_of_title: str | None
    path: str
    zone: str
    rounds: list[Round]


def show(visit: Visit) -> Answer:
    challenge = challenge_of(visit)
    words = text_of(challenge, visit.lang)
    values = RoundsPage(
        title=words.title or challenge.slug,
        lang_of_title=words.lang if words.lang != visit.lang else None,
        path=path_of(challenge),
        zone=challenge.zone,
        rounds=rounds_of(visit.db, challenge, lang=visit.lang, content=visit.settings.content_dir),
    )
    return page(visit, "challenges/desk/rounds.html", values)


routes = [get("/desk/challenges/{slug}/rounds", show, desk)]
