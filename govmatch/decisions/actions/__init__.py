"""The verbs of decisions."""

from govmatch.decisions.actions.answering import answer, miss, note_reading, remind
from govmatch.decisions.actions.confirming import confirm, return_
from govmatch.decisions.actions.ending import propose_ending
from govmatch.decisions.actions.letters import check, check_several, correct, remake
from govmatch.decisions.actions.proposing import (
    Proposal,
    begin,
    propose,
    save,
    save_reasons,
    take_back,
)
from govmatch.decisions.actions.questions_back import ask, remind_of_question, reply
from govmatch.decisions.actions.releasing import release
from govmatch.decisions.actions.succeeding import propose_successor

__all__ = [
    "Proposal",
    "answer",
    "ask",
    "begin",
    "check",
    "check_several",
    "confirm",
    "correct",
    "miss",
    "note_reading",
    "propose",
    "propose_ending",
    "propose_successor",
    "release",
    "remake",
    "remind",
    "remind_of_question",
    "reply",
    "return_",
    "save",
    "save_reasons",
    "take_back",
]
