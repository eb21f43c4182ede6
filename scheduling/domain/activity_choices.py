"""What an activity of the draft can be given: labels, rooms, people."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.people import fold
from scheduling.domain.programme import FACETS
from scheduling.domain.words import Words


class LabelChoice(Struct, frozen=True, kw_only=True):
    slug: str
    name: Words


class RoomChoice(Struct, frozen=True, kw_only=True):
    name: str
    venue: str
    capacity: int | None


class SpeakerChoice(Struct, frozen=True, kw_only=True):
    code: str
    name: str
    organisation: str

    @property
    def whole(self) -> str:
        """« Denise Lavallée (CLE) »: what tells two people of one name apart."""
        return f"{self.name} ({self.organisation})" if self.organisation else self.name


class Choices(Struct, frozen=True, kw_only=True):
    """Labels by facet; rooms by name and speakers by code, in their order."""

    labels: Mapping[str, Sequence[LabelChoice]]
    rooms: Mapping[str, RoomChoice]
    speakers: Mapping[str, SpeakerChoice]

    def speakers_called(self, words: str) -> list[SpeakerChoice]:
        """Who is called exactly this, else whose name or organisation has every one of these words in it."""
        asked = fold(words)
        exact = [each for each in self.speakers.values() if asked in (fold(each.name), fold(each.whole))]
        return exact or [
            each for each in self.speakers.values() if asked and all(word in fold(each.whole) for word in asked.split())
        ]


async def choices_of(edition_id: int) -> Choices:
    """Of a draft; three queries."""
    labels = await database.fetch(
        "SELECT facet, slug, name_fr, name_en FROM label WHERE edition = $1 ORDER BY position, id", edition_id
    )
    rooms = await database.fetch(
        "SELECT name, venue, capacity FROM room WHERE edition = $1 ORDER BY position, id", edition_id
    )
    speakers = await database.fetch(
        "SELECT code, name, organisation FROM speaker WHERE edition = $1 ORDER BY id", edition_id
    )
    people = sorted((SpeakerChoice(**row) for row in speakers), key=lambda each: fold(each.name))
    return Choices(
        labels={
            facet: [
                LabelChoice(slug=row["slug"], name=Words(row["name_fr"], row["name_en"]))
                for row in labels
                if row["facet"] == facet
            ]
            for facet in FACETS
        },
        rooms={row["name"]: RoomChoice(**row) for row in rooms},
        speakers={each.code: each for each in people},
    )
