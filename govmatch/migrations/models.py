"""Imports every package's tables, so that the metadata is whole."""

from importlib import import_module
from pathlib import Path

from govmatch.kit import jobs, journal, limits, once
from govmatch.kit.db import Base

KIT = (jobs, journal, limits, once)

for _models in sorted(Path(__file__).parent.parent.glob("*/models*")):
    if _models.suffix == ".py" or (_models / "__init__.py").is_file():
        import_module(f"govmatch.{_models.parent.name}.models")

metadata = Base.metadata
