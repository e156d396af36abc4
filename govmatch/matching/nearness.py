"""What pages ask about how alike texts are: answered aside, of texts and with numbers and texts.

They name these functions to `kit.aside.ask` and never import them; the bridge comes from
`glossary.bridging.kept_bridge`.
"""

from collections.abc import Sequence
from functools import lru_cache

from govmatch.matching import alike
from govmatch.matching.alike import Readable, compare, rarity_of, side_by_side
from govmatch.matching.likeness import Beside, Similar
from govmatch.matching.profile import Profile, Text
from govmatch.matching.rarity import Rarity, cosine
from govmatch.matching.reading import Reader, Terms
from govmatch.search.bridge.concepts import Bridge


def nearest(bridge: Bridge, asked: Profile, others: Sequence[Profile], more: int) -> list[float]:
    """Return how alike of 1 each of the others is to a profile, by what their texts mean.

    As if there were `more` profiles that say something else: among few a term that two of them
    share would count as common, and nothing were alike.
    """
    reader = _reader(bridge)
    own, *terms = [_terms(reader, one) for one in (asked, *others)]
    counted = Rarity.of([own, *terms])
    rarity = Rarity(counted.profiles + more, counted.text, counted.codes)
    vector = rarity.text_vector(own)
    return [cosine(vector, rarity.text_vector(one)) for one in terms]


def like_each(bridge: Bridge, asked: Text, others: Sequence[Text]) -> list[float]:
    """Return how alike of 1 each of the others is to a text, among these alone."""
    own, *spoken = [Terms(bridge.terms(one.text, one.language), {}) for one in (asked, *others)]
    rarity = Rarity.of([own, *spoken])
    vector = rarity.text_vector(own)
    return [cosine(vector, rarity.text_vector(one)) for one in spoken]


def similar_texts(bridge: Bridge, one: Profile, others: Sequence[Profile]) -> list[Similar]:
    """Return which of the others are like one, see `alike.similar`; rarity is that among them."""
    here, *there = [_read(bridge, each) for each in (one, *others)]
    return alike.similar(here, there, rarity=rarity_of([here, *there]))


def beside(bridge: Bridge, one: Profile, other: Profile, others: Sequence[Profile]) -> Beside:
    """Return two things side by side; `others` only tell how rare words are."""
    here, there, *rest = [_read(bridge, each) for each in (one, other, *others)]
    rarity = rarity_of([here, there, *rest])
    likeness = compare(here, there, rarity=rarity)
    rows = side_by_side(here, there, likeness, rarity=rarity)
    return Beside(likeness, [(a.text if a else "", b.text if b else "") for a, b in rows])


@lru_cache(maxsize=32)
def _read(bridge: Bridge, profile: Profile) -> Readable:
    return alike.read(profile, bridge=bridge)


@lru_cache(maxsize=1)
def _reader(bridge: Bridge) -> Reader:
    return Reader(bridge, parents=lambda _code: ())


@lru_cache(maxsize=2_000)
def _terms(reader: Reader, profile: Profile) -> Terms:
    return Terms(reader.read(profile).text, {})
