"""What the form of an activity's rules calls its fields, and what somebody else has made of them meanwhile."""

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.question_rows import QuestionRow, question_labels
from scheduling.routes.rules_form import RulesForm

FIELDS = {
    "reserved_seats": N_("Places réservées"),
    "reserved_for": N_("Pour quel public"),
    "until_day": N_("Réservées jusqu’au : jour"),
    "until_time": N_("Réservées jusqu’au : heure"),
    "opens_day": N_("Ouverture : jour"),
    "opens_time": N_("Ouverture : heure"),
    "closes_day": N_("Fermeture : jour"),
    "closes_time": N_("Fermeture : heure"),
    "prerequisites_fr": N_("Ce qu’il faut pour participer"),
    "prerequisites_en": N_("Ce qu’il faut pour participer, en anglais"),
}


def labels(form: RulesForm) -> dict[str, str]:
    """By field, for the list of errors."""
    return {**{name: _(words) for name, words in FIELDS.items()}, **question_labels(form)}


def differences(form: RulesForm, stored: RulesForm) -> list[tuple[str, str]]:
    """Label and stored text of every field that says something else than what was typed."""
    plain = [
        (_(label), getattr(stored, name))
        for name, label in FIELDS.items()
        if getattr(form, name).split() != getattr(stored, name).split()
    ]
    if [_said(row) for row in form.rows] != [_said(row) for row in stored.rows]:
        plain.append((_("Questions"), "\n".join(row.fr for row in stored.rows)))
    return plain


def _said(row: QuestionRow) -> list[str]:
    return [" ".join(getattr(row, name).split()) for name in QuestionRow.__struct_fields__]
