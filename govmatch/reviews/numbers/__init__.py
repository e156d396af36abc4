"""What the points of a challenge say: the arithmetic beside the plain means. Pure arrays, no rows.

`sheets` lays the points out, `normalising` takes reviewers' habits out of them, `disagreement` says
how far reviewers lie apart, `sensitivity` how firm the shortlist stands, `trust` when none of it
should be relied on. The ranking that counts is that of the plain means (`reviews.scoring`).
"""
