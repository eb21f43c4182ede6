"""The form of a speaker's page, the same for organisers and for the speaker: what it reads, and what it shows again."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from litestar.datastructures import UploadFile
from msgspec import Struct

from digital_days.kernel.editions import Edition
from digital_days.kernel.errors import Invalid
from digital_days.kernel.i18n import N_, _, format_day, format_time_range
from digital_days.kernel.pictures import MOST_BYTES
from digital_days.kernel.web.forms import TOO_LONG, EmailAddress, Form, OneLine, YourName, read_form
from digital_days.kernel.web.pages import PageRequest
from scheduling.domain.availabilities import availability_of
from scheduling.domain.availability_grid import Day, Span, chosen, covered
from scheduling.domain.portraits import keep_portrait
from scheduling.domain.speaker_editing import Details
from scheduling.domain.speaker_profiles import Profile

MOST_SENT = 20_000_000
"""Bytes of a whole form: a photo that is too heavy by a little is refused in words, with all the rest kept."""
MOST_WRITTEN = {"biography_fr": 4000, "biography_en": 4000, "needs": 2000}
LABELS = {
    "name": N_("Nom"),
    "organisation": N_("Organisation"),
    "biography_fr": N_("Biographie"),
    "biography_en": N_("Biographie en anglais"),
    "email": N_("Adresse courriel"),
    "needs": N_("Besoins"),
    "photo": N_("Portrait"),
}
AVAILABLE = N_("Disponibilités")
ANOTHER = N_("un autre portrait")


class OwnFields(Struct, kw_only=True):
    """What speakers say of themselves. ``portrait`` names the one they have or have just sent."""

    name: YourName
    version: str = ""
    organisation: OneLine = OneLine("")
    biography_fr: str = ""
    biography_en: str = ""
    needs: str = ""
    portrait: str = ""
    without_portrait: bool = False
    available: list[str] = []
    whole_day: list[str] = []


class OrganisersFields(OwnFields, kw_only=True):
    """Besides, what only organisers say."""

    name: OneLine  # type: ignore[assignment] # another sentence when it is missing
    ambassador: bool = False
    email: EmailAddress = EmailAddress("")


T = TypeVar("T", bound=OwnFields)


async def read_speaker_form(request: PageRequest, kind: type[T]) -> Form[T]:
    """What was typed; a photo that came along is drawn and kept, also when something else has to be put right."""
    form = await read_form(request, kind)
    for field, most in MOST_WRITTEN.items():
        if len(form[field]) > most:
            form.refuse(field, _(TOO_LONG, most=most))
    photo = (await request.form()).get("photo")
    if form["without_portrait"]:
        _say_portrait(form, "")
    if isinstance(photo, UploadFile):
        try:
            _say_portrait(form, await keep_portrait(await photo.read(MOST_BYTES + 1)))
        except Invalid as refusal:
            form.refuse("photo", str(refusal))
    return form


def _say_portrait(form: Form[T], digest: str) -> None:
    form.typed |= {"portrait": digest, "without_portrait": ""}
    if form.value:
        form.value.portrait = digest


async def form_of(profile: Profile, grid: Sequence[Day]) -> Form[OwnFields]:
    """What is known, ready to be changed."""
    known = covered(grid, await availability_of(profile.id))
    typed: dict[str, str | list[str]] = {
        name: getattr(profile, name)
        for name in (
            "name",
            "version",
            "organisation",
            "biography_fr",
            "biography_en",
            "needs",
            "portrait",
            "email",
        )
    }
    typed |= {"ambassador": "yes" if profile.ambassador else "", "available": sorted(known)}
    return Form(typed=typed, errors={}, value=None)


async def details_in(value: OwnFields, *, profile: Profile | None, edition: Edition, grid: Sequence[Day]) -> Details:
    """What the form says, and what stays because the form does not ask for it."""
    email, ambassador = (profile.email, profile.ambassador) if profile else ("", False)
    if isinstance(value, OrganisersFields):
        email, ambassador = value.email, value.ambassador
    return Details(
        name=value.name,
        organisation=value.organisation,
        ambassador=ambassador,
        biography_fr=_lines(value.biography_fr),
        biography_en=_lines(value.biography_en) if edition.opens_english or not profile else profile.biography_en,
        email=email,
        needs=_lines(value.needs),
        portrait=value.portrait,
        available=await _available(value, profile, grid),
    )


async def _available(value: OwnFields, profile: Profile | None, grid: Sequence[Day]) -> list[Span] | None:
    """None where the boxes say what was known: spans that no longer fit the boxes stay as they are."""
    spans = chosen(grid, set(value.available), set(value.whole_day))
    known = covered(grid, await availability_of(profile.id)) if profile else frozenset()
    return None if covered(grid, spans) == known else spans


def ticked(typed: Mapping[str, str | list[str]], grid: Sequence[Day]) -> frozenset[str]:
    """The boxes to show ticked."""
    return covered(grid, chosen(grid, set(typed.get("available", ())), set(typed.get("whole_day", ()))))


def said_meanwhile(
    form: Form[T], profile: Profile, grid: Sequence[Day], known: Sequence[Span]
) -> list[tuple[str, str]]:
    """What is stored now and differs from what was typed: names and values; ``known`` is when they can come."""
    said = [
        (_(LABELS[name]), getattr(profile, name))
        for name in LABELS
        if name in form.typed and _lines(str(form[name])) != getattr(profile, name)
    ]
    if form["portrait"] != profile.portrait:
        said.append((_(LABELS["photo"]), _(ANOTHER) if profile.portrait else ""))
    if ticked(form.typed, grid) != covered(grid, known):
        said.append((_(AVAILABLE), "; ".join(_span_in_words(span) for span in known)))
    return said


def _span_in_words(span: Span) -> str:
    return f"{format_day(span[0])}, {format_time_range(*span)}"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
