"""What a certificate says, in the language in which it is asked for."""

from digital_days.kernel.editions import Edition
from digital_days.kernel.i18n import _, format_date, format_day, format_duration, format_time_range
from digital_days.kernel.qr import drawing
from digital_days.kernel.web.urls import absolute, url
from scheduling.domain.certificates import Certificate


def certificate_sheet(certificate: Certificate, edition: Edition) -> dict[str, object]:
    """For ``scheduling/paper/certificate.typ``."""
    said = certificate.said
    address = absolute(url("scheduling:certificate-proof", code=certificate.code))
    return {
        "organiser": said.organiser,
        "says": _("Nous attestons que"),
        "name": said.name or _("Sans nom"),
        "took_part": _("a participé aux activités ci-dessous, à l’événement"),
        "edition": said.edition,
        "dates": _dates(edition),
        "head": [_("Activité"), _("Date et heure"), _("Durée")],
        "activities": [
            {
                "title": each.title,
                "when": f"{format_day(each.starts_at)}, {format_time_range(each.starts_at, each.ends_at)}",
                "lasts": format_duration(each.lasts),
            }
            for each in said.activities
        ],
        "total": _("Durée totale : %(time)s", time=format_duration(said.total)),
        "issued": _("Délivrée le %(day)s.", day=format_date(certificate.issued_at)),
        "check": _("Pour vérifier cette attestation, lisez le code QR ou écrivez ce code à l’adresse ci-dessous :"),
        "code": certificate.spoken_code,
        "address": absolute(url("scheduling:check-certificate")),
        "qr": drawing(address),
        "qr_alt": _("Code QR qui mène à la vérification, %(address)s", address=address),
    }


def _dates(edition: Edition) -> str:
    if edition.starts_on == edition.ends_on:
        return format_date(edition.starts_on)
    return _("du %(first)s au %(last)s", first=format_date(edition.starts_on), last=format_date(edition.ends_on))
