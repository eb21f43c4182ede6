"""What organisers may say of a piece of the plan, a booth or a shape, and what they are told instead."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_
from exhibitors.domain.floor_plan import Booth, Shape, ShapeKind
from exhibitors.domain.lengths import LONGEST

MOST_PIECES = 2000
SMALLEST = 10
"""Centimetres of a side."""
_NUMBER, _LABEL, _NOTE = 12, 120, 500

SHAPES: dict[ShapeKind, str] = {
    "aisle": N_("Allée"),
    "entrance": N_("Entrée"),
    "obstacle": N_("Obstacle"),
    "label": N_("Étiquette"),
}


class PieceChanged(ChangedMeanwhile):
    message = N_(
        "Quelqu’un a changé « %(name)s » entre-temps : voici ce qu’il en est. Votre changement n’est pas enregistré."
    )


class PieceGone(Conflict):
    message = N_("Quelqu’un a enlevé « %(name)s » entre-temps. Votre changement n’est pas enregistré.")


class NumberTaken(Conflict):
    message = N_("Un autre kiosque porte déjà le numéro « %(number)s ».")


class BoothHeld(Conflict):
    message = N_(
        "« %(number)s » est en option pour %(name)s : attendez que l’option se termine, ou libérez-le d’abord."
    )


class BoothBooked(Conflict):
    message = N_("« %(number)s » est réservé par %(name)s : libérez-le d’abord, ou déplacez-le.")


class BoothInBooks(Conflict):
    message = N_(
        "« %(number)s » a été réservé par %(name)s : son histoire et ses factures le nomment, il ne s’enlève plus. "
        "Déplacez-le ou changez son numéro."
    )


class StillInUse(Conflict):
    message = N_("Quelqu’un vient de réserver un de ces kiosques : rien n’est enlevé. Rechargez la page.")


class TooManyPieces(Invalid):
    message = N_("Un plan a au plus %(most)s éléments.")


class NotAPiece(Invalid):
    message = N_("Ces mesures ne conviennent pas : un côté mesure de 0,10 m à 500 m, et rien ne sort du plan à gauche.")


class BoothFacts(Struct, frozen=True, kw_only=True):
    """``number`` empty: the next one; ``category`` a code, empty where anybody may have it. Raises ``NotAPiece``."""

    x: int
    y: int
    width: int
    depth: int
    number: str = ""
    category: str = ""
    power: bool = False
    network: bool = False
    step_free: bool = True
    note: str = ""

    def __post_init__(self) -> None:
        _check_place(self)
        if len(self.number) > _NUMBER or len(self.note) > _NOTE:
            raise NotAPiece


class ShapeFacts(Struct, frozen=True, kw_only=True):
    """Raises ``NotAPiece``."""

    kind: ShapeKind
    x: int
    y: int
    width: int
    depth: int
    label_fr: str = ""
    label_en: str = ""

    def __post_init__(self) -> None:
        _check_place(self)
        if max(len(self.label_fr), len(self.label_en)) > _LABEL:
            raise NotAPiece


class Put(Struct, frozen=True, kw_only=True):
    """A new piece without ``code``; else one as its author has seen it in this ``version``."""

    facts: BoothFacts | ShapeFacts
    code: str = ""
    version: str = ""


class TakeAway(Struct, frozen=True, kw_only=True):
    """The piece that its author has seen in this ``version``."""

    what: Literal["booth", "shape"]
    code: str
    version: str


class Applied(Struct, frozen=True, kw_only=True):
    """``codes`` of what was put, in the order of the puts; ``notes`` are sentences on who has what was changed."""

    version: int
    codes: Sequence[str]
    notes: Sequence[str]


def facts_of(piece: Booth | Shape) -> BoothFacts | ShapeFacts:
    """As it is now, to be said again with something else."""
    kind = BoothFacts if isinstance(piece, Booth) else ShapeFacts
    return kind(**{name: getattr(piece, name) for name in kind.__struct_fields__})


def _check_place(piece: BoothFacts | ShapeFacts) -> None:
    sides, corner = (piece.width, piece.depth), (piece.x, piece.y)
    if not all(SMALLEST <= side <= LONGEST for side in sides) or not all(0 <= place <= LONGEST for place in corner):
        raise NotAPiece
