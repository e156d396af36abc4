"""govmatch: authorities publish challenges, small firms apply, pilots show what works."""

__version__ = "0.1.0"
