"""Why a booth cannot be had, in the words for whoever asked."""

from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_


class NoSuchBooth(NotFound):
    message = N_("Ce kiosque n’existe plus : le plan a changé.")


class NoSuchBooking(NotFound):
    message = N_("Cette réservation n’existe pas, ou n’existe plus.")


class BoothTaken(Conflict):
    """Somebody was faster."""

    message = N_("« %(number)s » vient d’être pris.")


class BoothKept(BoothTaken):
    message = N_("« %(number)s » est gardé pour un exposant qui attendait un kiosque.")


class OtherCategory(Conflict):
    message = N_("« %(number)s » est réservé à une autre catégorie d’exposants.")


class NotAccepted(Conflict):
    message = N_("Un kiosque se choisit quand la candidature est acceptée : celle-ci ne l’est pas.")


class NotOpenYet(Conflict):
    message = N_("Les kiosques ne se choisissent pas encore.")


class BookingClosed(Conflict):
    message = N_("Le choix des kiosques est terminé. Écrivez à l’équipe pour tout changement.")


class NoMoreMoves(Conflict):
    message = N_("Il est trop tard pour changer de kiosque. Écrivez à l’équipe si c’est nécessaire.")


class YourBooth(Conflict):
    message = N_("« %(number)s » est déjà votre kiosque.")


class HoldOver(Conflict):
    message = N_("Vous n’avez plus d’option : elle est écoulée, et son kiosque est de nouveau offert à tous.")


class OfferChanged(Conflict):
    message = N_("Le kiosque ou son prix a changé depuis que vous l’avez lu. Relisez-le, puis confirmez.")


class ExtraGone(Conflict):
    """``name`` says of which; the hold stays."""

    message = N_("Il ne reste pas assez de « %(name)s » : baissez la quantité. Votre option est conservée.")


REFUSALS: dict[str, type[Conflict] | type[NotFound]] = {
    "unknown": NoSuchBooth,
    "taken": BoothTaken,
    "waited": BoothKept,
    "category": OtherCategory,
    "not_accepted": NotAccepted,
    "early": NotOpenYet,
    "closed": BookingClosed,
    "settled": NoMoreMoves,
    "yours": YourBooth,
    "over": HoldOver,
    "changed": OfferChanged,
}
"""By the outcomes of ``exhibitors/sql``."""
