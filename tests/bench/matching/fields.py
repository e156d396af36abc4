"""What each field of a firm's profile adds to its matches: where `organisations.strength` has its
points from. Run by hand: python -m tests.bench.matching.fields

For each firm of the demonstration the three challenges that fit it best are kept, and the score of
those is taken over every subset of the fields that are matched; a field is worth what it adds on
average over all orders in which a profile may be filled in (its Shapley value).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from math import factorial
from pathlib import Path

import yaml

from govmatch.kit.content import Folder
from govmatch.matching.profile import Profile, Text
from govmatch.matching.rarity import Rarity, cosine
from govmatch.matching.reading import Reader, Terms
from govmatch.matching.score import WEIGHTS
from govmatch.organisations.firm_files import FirmData, read_firms
from govmatch.organisations.match_profile import TEXTS
from govmatch.organisations.profile import Codes, Offer, Topics
from govmatch.search.bridge.concepts import Bridge
from govmatch.settings import shipped
from govmatch.taxonomy import cpv

FIELDS = (*TEXTS, "themes", "technologies", "cpv")
CONTENT = shipped("content")


def parents(code: str) -> list[str]:
    if code.startswith("cpv:"):
        return [f"cpv:{above}" for above in cpv.codes(CONTENT).parents(code[4:])]
    return []


def values(firm: FirmData) -> tuple[Offer, Topics, Codes]:
    found = {type(one): one for one in firm.sections}
    offer, topics, codes = found[Offer], found[Topics], found[Codes]
    assert isinstance(offer, Offer)
    assert isinstance(topics, Topics)
    assert isinstance(codes, Codes)
    return offer, topics, codes


def of_firm(firm: FirmData, fields: frozenset[str]) -> Profile:
    offer, topics, codes = values(firm)
    coded = {
        "themes": [f"theme:{slug}" for slug in topics.themes],
        "technologies": [f"technology:{slug}" for slug in topics.technologies],
        "cpv": [f"cpv:{code}" for code in codes.cpv],
    }
    return Profile(
        "firm",
        firm.slug,
        texts=tuple(
            Text(getattr(offer, name), offer.text_lang, name, weight)
            for name, weight in TEXTS.items()
            if name in fields
        ),
        codes=tuple(code for name, some in coded.items() if name in fields for code in some),
    )


def challenges(folder: Path) -> Iterator[Profile]:
    """Yield each challenge in all its languages, weighed as `challenges.match_profile` does."""
    by_slug: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.md")):
        by_slug.setdefault(path.name.split(".")[0], []).append(path)
    for slug, paths in by_slug.items():
        texts, codes = [], []
        for path in paths:
            _, front, body = path.read_text("utf-8").split("---\n", 2)
            said = yaml.safe_load(front)
            for field, weight in (("title", 2.0), ("summary", 1.5)):
                texts.append(Text(said[field], said["lang"], field, weight / len(paths)))
            texts.append(Text(body, said["lang"], "body", 1 / len(paths)))
            codes += [f"cpv:{one}" for one in said.get("cpv", [])]
            codes += [f"theme:{one}" for one in said.get("theme", [])]
            codes += [f"technology:{one}" for one in said.get("technology", [])]
        yield Profile("challenge", slug, tuple(texts), tuple(dict.fromkeys(codes)))


def score(rarity: Rarity, one: Terms, other: Terms) -> float:
    text = cosine(rarity.text_vector(one), rarity.text_vector(other))
    codes = cosine(rarity.code_vector(one), rarity.code_vector(other))
    return WEIGHTS.text * text + WEIGHTS.codes * codes


def shares(worth: Mapping[frozenset[str], float]) -> dict[str, float]:
    """Return the Shapley value of each field."""
    n, found = len(FIELDS), {}
    for field in FIELDS:
        rest, total = [one for one in FIELDS if one != field], 0.0
        for size in range(n):
            weight = factorial(size) * factorial(n - size - 1) / factorial(n)
            for some in map(frozenset, combinations(rest, size)):
                total += weight * (worth[some | {field}] - worth[some])
        found[field] = total
    return found


def main() -> None:
    firms = read_firms(Folder(CONTENT), [], today=date(2026, 11, 22))
    reader = Reader(Bridge.load(CONTENT), parents=parents)
    asked = [reader.read(one) for one in challenges(CONTENT / "challenges")]
    every = frozenset(FIELDS)
    whole = [reader.read(of_firm(firm, every)) for firm in firms]
    rarity = Rarity.of([*asked, *whole])
    totals = dict.fromkeys(FIELDS, 0.0)
    for firm, full in zip(firms, whole, strict=True):
        best = sorted(asked, key=lambda one: -score(rarity, full, one))[:3]
        worth = {}
        for size in range(len(FIELDS) + 1):
            for some in map(frozenset, combinations(FIELDS, size)):
                terms = reader.read(of_firm(firm, some))
                worth[some] = sum(score(rarity, terms, one) for one in best)
        for field, share in shares(worth).items():
            totals[field] += share
    for field, share in totals.items():
        print(f"{field:14} {100 * share / sum(totals.values()):5.1f} %")


if __name__ == "__main__":
    main()
