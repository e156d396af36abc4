"""What the codes of two profiles have in common, and which the profile could have too."""

from collections.abc import Iterator, Mapping, Sequence

from govmatch.challenges.models import Challenge
from govmatch.explore.matching.facts_in_words import Line
from govmatch.explore.matching.naming import Names
from govmatch.kit.i18n import Message, msg
from govmatch.matching.explanation import SharedCode
from govmatch.matching.profile import Profile

MOST_RELATED = 3
BROAD = "000"
"""The end of a code under which nearly everything stands, such as all programming."""
BETWEEN = "; "

_SAME: Mapping[str, Message] = {
    "theme": msg("Themes of both"),
    "technology": msg("Technologies of both"),
    "cpv": msg("CPV codes of both"),
}


def shared_codes(shared: Sequence[SharedCode], names: Names) -> Iterator[Line]:
    """Yield the same codes, then those of which one stands under the other, or both under a third.

    That two stand under a broad code, which is neither of them, says nothing.
    """
    for tree, title in _SAME.items():
        same = [one.here for one in shared if _steps(one) == 0 and one.here.startswith(tree)]
        if same:
            codes = names.of_codes(same, between=BETWEEN)
            yield Line(msg("{what}: {codes}", what=title, codes=codes))
    near = [one for one in shared if _steps(one) == 1]
    # Beside what is nearer, two that only stand under a third say little.
    far = [] if near or _is_cpv_shared(shared) else [one for one in shared if _is_telling(one)]
    for one in (*near[:MOST_RELATED], *far[:1]):
        yield Line(_related(one, names))


def _is_cpv_shared(shared: Sequence[SharedCode]) -> bool:
    return any(one.here.startswith("cpv:") and not _steps(one) for one in shared)


def _is_telling(one: SharedCode) -> bool:
    """Return whether two codes stand under a third that is not broad."""
    return _steps(one) == 2 and not one.above.endswith(BROAD)


def _steps(one: SharedCode) -> int:
    """Return 0 for the same code, 1 where one is under the other, 2 for two under a third."""
    return sum(one.above != code for code in (one.here, one.there))


def _related(one: SharedCode, names: Names) -> Message:
    here, there, above = map(names.inside, (one.here, one.there, one.above))
    if one.above == one.here:
        return msg(
            "{below} in the profile is under {above} in the challenge", below=there, above=here
        )
    if one.above == one.there:
        return msg(
            "{below} in the challenge is under {above} in the profile", below=here, above=there
        )
    return msg(
        "{here} in the challenge and {there} in the profile are both under {above}",
        here=here,
        there=there,
        above=above,
    )


def unsaid_codes(challenge: Challenge, profile: Profile, names: Names) -> Iterator[Line]:
    """Yield themes that the profile does not name, and codes where it has none at all."""
    themes = [f"theme:{term.slug}" for term in challenge.terms if term.kind == "theme"]
    if other := [code for code in themes if code not in profile.codes]:
        text = msg("The profile does not name this theme: {themes}", themes=names.of_codes(other))
        yield Line(text, "/edit/topics", msg("If it is yours, add it"))
    codes = [f"cpv:{code}" for code in challenge.cpv]
    if codes and not any(code.startswith("cpv:") for code in profile.codes):
        text = msg(
            "The profile has no CPV code. The challenge names {codes}",
            codes=names.of_codes(codes, between=BETWEEN),
        )
        yield Line(text, "/edit/codes", msg("Add CPV codes"), msg("CPV codes"))
