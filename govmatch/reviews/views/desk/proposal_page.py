"""The page of a proposal: its lines with why, loads, what is missing and what could be given up."""

from collections import Counter
from collections.abc import Mapping

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.challenges.models import Challenge
from govmatch.kit.i18n import Message, as_lang, msg, msgn
from govmatch.kit.records import dataclass
from govmatch.organisations.places import languages
from govmatch.reviews import queries
from govmatch.reviews.proposal_models import Expertise, Proposal, Proposed, Stage
from govmatch.reviews.queries import Juror
from govmatch.reviews.queries.proposing import (
    proposal_of,
    proposed_in,
    reviewers_by_application,
)
from govmatch.reviews.views.access import title_of
from govmatch.taxonomy import cpv
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import labels
from govmatch.taxonomy.trees import CPV, TECHNOLOGY, THEME
from govmatch.web.answers import Answer
from govmatch.web.fields import Form
from govmatch.web.pages import page
from govmatch.web.visit import Visit

TEMPLATE = "reviews/desk/proposal.html"


@dataclass(frozen=True)
class Line:
    """One reviewer for an application; `key` names both in the form."""

    key: str
    person: str
    why: str


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    language: str
    has: list[str]
    lines: list[Line]
    missing: int


@dataclass(frozen=True)
class Load:
    """What a reviewer has to do, would have, and can take."""

    name: str
    has: int
    proposed: int
    most: int
    is_over: bool


@dataclass(frozen=True)
class ProposalPage:
    title: str
    title_lang: str | None
    path: str
    desk_path: str
    form: Form
    stage: str
    revision: int
    count: int
    rows: list[Row]
    loads: list[Load]
    missing: int
    reliefs: list[Message]
    applications: list[tuple[str, str]]
    people: list[tuple[str, str]]
    due: object
    zone: str


@dataclass(frozen=True)
class _Made:
    """A proposal as this reader may see it."""

    visit: Visit
    proposal: Proposal
    jurors: dict[int, Juror]
    known: dict[int, Expertise]
    loads: Mapping[int, int]
    lines: list[Proposed]
    things: Mapping[str, str]

    def most(self, person_id: int) -> int:
        said = self.known.get(person_id)
        return said.most if said and said.most is not None else self.proposal.most

    def name(self, person_id: int) -> str:
        juror = self.jurors.get(person_id)
        return juror.person.name if juror else self.visit.say(msg("Somebody of the jury"))


def shown(visit: Visit, challenge: Challenge, form: Form, *, status: int = 200) -> Answer:
    """Return the page; only what the reader may assign stands on it."""
    proposal = proposal_of(visit.db, challenge)
    found = queries.assignable_to(visit.db, visit.actor, challenge)
    jurors = queries.jury(visit.db, challenge, now=visit.real_now)
    is_made = proposal is not None and proposal.stage == Stage.MADE
    made = _made(visit, proposal, found, jurors) if proposal and is_made else None
    rows = _rows(made, challenge, found) if made else []
    title, title_lang = title_of(challenge, visit)
    desk = f"/desk/challenges/{challenge.slug}/reviewing"
    values = ProposalPage(
        title=title,
        title_lang=title_lang,
        path=f"{desk}/proposal",
        desk_path=desk,
        form=form,
        stage=proposal.stage if proposal else "",
        revision=proposal.revision if proposal else 0,
        count=len(made.lines) if made else 0,
        rows=rows,
        loads=_loads(made) if made else [],
        missing=sum(one.missing for one in rows),
        reliefs=_reliefs(made) if made else [],
        applications=[(one.public_id, name_for(one, How.FULL, visit.lang)) for one in found],
        people=[(one.person.public_id, one.person.name) for one in jurors],
        due=proposal.due_at if proposal else None,
        zone=challenge.zone,
    )
    return page(visit, TEMPLATE, values, block="proposal", status=status)


def _made(visit: Visit, proposal: Proposal, found: list[Application], jurors: list[Juror]) -> _Made:
    mine, people = {one.id for one in found}, [one.person.id for one in jurors]
    lines = [one for one in proposed_in(visit.db, proposal) if one.application_id in mine]
    return _Made(
        visit,
        proposal,
        {one.person.id: one for one in jurors},
        queries.expertise_among(visit.db, people),
        queries.in_hand(visit.db, people),
        lines,
        _things(visit, lines),
    )


def _things(visit: Visit, lines: list[Proposed]) -> dict[str, str]:
    """Return what the named things that fit are called."""
    named = {code for one in lines for code in one.why.get("knows", [])}
    found: dict[str, str] = {}
    for kind, prefix in ((TermKind.THEME, THEME), (TermKind.TECHNOLOGY, TECHNOLOGY)):
        if any(code.startswith(prefix) for code in named):
            known = labels(visit.db, kind, visit.lang)
            found |= {prefix + slug: label for slug, label in known.items()}
    codes = cpv.codes(visit.settings.content_dir)
    for code in named:
        if code.startswith(CPV):
            found[code] = codes.label(code.removeprefix(CPV), visit.lang)
    return found


def _rows(made: _Made, challenge: Challenge, found: list[Application]) -> list[Row]:
    visit, wanted = made.visit, made.proposal.wanted
    asked = set(made.proposal.application_ids)
    shown = [one for one in found if one.id in asked]
    given = reviewers_by_application(visit.db, [one.id for one in shown])
    names = names_by_id(visit.db, {person for people in given.values() for person in people})
    totals = Counter(one.person_id for one in made.lines)
    words = languages(visit.lang)
    by_application: dict[int, list[Proposed]] = {one.id: [] for one in shown}
    for line in made.lines:
        by_application.setdefault(line.application_id, []).append(line)
    desk = f"/desk/challenges/{challenge.slug}/reviewing"
    return [
        Row(
            name=name_for(one, How.FULL, visit.lang),
            url=visit.url(f"{desk}/{one.public_id}"),
            language=words.get(one.lang, one.lang),
            has=[names.get(person, "") for person in given.get(one.id, [])],
            lines=[_line(made, one, line, totals) for line in by_application[one.id]],
            missing=max(wanted - len(given.get(one.id, [])) - len(by_application[one.id]), 0),
        )
        for one in shown
    ]


def _line(made: _Made, application: Application, line: Proposed, totals: Counter[int]) -> Line:
    juror = made.jurors.get(line.person_id)
    key = juror.person.public_id if juror else ""
    return Line(
        f"{application.public_id} {key}", made.name(line.person_id), why_text(made, line, totals)
    )


def why_text(made: _Made, line: Proposed, totals: Counter[int]) -> str:
    """Return why a reviewer is proposed: what they know, what they read, how much they have."""
    say, lang = made.visit.say, made.visit.lang
    parts = [say(msg("chosen by hand"))] if line.is_by_hand else []
    known = [made.things[code] for code in line.why.get("knows", []) if code in made.things]
    if known:
        parts.append(say(msg("knows {things}", things=", ".join(known))))
    elif not line.is_by_hand:
        parts.append(say(msg("nothing that they named fits especially")))
    reads = line.why.get("reads")
    said = made.known.get(line.person_id)
    if reads and said and reads in said.languages:
        name = languages(lang).get(as_lang(reads), reads)
        parts.append(say(msg("reads {language}", language=name)))
    has = made.loads.get(line.person_id, 0) + totals[line.person_id]
    parts.append(say(msg("has {n} of {most} then", n=has, most=made.most(line.person_id))))
    return "; ".join(parts)


def _loads(made: _Made) -> list[Load]:
    totals = Counter(one.person_id for one in made.lines)
    return [
        Load(
            juror.person.name,
            made.loads.get(number, 0),
            totals[number],
            made.most(number),
            is_over=made.loads.get(number, 0) + totals[number] > made.most(number),
        )
        for number, juror in made.jurors.items()
    ]


def _reliefs(made: _Made) -> list[Message]:
    """Return what could be given up where the proposal misses reviews."""
    lacking = made.proposal.lacking
    if not lacking:
        return []
    names = languages(made.visit.lang)
    found = [
        msgn(
            "{n} reviewer more who reads {language}: {missing} reviews are missing there",
            "{n} reviewers more who read {language}: {missing} reviews are missing there",
            n=people,
            language=names.get(as_lang(group), group),
            missing=missing,
        )
        for group, _tasks, missing, people in lacking["groups"]
    ]
    if lacking["extra"]:
        found.append(_more_each(made, lacking["extra"]))
    if lacking["fewer"]:
        found.append(
            msg(
                "{n} instead of {wanted} reviews for each application",
                n=lacking["fewer"],
                wanted=made.proposal.wanted,
            )
        )
    return found


def _more_each(made: _Made, extra: list[list[int]]) -> Message:
    people = ", ".join(f"{made.name(person)} +{number}" for person, number in extra)
    total = sum(number for _, number in extra)
    return msgn(
        "{n} review more than they can take: {people}",
        "{n} reviews more than they can take: {people}",
        n=total,
        people=people,
    )
