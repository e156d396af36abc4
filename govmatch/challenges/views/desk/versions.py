"""/desk/challenges/{slug}/versions: what it said before, what changed, and going back."""

from collections.abc import Sequence
from datetime import datetime

from govmatch.accounts.queries.naming import names_by_id
from govmatch.challenges import actions, queries
from govmatch.challenges.actions.versions import are_one_run
from govmatch.challenges.by_section import Reading
from govmatch.challenges.differences import Difference
from govmatch.challenges.models import Challenge, ChallengeVersion
from govmatch.challenges.rules import may_edit
from govmatch.challenges.sections import LABELS, Section, section_of
from govmatch.challenges.showing import text_of
from govmatch.challenges.views.desk.access import challenge_of, desk, path_of
from govmatch.kit.errors import NotFound
from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post
from govmatch.web.visit import Visit, WritingVisit


@dataclass(frozen=True)
class Shown:
    """One version: the last of somebody's run of saves; `sections` are those that it changed."""

    number: int
    at: datetime
    who: Message | str
    sections: list[Message]
    restored: int | None
    compare_url: str
    """Compares with the version before; empty for the first."""
    is_current: bool


@dataclass(frozen=True)
class VersionsPage:
    challenge: Challenge
    title: str
    lang_of_title: str | None
    path: str
    action: str
    versions: list[Shown]
    form: Form
    options: list[tuple[str, str]]
    compared: tuple[int, int] | None
    """From which version to which; None where none are compared."""
    changed: list[tuple[Message, list[Difference]]]
    may_restore: bool
    revision: int


def show(visit: Visit) -> Answer:
    """Show the versions, and where two are named, how they differ."""
    return _page(visit, challenge_of(visit))


def _page(visit: Visit, challenge: Challenge, *, status: int = 200) -> Answer:
    rows = queries.versions(visit.db, challenge)
    runs = _runs(rows)
    shown = _shown(visit, challenge, runs)
    compared = _compared(visit, rows)
    words = text_of(challenge, visit.lang)
    last = str(runs[-1][-1].revision) if runs else ""
    before = str(runs[-2][-1].revision) if len(runs) > 1 else last
    wanted = (str(number) for number in compared) if compared else (before, last)
    values = VersionsPage(
        challenge=challenge,
        title=words.title or challenge.slug,
        lang_of_title=words.lang if words.lang != visit.lang else None,
        path=path_of(challenge),
        action=visit.url(f"{path_of(challenge)}/versions"),
        versions=shown,
        form=filled(dict(zip(("from", "to"), wanted, strict=True))),
        options=[(str(one.number), _option(visit, one, challenge.zone)) for one in shown],
        compared=compared,
        changed=_changed(visit, challenge, compared) if compared else [],
        may_restore=bool(may_edit(visit.actor, challenge)),
        revision=challenge.revision,
    )
    return page(visit, "challenges/desk/versions.html", values, status=status)


def _runs(rows: Sequence[ChallengeVersion]) -> list[list[ChallengeVersion]]:
    """Return the versions in runs of one person's saves, oldest first."""
    runs: list[list[ChallengeVersion]] = []
    for row in rows:
        if runs and are_one_run(runs[-1][-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _shown(
    visit: Visit, challenge: Challenge, runs: Sequence[Sequence[ChallengeVersion]]
) -> list[Shown]:
    names = names_by_id(visit.db, {run[-1].person_id for run in runs})
    found = []
    for place, run in enumerate(runs):
        last = run[-1]
        changed = {section_of(name) for row in run for name in row.changed}
        query = {"from": runs[place - 1][-1].revision, "to": last.revision}
        here = f"{path_of(challenge)}/versions"
        found.append(
            Shown(
                number=last.revision,
                at=last.at,
                who=_who(last, names),
                sections=[LABELS[section] for section in Section if section in changed],
                restored=last.restored,
                compare_url=visit.url(here, **query) if place else "",
                is_current=last.revision == challenge.revision,
            )
        )
    return found[::-1]


def _who(row: ChallengeVersion, names: dict[int, str]) -> Message | str:
    if row.person_id is None:
        return msg("Before versions were kept")
    return names.get(row.person_id) or msg("A person who is no longer here")


def _option(visit: Visit, one: Shown, zone: str) -> str:
    when = datetime_text(one.at, visit.lang, zone)
    return visit.say(msg("Version {n}: {when}, {who}", n=one.number, when=when, who=one.who))


def _compared(visit: Visit, rows: Sequence[ChallengeVersion]) -> tuple[int, int] | None:
    """Return the two versions that are asked for, the older one first."""
    numbers = {str(row.revision): row.revision for row in rows}
    asked = [visit.query.one("from"), visit.query.one("to")]
    if not any(asked):
        return None
    if not all(name in numbers for name in asked):
        raise NotFound
    low, high = sorted(numbers[name] for name in asked)
    return low, high


def _changed(
    visit: Visit, challenge: Challenge, compared: tuple[int, int]
) -> list[tuple[Message, list[Difference]]]:
    before, after = (queries.statement_at(visit.db, challenge, number) for number in compared)
    if before is None or after is None:
        raise NotFound
    naming = queries.naming_of(visit.db, challenge, visit.settings.content_dir)
    found = Reading(visit.lang, naming).changed(before, after)
    return [(LABELS[section], differences) for section, differences in found.items()]


def restore(visit: WritingVisit) -> Answer:
    """Take a version back; where somebody has saved meanwhile, nothing is done and said so."""
    challenge = challenge_of(visit)
    numbers = {str(row.revision): row.revision for row in queries.versions(visit.db, challenge)}
    number = numbers.get(visit.form.one("number"))
    earlier = queries.statement_at(visit.db, challenge, number) if number else None
    if number is None or earlier is None:
        raise NotFound
    actions.restore(
        visit.session,
        challenge,
        earlier,
        number=number,
        revision=numbers.get(visit.form.one("revision"), 0),
        actor=visit.actor,
        now=visit.now,
    )
    visit.flash(
        "success",
        msg("Version {n} is back. What stood there until now is a version too.", n=number),
    )
    return redirect(f"{path_of(challenge)}/versions")


ONE = "/desk/challenges/{slug}/versions"

routes = [get(ONE, show, desk), post(f"{ONE}/restore", restore, desk, once=True)]
