"""The list of who takes part as a spreadsheet has it."""

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.lists import Cell
from matchmaking.domain.participations import SIDES
from matchmaking.domain.roster import STATES, RosterLine

HEAD = (
    N_("Organisation"),
    N_("Côté"),
    N_("Nom"),
    N_("Adresse courriel"),
    N_("Rôle"),
    N_("État"),
    N_("Langues"),
    N_("Rencontres au moins"),
    N_("Rencontres au plus"),
    N_("Besoins ou offres"),
    N_("Souhaits exprimés"),
    N_("Souhaits reçus"),
    N_("Rencontres prévues"),
)


def cells(line: RosterLine) -> list[Cell]:
    """A row under ``HEAD``; an empty cell where nothing was said."""
    return [
        line.organisation,
        _(SIDES[line.side]),
        line.name,
        line.email,
        line.role,
        _(STATES[line.state]),
        " ".join(line.languages),
        line.least,
        "" if line.most is None else line.most,
        line.needs,
        line.wishes,
        line.wished,
        line.meetings,
    ]
