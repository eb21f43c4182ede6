"""What the partial ``site/_ticket.html`` shows, on the screen and on paper."""

from typing import Any

from digital_days.kernel import qr, signing
from digital_days.kernel.agenda import AgendaItem
from digital_days.kernel.i18n import _
from digital_days.kernel.registrations import Registration
from digital_days.kernel.settings import current
from digital_days.site.edition_dates import dates


def ticket_facts(registration: Registration, items: list[AgendaItem]) -> dict[str, Any]:
    """The template's context beside ``edition``."""
    token = signing.ticket_token(registration.code, key=current().secret_key)
    return {
        "registration": registration,
        "items": items,
        "dates": dates,
        "code_image": qr.svg(token, label=_("Code QR du billet")),
    }
