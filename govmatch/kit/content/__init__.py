"""Files that people write and review like code: read safely, every fault named with its line.

YAML is read as version 1.2 means it (`on`, `NO` and dates stay text), without anchors and tags.
Nothing here knows what the files are about.
"""

from govmatch.kit.content.acting import FILES, is_files
from govmatch.kit.content.folder import Folder, Source, without_unseen
from govmatch.kit.content.front_matter import Document, read_document
from govmatch.kit.content.place import Place, instants_of, is_slug, zones
from govmatch.kit.content.problems import Done, Outcome, Problem, Report, Wrong
from govmatch.kit.content.yaml_text import Path, Tree, read_yaml, written

__all__ = [
    "FILES",
    "Document",
    "Done",
    "Folder",
    "Outcome",
    "Path",
    "Place",
    "Problem",
    "Report",
    "Source",
    "Tree",
    "Wrong",
    "instants_of",
    "is_files",
    "is_slug",
    "read_document",
    "read_yaml",
    "without_unseen",
    "written",
    "zones",
]
