"""Forms as data: what they ask, what was answered, and what is still missing.

A questionnaire is plain data that its owner keeps (a programme's form, a challenge's questions);
its version is the digest of that data. Answers are plain data by question id. Nothing here has a
table, knows a person or decides who may see what.

The way of a form: `load` it, keep what `dump` gives, get it back by `load_kept`; show a section
with `answers_form` and the macros of templates/questionnaires/; turn what was sent into answers
with `parse_draft`; ask `progress` for the task list and `check_complete` before it is sent in; show
`rows` to check; keep `canonical` and its hash for the receipt; give `redacted` answers to blind
reviewers and `plain_text` to the index.
"""

from govmatch.questionnaires.answers import Answer, Answers
from govmatch.questionnaires.completeness import (
    Gap,
    Progress,
    SectionProgress,
    check_complete,
    errors_of,
    gaps_in,
    progress,
)
from govmatch.questionnaires.conditions import answerable, asked, is_asked, submitted
from govmatch.questionnaires.definition import (
    TICKED,
    Condition,
    Kind,
    Option,
    Question,
    Questionnaire,
    Section,
    Text,
    Texts,
    text_for,
)
from govmatch.questionnaires.display import Attached, Grid, Row, plain_text, rows
from govmatch.questionnaires.dumping import digest, dump, dump_questions
from govmatch.questionnaires.filling import AnswersForm, Field, answers_form, marked
from govmatch.questionnaires.flaw import Code, Flaw, code_of
from govmatch.questionnaires.guides import GUIDES, PROFILE, Guide
from govmatch.questionnaires.loading import (
    InvalidDefinition,
    check,
    extended,
    load,
    load_kept,
    load_kept_questions,
    load_questions,
)
from govmatch.questionnaires.node import Problem
from govmatch.questionnaires.parsing import Draft, kept_files, parse_draft
from govmatch.questionnaires.receipts import canonical, content_hash, file_ids, receipt_addresses
from govmatch.questionnaires.redaction import redacted
from govmatch.questionnaires.texts import count_chars, count_words
from govmatch.questionnaires.translations import Merged, merge_translations

__all__ = [
    "GUIDES",
    "PROFILE",
    "TICKED",
    "Answer",
    "Answers",
    "AnswersForm",
    "Attached",
    "Code",
    "Condition",
    "Draft",
    "Field",
    "Flaw",
    "Gap",
    "Grid",
    "Guide",
    "InvalidDefinition",
    "Kind",
    "Merged",
    "Option",
    "Problem",
    "Progress",
    "Question",
    "Questionnaire",
    "Row",
    "Section",
    "SectionProgress",
    "Text",
    "Texts",
    "answerable",
    "answers_form",
    "asked",
    "canonical",
    "check",
    "check_complete",
    "code_of",
    "content_hash",
    "count_chars",
    "count_words",
    "digest",
    "dump",
    "dump_questions",
    "errors_of",
    "extended",
    "file_ids",
    "gaps_in",
    "is_asked",
    "kept_files",
    "load",
    "load_kept",
    "load_kept_questions",
    "load_questions",
    "marked",
    "merge_translations",
    "parse_draft",
    "plain_text",
    "progress",
    "receipt_addresses",
    "redacted",
    "rows",
    "submitted",
    "text_for",
]
