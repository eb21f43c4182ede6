"""The form of who sells: its fields, their words, and the two numbers as the governments write them."""

import re

from msgspec import Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.web.forms import TOO_LONG, Form, OneLine, Paragraphs, WholeNumber
from exhibitors.domain.billing_settings import BillingSettings, BillingTexts

LABELS = {
    "seller_name": N_("Nom légal du vendeur"),
    "seller_address": N_("Adresse postale"),
    "gst_number": N_("Numéro de TPS"),
    "qst_number": N_("Numéro de TVQ"),
    "days_to_pay": N_("Jours pour payer"),
    "terms_fr": N_("Comment payer"),
}
NOT_GST = N_("Écrivez 9 chiffres, RT et 4 chiffres, comme 123456789 RT0001.")
NOT_QST = N_("Écrivez 10 chiffres, TQ et 4 chiffres, comme 1234567890 TQ0001.")
TOO_MANY_DAYS = N_("C’est trop : 365 jours au plus.")
MOST_DAYS = 365
_GST = re.compile(r"([0-9]{9})(RT[0-9]{4})")
_QST = re.compile(r"([0-9]{10})(TQ[0-9]{4})")
_BETWEEN = re.compile(r"[\s.-]")
_MOST = {"seller_address": 400, "terms_fr": 1000}


class BillingForm(Struct, frozen=True):
    """As it is sent; what is left empty keeps invoices waiting."""

    seller_name: OneLine = OneLine("")
    seller_address: Paragraphs = Paragraphs("")
    gst_number: OneLine = OneLine("")
    qst_number: OneLine = OneLine("")
    days_to_pay: WholeNumber = WholeNumber(30)
    terms_fr: Paragraphs = Paragraphs("")
    version: str = ""


def check_billing(form: Form[BillingForm]) -> BillingTexts | None:
    """What it says, the numbers as they are printed; none where something is wrong, which the form then tells."""
    if form.value is None:
        return None
    said = form.value
    numbers = {
        "gst_number": (_number(said.gst_number, _GST), NOT_GST),
        "qst_number": (_number(said.qst_number, _QST), NOT_QST),
    }
    for name, (number, sentence) in numbers.items():
        if number is None:
            form.refuse(name, _(sentence))
    for name, most in _MOST.items():
        if len(getattr(said, name)) > most:
            form.refuse(name, _(TOO_LONG, most=most))
    if said.days_to_pay > MOST_DAYS:
        form.refuse("days_to_pay", _(TOO_MANY_DAYS))
    if form.errors:
        return None
    return BillingTexts(
        seller_name=said.seller_name,
        seller_address=said.seller_address,
        gst_number=numbers["gst_number"][0] or "",
        qst_number=numbers["qst_number"][0] or "",
        days_to_pay=said.days_to_pay,
        terms_fr=said.terms_fr,
    )


def typed_of(settings: BillingSettings) -> dict[str, str]:
    """What the form shows before anybody has typed."""
    return {name: str(getattr(settings, name)) for name in (*LABELS, "version")}


def typed_in(form: Form[BillingForm]) -> dict[str, str]:
    """What was typed, for the page to show it again."""
    return {name: str(form[name]) for name in (*LABELS, "version")}


def _number(text: str, pattern: re.Pattern[str]) -> str | None:
    """Empty stays empty; otherwise « digits letters-digits »."""
    if not text:
        return ""
    written = pattern.fullmatch(_BETWEEN.sub("", text).upper())
    return f"{written[1]} {written[2]}" if written else None
