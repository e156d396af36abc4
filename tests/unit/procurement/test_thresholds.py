"""Thresholds as files say them: what ships is right, a wrong file is named and stops nothing."""

import shutil
from pathlib import Path

import pytest

from govmatch.kit.content import Folder, Problem
from govmatch.procurement.content import read_thresholds
from govmatch.procurement.kept import tables
from govmatch.procurement.table import Buyer, Table
from govmatch.settings import shipped

CONTENT = shipped("content")


def read(root: Path) -> tuple[dict[str, Table], list[Problem]]:
    problems: list[Problem] = []
    return read_thresholds(Folder(root), problems), problems


def broken(root: Path, old: str, new: str, *, name: str = "de-bremen") -> list[Problem]:
    """Return the problems of the shipped files with one text replaced."""
    shutil.copytree(CONTENT / "thresholds", root / "thresholds")
    path = root / "thresholds" / f"{name}.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    return read(root)[1]


def test_what_ships_is_right_and_says_where_each_figure_is_from() -> None:
    found, problems = read(CONTENT)
    assert problems == []
    lines = [line for table in found.values() for line in table.thresholds]
    assert all(line.source.name and line.source.address.startswith("http") for line in lines)
    assert all(set(line.labels) == {"de", "da", "en"} == set(line.explanations) for line in lines)
    limits = {
        (
            table.slug,
            line.procedure,
            tuple(sorted(buyer.value for buyer in line.buyers)),
        ): line.limit
        for table in found.values()
        for line in table.thresholds
    }
    sub_central = ("municipal", "other", "regional")
    assert limits["dk-2024", "national", ("central",)] == 1_064_177
    assert limits["dk-2024", "national", sub_central] == 1_644_638
    assert limits["eu-2026", "national", sub_central] == 216_000
    assert limits["de-saxony", "direct-order", sub_central] == 500
    assert limits["de-bremen", "direct-order", sub_central] == 3_000


def test_what_nobody_has_compared_with_the_law_is_marked() -> None:
    found, _ = read(CONTENT)
    marked = {slug for slug, one in found.items() if not one.thresholds[0].is_checked}
    assert marked == {
        "de-baden-wuerttemberg", "de-bremen", "de-hamburg", "de-lower-saxony", "de-saxony",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "field", "line"),
    [
        ("country: DE", "country: XX", "country", 8),
        ("currency: EUR", "currency: EURO", "currency", 10),
        ("valid_from: 2023-02-10", "valid_from: soon", "valid_from", 11),
        ("limit: 3000", "limit: 3.000", "thresholds.1.limit", 20),
        ("kinds: [regional", "kinds: [land", "thresholds.1.kinds.1", 19),
        ("as_of: 2023-01-31", "as_of: 2023", "source.as_of", 16),
        ("    limit: 3000\n    includes_limit: true\n", "", "thresholds.1.limit", 18),
        ("slug: de-bremen", "slug: de-hb", "slug", 3),
        ("procedure: offers-compared", "procedure: direct-order", "thresholds", 17),
    ],
)
def test_each_mistake_is_named_with_line_field_and_remedy(
    tmp_path: Path, old: str, new: str, field: str, line: int
) -> None:
    problem = broken(tmp_path, old, new)[0]
    assert (problem.path, problem.field, problem.line) == (
        "thresholds/de-bremen.yaml", field, line,
    )  # fmt: skip
    assert str(problem.remedy)


def test_a_wrong_file_is_left_out_and_the_others_are_read(tmp_path: Path) -> None:
    broken(tmp_path, "country: DE", "country: XX")
    found = tables(tmp_path)
    assert found.unread == ("thresholds/de-bremen.yaml",)
    assert "de-bremen" not in {one.slug for one in found.every}
    assert "dk-2024" in {one.slug for one in found.every}


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    shutil.copytree(CONTENT / "thresholds", tmp_path / "thresholds")
    before = {one.slug for one in tables(tmp_path).every}
    (tmp_path / "thresholds" / "dk-2024.yaml").unlink()
    assert {one.slug for one in tables(tmp_path).every} == before - {"dk-2024"}


def test_a_content_folder_without_thresholds_has_none(tmp_path: Path) -> None:
    assert tables(tmp_path).every == () == tables(tmp_path).unread


def test_a_region_is_found_however_it_is_written() -> None:
    bremen = read(CONTENT)[0]["de-bremen"]
    assert bremen.covers("DE", "freie  hansestadt BREMEN")
    assert not bremen.covers("DE", "Bremerhaven")
    assert not bremen.covers("AT", "Bremen")
    assert Buyer.CENTRAL not in bremen.thresholds[0].buyers
