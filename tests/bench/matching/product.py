"""The same text scores by a sparse product of scipy's, to have something to stand beside."""

import operator
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from govmatch.matching.pool import Pool
from tests.bench.matching.corpus import Read

Spent = Callable[[Callable[[], object]], float]


def products(
    pool: Pool, asked: Sequence[Read], spent: Spent
) -> tuple[list[float] | None, list[float]]:
    """Return the ms of each question's product by scipy, and by us; warm, and nothing sorted.

    None instead of scipy's where it is not installed.
    """
    vectors = [pool.rarity.text_vector(terms) for _, terms in asked]
    postings = pool.first.text
    ours = [spent(partial(postings.scores, vector)) for vector in vectors]
    if not find_spec("scipy"):
        return None, ours
    sparse = import_module("scipy.sparse")
    shape = (len(postings.lexicon), postings.size)
    matrix = sparse.csr_matrix(
        (np.array(postings.weights), np.array(postings.ids), np.array(postings.starts)), shape
    )
    rows: list[Any] = []
    for vector in vectors:
        numbers = postings.lexicon.numbers(list(vector))
        values = np.array(list(vector.values()), np.float32)[numbers >= 0]
        at = (np.zeros(len(values), np.int32), numbers[numbers >= 0])
        rows.append(sparse.csr_matrix((values, at), (1, shape[0])))
    _agree(rows[0] @ matrix, postings.scores(vectors[0]))
    for row in rows:
        operator.matmul(row, matrix)
    return [spent(partial(operator.matmul, row, matrix)) for row in rows], ours


def _agree(theirs: Any, ours: Any) -> None:
    if not np.allclose(theirs.toarray()[0], ours, atol=1e-5):
        raise AssertionError("the two products are not of the same")
