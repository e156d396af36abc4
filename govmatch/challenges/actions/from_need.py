"""From a need to the draft of a challenge, in one step."""

from collections.abc import Iterator
from datetime import datetime

from govmatch.challenges.actions.holding import note_editor
from govmatch.challenges.actions.writing import begin, related
from govmatch.challenges.beginnings import first_statement
from govmatch.challenges.events import DraftedFromNeed
from govmatch.challenges.models import Challenge
from govmatch.challenges.parts import HEADINGS, Part
from govmatch.challenges.rules import may_create
from govmatch.challenges.rules.fault_of_words import MAX_SUMMARY, MAX_TITLE
from govmatch.challenges.statement import Words
from govmatch.kit import journal
from govmatch.kit.actor import Actor
from govmatch.kit.asking import require
from govmatch.kit.db import Session
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, Lang, as_lang, msg, say
from govmatch.needs import actions as needs
from govmatch.needs.models import Need, NeedText
from govmatch.needs.rules import may_take_up
from govmatch.organisations.models import Authority
from govmatch.programmes import queries as programmes


def draft_from_need(
    session: Session, need: Need, authority: Authority, *, actor: Actor, now: datetime
) -> Challenge:
    """Begin a challenge of an authority with the words of a need; each names the other.

    Allowed to a manager of the need's programme, who thereby has written nothing and may still
    publish it, and to staff of the authority. Raises `Invalid` for an authority that takes no part
    in the programme.
    """
    require(may_take_up(actor, need, authority.id))
    if not programmes.takes_part(session, need.programme, authority):
        raise Invalid({"authority": msg("This authority takes no part in the programme.")})
    statement = first_statement(
        authority,
        need.programme,
        words={text.lang: _words(need, text) for text in need.texts},
        main_lang=need.main_lang,
        themes=(need.theme,),
    )
    about = related(session, statement)
    challenge = begin(session, statement, about, actor=actor, now=now, need_id=need.id)
    if may_create(actor, authority.id):
        note_editor(challenge, actor)
    needs.take_up(
        session, need, challenge_id=challenge.id, authority_id=authority.id, actor=actor, now=now
    )
    event = DraftedFromNeed(subject_id=challenge.id, need_id=need.id)
    journal.record(session, event, actor=actor, now=now)
    return challenge


def _words(need: Need, text: NeedText) -> Words:
    lang = as_lang(text.lang, LANGUAGES[0])
    return Words(
        title=_cut(text.title, MAX_TITLE),
        summary=_cut(text.suffering, MAX_SUMMARY),
        body="\n\n".join(_sections(need, text, lang)),
    )


def _sections(need: Need, text: NeedText, lang: Lang) -> Iterator[str]:
    """Yield the problem and the goal, each below the heading of its section."""
    problem = [text.suffering] if text.suffering else []
    if text.extent:
        problem.append(f"### {say(msg('How often, and how many'), lang)}\n\n{text.extent}")
    if found := need.analysis.get(text.lang):
        problem.append(f"### {say(msg('What the analysis found'), lang)}\n\n{found}")
    if problem:
        yield f"## {HEADINGS[Part.PROBLEM][lang]}\n\n" + "\n\n".join(problem)
    if text.change:
        yield f"## {HEADINGS[Part.GOAL][lang]}\n\n{text.change}"


def _cut(text: str, most: int) -> str:
    """Return a text on one line, cut at a word where it is too long for its place."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 2].rsplit(' ', 1)[0]} …"
