"""Calls that a test writes for itself: a challenge with a form of as many sections as it wants."""

import re
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import yaml
from sqlalchemy import update

from govmatch.challenges.models import Challenge
from govmatch.kit.clock import real_now, site_now
from govmatch.kit.db import Database, commit
from govmatch.kit.journal import clock_offset
from govmatch.settings import load
from tests.browser.running import RunningSite

LIKE = "invoicing"
DATES = "demo: {publish: -20, opens: -18, questions_until: 1, closes: 2}"
LANGUAGES = ("de", "da", "en")


def write_call(
    site: RunningSite, slug: str, sections: int, *, languages: Sequence[str] = LANGUAGES
) -> dict[str, str]:
    """Load a challenge that is open, of a programme of its own; return its titles by language."""
    _write_programme(site, slug, sections)
    facts = {"slug": slug, "programme": slug, "round": f"{slug}-1"}
    titles = {}
    for lang in LANGUAGES:
        text = (site.content / "challenges" / f"{LIKE}.{lang}.md").read_text("utf-8")
        text = re.sub(r"(?ms)^questions:\n.*?(?=^contact:)", "", text, count=1)
        for name, value in facts.items():
            text = re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", text, count=1)
        text = re.sub(r"(?m)^  languages: .*$", f"  languages: [{', '.join(languages)}]", text)
        text = re.sub(r"(?m)^demo: .*$", DATES, text, count=1)
        titles[lang] = f"{slug.capitalize()} {lang}"
        text = re.sub(r"(?m)^title: .*$", f'title: "{titles[lang]}"', text, count=1)
        (site.content / "challenges" / f"{slug}.{lang}.md").write_text(text, "utf-8")
    site.command("content", "sync")
    return titles


def _write_programme(site: RunningSite, slug: str, sections: int) -> None:
    folder = site.content / "programmes"
    data = yaml.safe_load((folder / "govtech.yaml").read_text("utf-8"))
    data["slug"] = slug
    data["form"] = {"sections": [_section(number) for number in range(1, sections + 1)]}
    (folder / f"{slug}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    shutil.copytree(folder / "govtech" / "letters", folder / slug / "letters")
    like = yaml.safe_load((site.content / "rounds" / "govtech-1.yaml").read_text("utf-8"))
    of_round = {**like, "slug": f"{slug}-1", "programme": slug}
    path = site.content / "rounds" / f"{slug}-1.yaml"
    path.write_text(yaml.safe_dump(of_round, allow_unicode=True), "utf-8")


def _section(number: int) -> dict[str, Any]:
    def named(de: str, da: str, en: str) -> dict[str, str]:
        return {"de": f"{de} {number}", "da": f"{da} {number}", "en": f"{en} {number}"}

    return {
        "id": f"part-{number}",
        "title": named("Teil", "Del", "Part"),
        "questions": [
            {
                "id": f"words-{number}",
                "type": "long_text",
                "required": True,
                "max_words": 200,
                "label": named("Ihre Worte", "Dine ord", "Your words"),
            }
        ],
    }


def close_in(site: RunningSite, slug: str, left: timedelta) -> datetime:
    """Let a call close that soon from now by the site's clock, and return when."""
    database = Database(load(site.environ).database)
    try:
        with database.writing() as session:
            closes = site_now(clock_offset(session)) + left
            session.execute(update(Challenge).where(Challenge.slug == slug).values(closes=closes))
            commit(session)
    finally:
        database.close()
    assert closes > real_now() - timedelta(days=1)
    return closes
