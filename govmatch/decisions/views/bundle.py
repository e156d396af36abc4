"""/decisions/{decision}/letters: the letters of a decision one after the other, to be read."""

from markupsafe import Markup

from govmatch.applications.models import How
from govmatch.applications.naming import name_for
from govmatch.decisions import queries
from govmatch.decisions.letter_texts import until_released, with_date
from govmatch.decisions.models import Decision, Letter
from govmatch.decisions.rules import may_check
from govmatch.decisions.showing import OUTCOMES
from govmatch.decisions.views.access import deciders, decision_of, decision_path, title_of
from govmatch.kit.errors import NotFound
from govmatch.kit.i18n import OWN_NAMES, Lang, Message, as_lang
from govmatch.kit.markdown import nested, render
from govmatch.kit.paging import Paging, page_number
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

SIZE = 20
"""Letters on one page: as many as somebody reads before saying that they are right."""


@dataclass(frozen=True)
class BundledLetter:
    key: str
    revision: int
    name: str
    url: str
    reference: str
    outcome: tuple[Message, str]
    language: str
    lang: Lang
    subject: str
    html: Markup
    is_checked: bool
    is_corrected: bool
    is_stale: bool


@dataclass(frozen=True)
class BundlePage:
    title: str
    title_lang: str | None
    path: str
    letters: list[BundledLetter]
    total: int
    unread: int
    """Of all letters of the decision."""
    to_read: list[BundledLetter]
    """Those on this page that nobody has read as they stand."""
    may_check: bool
    next_url: str
    """Where the next letters are that nobody has read; empty where there are none."""
    paging: Paging


def show(visit: Visit) -> Answer:
    """Show a page of them, each as its firm will read it; sealed ones are nobody's to see."""
    decision = decision_of(visit)
    if decision.challenge.opened_at is None:
        raise NotFound
    letters = queries.letters_of(visit.db, decision)
    number = min(page_number(visit.query.one("page")), max(1, -(-len(letters) // SIZE)))
    here = letters[(number - 1) * SIZE : number * SIZE]
    bodies = queries.letter_bodies(visit.db, here)
    shown = [_letter(visit, decision, one, bodies[one.id]) for one in here]
    title, title_lang = title_of(decision.challenge, visit.lang)
    path, unread = bundle_path(decision), first_unread(letters)
    values = BundlePage(
        title=title,
        title_lang=title_lang,
        path=decision_path(decision),
        letters=shown,
        total=len(letters),
        unread=sum(one.checked_at is None for one in letters),
        to_read=[one for one in shown if not one.is_checked],
        may_check=bool(may_check(visit.actor, decision)),
        next_url=visit.url(path, page=unread) if unread not in {0, number} else "",
        paging=Paging(number, SIZE, len(letters), lambda n: visit.url(path, page=n)),
    )
    return page(visit, "decisions/bundle.html", values)


def bundle_path(decision: Decision) -> str:
    return f"{decision_path(decision)}/letters"


def first_unread(letters: list[Letter]) -> int:
    """Return the page with the first letter that nobody has read as it stands; 0 for none."""
    for place, one in enumerate(letters):
        if one.checked_at is None:
            return place // SIZE + 1
    return 0


def _letter(visit: Visit, decision: Decision, letter: Letter, body: str) -> BundledLetter:
    lang = as_lang(letter.lang)
    return BundledLetter(
        key=letter.public_id,
        revision=letter.revision,
        name=name_for(letter.application, How.FULL, visit.lang),
        url=visit.url(f"{bundle_path(decision)}/{letter.public_id}"),
        reference=letter.application.reference,
        outcome=OUTCOMES[letter.determination.outcome],
        language=OWN_NAMES[lang],
        lang=lang,
        subject=letter.subject,
        html=nested(render(with_date(body, until_released(decision.confirm_days, lang)))),
        is_checked=letter.checked_at is not None,
        is_corrected=letter.is_corrected,
        is_stale=letter.is_stale,
    )


routes = [get("/decisions/{decision}/letters", show, deciders, prints=True)]
