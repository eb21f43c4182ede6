"""What a reader looks for in the programme: which slots fit, and the one address that says so."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from msgspec import Struct

from digital_days.kernel.people import fold
from scheduling.domain.my_day import Span, overlaps
from scheduling.domain.programme import Activity, Programme, Slot

PARAMETERS = {"audience": "public", "kind": "genre", "theme": "theme"}
ALL_DAYS = "tous"
_LONGEST_SEARCH = 100


class Filters(Struct, frozen=True, kw_only=True):
    """``day`` is a date of the programme, ``ALL_DAYS``, or empty where the reader has chosen none."""

    words: str = ""
    labels: Mapping[str, str] = {}
    language: str = ""
    with_seats: bool = False
    favourites: bool = False
    fitting: bool = False
    day: str = ""

    def __bool__(self) -> bool:
        """Whether anything but the day narrows the programme."""
        return self.count > 0

    @property
    def count(self) -> int:
        """How many choices narrow the programme, the day apart."""
        return len(self.labels) + sum(
            map(bool, (self.words, self.language, self.with_seats, self.favourites, self.fitting))
        )

    @property
    def is_personal(self) -> bool:
        """Whether what fits depends on who asks."""
        return self.favourites or self.fitting

    @property
    def query(self) -> str:
        """The same wish always gives the same text, whatever else the address said."""
        if not self and not self.day:
            return ""
        pairs = [("q", self.words)]
        pairs += [(PARAMETERS[facet], self.labels.get(facet, "")) for facet in PARAMETERS]
        pairs += [("langue", self.language), ("places", "1" if self.with_seats else "")]
        pairs += [("favoris", "oui" if self.favourites else ""), ("libre", "oui" if self.fitting else "")]
        pairs += [("jour", self.day)]
        return urlencode([(name, value) for name, value in pairs if value])


class Mine(Struct, frozen=True, kw_only=True):
    """The reader's own: favourite activities, slots where they hold a place, others where they go, times taken."""

    favourites: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    going: frozenset[str] = frozenset()
    busy: Sequence[Span] = ()


NOTHING = Filters()
NOBODYS = Mine()


def filters_in(query: Mapping[str, str], programme: Programme) -> Filters:
    """Reads an address; what this programme does not know is left out rather than refused."""
    if not query:
        return NOTHING
    labels = {
        facet: slug
        for facet, name in PARAMETERS.items()
        if (slug := query.get(name, "")) in {label.slug for label in programme.labels[facet]}
    }
    day = query.get("jour", "")
    language = query.get("langue", "")
    return Filters(
        words=" ".join(query.get("q", "").split())[:_LONGEST_SEARCH],
        labels=labels,
        language=language if language in languages_of(programme) else "",
        with_seats=bool(query.get("places")),
        favourites=bool(query.get("favoris")),
        fitting=bool(query.get("libre")),
        day=day if day in {ALL_DAYS, *map(str, programme.days)} else "",
    )


def languages_of(programme: Programme) -> list[str]:
    """The languages to choose from, French first; what is given in both belongs to each."""
    spoken = {
        language
        for activity in programme.activities.values()
        for language in (("fr", "en") if activity.language == "bi" else (activity.language,))
    }
    return sorted(spoken, key=lambda language: ({"fr": 0, "en": 1}.get(language, 2), language))


def matching(programme: Programme, filters: Filters, mine: Mine = NOBODYS) -> list[Slot]:
    """The slots of every day that fit, in order."""
    words = fold(filters.words).split()
    fits = {code for code, activity in programme.activities.items() if _fits(activity, filters, words)}
    if filters.favourites:
        fits &= mine.favourites
    return [
        slot
        for slot in programme.slots
        if slot.activity.code in fits
        and (slot.has_seats_left or not filters.with_seats)
        and (not filters.fitting or fits_the_day(slot, mine))
    ]


def fits_the_day(slot: Slot, mine: Mine) -> bool:
    """Whether one could go there as well; where one goes already is part of the day."""
    return slot.code in mine.held | mine.going or not any(overlaps(slot, span) for span in mine.busy)


def shown_day(days: list[date], filters: Filters, today: date) -> date | None:
    """One day of ``days``, or none for all of them: the one chosen, else today, else the first.

    A reader who searches or filters without choosing a day looks for it on every day.
    """
    if filters.day == ALL_DAYS or (filters and not filters.day):
        return None
    if filters.day:
        return date.fromisoformat(filters.day)
    return today if today in days else next(iter(days), None)


def _fits(activity: Activity, filters: Filters, words: list[str]) -> bool:
    return (
        all(facet in activity.labels and activity.labels[facet].slug == slug for facet, slug in filters.labels.items())
        and (not filters.language or activity.language in (filters.language, "bi"))
        and all(word in activity.search_key for word in words)
    )
