"""What saving a section of a challenge costs, where three languages have 2,000 words each.

python -m tests.bench.saving FOLDER measures it alone, on a small world of its own.
"""

import random
import shutil
import sys
import time
from functools import partial
from pathlib import Path

from govmatch import settings as settings_module
from govmatch.challenges.parts import HEADINGS, texts
from govmatch.kit.clock import real_now
from govmatch.kit.content import Folder
from govmatch.kit.db import Database, commit
from govmatch.kit.markdown import render
from govmatch.migrations.run import migrate
from tests.bench import costs
from tests.bench.authoring import Author, add_author
from tests.bench.challenges import frame
from tests.bench.figures import Figure, table
from tests.bench.loading import load_frame, load_taxonomy
from tests.bench.server import ROOT, Server, environment
from tests.bench.texts import gathered
from tests.site import hidden

SAVES = 100
SEED = 20261122
SHARED = ROOT.parent / "shared" / "bench" / "challenges.jsonl"


def section(server: Server, author: Author, number: int = SAVES) -> Figure:
    """Measure saving the problem in three languages, each time with other words in all of them."""
    path = f"/desk/challenges/{author.slug}/edit/problem"
    with costs.browser(server, token=author.token) as one:
        fields = hidden(one.read(path), path)
        forms = [
            {
                **fields,
                "form_key": f"{fields['form_key']}{n}",
                "revision": str(n + 1),
                **{
                    f"problem-{lang}": f"{texts(body)[next(iter(HEADINGS))]}\n\nSave {n}."
                    for lang, body in author.bodies.items()
                },
            }
            for n in range(number + 5)
        ]
        for form in forms[:5]:
            one.post(path, form)
        asked = [partial(one.post, path, form) for form in forms[5:]]
        cost = costs.per_request(server, asked, 303)
    markdown = _rendering(author, 20)
    words = sum(len(body.split()) for body in author.bodies.values())
    return Figure(
        name="saving a section of a challenge",
        value=cost - markdown,
        unit="ms",
        limit=40,
        how=f"{number} saves, {words:,} words; with {markdown:.1f} ms of Markdown {cost:.1f}",
    )


def _rendering(author: Author, times: int) -> float:
    """Return milliseconds of CPU for making HTML of the three descriptions."""
    for body in author.bodies.values():
        render(body)
    began = time.process_time()
    for n in range(times):
        for body in author.bodies.values():
            render(f"{body}\n\nSave {n}.")
    return (time.process_time() - began) * 1000 / times


def main() -> int:
    """Print the figure; the status is 1 when it is over its limit."""
    data = Path(sys.argv[1])
    data.mkdir(parents=True)
    settings = settings_module.load(environment(data))
    database = Database(settings.database)
    migrate(database)
    written, _ = gathered(SHARED, settings.content_dir, random.Random(SEED))
    now = real_now()
    with database.writing() as session:
        content = Folder(settings.content_dir)
        load_taxonomy(session, content, now=now)
        load_frame(session, content, now=now)
        about = frame(session, now=now)
        author = add_author(session, about.authorities, about.programme, written, now=now)
        commit(session)
    with Server(data) as server:
        figure = section(server, author)
    print(table([figure]))
    database.close()
    shutil.rmtree(data)
    return 1 if figure.is_over else 0


if __name__ == "__main__":
    sys.exit(main())
