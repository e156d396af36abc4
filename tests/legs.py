"""What a run of the tests stood on: databases, a browser, PDF; and its one closing line."""

import os
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests import chromium, postgresql, printing

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "browser": "browser", "pdf": "PDF"}
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
PACKAGES = {"postgresql": "postgresql", "browser": "chromium libatomic1", "pdf": PANGO}


def must_have_all() -> bool:
    """Tell whether a missing leg is a failure: on the machine that decides about a change."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def missing() -> list[str]:
    """Return the legs that this machine cannot stand on."""
    has = {
        "postgresql": postgresql.is_available(),
        "browser": chromium.path() is not None,
        "pdf": printing.can_render(),
    }
    return [leg for leg, there in has.items() if not there]


@dataclass(eq=False)
class ClosingLine:
    """Counts what ran on which leg, and says it in one line after everything else."""

    ran: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    passed: int = 0
    # A run that never came to its end has not passed.
    exit_status: int = 1

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        counter = self.skipped if report.skipped else self.ran
        if report.when == "call" or report.skipped:
            counter.update(leg for leg in NAMES if leg in report.keywords)
        if report.when == "call" and report.passed:
            self.passed += 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        self.exit_status = int(exitstatus)

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        terminal = config.pluginmanager.get_plugin("terminalreporter")
        if terminal is not None and not config.option.collectonly:
            terminal.write_line(self.text)

    @property
    def text(self) -> str:
        if self.exit_status:
            return "govmatch: tests FAILED, see above"
        stood = [name for leg, name in NAMES.items() if self.ran[leg]]
        left_out = [name for leg, name in NAMES.items() if self.skipped[leg] and not self.ran[leg]]
        on = f" ({', '.join(stood)})" if stood else ""
        without = f"; SKIPPED for want of a program: {', '.join(left_out)}" if left_out else ""
        return f"govmatch: all {self.passed} tests passed{on}{without}"
