"""The mails about invoices, composed from what is true when they leave: the invoice itself, and that it is not paid."""

from digital_days.kernel import i18n
from digital_days.kernel.editions import edition_numbered
from digital_days.kernel.mail import Attachment, Mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.paper import PDF
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.invoice_sheet import file_name, invoice_pdf
from exhibitors.domain.invoices import Invoice, NoSuchInvoice, invoice_called
from exhibitors.mails.reader import letter, reader_of


async def invoice(message: Message) -> Mail | None:
    """The invoice or the credit note, as a PDF; nothing to who no longer is a contact."""
    return await _mail("exhibitors/mail/invoice", message)


async def reminder(message: Message) -> Mail | None:
    """What is left to pay, with the invoice; nothing once it is paid or credited, or before a last day that passed."""
    about = await _about(message)
    state = about.state if about else None
    wanted = ("late",) if message.payload["when"] == "late" else ("open", "partly")
    return await _mail("exhibitors/mail/invoice_reminder", message) if state in wanted else None


async def _mail(template: str, message: Message) -> Mail | None:
    about = await _about(message)
    if about is None or message.edition_id is None:
        return None
    reader = await reader_of(about.exhibitor_code, message.person_id, as_contact=True)
    if reader is None:
        return None
    edition = await edition_numbered(message.edition_id)
    with i18n.use(reader.language(edition)):
        path = url("exhibitors:own-invoices", edition_slug=edition.slug, exhibitor=about.exhibitor_code)
        context: dict[str, object] = {"invoice": about, "invoices_url": absolute(path)}
    file = Attachment(filename=f"{file_name(about)}.pdf", media_type=PDF, content=await invoice_pdf(about))
    return letter(template, context, reader=reader, edition=edition, attachments=(file,))


async def _about(message: Message) -> Invoice | None:
    try:
        return await invoice_called(message.edition_id or 0, message.payload["invoice"])
    except NoSuchInvoice:
        return None
