"""`govmatch content check`: are all files right? Nothing but the files is asked."""

from pathlib import Path

from govmatch.challenges.content.base import known_in_files, read_base
from govmatch.challenges.content.reading import file_names, read_challenges
from govmatch.kit.content import Done, Folder, Report


def check(content_dir: Path) -> Report:
    """Return what is wrong with the files of a content folder, each fault with line and remedy."""
    folder = Folder(content_dir)
    report = Report()
    base = read_base(folder, report.problems)
    known = known_in_files(base, folder)
    for slug, found in read_challenges(folder, known, report.problems):
        report.note("challenge", slug, Done.CHECKED if found else Done.REFUSED)
    report.files = base.files + len(file_names(folder))
    return report
