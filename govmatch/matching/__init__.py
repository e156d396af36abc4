"""Matching: which profiles of one kind fit a profile of another, and why.

Knows no domain: every package makes `profile.Profile` values of its things (challenges, firms,
applications, reviewers, needs) and gets back ids with scores. The score of two profiles is the same
from either side, and every part of it can be shown.

score = text + codes + facts, weighted (`score.WEIGHTS`); a gate that is not met rules a pair out.
Text: what both texts speak of (`govmatch.search.bridge`), as the cosine of two vectors in which a
term weighs more the more a text has of it and the fewer profiles have it at all. So each text asks
the other, and both answers are one number. Codes: the same over taxonomies, in which a code stands
also for all those above it. Facts: what one side asks and the other has.

Used in this order: `reading.Reader` reads profiles into `reading.Terms` (which can be kept),
`rarity.Rarity` counts them, `pool.Pool` ranks them, `explanation.explain` says why. `all_pairs`
ranks everything of one kind against a pool in both directions, `alike` finds near-duplicates.

A pool, from the bottom up: `lexicon` numbers names, `postings` lays terms out, `columns` facts,
`layout` puts them together, `best` finds the best without judging all, `arrays_file` keeps it all.
"""
