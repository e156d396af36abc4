"""/challenges/{slug}.atom: what became of one challenge, for whoever follows it with a reader."""

from collections.abc import Iterator

from govmatch.challenges import queries
from govmatch.challenges.models import Challenge
from govmatch.challenges.showing import PHASES, text_of
from govmatch.challenges.telling import RESULTS
from govmatch.kit.actor import VISITOR
from govmatch.kit.i18n import Message, msg, pick
from govmatch.kit.journal import rows_about
from govmatch.questions import queries as questions
from govmatch.questions.wording import words_for
from govmatch.web.answers import Answer
from govmatch.web.feeds import FeedEntry, feed
from govmatch.web.routes import anyone, get
from govmatch.web.visit import Visit

MOST = 100


def news(visit: Visit) -> Answer:
    """Its publication, changes, answers and end, the newest first; at most 100."""
    challenge = queries.get_visible(
        visit.db, actor=VISITOR, now=visit.now, slug=visit.params["slug"]
    )
    happened = [
        *_published(visit, challenge),
        *_amended(visit, challenge),
        *_answered(visit, challenge),
        *_ended(visit, challenge),
    ]
    happened.sort(key=lambda one: one.updated, reverse=True)
    path = f"/challenges/{challenge.slug}"
    return feed(
        visit,
        happened[:MOST],
        title=text_of(challenge, visit.lang).title,
        own=visit.url(f"{path}.atom"),
        page=visit.url(path),
        now=visit.now,
        expires=queries.next_change_of(challenge, visit.now),
    )


def _published(visit: Visit, challenge: Challenge) -> Iterator[FeedEntry]:
    if challenge.published_at is not None:
        words = text_of(challenge, visit.lang)
        yield FeedEntry(
            name=f"challenge:{challenge.public_id}:published",
            title=visit.say(msg("Published: {title}", title=words.title)),
            lang=words.lang,
            path=f"/challenges/{challenge.slug}",
            published=challenge.published_at,
            updated=challenge.published_at,
            summary=words.summary,
        )


def _amended(visit: Visit, challenge: Challenge) -> Iterator[FeedEntry]:
    title = text_of(challenge, visit.lang).title
    for one in queries.amendments(visit.db, challenge)[:MOST]:
        reason, lang = pick(one.reasons, visit.lang)
        yield FeedEntry(
            name=f"amendment:{one.public_id}",
            title=visit.say(msg("Changed: {title}", title=title)),
            lang=lang,
            path=f"/challenges/{challenge.slug}#changes",
            published=one.at,
            updated=one.at,
            summary=reason,
        )


def _answered(visit: Visit, challenge: Challenge) -> Iterator[FeedEntry]:
    for answer in questions.published(visit.db, challenge)[:MOST]:
        for question in answer.questions:
            words = words_for(question, visit.lang)
            published = answer.published_at or visit.now
            yield FeedEntry(
                name=f"question:{question.public_id}",
                title=visit.say(msg("A question was answered")),
                lang=words.lang,
                path=f"/challenges/{challenge.slug}/questions#q-{question.public_id}",
                published=published,
                updated=answer.corrected_at or published,
                summary=words.text,
            )


def _ended(visit: Visit, challenge: Challenge) -> Iterator[FeedEntry]:
    """Tell its decision and its end by the journal, with the reason where there is one."""
    title = text_of(challenge, visit.lang).title
    reason, lang = pick(challenge.end_reasons, visit.lang)
    for row in rows_about(visit.db, "challenge", challenge.id):
        to = "cancelled" if row.event == "ChallengeCancelled" else str(row.data.get("to_state"))
        if row.event not in {"ChallengeCancelled", "ChallengeMovedOn"}:
            continue
        if to not in RESULTS and to != "cancelled":
            continue
        what: Message = RESULTS[to][0] if to in RESULTS else PHASES[to][0]
        yield FeedEntry(
            name=f"challenge:{challenge.public_id}:{to}",
            title=f"{visit.say(what)}: {title}",
            lang=lang if reason and to in {"cancelled", "did_not_proceed"} else visit.lang,
            path=f"/challenges/{challenge.slug}",
            published=row.at,
            updated=row.at,
            summary=reason if to in {"cancelled", "did_not_proceed"} else "",
        )


routes = [get("/challenges/{slug}.atom", news, anyone, cached=True)]
