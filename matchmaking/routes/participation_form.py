"""The form of taking part: its fields, what it means, what is wrong with it."""

from collections.abc import Collection, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from digital_days.kernel.i18n import N_, _, format_time_range
from digital_days.kernel.web.forms import TOO_LONG, Form, OneLine, Paragraphs, read_form
from digital_days.kernel.web.pages import PageRequest
from matchmaking.domain.participations import OrganisationWords, OwnWords, Participation
from matchmaking.domain.rounds import Round
from matchmaking.domain.sectors import SECTORS, SIZES

LABELS = {
    "side": N_("Vous participez pour…"),
    "name": N_("Nom de votre organisation"),
    "about": N_("En quelques mots"),
    "sector": N_("Secteur"),
    "size": N_("Taille"),
    "needs": N_("Besoins"),
    "role": N_("Votre rôle"),
    "languages": N_("Vous parlez"),
    "most": N_("Rencontres au plus"),
    "least": N_("Rencontres au moins"),
    "absent": N_("Vous ne pouvez pas"),
    "agreed": N_("Votre accord"),
}
LONGEST = 1000
MOST_MEETINGS = 40
AGREE = N_("Sans votre accord, nous ne pouvons pas préparer vos rencontres.")
CHOOSE = N_("Choisissez dans la liste.")
ONE_LANGUAGE = N_("Choisissez au moins une langue.")
BETWEEN = N_("Écrivez un nombre entier, de %(least)s à %(most)s.")
LEAST_IS_MORE = N_("Au moins %(least)s et au plus %(most)s : c’est l’un ou l’autre.")


class ParticipationForm(Struct, kw_only=True):
    """As it is sent. ``absent`` are numbers of rounds."""

    side: Literal["business", "resource"]
    name: OneLine
    about: Paragraphs = Paragraphs("")
    sector: str = ""
    size: str = ""
    needs: list[str] = []
    role: Annotated[OneLine, Meta(max_length=120)] = OneLine("")
    languages: list[str] = []
    most: str = ""
    least: str = ""
    absent: list[str] = []
    agreed: bool = False
    version: str = ""


class ReadParticipation(Struct, kw_only=True):
    """The two only without errors."""

    form: Form[ParticipationForm]
    organisation: OrganisationWords | None = None
    own: OwnWords | None = None


async def read_participation(
    request: PageRequest, rounds: Sequence[Round], needs: Collection[str], *, asks_agreement: bool
) -> ReadParticipation:
    """Everything wrong at once, by field."""
    form = await read_form(request, ParticipationForm)
    value, errors = form.value, form.errors
    least, most = _number(form, "least", errors), _number(form, "most", errors)
    if least and most and least > most:
        errors["least"] = _(LEAST_IS_MORE, least=least, most=most)
    if len(str(form["about"])) > LONGEST:
        errors["about"] = _(TOO_LONG, most=LONGEST)
    for name, known in (("sector", SECTORS), ("size", SIZES)):
        if form[name] and form[name] not in known:
            errors[name] = _(CHOOSE)
    languages = spoken(form)
    if asks_agreement and not form["agreed"]:
        errors["agreed"] = _(AGREE)
    if errors or value is None:
        form.value = None
        return ReadParticipation(form=form)
    organisation = OrganisationWords(
        side=value.side,
        name=value.name,
        about=value.about,
        sector=value.sector,
        size=value.size,
        needs=tuple(each for each in needs if each in value.needs),
    )
    absent = tuple((each.starts_at, each.ends_at) for each in rounds if str(each.number) in value.absent)
    own = OwnWords(role=value.role, languages=languages, least=least or 0, most=most, absent=absent)
    return ReadParticipation(form=form, organisation=organisation, own=own)


def spoken(form: Form[Any]) -> tuple[str, ...]:
    """The languages ticked; none is an error."""
    languages = tuple(each for each in ("fr", "en") if each in form["languages"])
    if not languages:
        form.refuse("languages", _(ONE_LANGUAGE))
    return languages


def typed_participation(found: Participation | None, rounds: Sequence[Round]) -> dict[str, object]:
    """What the form shows of what is on record; a new one speaks French and is of neither side."""
    if found is None:
        texts = ("side", "name", "about", "sector", "size", "role", "most", "least", "agreed", "version")
        blank = dict.fromkeys(texts, "")
        return {**blank, "needs": [], "languages": ["fr"], "absent": []}
    said, own = found.organisation, found.own
    missed = [each for each in rounds if any(each.overlaps(*span) for span in own.absent)]
    return {
        **{name: getattr(said, name) for name in ("side", "name", "about", "sector", "size")},
        "needs": list(said.needs),
        "role": own.role,
        "languages": list(own.languages),
        "most": "" if own.most is None else str(own.most),
        "least": str(own.least or ""),
        "absent": [str(each.number) for each in missed],
        "agreed": "",
        "version": found.version,
    }


def round_choices(rounds: Sequence[Round]) -> list[tuple[str, str]]:
    """Values and hours."""
    return [(str(each.number), format_time_range(each.starts_at, each.ends_at)) for each in rounds]


def _number(form: Form[ParticipationForm], name: str, errors: dict[str, str]) -> int | None:
    text = str(form[name]).strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= MOST_MEETINGS):
        errors[name] = _(BETWEEN, least=0, most=MOST_MEETINGS)
        return None
    return int(text)
