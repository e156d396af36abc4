"""Relevance: how well a text answers another, the same sum for search and for matching.

Nothing here knows Whoosh, people or rights: texts become terms, terms are looked up through
`postings.Postings`, and what comes back is a score for every document.

From the bottom up: `languages` (which language), `compounds` (Rechnungsstellung holds Rechnung),
`terms` (what documents and queries are found by), `postings` (what an index must answer), `nearby`
(words of the same letters), `tuning` (all numbers), `questions` (a short query or a long profile),
`together` (what stands side by side), `ranking` (the sum).

    splitters = {"de": compounds.learn(words_and_documents, "de"), "da": ...}
    terms.document_terms(title, text, language=languages.detect(text), splitters=splitters)
    asked = terms.query_terms(text, language=..., splitters=splitters)
    ranking.Ranking(index, nearby=...).best(questions.build(asked, tuning.DEFAULT), most=20)

`learning` makes the one file of data, trigrams.tsv, and is not needed when the site runs.
"""
