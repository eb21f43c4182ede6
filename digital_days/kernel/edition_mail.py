"""A mail of an edition: it names who organises it, where, and where to answer."""

from collections.abc import Mapping

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import Locale, as_locale
from digital_days.kernel.mail import Attachment, Mail, Organiser, render_mail


def language_of(person_locale: str, edition: Edition) -> Locale:
    """The person's own, where the edition opens English; else French."""
    return as_locale(person_locale) if edition.opens_english else "fr"


def edition_mail(
    template: str,
    context: Mapping[str, object],
    *,
    edition: Edition,
    to_name: str,
    to_email: str,
    locale: Locale,
    attachments: tuple[Attachment, ...] = (),
) -> Mail:
    """As ``render_mail``, in the edition's name. Raises ``WithoutSender`` where the edition lacks an address."""
    with i18n.use(locale):
        writer = Organiser(
            event=edition.name,
            name=edition.organiser_name,
            address=edition.postal_address,
            email=edition.contact_email,
        )
    return render_mail(
        template,
        context,
        locale=locale,
        to_email=to_email,
        to_name=to_name,
        organiser=writer,
        attachments=attachments,
    )
