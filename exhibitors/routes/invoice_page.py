"""The organisers' page of one invoice: what it says, what was paid and credited, and the forms for both."""

from collections.abc import Mapping

from litestar import Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from digital_days.kernel import wake
from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.i18n import _
from digital_days.kernel.money import format_money
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.changed_meanwhile import labels
from digital_days.kernel.web.dependencies import RequestedEdition
from digital_days.kernel.web.forms import read_form
from digital_days.kernel.web.organiser_menu import organiser_menu
from digital_days.kernel.web.pages import PageRequest, page, see_other
from digital_days.kernel.web.signed_in import signed_in
from digital_days.kernel.web.signed_links import keep_private
from digital_days.kernel.web.urls import url
from exhibitors.domain.credit_notes import MoreThanBilled, NotAnInvoice, NothingToCredit, credit_invoice
from exhibitors.domain.invoices import Invoice, credits_of, invoice_called
from exhibitors.domain.payments import (
    METHODS,
    MoreThanOwed,
    MoreThanReceived,
    NotYetReceived,
    cancel_payment,
    payments_of,
    record_payment,
)
from exhibitors.domain.unbilled import unbilled_of
from exhibitors.routes.invoice_forms import (
    CREDIT_LABELS,
    PAYMENT_LABELS,
    CreditForm,
    PaymentForm,
    new_credit,
    new_payment,
    read_credit,
    read_payment,
    typed_in,
)

ROUTE = "exhibitors:invoice"
_FIELDS: dict[type[Refusal], str] = {
    MoreThanOwed: "more",
    MoreThanReceived: "amount",
    NotYetReceived: "received_on",
    MoreThanBilled: "credit_amount",
    NothingToCredit: "",
    NotAnInvoice: "",
}
"""Beside which field a refusal is told; "" is the whole form."""


@get("/", name=ROUTE, permission=Permission.ORGANISE)
async def one_invoice(request: PageRequest, edition: RequestedEdition, invoice: FromPath[str]) -> Response[str]:
    """As it stands now."""
    return await _invoice_page(request, edition, await invoice_called(edition.id, invoice))


@post("/paiements", name="exhibitors:add-payment", permission=Permission.ORGANISE)
async def add_payment(
    request: PageRequest, edition: RequestedEdition, invoice: FromPath[str]
) -> Response[str] | Redirect:
    """Written down, and what is left told; more than is owed is confirmed first."""
    form = await read_form(request, PaymentForm)
    read = read_payment(form)
    if read and form.value:
        received, key = read
        try:
            await record_payment(edition.id, invoice, received, by=signed_in(request).id, key=key, more=form.value.more)
            return _back(edition, invoice, _paid(await invoice_called(edition.id, invoice)))
        except (MoreThanOwed, MoreThanReceived, NotYetReceived, NotAnInvoice) as refusal:
            form.refuse(_FIELDS[type(refusal)], str(refusal))
    found = await invoice_called(edition.id, invoice)
    return await _invoice_page(request, edition, found, payment=typed_in(form), payment_errors=form.errors)


@post("/paiements/{payment:str}/annuler", name="exhibitors:cancel-payment", permission=Permission.ORGANISE)
async def cancel(
    request: PageRequest, edition: RequestedEdition, invoice: FromPath[str], payment: FromPath[str]
) -> Redirect:
    """It stays on the page, crossed out."""
    await cancel_payment(edition.id, invoice, payment, by=signed_in(request).id)
    return _back(edition, invoice, _("Le paiement est annulé : il ne compte plus."))


@post("/credits", name="exhibitors:credit-invoice", permission=Permission.ORGANISE)
async def credit(request: PageRequest, edition: RequestedEdition, invoice: FromPath[str]) -> Response[str] | Redirect:
    """The note is written and mailed; its own page says so."""
    form = await read_form(request, CreditForm)
    read = read_credit(form)
    if read:
        credited, key = read
        try:
            note = await credit_invoice(edition.id, invoice, credited, key=key)
            wake.soon()
            return _back(edition, note, _("La note de crédit est faite et part par courriel."))
        except (MoreThanBilled, NothingToCredit, NotAnInvoice) as refusal:
            form.refuse(_FIELDS[type(refusal)], str(refusal))
    found = await invoice_called(edition.id, invoice)
    return await _invoice_page(request, edition, found, credit=typed_in(form), credit_errors=form.errors)


def _back(edition: Edition, invoice: str, flash: str) -> Redirect:
    return see_other(url(ROUTE, edition_slug=edition.slug, invoice=invoice), flash=flash)


def _paid(invoice: Invoice) -> str:
    left = invoice.balance_cents
    if left > 0:
        return _("C’est noté. Il reste %(amount)s à payer.", amount=format_money(left))
    if left < 0:
        return _("C’est noté. %(amount)s ont été payés en trop : à rembourser.", amount=format_money(-left))
    return _("C’est noté. Il ne reste rien à payer.")


async def _invoice_page(
    request: PageRequest,
    edition: Edition,
    invoice: Invoice,
    *,
    payment: Mapping[str, str] | None = None,
    payment_errors: Mapping[str, str] | None = None,
    credit: Mapping[str, str] | None = None,
    credit_errors: Mapping[str, str] | None = None,
) -> Response[str]:
    excess = (await unbilled_of(invoice.exhibitor_id)).to_credit_cents
    return page(
        request,
        "exhibitors/invoice.html",
        edition=edition,
        status_code=422 if payment_errors or credit_errors else 200,
        organiser_menu=organiser_menu(edition, "exhibitors:all-invoices"),
        invoice=invoice,
        payments=await payments_of(invoice),
        credits=await credits_of(invoice),
        excess=min(excess, invoice.creditable_cents),
        methods=[(method, _(words)) for method, words in METHODS.items()],
        payment=payment or new_payment(invoice),
        payment_errors=payment_errors or {},
        payment_labels=labels(PAYMENT_LABELS),
        credit=credit or new_credit(invoice, excess),
        credit_errors=credit_errors or {},
        credit_labels=labels(CREDIT_LABELS),
    )


router = Router(
    path="/{edition_slug:str}/organisation/salon/factures/{invoice:str}",
    route_handlers=[one_invoice, add_payment, cancel, credit],
    after_request=keep_private,
    include_in_schema=False,
)
