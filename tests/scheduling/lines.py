"""A full workshop and a line before its door, for tests of waiting lists."""

from msgspec import Struct

from digital_days.kernel import consents, database
from digital_days.kernel.private_links import private_path
from scheduling.domain.places import Answer, Applicant, Wish, take_place
from tests.factories import Made, make_activity, make_edition, make_person, make_slot

AGREED = consents.given({"registration"}, organiser="MRC d’Argenteuil")
NAMES = ("Ginette Roy", "Denise Côté", "Léa Gagnon", "Marc Dion")


class FullSlot(Struct, frozen=True, kw_only=True):
    """Bob has the only seat; ``people`` wait, in order, ``entries`` are the codes of theirs."""

    edition: Made
    slot: Made
    bob: int
    place: str
    people: list[int]
    entries: list[str]

    def link(self, position: int) -> str:
        """The page of whoever joined at this position, from 0."""
        return private_path("scheduling:waiting", "wait", self.entries[position])


async def ask(slot: Made, person: int, *, wait: bool = True) -> Answer:
    return await take_place(slot.code, Applicant(person_id=person), consents=AGREED, wish=Wish(wait=wait))


async def a_line(*, waiting: int = 2, edition: Made | None = None, title: str = "Mots de passe solides") -> FullSlot:
    edition = edition or await make_edition()
    slot = await make_slot(await make_activity(edition, title), seats=1)
    bob = await make_person()
    place = (await ask(slot, bob)).code
    people = [await make_person(name, f"p{number}@example.ca") for number, name in enumerate(NAMES[:waiting])]
    entries = [(await ask(slot, person)).code for person in people]
    return FullSlot(edition=edition, slot=slot, bob=bob, place=place, people=people, entries=entries)


async def states(slot: Made) -> list[str]:
    """What became of each who joined, in the order in which they did."""
    rows = await database.fetch("SELECT state FROM waiting_entry WHERE slot = $1 ORDER BY id", slot.id)
    return [row["state"] for row in rows]


async def counted(slot: Made) -> tuple[int, int]:
    """Seats taken and held; the same as places and offers."""
    [row] = await database.fetch(
        """
        SELECT taken, held, (SELECT count(*) FROM place p WHERE p.slot = s.id AND p.state = 'confirmed') AS places,
            (SELECT count(*) FROM waiting_entry w WHERE w.slot = s.id AND w.state = 'offered') AS offers
        FROM slot s WHERE id = $1
        """,
        slot.id,
    )
    assert (row["taken"], row["held"]) == (row["places"], row["offers"])
    return row["taken"], row["held"]


async def told(topic: str) -> list[str]:
    """Who was promised a mail of this topic, in order."""
    rows = await database.fetch(
        "SELECT p.name FROM outbox_message m JOIN person p ON p.id = m.person WHERE m.topic = $1 ORDER BY m.id",
        f"scheduling.{topic}",
    )
    return [row["name"] for row in rows]
