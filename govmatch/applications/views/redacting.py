"""/triage/{id}/names: what reviewers read of one application, corrected by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from govmatch.accounts.models import Role
from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries, rules
from govmatch.applications.actions import redacting
from govmatch.applications.actions.redacting import Wanted
from govmatch.applications.models import Application, How
from govmatch.applications.naming import name_for
from govmatch.applications.redaction import (
    Copy,
    Paper,
    Standing,
    copy_of,
    papers_in,
    whole_text,
)
from govmatch.applications.showing import title_in
from govmatch.applications.views import copies
from govmatch.applications.views.copies import STANDINGS, list_path, next_path, path_of
from govmatch.applications.views.reading import number
from govmatch.kit.errors import Conflict, Invalid, NotFound
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.questionnaires import marked, text_for
from govmatch.questionnaires.identifying import Why
from govmatch.questionnaires.redaction import Passage, Written, passages, written
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

managers = holder_of(Role.MANAGER)

_LONGEST = 20_000
"""Characters of all passages together that are typed into the box."""

REASONS: dict[Why, Message] = {
    Why.NAME: msg("a name"),
    Why.ADDRESS: msg("an address or a number"),
    Why.PERSON: msg("a person"),
    Why.HAND: msg("marked by hand"),
}


@dataclass(frozen=True)
class Piece:
    """A run of text; one that is marked has a reason, and a key where it can be shown again."""

    text: str
    why: Message | None = None
    key: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Part:
    """One text of the application: its question, its pieces, or that the form hides it."""

    question: str
    label: str
    label_lang: str
    pieces: list[Piece]
    can_be_hidden: bool
    """The first text of its question: beside it stands the choice to hide the whole answer."""


@dataclass(frozen=True)
class ShownPaper:
    paper: Paper
    name: str
    pieces: list[Piece]
    is_shown: bool


@dataclass(frozen=True)
class NamesPage:
    name: str
    challenge: str
    challenge_lang: str | None
    path: str
    list_path: str
    triage_path: str
    standing: tuple[Message, str]
    approved_at: datetime | None
    approved_by: str
    is_held: bool
    written_in: str
    parts: list[Part]
    papers: list[ShownPaper]
    hidden_whole: frozenset[str]
    hidden_count: int
    places: str
    version: int
    revision: int
    may_change: bool
    next_path: str
    form: Form


def show(visit: Visit) -> Answer:
    """Show the copy of one application with what is hidden in it."""
    application = _application(visit)
    copy = _copy(visit, application)
    return _page(visit, application, copy, _form(copy))


def save(visit: WritingVisit) -> Answer:
    """Keep what was marked, and approve it for reviewers where that was asked."""
    application = _application(visit)
    reader = Reader(visit.form)
    typed = reader.text("hidden", limit=_LONGEST, required=False, lines=True)
    if visit.switching or not reader.ok:
        form = replace(reader.form, errors={}) if visit.switching else reader.form
        status = 200 if visit.switching else 422
        return _page(visit, application, _copy(visit, application), form, status=status)
    version = number(visit.form.one("version"))
    try:
        redacting.correct(
            visit.session, application, _wanted(visit, typed),
            version=version, revision=number(visit.form.one("revision")),
            actor=visit.actor, now=visit.now,
        )  # fmt: skip
        if visit.form.one("do") == "approve":
            redacting.approve(
                visit.session, application, version=version, actor=visit.actor, now=visit.now
            )
    except (Invalid, Conflict) as error:
        errors = error.errors if isinstance(error, Invalid) else {"": error.reason}
        status = 422 if isinstance(error, Invalid) else 409
        form = replace(reader.form, errors=dict(errors))
        return _page(visit, application, _copy(visit, application), form, status=status)
    return _done(visit, application)


def _done(visit: WritingVisit, application: Application) -> Answer:
    if visit.form.one("do") != "approve":
        visit.flash("success", msg("Saved. Reviewers read it like this."))
        return redirect(path_of(application))
    visit.flash("success", msg("Approved. Reviewers read it like this."))
    following = next_path(visit, application)
    return redirect(following or list_path(application.challenge))


def _wanted(visit: WritingVisit, typed: str) -> Wanted:
    fields = visit.form.fields
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return Wanted(
        hidden=tuple(line for line in lines if line),
        whole=fields.get("whole", []),
        places=visit.form.one("places").split(),
        kept=fields.get("hide", []),
        files=fields.get("file", []),
    )


def _application(visit: Visit) -> Application:
    """Return the application of the address; raises `NotFound` for who does not run its programme.

    And where it is closed to them, or read without names by themselves.
    """
    application = queries.get_visible(visit.db, visit.actor, visit.params["id"])
    challenge = application.challenge
    runs = visit.actor.holds(Role.MANAGER, "programme", challenge.programme_id)
    how = queries.how_of(visit.db, visit.actor, application)
    if not runs or how is not How.FULL or not rules.is_opened(application):
        raise NotFound
    return application


def _copy(visit: Visit, application: Application) -> Copy:
    copy = copy_of(visit.db, application)
    if copy is None:
        raise NotFound
    return copy


def _form(copy: Copy) -> Form:
    return filled({"hidden": "\n".join(copy.marks.hidden)})


def _page(
    visit: Visit, application: Application, copy: Copy, form: Form, *, status: int = 200
) -> Answer:
    texts = list(written(copy.form, copy.version.answers, copy.marks))
    papers = _papers(visit, copy)
    pieces = [piece for one in papers for piece in one.pieces]
    parts = _parts(visit, copy, texts)
    pieces += [piece for part in parts for piece in part.pieces]
    title = title_in(application.challenge, visit.lang)
    row = copy.row
    approver = row.approved_by if row is not None and copy.standing is Standing.APPROVED else None
    values = NamesPage(
        name=name_for(application, How.FULL, visit.lang),
        challenge=title.text,
        challenge_lang=title.lang if title.lang != visit.lang else None,
        path=visit.url(path_of(application)),
        list_path=visit.url(list_path(application.challenge)),
        triage_path=visit.url(f"/triage/{application.public_id}"),
        standing=STANDINGS[copy.standing],
        approved_at=row.approved_at if row is not None and approver else None,
        approved_by=names_by_id(visit.db, [approver]).get(approver, "") if approver else "",
        is_held=copy.is_held,
        written_in=copy.version.lang,
        parts=parts,
        papers=papers,
        hidden_whole=copy.marks.whole,
        hidden_count=sum(piece.is_hidden for piece in pieces),
        places=" ".join(dict.fromkeys(piece.key for piece in pieces if piece.key)),
        version=copy.version.number,
        revision=row.revision if row is not None else 0,
        may_change=bool(rules.may_redact(visit.actor, application)),
        next_path=next_path(visit, application),
        form=form,
    )
    return page(
        visit, "applications/names.html", values, status=status, main_form=values.may_change
    )


def _parts(visit: Visit, copy: Copy, texts: Iterable[Written]) -> list[Part]:
    questions = {question.id: question for question in copy.form.questions}
    found: list[Part] = []
    for one in texts:
        question = questions[one.field.partition(".")[0]]
        label = text_for(question.label, visit.lang)
        is_first = not found or found[-1].question != question.id
        found.append(
            Part(
                question=question.id,
                label=marked(label, visit.lang),
                label_lang=label.lang,
                pieces=list(_pieces(one.text, one.passages)),
                can_be_hidden=is_first,
            )
        )
    return found


def _pieces(text: str, found: Iterable[Passage]) -> Iterator[Piece]:
    at = 0
    for one in found:
        if one.start > at:
            yield Piece(text[at : one.start])
        why = REASONS[one.why]
        yield Piece(text[one.start : one.end], why, one.key, is_hidden=not one.is_shown)
        at = one.end
    if at < len(text):
        yield Piece(text[at:])


def _papers(visit: Visit, copy: Copy) -> list[ShownPaper]:
    shown = frozenset(copy.row.files) if copy.row is not None else frozenset[str]()
    found = []
    for paper in papers_in(visit.db, copy):
        name, text = whole_text(visit.db, copy, paper.key)
        marks = passages(f"file.{paper.key}", text, copy.marks)
        found.append(
            ShownPaper(paper, name, list(_pieces(text, marks)), is_shown=paper.key in shown)
        )
    return found


routes = [
    get("/triage/{id}/names", show, managers),
    post("/triage/{id}/names", save, managers),
    *copies.routes,
]
