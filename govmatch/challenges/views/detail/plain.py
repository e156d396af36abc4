"""/challenges/{slug}.md: one challenge as plain text."""

from datetime import datetime

from govmatch.challenges.showing import text_of
from govmatch.challenges.views.detail import amendments
from govmatch.challenges.views.detail.facts import facts
from govmatch.challenges.views.detail.found import challenge_of, expires_of
from govmatch.web.answers import Answer, text
from govmatch.web.visit import Visit


def as_markdown(visit: Visit) -> Answer:
    """The challenge as plain text."""
    challenge = challenge_of(visit)
    words = text_of(challenge, visit.lang)
    head = f"# {words.title}\n\n{words.summary}\n\n"
    listed = "".join(
        f"- {visit.say(term)}: {_plain(value)}\n" for term, value in facts(visit, challenge)
    )
    changes = amendments.as_markdown(visit, challenge)
    source = f"\n{visit.absolute(visit.url(f'/challenges/{challenge.slug}'))}\n"
    return text(
        head + listed + "\n" + words.body + "\n" + changes + source,
        "text/markdown",
        expires=expires_of(visit, challenge),
    )


def _plain(value: object) -> str:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
