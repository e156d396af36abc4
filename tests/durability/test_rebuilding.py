"""`govmatch index rebuild`, killed at any moment: it goes on, and nothing recorded is lost."""

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from govmatch.search.index import Index
from govmatch.search.rebuilding import read_state
from tests.durability.firms import Place, make_place
from tests.unit.worker.firms import differs

FIRMS = 120
PART = "8"
SEED = 20261122


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = make_place(tmp_path / "data")
    made.load(0, FIRMS)
    yield made
    made.database.close()


def has_begun(place: Place) -> bool:
    state = read_state(place.settings.index_dir)
    return state is not None and state.done > 0


def parts(place: Place) -> set[Path]:
    return set(place.settings.index_dir.glob("g-*/part-*"))


def wait_for_a_part(place: Place, process: subprocess.Popen[bytes], before: set[Path]) -> None:
    """Wait until this process has a part made, or has ended."""
    while process.poll() is None and not parts(place) - before:
        time.sleep(0.005)


def wait_until_begun(place: Place, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while not has_begun(place):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.parametrize("kills", [3, pytest.param(24, marks=pytest.mark.durability)])
def test_a_making_killed_at_any_moment_goes_on_and_loses_nothing(place: Place, kills: int) -> None:
    dice = random.Random(SEED)
    names = place.load(FIRMS, 1)
    place.run("index", "rebuild", "--fresh")
    killed = resumed = number = 0
    while killed < kills:
        number += 1
        names += place.load(FIRMS + number, 1)
        fresh = [] if read_state(place.settings.index_dir) else ["--fresh"]
        before = parts(place)
        process = place.start("index", "rebuild", "--part", PART, *fresh)
        if dice.random() < 0.8:  # most die while they make it, some at their start
            wait_for_a_part(place, process, before)
        with suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(0.0, 1.5))
        if process.poll() is None:
            process.kill()
            killed += 1
        said = process.communicate()[0].decode()
        assert process.returncode in {0, -9}, said
        resumed += "were in already" in said or has_begun(place)
        assert place.finds(names[0])
    last = place.load(FIRMS + number + 1, 1)
    place.run("index", "rebuild", "--part", PART)
    assert resumed >= kills // 3
    assert not differs(place.settings, place.database)
    assert all(place.finds(name) for name in [*names, *last])
    made = Index(place.settings.index_dir).digests()
    place.run("index", "rebuild", "--fresh")
    assert Index(place.settings.index_dir).digests() == made
    assert "is what the database says" in place.run("index", "check")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_making_that_is_stopped_ends_with_what_is_in_hand_and_goes_on(
    place: Place, number: signal.Signals
) -> None:
    process = place.start("index", "rebuild", "--part", PART)
    wait_until_begun(place, process)
    before = read_state(place.settings.index_dir)
    process.send_signal(number)
    said = process.communicate(timeout=30)[0].decode()
    assert process.returncode == 130, said
    assert "stopped; the same command goes on from here" in said
    state = read_state(place.settings.index_dir)
    assert before and state and not state.is_finished
    assert state.done - before.done <= 4 * int(PART)
    said = place.run("index", "rebuild", "--part", PART)
    assert f"{state.done} of {state.total} were in already" in said
    assert not differs(place.settings, place.database)


def test_two_commands_do_not_make_it_at_once(place: Place) -> None:
    process = place.start("index", "rebuild", "--part", PART)
    wait_until_begun(place, process)
    second = place.start("index", "rebuild")
    said = second.communicate(timeout=60)[0].decode()
    first_said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0, first_said
    assert second.returncode == 1 or "the index is new" in said
    assert not differs(place.settings, place.database)
