"""Solves the problem on standard input, and writes the answer."""

import json
import sys
from dataclasses import astuple

from govmatch.matching.assignment import problem_of
from govmatch.matching.assignment.solving import answer


def main() -> None:
    found = answer(problem_of(json.load(sys.stdin)))
    said = {
        "chosen": found.chosen,
        "missing": found.missing,
        "lacks": [astuple(one) for one in found.lacks],
        "extra": found.extra,
        "fewer": found.fewer,
    }
    json.dump(said, sys.stdout)


main()
