"""What the sheets say: rows in the reader's words, as the templates of ``scheduling/paper`` want them."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from digital_days.kernel import signing
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import N_, _, format_day, format_time_range, ngettext
from digital_days.kernel.qr import drawing
from digital_days.kernel.settings import current
from scheduling.domain.doors import Door, by_room
from scheduling.domain.needs import Needs
from scheduling.domain.paper_lists import Badge, Listed

_TEMPLATES = Path(__file__).parent.parent / "paper"
_MOST_BLANKS, _FREE_BLANKS = 8, 20
_USE = (
    N_("Une personne par porte avec sa liste : cochez chaque nom à son arrivée."),
    N_("À l’accueil, la liste par ordre alphabétique : cochez, et comparez le code avec celui du billet."),
    N_("Les lignes vides servent à celles et ceux qui viennent sans inscription, s’il reste des places."),
    N_("Le réseau revenu, notez les présences dans la page « Portes des salles ». Puis déchiquetez ces feuilles."),
)


def templates(*names: str) -> list[Path]:
    """Those of this service, in the order in which they stand on one another."""
    return [_TEMPLATES / f"{name}.typ" for name in names]


def list_words() -> dict[str, str]:
    """Heads of columns and of parts."""
    return {
        "here": _("Là"),
        "name": _("Nom"),
        "code": _("Début du code"),
        "ticket": _("Billet"),
        "hour": _("Heure"),
        "activity": _("Activité"),
        "programme": _("Programme"),
        "doors": _("Listes des portes"),
        "welcome": _("Liste de l’accueil"),
        "nothing": _("Rien à cet endroit pour l’instant."),
    }


def door_lists(
    doors: Mapping[date, Sequence[Door]],
    people: Mapping[str, Sequence[Listed]],
    needs: Mapping[str, Needs] = MappingProxyType({}),
) -> list[dict[str, object]]:
    """One sheet a slot that takes place: by day, room and time, as somebody hands them out; ``needs`` by ticket."""
    return [
        _door_list(day, door, people.get(door.code, []), needs)
        for day, of_day in doors.items()
        for room in by_room(of_day)
        for door in room.doors
        if door.is_on
    ]


def programme_days(doors: Mapping[date, Sequence[Door]], speakers: Mapping[str, str]) -> list[dict[str, object]]:
    """What is on, by day and room; what is called off says so."""
    return [
        {
            "name": format_day(day),
            "rooms": [
                {
                    "name": _place(room.doors[0]) or _("Sans salle"),
                    "slots": [
                        {
                            "when": format_time_range(door.starts_at, door.ends_at),
                            "title": door.title,
                            "note": speakers.get(door.code, "") if door.is_on else _("Annulée"),
                        }
                        for door in room.doors
                    ],
                }
                for room in by_room(of_day)
            ],
        }
        for day, of_day in doors.items()
    ]


def front_page(edition: Edition, people: Sequence[Listed]) -> dict[str, object]:
    """How to go on with paper alone."""
    words = {
        **list_words(),
        "count": ngettext("%(num)s personne inscrite", "%(num)s personnes inscrites", len(people)),
    }
    return {
        "words": words,
        "subtitle": edition.name,
        "lead": [_(sentence) for sentence in _USE],
        "parts": [words["programme"], words["doors"], words["welcome"]],
        "people": [{"name": each.name, "code": each.ticket, "note": ""} for each in people],
    }


def badge_sheets(edition: Edition, people: Sequence[Badge]) -> dict[str, object]:
    """The symbol is the ticket's: whoever wears the badge is scanned with it."""
    key = current().secret_key
    return {
        "edition": edition.name,
        "nothing": _("Personne n’est encore inscrit."),
        "badges": [
            {
                "name": each.name,
                "organisation": each.organisation,
                "code": each.ticket,
                "qr": drawing(signing.ticket_token(each.registration, key=key)),
                "alt": _("Code QR du billet %(code)s", code=each.ticket),
            }
            for each in people
        ],
    }


def _door_list(day: date, door: Door, people: Sequence[Listed], needs: Mapping[str, Needs]) -> dict[str, object]:
    return {
        "title": door.title,
        "when": f"{format_day(day)}, {format_time_range(door.starts_at, door.ends_at)}",
        "where": _place(door) or _("Sans salle"),
        "seats": _seats(door),
        "people": [
            {"name": each.name, "code": each.beginning, "note": _note(needs.get(each.registration))} for each in people
        ],
        "blanks": _FREE_BLANKS if door.seats is None else min(_MOST_BLANKS, door.left or 0),
    }


def _note(needs: Needs | None) -> str:
    """As it stands under a name; empty where nothing is needed, or nobody asked for it to be printed."""
    return _("À prévoir : %(needs)s", needs=", ".join(needs.labels)) if needs and not needs.is_empty else ""


def _seats(door: Door) -> str:
    if door.seats is None:
        return _("Entrée libre")
    return ngettext(
        "%(num)s place prise sur %(seats)s", "%(num)s places prises sur %(seats)s", door.taken, seats=door.seats
    )


def _place(door: Door) -> str:
    return ", ".join(filter(None, (door.room, door.venue)))
