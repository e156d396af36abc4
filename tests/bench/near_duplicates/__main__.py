"""python -m tests.bench.near_duplicates [--write]: precision and recall of near-duplicates.

Prints the tables; with --write it puts them into docs/near-duplicates.md, between its two marks.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from tests.bench.near_duplicates.building import EXPECTED, Made
from tests.bench.near_duplicates.judging import (
    Judged,
    found_among_all,
    found_by_prints,
    judged,
)

DOC = Path(__file__).parents[3] / "docs" / "near-duplicates.md"
START, END = "<!-- measured -->\n", "<!-- end of measured -->"


def main() -> None:
    asked = argparse.ArgumentParser(prog="tests.bench.near_duplicates", description=__doc__)
    asked.add_argument("--write", action="store_true", help="put the tables into docs")
    is_writing = asked.parse_args().write
    told = "\n".join(_told(judged())) + "\n"
    print(told)
    if is_writing:
        before, rest = DOC.read_text("utf-8").split(START)
        DOC.write_text(before + START + told + END + rest.split(END)[1], "utf-8")


def _told(said: Judged) -> Iterator[str]:
    for tuned_on in (False, True):
        yield "The other half (what counts):" if not tuned_on else "The half that was tuned on:"
        yield ""
        yield from _table(said, tuned_on=tuned_on)
        precision, recall = said.precision_recall(tuned_on=tuned_on)
        yield ""
        yield f"All pairs: precision {precision:.3f}, recall {recall:.3f}."
        found = found_among_all(tuned_on=tuned_on)
        yield (
            f"Looked for among all texts, from {found.sections} of them: "
            f"precision {found.precision:.3f}, recall {found.recall:.3f} "
            f"({found.found} of {found.wanted} found, {found.wrong} wrong)."
        )
        found = found_by_prints(tuned_on=tuned_on)
        yield (
            f"Looked for as triage looks for a new application, by prints: "
            f"precision {found.precision:.3f}, recall {found.recall:.3f} "
            f"({found.found} of {found.wanted} found, {found.wrong} wrong)."
        )
        yield ""


def _table(said: Judged, *, tuned_on: bool) -> Iterator[str]:
    yield "| how the pair was made | pairs | called near-duplicate | of the right kind | as what |"
    yield "|---|---|---|---|---|"
    counted = said.by_kind(tuned_on=tuned_on)
    for made in Made:
        one = counted[made]
        right = f"{one.right_kind / one.pairs:.3f}" if made in EXPECTED else "-"
        kinds = ", ".join(f"{kind} {number}" for kind, number in one.kinds.most_common())
        yield f"| {made} | {one.pairs} | {one.called / one.pairs:.3f} | {right} | {kinds} |"


if __name__ == "__main__":
    main()
