"""Due work: the mails in which those who do not want to hear at once read what is new.

One mail holds everything: what waits in the inbox for it, new matches of one's own firms, and all
that somebody follows, each thing once, with all that happened to it. Whether it is still true, and
theirs to read, is asked when the mail is made.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import field

from sqlalchemy import select

from govmatch.challenges.models import Challenge
from govmatch.challenges.telling import NEWS as OF_CHALLENGES
from govmatch.challenges.telling import about_of
from govmatch.explore.followed_matches import NewMatches, named
from govmatch.explore.followed_searches import Searches
from govmatch.following import actions, queries
from govmatch.following.models import Follow, Kind
from govmatch.following.queries.follows import Follower
from govmatch.following.telling import News, NewsMaker, digest, lang_of
from govmatch.kit import journal
from govmatch.kit.actor import VISITOR
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession, Session
from govmatch.kit.i18n import Lang, Message, msg, msgn, say
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice, Part
from govmatch.kit.records import dataclass
from govmatch.notifications import actions as notifications
from govmatch.notifications import daily
from govmatch.notifications.daily import Waiting
from govmatch.questions.telling import NEWS as OF_QUESTIONS
from govmatch.search.results import Hit

MOST = 500
"""Follows that are taken up in one turn; the rest follows a minute later."""

NEWS: dict[str, NewsMaker] = {**OF_CHALLENGES, **OF_QUESTIONS}


@dataclass
class Happened:
    """What the journal says since some id, as news; each row is made into news once."""

    background: Background
    session: ReadSession
    since: int
    until: int
    _news: list[tuple[int, News]] | None = None

    def about(self, follow: Follow) -> Iterable[News]:
        """Return what this follow was not told of yet, in the order in which it happened."""
        if self._news is None:
            self._news = list(self._all())
        thing = (follow.kind, follow.key)
        return (news for at, news in self._news if at > follow.told_id and thing in news.about)

    def _all(self) -> Iterable[tuple[int, News]]:
        found = select(JournalRow).where(
            JournalRow.id > self.since,
            JournalRow.id <= self.until,
            JournalRow.event.in_(sorted(NEWS)),
        )
        for row in self.session.scalars(found.order_by(JournalRow.id)):
            news = NEWS[row.event](self.background, self.session, row)
            if news is not None:
                yield row.id, news


@dataclass
class Entries:
    """The lines of one mail: each thing once, with all that happened to it."""

    lang: Lang
    _said: dict[str, tuple[str, dict[str, None]]] = field(default_factory=dict)

    def add(self, title: str, what: Message, path: str) -> None:
        """Say what happened to the thing that is read there."""
        _, words = self._said.setdefault(self._place(path), (title, {}))
        words[say(what, self.lang)] = None

    def add_found(self, hit: Hit, *, elsewhere: Collection[str]) -> None:
        """Say that it is new, unless something is said of it already, here or `elsewhere`."""
        if self._place(hit.url) not in {*self._said, *elsewhere}:
            self.add(hit.title, msg("New"), hit.url)

    @staticmethod
    def _place(path: str) -> str:
        """Return where the thing itself is read, whichever part of it the news are in."""
        return path.partition("#")[0].removesuffix("/questions")

    def lines(self) -> list[tuple[str, str]]:
        return [
            (f"{title} – {', '.join(all_)}", path) for path, (title, all_) in self._said.items()
        ]


def tell_digests(background: Background, session: Session) -> None:
    """Send the mails that are due, one to each mailbox; nothing is sent where nothing is new."""
    due = queries.due(session, real_now=background.real_now, most=MOST)
    waiting = daily.waiting(background, session)
    _tell(background, session, due, waiting=waiting)
    later = queries.people_due(session, real_now=background.real_now)
    daily.send_digests(background, session, waiting, but=later)


def tell_searches(background: Background, session: Session) -> None:
    """Tell at once of what came into a search, when the index has followed the journal."""
    until = journal.last_public_id(session)
    due = queries.searches_at_once(session, journal_id=until, most=MOST)
    if due and not Searches(session, background.settings, background.now).is_behind(until):
        _tell(background, session, due, waiting={}, until=until)


def _tell(
    background: Background,
    session: Session,
    due: Sequence[Follow],
    *,
    waiting: dict[int, Waiting],
    until: int | None = None,
) -> None:
    if not due:
        return
    until = journal.last_id(session) if until is None else until
    since = min(one.told_id for one in due)
    settings, now = background.settings, background.now
    letters = Letters(
        background,
        Happened(background, session, since, until),
        Searches(session, settings, now),
        NewMatches(session, settings, now, background.real_now),
        waiting,
        until,
    )
    try:
        notices = [made for one in queries.grouped(due) if (made := letters.to(one)) is not None]
    finally:
        letters.searches.close()
    notifications.deliver_all(session, notices, settings=settings, now=background.real_now)
    for one in due:
        zone = (one.person.zone if one.person else None) or settings.zone
        one.told_id, one.told_at = until, now
        one.next_at = actions.next_digest(one.how, zone=zone, real_now=background.real_now)
    actions.end(session, letters.over, actor=VISITOR, now=now, real_now=background.real_now)


@dataclass
class Letters:
    """Makes the mails of one turn."""

    background: Background
    happened: Happened
    searches: Searches
    matches: NewMatches
    waiting: dict[int, Waiting]
    """What the inbox has for the mail of the day, by person; taken away once it stands in one."""
    until: int
    over: list[Follow] = field(default_factory=list)
    """Follows of matches of a firm to which their person does not belong any more."""

    def to(self, follower: Follower) -> Notice | None:
        """Return one mail with everything for one mailbox; None where there is nothing."""
        lang = lang_of(follower, self.background)
        messages = self._messages(follower)
        matches = self._matches(follower, lang)
        matched = [entry for part in matches for entry in part.entries]
        news = self._news(follower, lang, elsewhere={path for _, path in matched})
        if not matched and not news:
            return None
        if messages is not None:
            messages.take_up()
            del self.waiting[messages.person.id]
        titles = [(item.title, item.path) for item in messages.items] if messages else []
        parts = [
            Part(say(msg("Messages to you"), lang), titles),
            *matches,
            Part(say(msg("What you follow"), lang), news),
        ]
        parts = [part for part in parts if part.entries]
        counts = _counted(messages=len(titles), matches=len(matched), news=len(news))
        return digest(self.background, follower, parts, said=counts, key=_key(follower, self.until))

    def _messages(self, follower: Follower) -> Waiting | None:
        """Return what waits for the person's daily mail, where this is one."""
        return self.waiting.get(follower.person.id) if follower.person else None

    def _matches(self, follower: Follower, lang: Lang) -> list[Part]:
        parts = []
        for follow in follower.follows:
            if follow.kind != Kind.MATCHES:
                continue
            firm = self.matches.firm_of(follow)
            if firm is None:
                self.over.append(follow)
                continue
            found = self.matches.new_in(follow, firm)
            entries = self.matches.entries(firm, found, lang=lang)
            if entries:
                follow.told = named(follow.told, found)
                title = say(msg("New matches of {firm}", firm=firm.name), lang)
                parts.append(Part(title, entries))
        return parts

    def _news(
        self, follower: Follower, lang: Lang, *, elsewhere: Collection[str]
    ) -> list[tuple[str, str]]:
        entries = Entries(lang)
        for follow in follower.follows:
            if follow.kind != Kind.SEARCH:
                for news in self.happened.about(follow):
                    entries.add(news.title(lang), news.what, news.path)
        found = [
            hit
            for follow in follower.follows
            if follow.kind == Kind.SEARCH
            for hit in self.searches.new_in(follow.key, lang=lang, since=follow.told_at)
        ]
        told = _told_at_once(self.happened.session, follower, found)
        for hit in found:
            if (hit.kind, hit.id) not in told:
                entries.add_found(hit, elsewhere=elsewhere)
        return entries.lines()


def _counted(*, messages: int, matches: int, news: int) -> Message:
    """Return what is in a mail, for its subject: "2 new matches, 1 message"."""
    said = {
        "matches": msgn("{n} new match", "{n} new matches", n=matches) if matches else None,
        "news": msgn("{n} piece of news", "{n} pieces of news", n=news) if news else None,
        "messages": msgn("{n} message", "{n} messages", n=messages) if messages else None,
    }
    there = {name: words for name, words in said.items() if words is not None}
    return Message(", ".join(f"{{{name}}}" for name in there), there)


def _key(follower: Follower, until: int) -> str:
    """Return what keeps a mail one: when it was due, or for at once what it tells of."""
    times = [one.next_at for one in follower.follows if one.next_at is not None]
    return f"{max(times):%Y-%m-%dT%H:%M}" if times else f"at_once:{until}"


def _told_at_once(
    session: ReadSession, follower: Follower, found: Sequence[Hit]
) -> set[tuple[str, str]]:
    """Return the new challenges that a follower hears of at once by theme or authority too."""
    ids = [int(hit.id) for hit in found if hit.kind == "challenge"]
    if not ids:
        return set()
    own = {(one.kind, one.key) for one in queries.at_once_of(session, follower)}
    challenges = session.scalars(select(Challenge).where(Challenge.id.in_(ids)))
    return {("challenge", str(one.id)) for one in challenges if own & about_of(one)}


DUE = [tell_digests, tell_searches]
