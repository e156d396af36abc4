"""Whose turn it is to write: threads of one process, one after the other, in the order they came.

SQLite lets whoever finds it locked sleep and look again, up to 100 ms each time, and gives the
lock to whoever happens to look first. With many writers nobody writes for some of that time, and
some wait much longer than others. Between processes it stays so; within one process nobody has to
look twice.
"""

from collections import deque
from threading import Lock


class Turns:
    """One holder at a time; the others wait in a row."""

    def __init__(self) -> None:
        self._row: deque[Lock] = deque()
        self._guard = Lock()
        self._is_taken = False

    def take(self, *, seconds: float) -> bool:
        """Wait for a turn, at most so many seconds; return whether it came."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._row.append(mine)
        if mine.acquire(timeout=seconds):
            return True
        with self._guard:
            if mine in self._row:
                self._row.remove(mine)
                return False
        return True  # it came at the very end of the wait

    def give(self) -> None:
        """End a turn: whoever has waited longest has the next one."""
        with self._guard:
            if self._row:
                self._row.popleft().release()
            else:
                self._is_taken = False
