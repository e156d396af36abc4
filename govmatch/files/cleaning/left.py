"""Why a file may still tell who made it, after all was taken out that could be."""

from enum import StrEnum


class Left(StrEnum):
    SIGNED = "signed"
    """A signature covers every byte, so nothing was changed."""
    TOO_LONG = "too_long"
    """A part of it is too long, or written in another way, to be read for names."""
    PACKED = "packed"
    """Its properties are packed so that they cannot be read, or not written again."""
    PICTURES = "pictures"
    """It holds more or larger pictures than are written anew, or damaged or other ones."""
