"""What organisers ask about the places of somebody at the desk, as far as it has no answer yet.

The desk sees the questions left, never an answer: those are for the organisers and for their person.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, localized
from digital_days.kernel.questions import Answers, Question
from scheduling.domain.activity_rules import Asking, rule_book
from scheduling.domain.words import Words


class NothingToNote(Conflict):
    message = N_("Une de ces activités est finie, ou la personne n’y a plus de place : rien n’est noté pour elle.")


class ToAsk(Struct, frozen=True, kw_only=True):
    """A place in an activity that is not over. ``audiences``: those to choose from, where none was said and one counts.

    ``prerequisites`` are to be read aloud each time: nobody keeps what was said of them.
    """

    code: str
    slot_code: str
    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    prerequisites: str
    questions: list[Question]
    audiences: Mapping[str, Words]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.title_fr, self.title_en)

    @property
    def is_open(self) -> bool:
        """Whether something has no answer yet."""
        return bool(self.questions or self.audiences)

    @property
    def required(self) -> int:
        """How many of the questions must have an answer."""
        return sum(question.required for question in self.questions)


async def to_ask(person_id: int, edition_id: int) -> list[ToAsk]:
    """Place by place, in order of time; those with nothing to ask nor to read aloud are left out."""
    rows = await database.fetch(
        """
        SELECT p.code, s.code AS slot_code, a.title_fr, a.title_en, s.starts_at, s.ends_at, a.source_id, p.audience,
            p.answers::text
        FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
        WHERE p.person = $1 AND a.edition = $2 AND p.state = 'confirmed' AND s.state = 'scheduled' AND s.ends_at > $3
        ORDER BY s.starts_at, s.id
        """,
        person_id,
        edition_id,
        clock.now(),
    )
    book = await rule_book(edition_id) if rows else None
    places = [_left_of(row, book.asking(row["source_id"])) for row in rows] if book else []
    return [place for place in places if place.is_open or place.prerequisites]


async def note_answers(place_code: str, answers: Answers, *, audience: str = "") -> None:
    """Beside those there are: what the person has said meanwhile stays. Raises ``NothingToNote``."""
    noted = await database.fetch(
        """
        UPDATE place p SET answers = $2::jsonb || p.answers, updated_at = $4,
            audience = CASE WHEN p.audience = '' THEN $3 ELSE p.audience END
        FROM slot s
        WHERE p.code = $1 AND p.state = 'confirmed' AND s.id = p.slot AND s.state = 'scheduled' AND s.ends_at > $4
        RETURNING p.id
        """,
        place_code,
        msgspec.json.encode(answers).decode(),
        audience,
        clock.now(),
    )
    if not noted:
        raise NothingToNote


def _left_of(row: database.Row, asking: Asking) -> ToAsk:
    answered = msgspec.json.decode(row["answers"], type=dict[str, object])
    known = {name: row[name] for name in ToAsk.__struct_fields__ if name in row.keys()}  # noqa: SIM118 - a record, no dict
    return ToAsk(
        **known,
        prerequisites=asking.rules.prerequisites,
        questions=[question for question in asking.rules.questions if question.code not in answered],
        audiences={} if row["audience"] else asking.audiences,
    )
