"""Search: the only package that knows Whoosh. It imports nothing of ours but `kit`.

Written by the worker, through `writer.Writer(index_dir)`: `cursor`, `apply(changes, cursor=...)`,
`rebuild(entries, total=..., cursor=..., progress=...)`, `verify()`, `optimize()`. One writer holds
a folder (`folder.WriterBusy`); `writer.NeedsRebuild` says that the index cannot be followed.

Read by the site, through `index.Index(index_dir, fields=...)`, which any number of threads share:
`search(...)` answers `results.Results`, `suggest(...)` titles, `stats()` and `digests()` serve the
operator. No index, or a damaged one, is an answer (`Results.unavailable`) and no error. The one
refusal is `query.QueryTooLong`.

What goes in is `entry.Entry` and `entry.Change`; `check.check(index, entries)` says what differs.

Inside, from the bottom up: `engine` (Whoosh) and `durable`, `analysis` (words), `folder` (pointer,
locks), `documents` (entry to terms), `masks`, `segment`, `snapshot`, `audience` (rights, the one
place), `facets`, `query` (grammar), `variants`, `phrase`, `frequencies`, `evaluate` (scores),
`things` (one hit for all translations), `highlight`, `suggest`, `index`.
"""
