"""Reading content/programmes: each file with its template laid under it, and checked as a whole."""

from typing import Any

from govmatch.kit.content import Folder, Place, Problem, Tree, Wrong, read_yaml
from govmatch.kit.i18n import LANGUAGES, msg
from govmatch.organisations.content import same_as_file
from govmatch.programmes import promise, remedies
from govmatch.programmes.content import parts
from govmatch.programmes.content.data import ProgrammeData
from govmatch.programmes.content.letters import folder_of, read_letters
from govmatch.programmes.content.merging import merged
from govmatch.programmes.content.parts_of_people import check_criteria_sets, check_voices
from govmatch.programmes.content.parts_of_phases import check_phases, phase_ids

FOLDER = "programmes"
MOST_TEMPLATES = 5

_FACTS = (
    "languages",
    "data_controller",
    "pilots_max",
    promise.KEY,
    remedies.DAYS_KEY,
    remedies.TEXT_KEY,
    "retention",
    "form_minutes",
    "form_intro",
    "criteria_sets",
    "voices",
)
_KEYS = (
    "slug",
    "template",
    "name",
    "summary",
    "phases",
    "criteria",
    "rules",
    "limits",
    "form",
    *_FACTS,
)


def read_programmes(folder: Folder, problems: list[Problem]) -> dict[str, ProgrammeData]:
    """Return the programmes whose files are right, by slug; `problems` says what is wrong.

    A programme whose template is wrong is left out without a word of its own: mending the template
    mends it.
    """
    trees: dict[str, Tree] = {}
    for name in folder.names(FOLDER, ".yaml"):
        try:
            trees[_stem(name)] = read_yaml(folder.read(name))
        except Wrong as wrong:
            problems.append(wrong.problem)
    found: dict[str, ProgrammeData] = {}
    left = dict(trees)
    for _ in range(MOST_TEMPLATES):
        for stem, tree in list(left.items()):
            template = _template_of(tree)
            if template is None or template in found:
                _take(folder, left.pop(stem), trees, found, problems)
    for tree in left.values():
        _complain_of_template(tree, trees, problems)
    _note_stray_letters(folder, trees, problems)
    return found


def _note_stray_letters(folder: Folder, trees: dict[str, Tree], problems: list[Problem]) -> None:
    """Note letters of which no programme knows, each folder once."""
    below = folder.root / FOLDER
    slugs = sorted(path.name for path in below.iterdir()) if below.is_dir() else []
    strays = [slug for slug in slugs if slug not in trees and folder.names(folder_of(slug), "")]
    problems += [
        Problem(
            folder_of(slug),
            1,
            "",
            msg("There is no programme {slug}.", slug=slug[:60]),
            msg("Name the folder as a file of content/programmes without its ending."),
        )
        for slug in strays
    ]


def _take(
    folder: Folder,
    tree: Tree,
    trees: dict[str, Tree],
    found: dict[str, ProgrammeData],
    problems: list[Problem],
) -> None:
    """Check a programme with its template laid under it, and its letters; keep it where right."""
    template = _template_of(tree)
    whole = merged(trees[template], tree) if template is not None else tree
    before = len(problems)
    own = read_letters(folder, _stem(tree.name), problems)
    inherited = found[template].letters if template is not None else {}
    data = _programme(whole, {**inherited, **own}, problems)
    trees[_stem(tree.name)] = whole
    if len(problems) == before:
        found[data.slug] = data


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].removesuffix(".yaml")


def _template_of(tree: Tree) -> str | None:
    found = tree.data.get("template")
    return found if isinstance(found, str) else None


def _complain_of_template(tree: Tree, trees: dict[str, Tree], problems: list[Problem]) -> None:
    template = _template_of(tree) or ""
    place = Place.top(tree, problems).child("template")
    if template not in trees:
        place.wrong(
            msg("There is no programme {slug}.", slug=template[:60]),
            msg("Name a file of content/programmes without its ending."),
        )
    elif _is_circle(tree, trees):
        place.wrong(
            msg("The templates lead in a circle or too far."),
            msg("Name a programme that stands on its own."),
        )


def _is_circle(tree: Tree, trees: dict[str, Tree]) -> bool:
    for _ in range(MOST_TEMPLATES):
        template = _template_of(tree)
        if template is None or template not in trees:
            return False
        tree = trees[template]
    return True


def _programme(tree: Tree, letters: dict[str, Any], problems: list[Problem]) -> ProgrammeData:
    top = Place.top(tree, problems)
    top.only(_KEYS)
    _check_facts(top)
    check_phases(top.needed("phases"))
    ids = parts.check_criteria(top.needed("criteria"))
    parts.check_criterion_questions(top.child("criteria"), ids)
    check_criteria_sets(top.child("criteria_sets"), ids)
    check_voices(top.child("voices"))
    parts.check_rules(top.needed("rules"), phase_ids(top.child("phases")))
    parts.check_limits(top.needed("limits"))
    form = top.child("form").value or {"sections": []}
    parts.check_form(top.child("form"), form, ids)
    data = tree.data
    return ProgrammeData(
        slug=same_as_file(top),
        template=_template_of(tree),
        names=top.needed("name").texts(limit=120),
        summaries=top.child("summary").texts(limit=600),
        phases=data.get("phases"),
        criteria=data.get("criteria"),
        rules=data.get("rules"),
        limits=data.get("limits"),
        form=form,
        letters=letters,
        facts={key: data[key] for key in _FACTS if key in data},
        source_path=tree.name,
    )


def _check_facts(top: Place) -> None:
    for place in top.needed("languages").items(low=1, high=3):
        place.choice(LANGUAGES)
    top.needed("data_controller").choice(("authority", "joint"))
    top.needed("pilots_max").whole(low=1, high=50)
    top.child(promise.KEY).whole(low=1, high=promise.MOST)
    top.child(remedies.DAYS_KEY).whole(low=1, high=remedies.MOST_DAYS)
    top.child(remedies.TEXT_KEY).texts(limit=remedies.LONGEST)
    top.child("form_minutes").whole(low=1, high=10_000)
    top.child("form_intro").texts(limit=1_500)
    parts.check_retention(top.child("retention"))
