"""Search: the only package that knows Whoosh. It imports nothing of ours but `kit`, and
`settings` for where the words are that ship with govmatch.

Written by the worker, through `writer.Writer(index_dir)`: `cursor`, `apply(changes, cursor=...)`,
`rebuild(entries, total=..., cursor=..., progress=...)`, `verify()`, `optimize()`. One writer holds
a folder (`folder.WriterBusy`); `writer.NeedsRebuild` says that the index cannot be followed.

Read through `index.Index(index_dir, fields=...)`, which any number of threads share; by the site
through `site_index.SiteIndex`, which asks the process beside it (`govmatch.searching`, where
`answering` has the index open). `search(...)` answers `results.Results`, `suggest(...)` titles,
`near_words(...)` what may have been meant, `stats()` and `digests()` serve the operator. No index,
or a damaged one, is an answer (`Results.unavailable`) and no error. The one refusal is
`query.QueryTooLong`.

What goes in is `entry.Entry` and `entry.Change`; `check.check(index, entries)` says what differs.

Inside, from the bottom up: `form` (fields), `blocks`, `inverting`, `sieve`, `vocabulary`, `engine`
(Whoosh), `whoosh_words` (its stemmers and lists of words), `analysis` (words),
`folder` (pointer, locks),
`knowledge` (what an index knows of words),
`documents` (entry to terms), `segment`, `snapshot`, `audience` (rights, the one place), `facets`,
`query` (grammar), `phrase`, `readable` (the index as the ranking sees it for one reader),
`selection` (who is in), `spelling`, `bridging` (other words for the same), `questioning`,
`evaluate` (scores), `things` (one hit for all translations), `highlight`, `suggest`, `index`.
`relevance` and `bridge` are apart: they know texts and terms, nothing of people and files.
"""
