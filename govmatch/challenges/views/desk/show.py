"""/desk/challenges/{slug}: where a challenge stands, what is missing, what you can do now."""

from datetime import datetime

from govmatch.challenges import queries, rules
from govmatch.challenges.models import Challenge, State
from govmatch.challenges.rounds import ShownRemark, shown_remarks
from govmatch.challenges.rules.answering import answers_for
from govmatch.challenges.rules.desk import is_before_judging, may_choose_jury
from govmatch.challenges.showing import PHASES, budget_text, language_names, text_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.challenges.views.desk.labels import Missing, missing_of
from govmatch.challenges.views.desk.next_step import NextStep, next_step
from govmatch.challenges.views.desk.route_shown import RouteShown, route_shown
from govmatch.challenges.views.desk.timeline import Entry, timeline
from govmatch.challenges.views.desk.way import Way, way_of
from govmatch.kit import journal
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.places import named_languages
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get
from govmatch.web.visit import Visit

WRITING = frozenset({State.DRAFT, State.RETURNED})


@dataclass(frozen=True)
class May:
    """What the reader may do now."""

    edit: bool
    submit: bool
    delete: bool
    approve: bool
    return_: bool
    publish: bool
    move: bool
    withdraw: bool
    cancel: bool
    preview: bool
    amend: bool
    choose_jury: bool


@dataclass(frozen=True)
class ShowPage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    summary: str
    path: str
    public_path: str
    authority: str
    programme: str
    state: tuple[Message, str]
    step: NextStep
    waits_for: list[str]
    """Names of the people who can take the next step, where it is not the reader's."""
    way: Way
    missing: list[Missing]
    route: RouteShown
    may: May
    form: Form
    facts: list[tuple[Message, str | Message]]
    dates: list[tuple[Message, datetime]]
    languages: list[tuple[Lang, str]]
    history: list[Entry]
    is_public: bool
    answers: bool
    """Whether the reader is one of those who answer what is asked about it."""
    finds_firms: bool
    """Which firms could answer is for finding, so it is there until the deadline."""
    ends: list[tuple[str, str]]
    """Why it was cancelled or did not proceed: (language, text), the reader's language first."""
    may_copy: bool
    results_url: str
    """What everybody reads of it from its opening on."""
    remarks: list[ShownRemark]
    """What it was returned with, while its authors work on that or it is in review again."""
    kept_remarks: int
    """How many remarks the reader has written and not given."""
    rounds: int


def show(visit: Visit) -> Answer:
    return desk_view(visit, challenge_of(visit), filled({"when": "now"}))


def desk_view(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    """Return the page of one challenge; `form` holds what was typed into one of its forms."""
    lang, words = visit.lang, text_of(challenge, visit.lang)
    own = queries.own_approvers(visit.db, challenge, now=visit.real_now)
    step = next_step(challenge, actor=visit.actor, own_approvers=own, now=visit.now)
    writing = challenge.state in WRITING
    rows = journal.rows_about(visit.db, "challenge", challenge.id)
    values = ShowPage(
        challenge=challenge,
        title=words.title or challenge.slug,
        lang_of_title=words.lang if words.lang != lang else None,
        summary=words.summary,
        path=path_of(challenge),
        public_path=f"/challenges/{challenge.slug}",
        authority=pick(challenge.authority.names, lang)[0],
        programme=pick(challenge.programme.names, lang)[0],
        state=PHASES[rules.phase(challenge, visit.now)],
        step=step,
        waits_for=[] if step.act else _waits_for(visit, challenge),
        way=way_of(visit, challenge, rows),
        missing=missing_of(visit, challenge) if writing else [],
        route=route_shown(visit, challenge),
        may=_may(visit, challenge, own),
        form=form,
        facts=_facts(challenge, lang),
        dates=_dates(challenge),
        languages=named_languages(lang),
        history=timeline(visit, challenge, rows),
        is_public=rules.is_public(challenge, visit.now),
        answers=rules.is_public(challenge, visit.now) and answers_for(visit.actor, challenge),
        finds_firms=is_before_judging(challenge, visit.now),
        ends=sorted(challenge.end_reasons.items(), key=lambda one: one[0] != lang),
        may_copy=bool(rules.may_copy(visit.actor, challenge, visit.now)),
        results_url=visit.url(f"/results/{challenge.slug}")
        if queries.is_told(challenge, visit.now)
        else "",
        remarks=_remarks(visit, challenge),
        kept_remarks=_kept_remarks(visit, challenge),
        rounds=sum(row.event == "ChallengeSubmitted" for row in rows),
    )
    return page(visit, "challenges/desk/show.html", values, status=status)


def _remarks(visit: Visit, challenge: Challenge) -> list[ShownRemark]:
    if challenge.state not in {State.RETURNED, State.IN_REVIEW}:
        return []
    return shown_remarks(visit.db, queries.remarks_of(visit.db, challenge))


def _kept_remarks(visit: Visit, challenge: Challenge) -> int:
    person_id = visit.actor.person_id
    if person_id is None or challenge.state not in {State.IN_REVIEW, State.APPROVED}:
        return 0
    return len(queries.own_drafts(visit.db, challenge, person_id))


def _may(visit: Visit, challenge: Challenge, own: frozenset[int]) -> May:
    actor = visit.actor
    return May(
        edit=bool(rules.may_edit(actor, challenge)),
        submit=bool(rules.may_submit_for_approval(actor, challenge)),
        delete=bool(rules.may_delete(actor, challenge)),
        approve=bool(rules.may_approve(actor, challenge, own_approvers=own)),
        return_=bool(rules.may_return(actor, challenge, own_approvers=own)),
        publish=bool(rules.may_publish(actor, challenge)),
        move=bool(rules.may_move_publication(actor, challenge, visit.now)),
        withdraw=bool(rules.may_withdraw_publication(actor, challenge, visit.now)),
        cancel=bool(rules.may_cancel(actor, challenge)),
        preview=bool(rules.may_make_preview(actor, challenge, visit.now)),
        amend=bool(rules.may_amend(actor, challenge)),
        choose_jury=bool(may_choose_jury(actor, challenge)),
    )


def _waits_for(visit: Visit, challenge: Challenge) -> list[str]:
    if challenge.state == State.IN_REVIEW:
        found = queries.approvers(visit.db, challenge, now=visit.real_now)
    elif challenge.state == State.APPROVED:
        found = queries.managers(visit.db, challenge, now=visit.real_now)
    elif challenge.state in WRITING and challenge.source_path is None:
        found = queries.writers(visit.db, challenge)
    else:
        found = []
    return [person.name for person in found if person.name]


def _facts(challenge: Challenge, lang: Lang) -> list[tuple[Message, str | Message]]:
    there = {text.lang for text in challenge.texts if text.title and text.summary and text.body}
    names = language_names([code for code in LANGUAGES if code in there], lang)
    facts: list[tuple[Message, str | Message]] = [
        (msg("Complete in"), names),
        (msg("Budget of a pilot, without VAT"), budget_text(challenge, lang)),
        (msg("Pilots"), msg("up to {n}", n=challenge.pilots_max)),
        (msg("Contact"), challenge.contact.get("name", "")),
    ]
    return [(term, value) for term, value in facts if value]


def _dates(challenge: Challenge) -> list[tuple[Message, datetime]]:
    """Return the dates that are no step of its way."""
    until = challenge.questions_until
    return [(msg("End of questions"), until)] if until else []


routes = [get("/desk/challenges/{slug}", show, desk)]
