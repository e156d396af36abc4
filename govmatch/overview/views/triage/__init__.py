"""Triage: all applications as a table and as a board, acts on one and on many, one as a whole."""

from govmatch.overview.views.triage import (
    acts,
    beside,
    board,
    bulk,
    export,
    news,
    one,
    saved,
    suggest,
    table,
    undoing,
)

routes = [
    *table.routes,
    *export.routes,
    *board.routes,
    *saved.routes,
    *suggest.routes,
    *news.routes,
    *bulk.routes,
    *undoing.routes,
    *one.routes,
    *acts.routes,
    *beside.routes,
]
