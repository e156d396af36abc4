"""Challenges as content/challenges says them: checking, loading and writing back.

One file per challenge and language, `<slug>.<lang>.md`. The facts are the same in the files of a
slug, the texts are translated. A wrong file stops nothing else.
"""

from govmatch.challenges.content.checking import check
from govmatch.challenges.content.exporting import export
from govmatch.challenges.content.syncing import sync

__all__ = ["check", "export", "sync"]
