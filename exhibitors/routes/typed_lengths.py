"""Lengths typed into a form, in metres."""

from typing import Any

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import Form
from exhibitors.domain.lengths import centimetres

NO_LENGTH = N_("Écrivez une longueur en mètres, par exemple 3,00.")


def lengths_in(form: Form[Any], *fields: str) -> dict[str, Any]:
    """In centimetres, of the fields that say one; the form says beside the others what is missing."""
    found = {field: centimetres(str(form[field])) for field in fields}
    for field, length in found.items():
        if length is None and field not in form.errors:
            form.refuse(field, _(NO_LENGTH))
    return {field: length for field, length in found.items() if length is not None}
