"""A challenge section by section, with the remarks of its approvers and what was answered."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from markupsafe import Markup

from govmatch.challenges import queries, rules
from govmatch.challenges.actions.remarks import Written
from govmatch.challenges.by_section import Reading, Said
from govmatch.challenges.differences import Difference
from govmatch.challenges.keeping import from_data
from govmatch.challenges.models import Challenge, Remark, Submission
from govmatch.challenges.rounds import WHOLE, ShownRemark, shown_remarks
from govmatch.challenges.sections import LABELS, Section
from govmatch.challenges.showing import PHASES, text_of
from govmatch.challenges.statement import statement_of
from govmatch.challenges.views.desk.access import path_of
from govmatch.kit.i18n import Lang, Message, is_lang, msg
from govmatch.kit.markdown import render
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer
from govmatch.web.fields import Form, clean_text, filled
from govmatch.web.pages import page
from govmatch.web.visit import Values, Visit

NEW = "new-"
KEPT = "remark-"
NOTE = "note-"
DONE = "done-"
ON_WHOLE = "whole"
SAVED = msg("Saved. Nobody else reads your remarks until you return it.")


class Mode(StrEnum):
    """What the reader can do here."""

    REMARK = "remark"
    ANSWER = "answer"
    READ = "read"


@dataclass(frozen=True)
class Text:
    """One thing that a section says; `html` is made of Markdown, `lines` are facts."""

    label: Message | None
    lang: str | None
    html: Markup | None
    lines: list[str]


@dataclass(frozen=True)
class SectionPart:
    """A section; `drafts` are fields of the reader's own remarks, `new` that for another one."""

    id: str
    label: Message
    texts: list[Text]
    changed: list[Difference]
    remarks: list[ShownRemark]
    drafts: list[str]
    new: str
    edit_url: str


@dataclass(frozen=True)
class RemarksPage:
    mode: str
    challenge: Challenge
    title: str
    lang_of_title: str | None
    path: str
    public_path: str
    state: tuple[Message, str]
    parts: list[SectionPart]
    form: Form
    labels: dict[str, Message]
    since: datetime | None
    """When it was laid before the approvers the last time before: what has changed since then."""
    has_changed: bool
    drafts: int
    open: int
    """How many remarks have no answer."""
    saved: Message
    saved_at: str
    """The section beside which it is said that the remarks are saved."""


def mode_of(visit: Visit, challenge: Challenge) -> Mode:
    own = queries.own_approvers(visit.db, challenge, now=visit.real_now)
    if rules.may_return(visit.actor, challenge, own_approvers=own):
        return Mode.REMARK
    if rules.may_edit(visit.actor, challenge) and queries.remarks_of(visit.db, challenge):
        return Mode.ANSWER
    return Mode.READ


def read_written(values: Values, drafts: Sequence[Remark]) -> list[Written]:
    """Return the remarks as they were typed: those kept before, and new ones."""
    found = [
        Written(
            field=f"{KEPT}{one.public_id}",
            section=_section(one.section),
            text=_typed(values, f"{KEPT}{one.public_id}"),
            id=one.public_id,
        )
        for one in drafts
        if f"{KEPT}{one.public_id}" in values.fields
    ]
    for section in (None, *Section):
        field = f"{NEW}{section.value if section else ON_WHOLE}"
        found.append(Written(field=field, section=section, text=_typed(values, field)))
    return found


def _typed(values: Values, name: str) -> str:
    return clean_text(values.one(name), lines=True)


def _section(value: str | None) -> Section | None:
    return Section(value) if value in set(Section) else None


def remarks_page(
    visit: Visit, challenge: Challenge, form: Form | None = None, *, status: int = 200
) -> Answer:
    """Show the challenge with its remarks; `form` holds what was typed and is not kept."""
    mode = mode_of(visit, challenge)
    drafts = _drafts(visit, challenge) if mode is Mode.REMARK else []
    remarks = shown_remarks(visit.db, queries.remarks_of(visit.db, challenge))
    before = _compared_with(visit, challenge)
    material = _Material(mode, remarks, drafts, before)
    parts = list(_parts(visit, challenge, material))
    words = text_of(challenge, visit.lang)
    values = RemarksPage(
        mode=mode.value,
        challenge=challenge,
        title=words.title or challenge.slug,
        lang_of_title=words.lang if words.lang != visit.lang else None,
        path=path_of(challenge),
        public_path=f"/challenges/{challenge.slug}",
        state=PHASES[rules.phase(challenge, visit.now)],
        parts=parts,
        form=form or filled({**_kept(drafts), **_answers(remarks)}),
        labels=_labels(parts),
        since=before.at if before is not None else None,
        has_changed=any(part.changed for part in parts),
        drafts=len(drafts),
        open=sum(not one.is_answered for one in remarks),
        saved=SAVED,
        saved_at=visit.query.one("saved") if drafts else "",
    )
    template = "challenges/desk/remarks.html"
    return page(visit, template, values, status=status, main_form=mode is not Mode.READ)


def _drafts(visit: Visit, challenge: Challenge) -> list[Remark]:
    person_id = visit.actor.person_id
    return [] if person_id is None else queries.own_drafts(visit.db, challenge, person_id)


def _compared_with(visit: Visit, challenge: Challenge) -> Submission | None:
    """Return what was laid before the approvers last; while they read it, the time before that."""
    kept = queries.submissions(visit.db, challenge)
    if not kept:
        return None
    if challenge.revision == kept[-1].revision:
        return kept[-2] if len(kept) > 1 else None
    return kept[-1]


@dataclass(frozen=True)
class _Material:
    """What stands in the sections besides what the challenge says."""

    mode: Mode
    remarks: Sequence[ShownRemark]
    drafts: Sequence[Remark]
    before: Submission | None


def _parts(visit: Visit, challenge: Challenge, material: _Material) -> Iterator[SectionPart]:
    statement, before = statement_of(challenge), material.before
    naming = queries.naming_of(visit.db, challenge, visit.settings.content_dir)
    reading = Reading(visit.lang, naming)
    said = reading.said(statement)
    changed = reading.changed(from_data(before.statement), statement) if before else {}
    is_answered = material.mode is Mode.ANSWER
    for section in (None, *Section):
        key = section.value if section else ""
        drafts = [one for one in material.drafts if (one.section or "") == key]
        edit = visit.url(f"{path_of(challenge)}/edit/{key}")
        part = SectionPart(
            id=key or ON_WHOLE,
            label=LABELS[section] if section else WHOLE,
            texts=[_text(one, visit.lang) for one in said[section]] if section else [],
            changed=changed.get(section, []) if section else [],
            remarks=[one for one in material.remarks if one.section == key],
            drafts=[f"{KEPT}{one.public_id}" for one in drafts],
            new=f"{NEW}{key or ON_WHOLE}",
            edit_url=edit if section and is_answered else "",
        )
        # Its authors know what it says: they are shown what they are asked about.
        if not is_answered or part.remarks or part.changed:
            yield part


def _text(one: Said, lang: Lang) -> Text:
    html = render(one.text) if one.is_markdown else None
    lines = one.lines or ([one.text] if html is None else [])
    other = one.lang if one.lang != lang and one.lang and is_lang(one.lang) else None
    return Text(one.label, other, html, lines)


def _kept(drafts: Sequence[Remark]) -> dict[str, str | list[str]]:
    return {f"{KEPT}{one.public_id}": one.text for one in drafts}


def _answers(remarks: Sequence[ShownRemark]) -> dict[str, str | list[str]]:
    notes: dict[str, str | list[str]] = {f"{NOTE}{one.id}": one.note for one in remarks}
    return notes | {f"{DONE}{one.id}": "yes" for one in remarks if one.is_done}


def _labels(parts: Sequence[SectionPart]) -> dict[str, Message]:
    """Return what the fields are called in a list of errors: by their section."""
    found: dict[str, Message] = {}
    for part in parts:
        found |= dict.fromkeys((part.new, *part.drafts), part.label)
        notes = (f"{NOTE}{one.id}" for one in part.remarks)
        found |= dict.fromkeys(notes, msg("Answer: {section}", section=part.label))
    return found
