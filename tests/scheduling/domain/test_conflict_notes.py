"""Conflicts in a few words, beside one of the slots concerned."""

import pytest

from scheduling.domain.conflict_notes import beside
from scheduling.engine.conflicts import Opening, Plan, conflicts
from tests.scheduling.engine.plans import GARAGE, LILAC, plan, slot, span


def notes(planned: Plan) -> list[str]:
    """Beside the first slot of each."""
    return [
        beside(planned.slots[each.slots[0]], each, planned).replace("\N{NO-BREAK SPACE}", " ")
        for each in conflicts(planned)
    ]


@pytest.mark.parametrize(
    ("planned", "note"),
    [
        (
            plan(*(slot(number, 0, title=title, room=1) for number, title in enumerate("ABC", 1))),
            "La salle est prise aussi par « B » et « C ».",
        ),
        (
            plan(slot(1, 0, speakers=[2]), slot(2, 0, title="B", speakers=[2])),
            "Bob Tremblay devrait être en même temps à « B ».",
        ),
        (plan(slot(1, 0, room=LILAC.id, seats=21)), "Salle trop petite : 20 personnes pour 21 places."),
        (plan(slot(1, 0, room=GARAGE.id, needs_workstations=True)), "Salle sans postes de travail."),
        (plan(slot(1, 0, room=1, needs_workstations=True, seats=9)), "8 postes de travail pour 9 places."),
        (plan(slot(1, 0, speakers=[1]), available={1: [span(2, 4)]}), "Alice Roy n’est pas disponible."),
        (
            plan(slot(1, 0, audience=1, theme=2), slot(2, 0, title="B", audience=1, theme=2)),
            "Même public et même thème que « B ».",
        ),
        (
            plan(slot(1, 0), opening=[Opening(span(-36, 96), span(4, 28))]),
            "En dehors des heures d’ouverture : 10 h à 17 h.",
        ),
    ],
)
def test_note_says_in_short_what_is_wrong_here(planned: Plan, note: str):
    assert notes(planned) == [note]
