"""Every setting says what it is for, and operators read of each in docs/operating.md."""

from dataclasses import fields

from govmatch.settings import Settings
from tests.architecture.tree import ROOT


def test_every_setting_is_described() -> None:
    assert [f.name for f in fields(Settings) if len(f.metadata.get("help", "").split()) < 3] == []


def test_every_setting_is_in_the_guide_for_operators() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text("utf-8")
    names = [f"GOVMATCH_{f.name.upper()}" for f in fields(Settings)]
    assert [name for name in names if name not in guide] == []
