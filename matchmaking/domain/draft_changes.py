"""What organisers change in a draft by hand, and the plan that follows from it. Pure."""

from typing import Literal

from msgspec import Struct

from digital_days.kernel.errors import Conflict, Invalid, NotFound
from digital_days.kernel.i18n import N_
from matchmaking.domain.drafting import Drafted, Pair
from matchmaking.domain.drafts import DraftPlace
from matchmaking.engine import edit
from matchmaking.engine.edit import Edited

Do = Literal["lock", "unlock", "forbid", "move", "swap", "add"]


class NotInDraft(NotFound):
    message = N_("Cette rencontre n’est pas, ou n’est plus, dans cet horaire.")


class CannotMeet(Conflict):
    message = N_(
        "Ces deux personnes ne peuvent pas se rencontrer : l’une ne participe plus, la rencontre est écartée, "
        "ou les deux organisations ne vont pas ensemble."
    )


class MeetAlready(Conflict):
    message = N_("Ces deux personnes se rencontrent déjà dans cet horaire.")


class NoSuchRound(Invalid):
    message = N_("Choisissez une ronde de cet horaire.")


class NoSuchTable(Invalid):
    message = N_("Choisissez une table de la salle.")


class RoundHasBegun(Conflict):
    message = N_("Cette ronde a commencé : ce qui est passé ne change plus.")


class Change(Struct, frozen=True, kw_only=True):
    """About the meeting of ``pair``. ``round`` from 1, ``table`` 0 (any that is free): for a move or a new meeting.

    ``against``: the meeting to change places with.
    """

    do: Do
    pair: Pair
    round: int = 0
    table: int = 0
    against: Pair = ("", "")


def followed(drafted: Drafted, change: Change) -> Edited:
    """What the engine says of it, the rules that it breaks included.

    Raises ``NotInDraft``, ``MeetAlready``, ``CannotMeet``, ``NoSuchRound``, ``NoSuchTable``, ``RoundHasBegun``.
    """
    problem, held, numbers = drafted.asked.problem, drafted.held, drafted.asked.numbers
    _check(drafted, change)
    if change.do == "forbid" and change.pair not in numbers:  # gone from what may be: there is nothing left to forbid
        return edit.consequences(problem, held, problem, held)
    number = _number(drafted, change.pair)
    if change.do in ("move", "add"):
        return edit.move(problem, held, number, change.round - 1, change.table or None)
    if change.do == "swap":
        return edit.swap(problem, held, number, _number(drafted, change.against))
    return {"lock": edit.lock, "unlock": edit.unlock, "forbid": edit.forbid}[change.do](problem, held, number)


def rewritten(drafted: Drafted, change: Change, edited: Edited) -> list[DraftPlace]:
    """The draft afterwards; what may no longer be stays until it is taken out."""
    fixed = {place.meeting for place in edited.problem.fixed}
    pairs = {number: pair for pair, number in drafted.asked.numbers.items()}
    held = [
        DraftPlace(
            one=pairs[place.meeting][0],
            other=pairs[place.meeting][1],
            round=place.round + 1,
            table=place.table or 0,
            locked=place.meeting in fixed,
        )
        for place in edited.held
    ]
    dropped = change.pair if change.do == "forbid" else None
    return sorted([*held, *(each for each in drafted.lost if (each.one, each.other) != dropped)])


def _check(drafted: Drafted, change: Change) -> None:
    place, against = drafted.places.get(change.pair), drafted.places.get(change.against)
    if change.do == "add" and place is not None:
        raise MeetAlready
    if (change.do != "add" and place is None) or (change.do == "swap" and against is None):
        raise NotInDraft
    if change.do in ("move", "add") and not 0 < change.round <= len(drafted.run.rounds):
        raise NoSuchRound
    if change.table and change.table not in drafted.asked.problem.tables[change.round - 1]:
        raise NoSuchTable
    touched = {each.round for each in (place, against) if each} | ({change.round} if change.round else set())
    if change.do not in ("lock", "unlock") and min(touched) <= drafted.begun:
        raise RoundHasBegun


def _number(drafted: Drafted, pair: Pair) -> int:
    if pair not in drafted.asked.numbers:
        raise CannotMeet
    return drafted.asked.numbers[pair]
