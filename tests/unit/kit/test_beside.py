"""The process beside the site: the same answers, replaced when it fails, over with the site."""

import ast
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govmatch.kit import aside
from govmatch.kit.aside import Away, Failed, Question, function_of
from govmatch.kit.beside import Beside
from govmatch.search.expansion import Expansions, Spelling
from govmatch.search.index import Index
from govmatch.search.site_index import SiteIndex
from govmatch.searching import QUESTIONS
from tests.architecture.tree import PACKAGE, ROOT
from tests.unit.search.entries import NOW, build, de

SEEN: dict[str, Any] = {"audience": frozenset({"public"}), "now": NOW, "lang": "de"}


def start(*, patience: float = 30.0) -> Beside:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    return Beside("govmatch.searching", environment=environment, patience=patience)


@pytest.fixture
def beside() -> Iterator[Beside]:
    found = start()
    aside.use(found)
    try:
        yield found
    finally:
        aside.use(None)
        found.close()


def soon(holds: Callable[[], object], *, patience: float = 60.0) -> bool:
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def is_there(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    return "State:\tZ" not in status


def test_the_site_finds_beside_what_the_index_has(tmp_path: Path, beside: Beside) -> None:
    build(tmp_path, de("1", "Sauberes Wasser"), de("2", "Neue Schulen"))
    words = Expansions([[Spelling("Nass", "de"), Spelling("Wasser", "de")]])
    site, index = SiteIndex(tmp_path, expansions=lambda: words), Index(tmp_path)
    for query in ("Wasser", "nass", "schule", "(", '"neue schulen"', "Waser", ""):
        asked = index.search(query, expansions=words, **SEEN)
        found = site.search(query, **SEEN)
        assert (found.hits, found.total, found.facets, found.ignored) == (
            asked.hits, asked.total, asked.facets, asked.ignored,
        )  # fmt: skip
    assert site.search("nass", **SEEN).total == 1
    assert [one.id for one in site.suggest("neu", **SEEN)] == ["2"]
    assert site.near_words("Waser", **SEEN) == ["wasser"]
    nobody = {**SEEN, "audience": frozenset[str]()}
    assert site.search("", **nobody).total == 0


def test_a_killed_process_is_replaced_and_the_question_answered(
    tmp_path: Path, beside: Beside
) -> None:
    build(tmp_path, de("1", "Sauberes Wasser"))
    site = SiteIndex(tmp_path)
    assert site.search("Wasser", **SEEN).total == 1
    time.sleep(1)  # what ends sooner after its start is not replaced at once
    pid = beside.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert site.search("Wasser", **SEEN).total == 1
    assert beside.pid != pid and not is_there(pid)


def test_one_that_hangs_is_replaced_and_searches_are_unavailable_meanwhile(tmp_path: Path) -> None:
    build(tmp_path, de("1", "Sauberes Wasser"))
    hanging, site = start(), SiteIndex(tmp_path)
    aside.use(hanging)
    try:
        assert site.search("Wasser", **SEEN).total == 1
        pid = hanging.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        assert soon(lambda: "State:\tT" in Path(f"/proc/{pid}/status").read_text())
        hanging._patience = 0.2
        found = site.search("Wasser", **SEEN)
        assert found.unavailable and not found.hits
        assert site.suggest("Was", **SEEN) == []
        assert not is_there(pid)
        hanging._patience = 30.0
        assert soon(lambda: site.search("Wasser", **SEEN).total)
    finally:
        aside.use(None)
        hanging.close()


def test_only_what_is_meant_to_be_asked_is_answered(beside: Beside) -> None:
    for name in ("kit.ids:new_id", "search.answering:_index", "settings:load", "nothing:at_all"):
        with pytest.raises(Failed):
            beside.ask(Question(name, (), {}), {})
    with pytest.raises(Failed):
        beside.ask(Question("search.answering:search", ("wrong",), {}), {})
    assert aside.ask("taxonomy.cpv_words:asked_stems", "Schulen") != []


def test_what_is_too_long_is_not_asked_and_the_next_question_is(beside: Beside) -> None:
    with pytest.raises(Away):
        aside.ask("taxonomy.cpv_words:asked_stems", "x" * 17_000_000)
    assert aside.ask("taxonomy.cpv_words:asked_stems", "Schulen") != []


def test_it_is_over_with_the_process_that_started_it() -> None:
    script = (
        "import os, sys, time\n"
        "from govmatch.kit.beside import Beside\n"
        "one = Beside('govmatch.searching', environment=dict(os.environ))\n"
        "print(one.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_there(pid)
        parent.kill()
    assert soon(lambda: not is_there(pid))


def test_after_its_end_nobody_is_there_to_ask() -> None:
    one = start()
    pid = one.pid
    assert pid is not None
    one.close()
    assert not is_there(pid)
    with pytest.raises(Away):
        one.ask(Question("taxonomy.cpv_words:asked_stems", ("Schulen",), {}), {})


def test_every_question_of_the_code_may_be_asked_and_none_but_these() -> None:
    asked = set()
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        if not re.search(r"\b(?:ask|Kept)\(\s*[\"']", source):
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"ask", "Kept"}:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and ":" in str(first.value):
                    asked.add(first.value)
    assert asked == QUESTIONS
    assert all(callable(function_of(name)) for name in QUESTIONS)
