"""A mistake or a lower price is set right by a credit note: the invoice itself never changes."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_, _, use
from digital_days.kernel.money import format_money
from exhibitors.domain.invoice_writing import Written, write_invoice
from exhibitors.domain.invoices import Invoice, Line, hold_invoice
from exhibitors.domain.unbilled import unbilled_of
from exhibitors.engine.taxes import credit

WHOLE = N_("%(label)s (crédit)")
PART = N_("Crédit sur la facture %(number)s")


class NothingToCredit(Conflict):
    message = N_("Cette facture est déjà créditée en entier.")


class MoreThanBilled(Invalid):
    message = N_("C’est plus que ce qui peut encore être crédité : %(amount)s avant les taxes.")


class NotAnInvoice(Conflict):
    message = N_("Une note de crédit ne peut être ni payée ni créditée.")


class NoAmount(Invalid):
    message = N_("Écrivez un montant plus grand que zéro.")


class Credited(Struct, frozen=True, kw_only=True):
    """What an organiser takes back, before taxes, and why; none: all that is left.

    ``again``: what it takes back is to be billed once more, as after a mistake; otherwise only what the exhibitor's
    booking no longer costs may be billed again one day.
    """

    subtotal_cents: int | None
    reason: str
    again: bool = False


async def credit_invoice(edition_id: int, code: str, said: Credited, *, key: str) -> str:
    """The note's code, which is ``key``: sent twice it is written once.

    Raises ``MoreThanBilled`` and ``NothingToCredit``, also when somebody else credits it at this very moment.
    """
    async with database.transaction():
        await _hold_exhibitor(edition_id, code)
        invoice = await hold_invoice(edition_id, code)
        written = await database.fetch_one("SELECT credits FROM invoice WHERE code = $1", key)
        if written and written["credits"] != invoice.id:
            raise Conflict
        if written:
            return key
        cents = _amount(invoice, said)
        excess = (await unbilled_of(invoice.exhibitor_id)).to_credit_cents
        with use("fr"):
            lines = _lines(invoice, cents)
        note = Written(
            edition_id=edition_id,
            exhibitor_id=invoice.exhibitor_id,
            credits=invoice,
            lines=lines,
            amounts=credit(invoice.credited_subtotal_cents, cents),
            reopens_cents=cents if said.again else min(cents, excess),
            seller=invoice.seller,
            buyer=invoice.buyer,
            reason=said.reason,
        )
        return await write_invoice(note, code=key)


async def _hold_exhibitor(edition_id: int, code: str) -> None:
    # In the order in which a booking is billed: the exhibitor, then its invoices and the number.
    await database.fetch(
        """
        SELECT FROM exhibitor WHERE id = (SELECT exhibitor FROM invoice WHERE edition = $1 AND code = $2)
        FOR NO KEY UPDATE
        """,
        edition_id,
        code,
    )


def _amount(invoice: Invoice, said: Credited) -> int:
    if invoice.is_credit:
        raise NotAnInvoice
    left = invoice.creditable_cents
    if not left:
        raise NothingToCredit
    cents = left if said.subtotal_cents is None else said.subtotal_cents
    if cents <= 0:
        raise NoAmount
    if cents > left:
        raise MoreThanBilled(amount=format_money(left))
    return cents


def _lines(invoice: Invoice, cents: int) -> list[Line]:
    if cents == invoice.subtotal_cents:
        return [
            Line(_(WHOLE, label=each.label), each.quantity, -each.unit_cents, -each.amount_cents)
            for each in invoice.lines
        ]
    return [Line(_(PART, number=invoice.reference), 1, -cents, -cents)]
