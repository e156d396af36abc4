"""/challenges/{slug}: one challenge as page, Markdown, JSON and calendar entry."""

from govmatch.challenges.views.detail import amendments, data, dates, page, plain
from govmatch.web.routes import anyone, get

routes = [
    get("/challenges/{slug}.md", plain.as_markdown, anyone, cached=True),
    get("/challenges/{slug}.json", data.as_json, anyone, cached=True),
    get("/challenges/{slug}.ics", dates.as_calendar, anyone, cached=True),
    get("/challenges/{slug}/changes", amendments.changes, anyone, cached=True),
    get("/challenges/{slug}/changes/{amendment}", amendments.change, anyone, cached=True),
    get("/challenges/{slug}", page.detail, anyone, cached=True),
]
