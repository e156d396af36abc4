"""Programmes and rounds as content/programmes and content/rounds say them."""

from govmatch.programmes.content.data import ProgrammeData, RoundData
from govmatch.programmes.content.programmes import read_programmes
from govmatch.programmes.content.rounds import read_rounds

__all__ = ["ProgrammeData", "RoundData", "read_programmes", "read_rounds"]
