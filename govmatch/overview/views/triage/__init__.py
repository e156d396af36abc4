"""Triage: all applications as a table and as a board, acts on one and on many, one as a whole."""

from govmatch.overview.views.triage import acts, board, bulk, export, one, table, undoing

routes = [
    *table.routes,
    *export.routes,
    *board.routes,
    *bulk.routes,
    *undoing.routes,
    *one.routes,
    *acts.routes,
]
