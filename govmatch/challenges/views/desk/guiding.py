"""The questions that help to write each part of a description, and what each section is for."""

from collections.abc import Mapping

from govmatch.challenges.parts import Part
from govmatch.kit.i18n import Message, msg

GUIDING: Mapping[Part, Message] = {
    Part.INTRODUCTION: msg(
        "This stands before the first heading. Move what belongs to a section of its own there."
    ),
    Part.PROBLEM: msg(
        "Who suffers from what, how often, and what does it cost today? What was tried already?"
    ),
    Part.USERS: msg(
        "Who would work with the solution day by day, and how many are they? What do they know, "
        "and what do they need?"
    ),
    Part.GOAL: msg(
        "What would be different afterwards, and how would you measure it? Describe the result, "
        "not the technology."
    ),
    Part.DATA: msg(
        "Which data and systems are there, in which format, and who gives access? What may firms "
        "use in the pilot?"
    ),
    Part.CONSTRAINTS: msg(
        "What limits a solution: law, data protection, accessibility, rules for IT, dates? "
        "What has to stay as it is?"
    ),
    Part.OFFER: msg(
        "What do you bring to the pilot: people and their time, places to test, data, contacts?"
    ),
    Part.AFTERWARDS: msg(
        "What happens when the pilot works: who buys, who runs it, who pays? And when it does not?"
    ),
}
