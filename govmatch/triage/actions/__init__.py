"""The verbs of triage; none of them commits.

`begin`, `complete` and `take_back` open a challenge's applications. `move`, `assign`, `tag` and
`untag` act on one application, `preview` and `apply` on many; each gives a `Move`, which `undo`
takes back. `add_note`, `delete_note`, `rule_gate`; `ask`, `answer` and `settle` a formal request.
`save_view`, `delete_view`, `choose_columns` and `choose_keys` are about one's own way of looking.
"""

from govmatch.triage.actions.gates import rule_gate
from govmatch.triage.actions.many import (
    MOST_AT_ONCE,
    Done,
    Seen,
    Undone,
    apply,
    preview,
    undo,
)
from govmatch.triage.actions.marking import mark_likeness
from govmatch.triage.actions.moving import assign, move, tag, untag
from govmatch.triage.actions.noting import add_note, delete_note
from govmatch.triage.actions.opening import begin, complete, take_back
from govmatch.triage.actions.requests import answer, answer_mark, ask, settle
from govmatch.triage.actions.saving import (
    LONGEST_NAME,
    choose_columns,
    choose_keys,
    delete_view,
    save_view,
)
from govmatch.triage.actions.tags import LONGEST_TAG, clean_tag

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TAG",
    "MOST_AT_ONCE",
    "Done",
    "Seen",
    "Undone",
    "add_note",
    "answer",
    "answer_mark",
    "apply",
    "ask",
    "assign",
    "begin",
    "choose_columns",
    "choose_keys",
    "clean_tag",
    "complete",
    "delete_note",
    "delete_view",
    "mark_likeness",
    "move",
    "preview",
    "rule_gate",
    "save_view",
    "settle",
    "tag",
    "take_back",
    "undo",
    "untag",
]
