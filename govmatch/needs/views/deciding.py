"""What a manager of the programme can make of a need on its page."""

from collections.abc import Callable, Mapping

from govmatch.kit.actor import Actor
from govmatch.kit.i18n import Message, msg
from govmatch.needs import actions, queries
from govmatch.needs.forms import Decision
from govmatch.needs.models import RANKED, Need
from govmatch.needs.rules import (
    may_analyse,
    may_decline,
    may_hide,
    may_merge,
    may_reopen,
    may_show,
    may_solve,
)
from govmatch.needs.views.frame import Option
from govmatch.needs.wording import title_of
from govmatch.web.visit import Visit, WritingVisit

ACT_NAMES: Mapping[str, Message] = {
    "analyse": msg("Publish the result of its analysis"),
    "merge": msg("Merge it into another need"),
    "decline": msg("Decline it"),
    "reopen": msg("Open it again"),
    "solve": msg("Say that it is solved"),
    "hide": msg("Hide it, since it breaks the terms of use"),
    "show": msg("Show it again"),
}
_MAY: Mapping[str, Callable[[Actor, Need], object]] = {
    "analyse": may_analyse,
    "merge": may_merge,
    "decline": may_decline,
    "reopen": may_reopen,
    "solve": may_solve,
    "hide": may_hide,
    "show": may_show,
}
_SAID: Mapping[str, Message] = {
    "analyse": msg("The result is published."),
    "merge": msg("The needs are merged; each voice that may count for the other one counts once."),
    "decline": msg("The need is declined, and its reason is public."),
    "reopen": msg("The need gathers voices again."),
    "solve": msg("The need is solved."),
    "hide": msg("The need is hidden. Its proposer reads the reason."),
    "show": msg("Everybody sees the need again."),
}


def acts_for(actor: Actor, need: Need) -> list[str]:
    """Return what this actor can make of it now."""
    return [act for act, may in _MAY.items() if may(actor, need)]


def others_of(visit: Visit, need: Need) -> list[Option]:
    """Return the needs that it could be merged into, by title."""
    rows = queries.lights(visit.db, need.programme_id, actor=visit.actor)
    states = {state.value for state in RANKED}
    ids = [row.id for row in rows if row.values[1] in states and row.id != need.id]
    found = queries.by_ids(visit.db, ids, actor=visit.actor).values()
    named = [(one.public_id, title_of(one, visit.lang)) for one in found if one.hidden_at is None]
    return sorted(named, key=lambda one: one[1].casefold())


def decide(visit: WritingVisit, need: Need, decision: Decision) -> Message:
    """Do it, and return what the manager is told."""
    who = (visit.session, need)
    texts = decision.texts
    match decision.act:
        case "analyse":
            actions.analyse(*who, result=texts, actor=visit.actor, now=visit.now)
        case "merge":
            into = queries.get_visible(visit.db, actor=visit.actor, public_id=decision.into)
            actions.merge(
                *who,
                into,
                reasons=texts,
                actor=visit.actor,
                now=visit.now,
                real_now=visit.real_now,
            )
        case "decline":
            actions.decline(*who, reasons=texts, actor=visit.actor, now=visit.now)
        case "reopen":
            actions.reopen(*who, reasons=texts, actor=visit.actor, now=visit.now)
        case "solve":
            actions.solve(*who, reasons=texts, actor=visit.actor, now=visit.now)
        case "hide":
            reason = "\n\n".join(text for text in texts.values() if text)
            actions.hide(*who, reason=reason, actor=visit.actor, now=visit.now)
        case _:
            actions.show(*who, actor=visit.actor, now=visit.now)
    return _SAID[decision.act]
