"""Home, search, results and the site's own pages."""

from govmatch.explore.views import (
    follow,
    home,
    matches,
    pages,
    results,
    saved,
    search,
    search_feed,
    similar,
    suggest,
)

routes = [
    *home.routes,
    *follow.routes,
    *matches.routes,
    *similar.routes,
    *search.routes,
    *search_feed.routes,
    *saved.routes,
    *suggest.routes,
    *results.routes,
    *pages.routes,
]
