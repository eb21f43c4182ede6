"""Every state of a waiting entry in words, for the person it belongs to."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.i18n import N_, _, format_day, format_time, format_time_left, ngettext
from scheduling.domain.held_places import titles_of_places
from scheduling.domain.passed_seats import SeatAfter, seat_after
from scheduling.domain.waiting import InLine


class StateWords(Struct, frozen=True, kw_only=True):
    """What the page says first."""

    heading: str
    lead: str


_NO_ANSWER: dict[SeatAfter, str] = {
    "next": N_("La place a été offerte à la personne suivante. Vous pouvez vous remettre au bout de la liste."),
    "free": N_("La place n’est plus gardée pour vous, mais il en reste une : réservez-la sur la page de l’activité."),
    "gone": N_("La place n’est plus gardée pour vous. La page de l’activité dit s’il en reste."),
}
_DECLINED: dict[SeatAfter, str] = {
    "next": N_("Elle a été offerte à la personne suivante."),
    "free": N_("Elle est de nouveau libre. Changé d’idée? Réservez-la sur la page de l’activité."),
    "gone": N_("Elle n’est plus gardée pour vous."),
}


async def state_words(entry: InLine) -> StateWords:
    """What the entry's state means to the person, and why it is so."""
    match entry.state:
        case "waiting":
            return _waiting(entry.position or 1)
        case "offered" if entry.is_offered and entry.deadline:
            return StateWords(
                heading=_("Une place est à vous, si vous la voulez"),
                lead=_(
                    "Elle vous est gardée jusqu’au %(day)s à %(time)s : il vous reste %(left)s. Sans réponse d’ici là, "
                    "elle sera libre pour quelqu’un d’autre.",
                    day=format_day(entry.deadline),
                    time=format_time(entry.deadline),
                    left=format_time_left(entry.time_left),
                ),
            )
        case "offered" | "expired":
            return StateWords(
                heading=_("Le délai pour répondre est passé"),
                lead=_(_NO_ANSWER[await seat_after(entry)]),
            )
        case "accepted":
            return _accepted(held=entry.place.is_on)
        case "declined":
            return StateWords(heading=_("Vous avez refusé la place"), lead=_(_DECLINED[await seat_after(entry)]))
        case "withdrawn":
            title = (await titles_of_places([entry.because])).get(entry.because, "")
            return StateWords(
                heading=_("Vous n’attendez plus cette place"),
                lead=_("Vous avez pris une place à « %(title)s », qui a lieu en même temps.", title=title),
            )
        case "removed":
            return StateWords(
                heading=_("L’équipe vous a retiré de cette liste d’attente"),
                lead=_("La raison : %(reason)s", reason=await _reason(entry)),
            )
        case "left":
            return StateWords(
                heading=_("Vous avez quitté la liste d’attente"),
                lead=_("Changé d’idée? Vous pouvez vous remettre au bout de la liste."),
            )
        case _:
            return _closed(entry)


def _waiting(position: int) -> StateWords:
    ahead = position - 1
    return StateWords(
        heading=_("Vous êtes au numéro %(position)s", position=position),
        lead=ngettext(
            "Il y a %(num)s personne avant vous. Nous vous écrivons quand c’est votre tour.",
            "Il y a %(num)s personnes avant vous. Nous vous écrivons quand c’est votre tour.",
            ahead,
        )
        if ahead
        else _("La prochaine place libérée est pour vous. Nous vous écrivons dès qu’il y en a une."),
    )


def _accepted(*, held: bool) -> StateWords:
    if held:
        return StateWords(
            heading=_("La place est à vous"), lead=_("Vous l’avez acceptée. Votre billet est dans vos courriels.")
        )
    return StateWords(
        heading=_("Vous avez rendu cette place"),
        lead=_("Vous l’aviez acceptée, puis elle a été annulée. Vous pouvez vous remettre au bout de la liste."),
    )


def _closed(entry: InLine) -> StateWords:
    if entry.place.slot_state != "scheduled":
        lead = _("Cette activité n’aura pas lieu.")
    elif entry.place.has_started:
        lead = _("L’activité a commencé sans qu’une place se libère pour vous. Demandez à l’accueil s’il en reste.")
    else:
        lead = _("Il n’y a plus à attendre : regardez la page de l’activité.")
    return StateWords(heading=_("La liste d’attente est fermée"), lead=lead)


async def _reason(entry: InLine) -> str:
    row = await database.fetch_one(
        """
        SELECT v.words FROM waiting_event v JOIN waiting_entry w ON w.id = v.entry
        WHERE w.code = $1 AND v.kind = 'removed' ORDER BY v.id DESC LIMIT 1
        """,
        entry.code,
    )
    return _(row["words"]) if row else ""  # where it is the program's own, in the reader's language
