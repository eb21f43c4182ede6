"""The mails about invoices, composed from what is true when they leave: the invoice itself, and that it is not paid."""

from msgspec import Struct

from digital_days.kernel import database, i18n
from digital_days.kernel.editions import Edition, edition_numbered
from digital_days.kernel.greetings import spoken_name
from digital_days.kernel.i18n import Locale, as_locale
from digital_days.kernel.mail import Attachment, Mail, Organiser, render_mail
from digital_days.kernel.outbox import Message
from digital_days.kernel.web.paper import PDF
from digital_days.kernel.web.urls import absolute, url
from exhibitors.domain.invoice_sheet import file_name, invoice_pdf
from exhibitors.domain.invoices import Invoice, NoSuchInvoice, invoice_called


class Contact(Struct, frozen=True, kw_only=True):
    """Who is written to about an exhibitor; ``in_quebec`` is the exhibitor's."""

    name: str
    email: str
    locale: str
    in_quebec: bool


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
    contact = await _contact(message, about) if about else None
    if about is None or contact is None or message.edition_id is None:
        return None
    edition = await edition_numbered(message.edition_id)
    locale = _language(contact, edition)
    with i18n.use(locale):
        path = url("exhibitors:own-invoices", edition_slug=edition.slug, exhibitor=about.exhibitor_code)
        context = {"name": spoken_name(contact.name), "invoice": about, "invoices_url": absolute(path)}
        writer = Organiser(
            event=edition.name,
            name=edition.organiser_name,
            address=edition.postal_address,
            email=edition.contact_email,
        )
    file = Attachment(filename=f"{file_name(about)}.pdf", media_type=PDF, content=await invoice_pdf(about))
    return render_mail(
        template,
        context,
        locale=locale,
        to_email=contact.email,
        to_name=spoken_name(contact.name),
        organiser=writer,
        attachments=(file,),
    )


async def _about(message: Message) -> Invoice | None:
    try:
        return await invoice_called(message.edition_id or 0, message.payload["invoice"])
    except NoSuchInvoice:
        return None


async def _contact(message: Message, about: Invoice) -> Contact | None:
    row = await database.fetch_one(
        """
        SELECT p.name, p.email, p.locale, x.in_quebec
        FROM exhibitor_member m JOIN person p ON p.id = m.person JOIN exhibitor x ON x.id = m.exhibitor
        WHERE m.exhibitor = $1 AND m.person = $2 AND m.is_contact AND p.email <> ''
        """,
        about.exhibitor_id,
        message.person_id,
    )
    return Contact(**row) if row else None


def _language(contact: Contact, edition: Edition) -> Locale:
    # A county writes to a business in Québec in French only, whatever its contact reads.
    return "fr" if contact.in_quebec or not edition.opens_english else as_locale(contact.locale)
