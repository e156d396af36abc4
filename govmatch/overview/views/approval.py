"""/audit/challenges/{slug}/approval: how a challenge was approved, round by round."""

from govmatch.accounts.models import Role
from govmatch.challenges.rounds import Round, rounds_of
from govmatch.challenges.showing import text_of
from govmatch.kit.records import dataclass
from govmatch.overview.queries import cases
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of
from govmatch.web.visit import Visit


@dataclass(frozen=True)
class ApprovalPage:
    title: str
    path: str
    zone: str
    rounds: list[Round]


def approval(visit: Visit) -> Answer:
    """Show every round, with its remarks, their answers and what has changed."""
    challenge = cases.get_visible(visit.db, visit.params["slug"], actor=visit.actor)
    values = ApprovalPage(
        title=text_of(challenge, visit.lang).title or challenge.slug,
        path=f"/audit/challenges/{challenge.slug}",
        zone=challenge.zone,
        rounds=rounds_of(visit.db, challenge, lang=visit.lang, content=visit.settings.content_dir),
    )
    return page(visit, "overview/approval.html", values)


routes = [get("/audit/challenges/{slug}/approval", approval, holder_of(Role.AUDITOR))]
