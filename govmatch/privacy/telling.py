"""What people are told of their copy and their erasure, in words and by mail."""

from collections.abc import Mapping

from govmatch.accounts.models import Person
from govmatch.kit.background import Background
from govmatch.kit.formats import date_text
from govmatch.kit.i18n import Lang, Message, as_lang, msg, msgn, say
from govmatch.kit.notices import Notice
from govmatch.privacy.models import Erasure
from govmatch.privacy.queries.keeping import Kept, What

PATH = "/account/privacy"
EXPORT_PATH = "/account/export"
ERASURE_PATH = "/account/erasure"

NAMES: Mapping[What, Message] = {
    What.APPLICATIONS: msg("Applications that you submitted for a firm"),
    What.ASSESSMENT: msg("Your part in writing, reviewing and deciding cases"),
    What.PILOTS: msg("Your part in pilot projects"),
    What.MESSAGES: msg("Messages between a firm and an authority"),
    What.NEEDS: msg("Needs that you proposed"),
    What.QUESTIONS: msg("Questions that were published"),
    What.JOURNAL: msg("The log of what happened"),
}
REASONS: Mapping[What, Message] = {
    What.APPLICATIONS: msg(
        "They are the firm's and part of an award file, which the law has kept. They name you by a"
        " number that then leads to nobody; only what the answers themselves say stays."
    ),
    What.ASSESSMENT: msg(
        "An award must be accounted for later. A number stands there instead of your name."
    ),
    What.PILOTS: msg(
        "They are part of the award file. A number stands there instead of your name."
    ),
    What.MESSAGES: msg("They are part of the case. Your name no longer stands at them."),
    What.NEEDS: msg("Others support them. Your name no longer stands at them."),
    What.QUESTIONS: msg("Others rely on the answers. Nothing leads from them to you any more."),
    What.JOURNAL: msg(
        "It shows that all was done correctly. It holds numbers and digests, and after the erasure"
        " nothing in it leads to you."
    ),
}
STAYS = msg("stays, without you")


def until_text(one: Kept, lang: Lang, zone: str) -> str:
    """Return until when it is kept, in one clause."""
    if one.what in {What.MESSAGES, What.NEEDS, What.QUESTIONS, What.JOURNAL}:
        return say(STAYS, lang)
    if one.until is None:
        return say(msg("as long as the case goes on, then for the time of its programme"), lang)
    day = date_text(one.until, lang, zone)
    if one.is_open:
        return say(msg("until {day} at least; not every case has ended", day=day), lang)
    return say(msg("until {day}", day=day), lang)


def count_text(one: Kept) -> Message | None:
    """Return how much there is of it; None for the log, which is one."""
    if one.what is What.JOURNAL:
        return None
    if one.what in {What.APPLICATIONS, What.ASSESSMENT, What.PILOTS}:
        return msgn("{n} case", "{n} cases", n=one.count)
    return msgn("{n} entry", "{n} entries", n=one.count)


def lang_of(given: Background, person: Person) -> Lang:
    return as_lang(person.lang or given.settings.default_lang)


def goodbye(given: Background, person: Person, erasure: Erasure, kept: list[Kept]) -> Notice:
    """Return the last mail to somebody who is erased: what is kept, why, and until when."""
    lang, zone = lang_of(given, person), person.zone or given.settings.zone
    return Notice(
        key=f"privacy:erased:{erasure.public_id}",
        mail="privacy/erased",
        address=person.email,
        lang=lang,
        links={"link": "/pages/privacy"},
        lines=[
            f"{say(NAMES[one.what], lang)} ({until_text(one, lang, zone)}):"
            f" {say(REASONS[one.what], lang)}"
            for one in kept
        ],
    )
