"""How well two sides fit, in parts that can be read. Pure; O(needs)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Literal

from msgspec import Struct

Strength = Literal["", "like", "must"]


class PartName(StrEnum):
    """In the order in which they are read."""

    NEEDS = "needs"
    WISHES = "wishes"
    LANGUAGE = "language"
    SECTOR = "sector"
    NOVELTY = "novelty"


WEIGHTS: Mapping[PartName, int] = {
    PartName.NEEDS: 45,
    PartName.WISHES: 35,
    PartName.LANGUAGE: 10,
    PartName.SECTOR: 5,
    PartName.NOVELTY: 5,
}
"""What each part counts where organisers say nothing else."""

_SAID: Mapping[Strength, int] = {"": 0, "like": 2, "must": 3}
_MOST_SAID = 2 * _SAID["must"]


class Profile(Struct, frozen=True, kw_only=True):
    """One side: what it looks for or offers (slugs), the languages it speaks, its sector."""

    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sector: str = ""


class Relation(Struct, frozen=True, kw_only=True):
    """What is between the two: what each says of the other, and whether they have met before."""

    business_says: Strength = ""
    resource_says: Strength = ""
    met_before: bool = False


class Part(Struct, frozen=True, kw_only=True):
    """``points`` of at most ``most``; ``about`` names what made them (slugs, languages, a sector)."""

    name: PartName
    points: int
    most: int
    about: tuple[str, ...] = ()


class Fit(Struct, frozen=True, kw_only=True):
    """``points`` from 0 to 100, whatever the weights add up to."""

    points: int
    parts: tuple[Part, ...]

    def part(self, name: PartName) -> Part:
        """Every fit has one of each."""
        return next(part for part in self.parts if part.name is name)


def fit(business: Profile, resource: Profile, relation: Relation, weights: Mapping[str, int] | None = None) -> Fit:
    """Never falls when a need more is answered or a wish grows. ``weights`` by part; those left out are ours."""
    offered = set(resource.needs)
    answered = tuple(need for need in business.needs if need in offered)
    spoken = tuple(language for language in business.languages if language in resource.languages)
    same_sector = (business.sector,) if business.sector and business.sector == resource.sector else ()
    said = _SAID[relation.business_says] + _SAID[relation.resource_says]
    shares: dict[PartName, tuple[int, int, tuple[str, ...]]] = {
        PartName.NEEDS: (len(answered), len(business.needs), answered),
        PartName.WISHES: (said, _MOST_SAID, ()),
        PartName.LANGUAGE: (len(spoken) > 0, 1, spoken),
        PartName.SECTOR: (len(same_sector), 1, same_sector),
        PartName.NOVELTY: (not relation.met_before, 1, ()),
    }
    most = _most(weights)
    parts = tuple(
        Part(name=name, points=most[name] * has // of if of else 0, most=most[name], about=about)
        for name, (has, of, about) in shares.items()
    )
    total = sum(most.values())
    return Fit(points=100 * sum(part.points for part in parts) // total if total else 0, parts=parts)


class Sketch(Struct, frozen=True, kw_only=True):
    """A profile, ready to be held against very many."""

    needs: frozenset[str]
    languages: frozenset[str]
    sector: str


def sketch(profile: Profile) -> Sketch:
    """Made once a side."""
    return Sketch(needs=frozenset(profile.needs), languages=frozenset(profile.languages), sector=profile.sector)


def points_with(weights: Mapping[str, int] | None = None) -> Callable[[Sketch, Sketch, Relation], int]:
    """The points of ``fit`` under these weights without their reasons: a thousand pairs in a millisecond or two."""
    most = _most(weights)
    total = sum(most.values())
    needs, wishes, language, sector, novelty = (most[name] for name in PartName)

    def points(business: Sketch, resource: Sketch, relation: Relation) -> int:
        found = wishes * (_SAID[relation.business_says] + _SAID[relation.resource_says]) // _MOST_SAID
        if business.needs:
            found += needs * len(business.needs & resource.needs) // len(business.needs)
        if not business.languages.isdisjoint(resource.languages):
            found += language
        if business.sector and business.sector == resource.sector:
            found += sector
        if not relation.met_before:
            found += novelty
        return 100 * found // total if total else 0

    return points


def _most(weights: Mapping[str, int] | None) -> dict[PartName, int]:
    return {name: max(0, (weights or {}).get(name, WEIGHTS[name])) for name in PartName}
