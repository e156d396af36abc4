"""`govmatch match`: the same matches and reasons, of what everybody may see."""

import pytest
import typer

from govmatch.cli.match import tell
from tests.web.matching.test_firms_for import HIDDEN
from tests.web.matching.world import ABOUT_LABELS, MatchWorld


def told(world: MatchWorld, thing: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what the command prints."""
    with world.site.database.reading() as session:
        tell(session, world.site.settings, thing, lang="en", size=10)
    return " ".join(capsys.readouterr().out.split())


def test_it_prints_who_fits_a_challenge_and_why(
    world: MatchWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(world, world.labels, capsys)
    assert said.startswith("1. Nordlys Vision ApS - Fits very well + Summary: “billeder”")
    assert "+ CPV codes of both: 72212328 Image-processing" in said
    assert "? Entry in a business register is asked for and not in the profile" in said
    assert not any(word in said for word in HIDDEN)


def test_it_prints_what_fits_a_firm(world: MatchWorld, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(world, world.firms["weser"].slug, capsys)
    assert said.startswith("1. How do small firms send electronic invoices?")
    assert said.endswith("govmatch: 1 found")


def test_it_knows_nothing_that_is_hidden(
    world: MatchWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = world.desk.draft(words=ABOUT_LABELS)
    world.work()
    for thing in (draft, world.firms["geheim"].slug, "nothing"):
        with pytest.raises(typer.Exit):
            told(world, thing, capsys)
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "there is no published challenge and no listed firm" in printed.err
