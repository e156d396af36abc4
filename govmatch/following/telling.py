"""From something that happened to the mails of those who follow it.

A package says what happened as `News`, with what it is about; who follows that is known here. Each
mailbox is told once however many of its follows fit, in its own language, and every such mail says
in its headers how it is ended (RFC 8058).
"""

from collections.abc import Callable, Iterator, Sequence

from govmatch.following import links, queries
from govmatch.following.models import HowOften
from govmatch.following.naming import called
from govmatch.following.queries.follows import About, Follower
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Lang, Message, as_lang, msg, say
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice, Part
from govmatch.kit.records import dataclass
from govmatch.notifications.topics import Topic

MOST_WHY = 3
MOST_ENTRIES = 50
OWN = "/account/following"


@dataclass(frozen=True, kw_only=True)
class News:
    """What is told to whoever follows one of the things that it is about.

    `what` says in a few words what happened, and `path` leads to where everybody reads it. It is
    made only of what is public at that moment.
    """

    what: Message
    title: Callable[[Lang], str]
    path: str
    about: frozenset[About]
    key: str = ""
    """Set where several rows of the journal say the same: then it is told once."""


NewsMaker = Callable[[Background, ReadSession, JournalRow], News | None]
"""Returns None where it is no longer true, or not for everybody to read."""


def at_once(make: NewsMaker) -> Callable[[Background, ReadSession, JournalRow], Iterator[Notice]]:
    """Return the maker of notices for those who hear of it at once."""

    def notices(background: Background, session: ReadSession, row: JournalRow) -> Iterator[Notice]:
        news = make(background, session, row)
        if news is None:
            return
        for follower in queries.followers(session, news.about, journal_id=row.id):
            yield _notice(background, row, news, follower)

    return notices


def _notice(background: Background, row: JournalRow, news: News, follower: Follower) -> Notice:
    lang = lang_of(follower, background)
    why = [str(say(called(one, lang), lang)) for one in follower.follows]
    end = end_path(background, [one.public_id for one in follower.follows])
    return Notice(
        key=f"followed:{news.key or row.id}:{follower.name}",
        mail="following/news",
        address=follower.address,
        lang=lang,
        person_id=follower.person.id if follower.person else None,
        values={
            "news": news.what,
            "title": news.title(lang),
            "why": " · ".join(why[:MOST_WHY]),
        },
        links={"link": news.path, "manage": manage_path(background, follower), "end": end},
        secret=True,
        topic=Topic.FOLLOWED if follower.person else "",
        path=news.path,
        chosen=True,
        ends=end,
    )


def digest(
    background: Background, follower: Follower, parts: Sequence[Part], *, said: Message, key: str
) -> Notice:
    """Return one mail with everything that is new; `said` is its subject, `key` keeps it one.

    What one click ends is all that the follower hears of as often as what is in it; where it is
    told at once, the follows that it is about.
    """
    lang, person = lang_of(follower, background), follower.person
    end = _end_of(background, follower)
    entries = sum(len(part.entries) for part in parts)
    return Notice(
        key=f"digest-followed:{follower.name}:{key}",
        mail="following/digest",
        address=follower.address,
        lang=lang,
        person_id=person.id if person else None,
        values={
            "what": said,
            "more": msg("There is more than fits into this mail.")
            if entries > MOST_ENTRIES
            else "",
        },
        parts=list(_within(parts, MOST_ENTRIES)),
        links={"manage": manage_path(background, follower), "end": end},
        secret=True,
        topic=Topic.FOLLOWED if person else "",
        path=parts[0].entries[0][1] if entries == 1 else OWN,
        chosen=True,
        ends=end,
    )


def _end_of(background: Background, follower: Follower) -> str:
    how = {one.how for one in follower.follows}
    if HowOften.AT_ONCE in how:
        return end_path(background, [one.public_id for one in follower.follows])
    token = links.sign_end_digest(
        background.signer,
        how,
        person=follower.person.public_id if follower.person else "",
        subscriber=follower.subscriber.public_id if follower.subscriber else "",
    )
    return f"/following/end/{token}"


def _within(parts: Sequence[Part], most: int) -> Iterator[Part]:
    """Yield the parts as far as they fit into one mail."""
    for part in parts:
        if most > 0:
            yield Part(part.title, part.entries[:most])
        most -= len(part.entries)


def lang_of(follower: Follower, background: Background) -> Lang:
    return as_lang(follower.lang or background.settings.default_lang)


def end_path(background: Background, follows: Sequence[str]) -> str:
    return f"/following/end/{links.sign_end(background.signer, follows)}"


def manage_path(background: Background, follower: Follower) -> str:
    """Return where a follower sees everything: with the account, or by a signed link without."""
    if follower.subscriber is None:
        return OWN
    token = links.sign_manage(background.signer, follower.subscriber.public_id)
    return f"/following/manage/{token}"
