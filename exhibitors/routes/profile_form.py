"""The form of an exhibitor's public page: what it reads, and what it shows again."""

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Annotated

from litestar.datastructures import UploadFile
from msgspec import Meta, Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_, _
from digital_days.kernel.people import person_name
from digital_days.kernel.pictures import MOST_BYTES
from digital_days.kernel.web.forms import TOO_LONG, Form, OneLine, Paragraphs, read_form
from digital_days.kernel.web.pages import PageRequest
from exhibitors.domain.links import checked_link
from exhibitors.domain.logos import keep_logo
from exhibitors.domain.profiles import Link, Profile, ProfileTexts

MOST_SENT = 20_000_000
"""Bytes of a whole form: a picture that is too heavy by a little is refused in words, with all the rest kept."""
MOST_LINKS, EMPTY_ROWS = 8, 2
LABEL = 80
DESCRIPTION = 4000
Summary = Annotated[OneLine, Meta(max_length=300)]
LABELS = {
    "name": N_("Nom affiché"),
    "summary_fr": N_("En une phrase"),
    "summary_en": N_("En une phrase, en anglais"),
    "description_fr": N_("Présentation"),
    "description_en": N_("Présentation en anglais"),
    "picture": N_("Logo"),
    "needs": N_("Besoins auxquels vous répondez"),
    "links": N_("Liens"),
    "activities": N_("Activités auxquelles vous participez"),
}
TOO_MANY_LINKS = N_("C’est trop : %(most)s liens au plus.")


class ProfileForm(Struct, kw_only=True):
    """As it is sent; ``logo`` names the picture they have or have just sent, ``do`` is the button."""

    name: OneLine
    version: str = ""
    summary_fr: Summary = OneLine("")
    summary_en: Summary = OneLine("")
    description_fr: Paragraphs = Paragraphs("")
    description_en: Paragraphs = Paragraphs("")
    link_label: list[str] = []
    link_url: list[str] = []
    needs: list[str] = []
    activities: list[str] = []
    logo: str = ""
    without_logo: bool = False
    do: str = ""


async def read_profile_form(request: PageRequest) -> tuple[Form[ProfileForm], tuple[Link, ...]]:
    """What was typed, and its links; a picture that came along is kept also when something has to be put right."""
    form = await read_form(request, ProfileForm)
    for field in ("description_fr", "description_en"):
        if len(form[field]) > DESCRIPTION:
            form.refuse(field, _(TOO_LONG, most=DESCRIPTION))
    links = _links(form)
    picture = (await request.form()).get("picture")
    if form["without_logo"]:
        _say_logo(form, "")
    if isinstance(picture, UploadFile):
        try:
            _say_logo(form, await keep_logo(await picture.read(MOST_BYTES + 1)))
        except Invalid as refusal:
            form.refuse("picture", str(refusal))
    return form, links


def form_of(profile: Profile) -> Form[ProfileForm]:
    """What is known, ready to be changed."""
    names = ("name", "version", "summary_fr", "summary_en", "description_fr", "description_en", "logo")
    typed: dict[str, str | list[str]] = {name: getattr(profile, name) for name in names}
    typed |= {
        "link_label": [link.label for link in profile.links],
        "link_url": [link.url for link in profile.links],
        "needs": list(profile.needs),
        "activities": list(profile.activities),
    }
    return Form(typed=typed, errors={}, value=None)


def texts_in(
    value: ProfileForm, links: tuple[Link, ...], *, before: Profile, edition: Edition, activities: Collection[str]
) -> ProfileTexts:
    """What the form says; English stays as it is where the edition does not ask for it."""
    english = value if edition.opens_english else before
    return ProfileTexts(
        name=value.name,
        summary_fr=value.summary_fr,
        summary_en=english.summary_en,
        description_fr=value.description_fr,
        description_en=english.description_en,
        links=links,
        logo=value.logo,
        needs=tuple(value.needs),
        activities=tuple(code for code in value.activities if code in activities),
    )


def link_rows(form: Form[ProfileForm]) -> list[tuple[str, str]]:
    """Labels and addresses as typed, with empty rows to fill."""
    typed = [pair for pair in _pairs(form) if any(pair)]
    return [*typed, *[("", "")] * max(0, min(EMPTY_ROWS, MOST_LINKS - len(typed)))]


def _pairs(form: Form[ProfileForm]) -> list[tuple[str, str]]:
    labels, addresses = form["link_label"], form["link_url"]
    return [(person_name(label), url.strip()) for label, url in zip_longest(labels, addresses, fillvalue="")]


def _links(form: Form[ProfileForm]) -> tuple[Link, ...]:
    """As far as they are right; errors stand under the numbers of the rows that ``link_rows`` shows."""
    pairs: Sequence[tuple[str, str]] = [pair for pair in _pairs(form) if any(pair)]
    if len(pairs) > MOST_LINKS:
        form.refuse("links", _(TOO_MANY_LINKS, most=MOST_LINKS))
    found = []
    for number, (label, address) in enumerate(pairs):
        if len(label) > LABEL:
            form.refuse(f"link_label-{number}", _(TOO_LONG, most=LABEL))
        try:
            found.append(Link(label or address.partition(":")[2].strip("/"), checked_link(address)))
        except Invalid as refusal:
            form.refuse(f"link_url-{number}", str(refusal))
    return tuple(found)


def _say_logo(form: Form[ProfileForm], digest: str) -> None:
    form.typed |= {"logo": digest, "without_logo": ""}
    if form.value:
        form.value.logo = digest
