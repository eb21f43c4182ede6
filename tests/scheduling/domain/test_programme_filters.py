from datetime import date

import pytest

from scheduling.domain.programme_filters import ALL_DAYS, Filters, Mine, filters_in, languages_of, matching, shown_day
from tests.scheduling.domain.programme_parts import FRIDAY, THURSDAY, activity, programme, slot

SAFETY = activity("SAFETY", search_key="cybersecurite cafe bob tremblay", kind="atelier", theme="cyber")
FAIR = activity("FAIR", search_key="salon des exposants", language="bi", kind="salon")
ENGLISH = activity("ENGLISH", search_key="first steps", language="en", kind="atelier")
PROGRAMME = programme(
    slot("SAFETY-1", of=SAFETY, taken=10),
    slot("SAFETY-2", of=SAFETY, day=FRIDAY),
    slot("FAIR-1", of=FAIR, seats=None),
    slot("ENGLISH-1", of=ENGLISH, cancelled=True),
)


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (Filters(), ["SAFETY-1", "SAFETY-2", "FAIR-1", "ENGLISH-1"]),
        (Filters(words="Café CYBERSÉCURITÉ"), ["SAFETY-1", "SAFETY-2"]),
        (Filters(words="café salon"), []),
        (Filters(labels={"kind": "atelier"}), ["SAFETY-1", "SAFETY-2", "ENGLISH-1"]),
        (Filters(labels={"kind": "atelier", "theme": "cyber"}), ["SAFETY-1", "SAFETY-2"]),
        (Filters(language="en"), ["FAIR-1", "ENGLISH-1"]),
        (Filters(with_seats=True), ["SAFETY-2"]),
    ],
)
def test_matching_keeps_the_slots_that_fit(filters: Filters, codes: list[str]) -> None:
    assert [each.code for each in matching(PROGRAMME, filters)] == codes


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        (Filters(favourites=True), ["BESIDE", "LATER"]),
        (Filters(fitting=True), ["HELD", "LATER"]),
        (Filters(fitting=True, with_seats=True), ["LATER"]),
        (Filters(fitting=True, favourites=True), ["LATER"]),
    ],
)
def test_matching_keeps_what_is_the_readers_own(filters: Filters, codes: list[str]) -> None:
    day = programme(held := slot("HELD", taken=10), slot("BESIDE", begins=2), slot("LATER", begins=4))
    mine = Mine(
        favourites=frozenset({"BESIDE", "LATER"}),
        held=frozenset({"HELD"}),
        busy=[(held.starts_at, held.ends_at)],
    )

    assert [each.code for each in matching(day, filters, mine)] == codes


def test_matching_keeps_nothing_of_nobodys_and_everything_that_fits_an_empty_day() -> None:
    assert matching(PROGRAMME, Filters(favourites=True)) == []
    assert matching(PROGRAMME, Filters(fitting=True)) == [*PROGRAMME.slots]


def test_filters_say_in_the_address_what_is_personal() -> None:
    filters = filters_in({"libre": "x", "favoris": "oui", "jour": "tous"}, PROGRAMME)

    assert (filters.query, filters.count, filters.is_personal) == ("favoris=oui&libre=oui&jour=tous", 2, True)
    assert not Filters(words="salon").is_personal


def test_filters_in_reads_what_the_programme_knows_and_drops_the_rest() -> None:
    query = {
        "q": "  café   salé ",
        "genre": "atelier",
        "theme": "unknown",
        "langue": "xx",
        "places": "1",
        "jour": "2027-10-22",
        "utm_source": "x",
    }

    filters = filters_in(query, PROGRAMME)

    assert filters == Filters(words="café salé", labels={"kind": "atelier"}, with_seats=True, day="2027-10-22")
    assert filters.query == "q=caf%C3%A9+sal%C3%A9&genre=atelier&places=1&jour=2027-10-22"


@pytest.mark.parametrize("day", ["2027-10-23", "jeudi", "2027-13-45"])
def test_filters_in_drops_a_day_when_nothing_happens_on_it(day: str) -> None:
    assert filters_in({"jour": day}, PROGRAMME) == Filters()


@pytest.mark.parametrize(
    ("filters", "today", "shown"),
    [
        (Filters(), date(2027, 1, 1), THURSDAY),
        (Filters(), FRIDAY, FRIDAY),
        (Filters(day="2027-10-22"), THURSDAY, FRIDAY),
        (Filters(day=ALL_DAYS), THURSDAY, None),
        (Filters(words="salon"), THURSDAY, None),
        (Filters(words="salon", day="2027-10-22"), THURSDAY, FRIDAY),
    ],
)
def test_shown_day_is_the_one_the_reader_means(filters: Filters, today: date, shown: date | None) -> None:
    assert shown_day(PROGRAMME.days, filters, today) == shown


def test_languages_of_lists_each_once_with_french_first() -> None:
    assert languages_of(PROGRAMME) == ["fr", "en"]
