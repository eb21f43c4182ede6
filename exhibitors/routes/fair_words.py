"""What the form of a fair's settings calls its fields, and what somebody else has made of them meanwhile."""

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.question_rows import QuestionRow, question_labels
from exhibitors.routes.fair_form import FairForm

MOMENTS = {
    "call_opens": N_("Ouverture des candidatures"),
    "call_closes": N_("Fermeture des candidatures"),
    "booking_opens": N_("Ouverture des réservations"),
    "booking_closes": N_("Fermeture des réservations"),
    "moves": N_("Changements de kiosque, jusqu’au"),
}
FIELDS = {
    "intro_fr": N_("Présentation"),
    "intro_en": N_("Présentation en anglais"),
    "hold_minutes": N_("Durée d’une option, en minutes"),
    "offer_hours": N_("Temps de réponse à une offre, en heures"),
    "profile_due": N_("Fiche publique"),
    "insurance_due": N_("Preuve d’assurance"),
    "payment_due": N_("Paiement"),
    "badges_due": N_("Porte-noms"),
    "arrival_due": N_("Heure d’arrivée"),
}
_PARTS = {"day": N_("%(moment)s : jour"), "time": N_("%(moment)s : heure")}


def labels(form: FairForm) -> dict[str, str]:
    """By field, for the list of errors."""
    return {**_labels(), **question_labels(form), "questions": _("Questions")}


def differences(form: FairForm, stored: FairForm) -> list[tuple[str, str]]:
    """Label and stored text of every field that says something else than what was typed."""
    plain = [
        (label, getattr(stored, name))
        for name, label in _labels().items()
        if getattr(form, name).split() != getattr(stored, name).split()
    ]
    if [_said(row) for row in form.rows] != [_said(row) for row in stored.rows]:
        plain.append((_("Questions"), "\n".join(row.fr for row in stored.rows)))
    return plain


def _labels() -> dict[str, str]:
    moments = {
        f"{name}_{part}": _(of, moment=_(words)) for name, words in MOMENTS.items() for part, of in _PARTS.items()
    }
    return {**{name: _(words) for name, words in FIELDS.items()}, **moments}


def _said(row: QuestionRow) -> list[str]:
    return [" ".join(getattr(row, name).split()) for name in QuestionRow.__struct_fields__]
