"""A fit can be read part by part, and never falls when more fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaking.domain.fit import WEIGHTS, PartName, Profile, Relation, Strength, fit, points_with, sketch

NEEDS = ("vendre", "proteger", "automatiser", "former")
_needs = st.lists(st.sampled_from(NEEDS), unique=True).map(tuple)
_said: st.SearchStrategy[Strength] = st.sampled_from(("", "like", "must"))
_profiles = st.builds(
    Profile,
    needs=_needs,
    languages=st.sampled_from([("fr",), ("en",), ("fr", "en")]),
    sector=st.sampled_from(["", "retail", "tourism"]),
)
_relations = st.builds(Relation, business_says=_said, resource_says=_said, met_before=st.booleans())
_weights = st.dictionaries(st.sampled_from(list(PartName)), st.integers(0, 100))


def test_our_weights_add_up_to_a_hundred():
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) == set(PartName)


def test_parts_say_what_made_them():
    business = Profile(needs=("vendre", "proteger", "former"), languages=("fr", "en"), sector="retail")
    resource = Profile(needs=("former", "vendre"), languages=("fr",), sector="retail")

    found = fit(business, resource, Relation(business_says="must"))

    parts = {part.name: (part.points, part.about) for part in found.parts}
    assert parts == {
        PartName.NEEDS: (30, ("vendre", "former")),
        PartName.WISHES: (17, ()),
        PartName.LANGUAGE: (10, ("fr",)),
        PartName.SECTOR: (5, ("retail",)),
        PartName.NOVELTY: (5, ()),
    }
    assert found.points == 67


@given(_profiles, _profiles, _relations, _weights)
def test_points_are_between_nothing_and_a_hundred(
    business: Profile, resource: Profile, relation: Relation, weights: dict[str, int]
):
    found = fit(business, resource, relation, weights)

    assert 0 <= found.points <= 100
    assert all(0 <= part.points <= part.most for part in found.parts)


@given(_profiles, _profiles, _relations, _weights)
def test_points_alone_are_those_of_the_parts(
    business: Profile, resource: Profile, relation: Relation, weights: dict[str, int]
):
    points = points_with(weights)(sketch(business), sketch(resource), relation)

    assert points == fit(business, resource, relation, weights).points


@given(_profiles, _profiles, _relations, st.sampled_from(NEEDS))
def test_fit_does_not_fall_when_the_resource_answers_one_more(
    business: Profile, resource: Profile, relation: Relation, need: str
):
    more = Profile(needs=tuple({*resource.needs, need}), languages=resource.languages, sector=resource.sector)

    assert fit(business, more, relation).points >= fit(business, resource, relation).points


@given(_profiles, _profiles, _said)
def test_fit_grows_with_wishes(business: Profile, resource: Profile, other: Strength):
    points = [fit(business, resource, Relation(business_says=said, resource_says=other)).points for said in _GROWING]

    assert points == sorted(points)


_GROWING: tuple[Strength, ...] = ("", "like", "must")


@pytest.mark.parametrize("name", list(PartName))
def test_part_that_weighs_nothing_changes_nothing(name: PartName):
    business = Profile(needs=("vendre",), languages=("fr",), sector="retail")

    found = fit(business, business, Relation(), {name: 0})

    assert found.part(name).points == 0
