"""The form of an application: its fields, what it means, what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.questions import Question, parse, typed_of
from digital_days.kernel.web.forms import Form, OneLine, Paragraphs, read_form
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.applications import Said
from exhibitors.domain.categories import Category

LABELS = {
    "name": N_("Nom de votre organisation"),
    "category": N_("Catégorie"),
    "in_quebec": N_("Votre organisation a-t-elle un établissement au Québec?"),
    "wish": N_("Ce que vous présenterez"),
    "phone": N_("Téléphone"),
    "legal_name": N_("Nom légal, pour la facture"),
    "billing_address": N_("Adresse de facturation"),
    "neq": N_("Numéro d’entreprise du Québec (NEQ)"),
    "agreed": N_("Votre accord"),
}
NOT_NEQ = N_("Un NEQ a dix chiffres, par exemple 1140000000.")
CHOOSE_CATEGORY = N_("Choisissez une catégorie.")
FOR_THE_INVOICE = N_("Cette catégorie se paie : il nous faut l’adresse de facturation.")
AGREE = N_("Sans votre accord, nous ne pouvons pas recevoir votre candidature.")


class ApplicationForm(Struct, kw_only=True):
    """As it is sent; answers to questions stand beside."""

    name: OneLine
    category: str = ""
    in_quebec: str = "yes"
    wish: Paragraphs = Paragraphs("")
    phone: Annotated[OneLine, Meta(max_length=40)] = OneLine("")
    legal_name: OneLine = OneLine("")
    billing_address: Paragraphs = Paragraphs("")
    neq: str = ""
    agreed: bool = False
    form_code: str = ""
    version: str = ""


class ReadApplication(Struct, kw_only=True):
    """``said`` and ``category_id`` only without errors; ``answered`` is what was typed under the questions' fields."""

    form: Form[ApplicationForm]
    answered: Mapping[str, Sequence[str]]
    said: Said | None = None
    category_id: int = 0
    form_code: str = ""


async def read_application(
    request: PageRequest, categories: Sequence[Category], questions: Sequence[Question], *, asks_agreement: bool
) -> ReadApplication:
    """Everything wrong at once, by field."""
    form = await read_form(request, ApplicationForm)
    data = await request.form()
    names = [question.field for question in questions]
    typed = {name: [str(text).replace("\x00", "") for text in data.getall(name, [])] for name in names}
    parsed = parse(questions, typed)
    category = next((each for each in categories if each.code == form["category"]), None)
    neq = re.sub(r"\s", "", str(form["neq"]))
    errors = {**form.errors, **parsed.errors}
    if category is None:
        errors["category"] = _(CHOOSE_CATEGORY)
    elif category.price_cents and not str(form["billing_address"]).strip():
        errors["billing_address"] = _(FOR_THE_INVOICE)
    if neq and not (neq.isascii() and neq.isdigit() and len(neq) == 10):
        errors["neq"] = _(NOT_NEQ)
    if asks_agreement and not form["agreed"]:
        errors["agreed"] = _(AGREE)
    value, form.errors = form.value, errors
    if errors or value is None or category is None:
        form.value = None
        return ReadApplication(form=form, answered=typed)
    said = Said(
        name=value.name,
        legal_name=value.legal_name,
        billing_address=value.billing_address,
        neq=neq,
        phone=value.phone,
        in_quebec=value.in_quebec != "no",
        wish=value.wish,
        answers=parsed.answers,
    )
    return ReadApplication(
        form=form, answered=typed, said=said, category_id=category.id, form_code=value.form_code[:40]
    )


def typed_application(
    said: Said, category: str, questions: Sequence[Question]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """What the form shows of an application on record, and of its answers."""
    fields = {name: str(getattr(said, name)) for name in Said.__struct_fields__ if name not in ("answers", "in_quebec")}
    fields |= {"category": category, "in_quebec": "yes" if said.in_quebec else "no", "agreed": "", "form_code": ""}
    return fields, typed_of(questions, said.answers)
