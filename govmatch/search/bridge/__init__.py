"""The bridge between German, Danish and English: what a text speaks of, whatever its language.

A text becomes *terms*: concepts, which are the same in all three languages (`rechnung~faktura~
invoice`), and for what no concept is known the spelling that the languages share (`=xrechnung`).
Texts of different languages that speak of the same thing then have terms in common, so one index
serves all, a query needs no translation, and every hit can be explained by two written words.

Concepts come from two places: the glossary (content/glossary/*.tsv), which people write and edit,
and the lexicon (content/reference/lexicon.tsv), which `learning` draws from the labels of the
Common Procurement Vocabulary, the same in the three languages. German and Danish compounds that
neither knows are taken apart into words that they do know.

From the bottom up: `spelling`, `rows` (the two kinds of file), `compounds`, `concepts` (`Bridge`,
the way in). `learning` runs only when the lexicon is made anew: `python -m govmatch.search.bridge`.
"""
