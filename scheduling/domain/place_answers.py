"""Answers to the organisers' questions: a person's own, to be seen and changed until the activity begins."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from digital_days.kernel.questions import Answers, Question, parse, typed_of
from scheduling.domain.activity_rules import NO_RULES, Asking, Rules, rule_book
from scheduling.domain.held_places import HeldPlace


class TooLateToAnswer(Conflict):
    message = N_("Cette activité a commencé, ou la place n’est plus à vous : les réponses ne changent plus.")


class OwnAnswers(Struct, frozen=True, kw_only=True):
    """What is asked about a place now, and what its person has said."""

    rules: Rules
    answers: dict[str, object]

    @property
    def questions(self) -> Sequence[Question]:
        """As they are asked now: one that has been added since has no answer yet."""
        return self.rules.questions

    @property
    def open(self) -> Asking:
        """What is asked before an offered seat is accepted: all of it, as soon as one question has no answer that fits.

        Prerequisites are confirmed again, since they may have been written since. Nobody says anew how they come.
        """
        parsed = parse(self.questions, typed_of(self.questions, self.answers))
        complete = not parsed.errors and len(parsed.answers) == len(self.questions)
        nothing = complete and not self.rules.prerequisites
        return Asking(rules=NO_RULES if nothing else self.rules, audiences={})


class SlotAnswer(Struct, frozen=True, kw_only=True):
    """A person who comes, as which audience, and what they have answered."""

    name: str
    email: str
    audience: str
    answers: Answers
    since: datetime


async def own_answers(place: HeldPlace) -> OwnAnswers:
    """Of this place."""
    row = await database.fetch_one(
        """
        SELECT p.answers::text, a.source_id FROM place p JOIN slot s ON s.id = p.slot
        JOIN activity a ON a.id = s.activity WHERE p.code = $1
        """,
        place.code,
    )
    if row is None:  # let go meanwhile
        return OwnAnswers(rules=NO_RULES, answers={})
    book = await rule_book(place.edition_id)
    return OwnAnswers(rules=book.rules.get(row["source_id"], NO_RULES), answers=msgspec.json.decode(row["answers"]))


async def change_answers(place_code: str, answers: Answers) -> None:
    """All of them at once, in place of those before; raises ``TooLateToAnswer`` as soon as the activity begins."""
    changed = await database.fetch(
        """
        UPDATE place p SET answers = $2, updated_at = $3 FROM slot s
        WHERE p.code = $1 AND p.state = 'confirmed' AND s.id = p.slot AND s.state = 'scheduled' AND s.starts_at > $3
        RETURNING p.id
        """,
        place_code,
        msgspec.json.encode(answers).decode(),
        clock.now(),
    )
    if not changed:
        raise TooLateToAnswer


async def answers_in(edition_id: int, slot_code: str) -> list[SlotAnswer]:
    """Of everybody who has a place in this slot, by name; one query, for organisers alone."""
    rows = await database.fetch(
        """
        SELECT w.name, w.email, p.audience, p.answers::text, p.created_at AS since
        FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity JOIN person w ON w.id = p.person
        WHERE a.edition = $1 AND s.code = $2 AND p.state = 'confirmed' ORDER BY w.search_key, p.id
        """,
        edition_id,
        slot_code,
    )
    return [SlotAnswer(**{**row, "answers": _decoded(row["answers"])}) for row in rows]


def _decoded(stored: str) -> Mapping[str, object]:
    return msgspec.json.decode(stored, type=dict[str, object])
