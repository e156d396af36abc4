"""Attachments in the form of a change: files that were sent are held, and the form names them."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from govmatch.challenges import actions, queries
from govmatch.challenges.forms import Place, held_ids, places, read_papers
from govmatch.challenges.models import Challenge
from govmatch.files.refused import Refused
from govmatch.kit.i18n import Message, pick
from govmatch.kit.records import dataclass
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values, Visit, WritingVisit


@dataclass(frozen=True)
class Sent:
    """A form with the names of held files instead of files, and why others were refused."""

    values: Values
    refused: Mapping[str, Message] = field(default_factory=dict)


@dataclass(frozen=True)
class ShownPaper:
    """One place in the form: what is there now, and the file that is to come."""

    place: Place
    title: str
    held: str
    """The name of the file that is held for it."""


def take_papers(visit: WritingVisit, challenge: Challenge) -> Sent:
    """Hold every file that was sent."""
    fields = dict(visit.form.fields)
    refused = {}
    for place in places(challenge.attachments):
        upload = visit.form.file(place.file)
        if upload is None:
            continue
        try:
            held = actions.hold_paper(
                visit.session, challenge, upload,
                settings=visit.settings, actor=visit.actor, now=visit.real_now,
            )  # fmt: skip
            fields[place.held] = [held.public_id]
        except Refused as error:
            refused[place.file] = error.reason
    return Sent(replace(visit.form, fields=fields), refused)


def papers_sent(
    visit: Visit, challenge: Challenge, sent: Sent
) -> tuple[tuple[dict[str, Any], ...], dict[str, Message]]:
    """Return the attachments that a form asks for, and what is wrong with them by field."""
    before = challenge.attachments
    wanted = held_ids(sent.values, before)
    held = {one.public_id: one for one in queries.held_papers(visit.db, challenge, wanted)}
    reader = Reader(sent.values)
    found = read_papers(reader, sent.values, before, held)
    return tuple(dict(one) for one in found), {**reader.errors, **sent.refused}


def shown_papers(visit: Visit, challenge: Challenge, form: Form) -> list[ShownPaper]:
    """Return the places of the form, with the names of the files that it holds."""
    there = places(challenge.attachments)
    wanted = [form.value(one.held) for one in there if form.value(one.held)]
    found = queries.held_papers(visit.db, challenge, wanted) if wanted else []
    names = {one.public_id: one.name for one in found}
    return [
        ShownPaper(
            one,
            pick(one.paper["title"], visit.lang)[0] if one.paper else "",
            names.get(form.value(one.held), ""),
        )
        for one in there
    ]
